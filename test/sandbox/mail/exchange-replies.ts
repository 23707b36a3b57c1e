import type { Command } from './exchange-words.ts'
import { says, storedFlags } from './exchange-words.ts'
import { decodeName } from './utf7.ts'

/** What to pass on to the client instead of a line of Dovecot; undefined for a line that Exchange does not send. `roles`: path to special-use. */
export function untaggedReply(line: string, roles: ReadonlyMap<string, string>): string | undefined {
  if (/^\* CAPABILITY /i.test(line)) return `* CAPABILITY ${says.capabilitiesInside}`
  if (/^\* OK \[(HIGHESTMODSEQ|NOMODSEQ|CLOSED)/i.test(line)) return undefined
  if (/^\* OK \[PERMANENTFLAGS \(\)\]/i.test(line)) return '* OK [PERMANENTFLAGS ()] Permanent flags'
  if (/^\* OK \[PERMANENTFLAGS /i.test(line)) return `* OK [PERMANENTFLAGS (${storedFlags.join(' ')})] Permanent flags`
  if (/^\* FLAGS \(/i.test(line)) return `* FLAGS (${storedFlags.join(' ')})`
  if (/^\* BYE /i.test(line)) return says.bye
  return /^\* (LIST|LSUB) \(/i.test(line) ? listed(line, roles) : line
}

/** The last line of a command, in Exchange's words: it sends no response codes of RFC 5530, so nothing can be learnt from them. */
export function taggedReply(line: string, { tag, verb }: Pick<Command, 'tag' | 'verb'>): string {
  const [, status = 'BAD', code = '', text = ''] = /^\S+ (OK|NO|BAD)(?: \[([^\]]*)\])? ?(.*)$/i.exec(line) ?? []
  if (status === 'OK') {
    const kept = /^(APPENDUID|COPYUID|READ-ONLY|READ-WRITE)/.test(code) ? `[${code}] ` : ''
    return `${tag} OK ${kept}${verb.replace('UID|', '')} completed.`
  }
  if (code === 'ALREADYEXISTS') return `${tag} ${says.exists}`
  if (code === 'OVERQUOTA') return `${tag} ${says.full}`
  const missing = /^Mailbox doesn't exist: (.*?)( \([\d. +secs]*\)\.)?$/.exec(text)
  if (missing !== null) return `${tag} NO ${code === 'TRYCREATE' ? '[TRYCREATE] ' : ''}${missing[1]} doesn't exist.`
  return status === 'BAD' ? `${tag} ${says.wrongArgument}` : `${tag} NO ${text}`
}

function listed(line: string, roles: ReadonlyMap<string, string>): string {
  const parts = /^\* (\w+) \(([^)]*)\) ("[^"]*"|NIL) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(line)
  if (parts === null) return line
  const [, word = '', attributes = '', delimiter = '', spelled = ''] = parts
  const name = spelled.startsWith('"') ? spelled.slice(1, -1).replace(/\\(.)/g, '$1') : spelled
  const role = roles.get(decodeName(name))
  const kept = attributes
    .split(' ')
    .filter(attribute => attribute !== '' && !/^\\(Sent|Trash|Drafts|Junk|Archive|All|Flagged|NonExistent)$/i.test(attribute))
  return `* ${word} (${[...kept, ...(role === undefined ? [] : [role])].join(' ')}) ${delimiter} ${spelled}`
}
