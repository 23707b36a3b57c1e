import type { FolderStatus, ListedFolder } from '../source/source.ts'
import type { Response } from './input.ts'
import { isForeign, type Personal, personalOf } from './namespace.ts'
import { statusIn, statusItems } from './reading.ts'
import { roleOf, unsaid } from './roles.ts'
import { pathOf, textOf } from './syntax.ts'
import type { Tagged, Wire } from './wire.ts'

/** A folder as LIST tells it. Flags in one spelling: `\Sent`, `\Noselect`. */
type Entry = { path: string; delimiter: string; flags: Set<string>; subscribed: boolean; status?: FolderStatus }

/** All folders, with roles; what lies in no personal namespace is `virtual`. Everything is asked for at once: a distant server is waited for once. */
export async function listFolders(wire: Wire, known?: Personal): Promise<ListedFolder[]> {
  const [personal, entries] = await Promise.all([known ?? personalOf(wire), entriesOf(wire)])
  return foldersOf(entries, personal, wire.has('SPECIAL-USE'))
}

/** LIST with what the server can tell besides (RFC 5258, 5819, 6154), else LIST and LSUB. */
async function entriesOf(wire: Wire): Promise<Entry[]> {
  const wants = [
    'SUBSCRIBED',
    'CHILDREN',
    ...(wire.has('SPECIAL-USE') ? ['SPECIAL-USE'] : []),
    ...(wire.has('LIST-STATUS') ? [`STATUS ${statusItems(wire)}`] : []),
  ]
  const found = new Map<string, Entry>()
  if (wire.has('LIST-EXTENDED')) {
    const told = await wire.run(`LIST "" "*" RETURN (${wants.join(' ')})`, response => take(wire, found, response))
    if (told.status === 'OK') return [...found.values()]
    // Some that say they can cannot.
    found.clear()
  }
  const subscribed = new Set<string>()
  const [listed] = await Promise.all([
    wire.run('LIST "" "*"', response => take(wire, found, response)),
    // IMAP4rev2 has no LSUB any more.
    wire
      .run('LSUB "" "*"', response => void subscribed.add(entryOf(wire, response, 'LSUB')?.path ?? ''))
      .catch((): Tagged | undefined => undefined),
  ])
  if (listed.status !== 'OK') throw wire.refused(listed, 'listing the folders')
  return [...found.values()].map(entry => ({ ...entry, subscribed: entry.subscribed || subscribed.has(entry.path) }))
}

/** Takes in one LIST response, or one STATUS that comes with it. */
function take({ utf8 }: Wire, found: Map<string, Entry>, response: Response): void {
  const entry = entryOf({ utf8 }, response, 'LIST')
  if (entry) return void found.set(entry.path, entry)
  const missing = found.get(missingIn(response) ?? '')
  if (missing) return void found.set(missing.path, { ...missing, flags: missing.flags.add('\\Nonexistent') })
  const status = statusIn(response)
  const known = status && found.get(pathOf(nameIn(response.text.slice('* STATUS '.length), response), utf8))
  if (known) found.set(known.path, { ...known, status })
}

/** The folder of which a server says, while it lists it, that it does not exist: Dovecot goes on listing a parent that was deleted above its children. */
function missingIn({ text }: Response): string | undefined {
  const name = /^\* NO (?:\[\w+\] )?Mailbox doesn't exist: (.*)$/i.exec(text)?.[1]
  // In a text it writes names as they are, not in modified UTF-7.
  return name && Buffer.from(name, 'latin1').toString()
}

function entryOf({ utf8 }: Pick<Wire, 'utf8'>, response: Response, kind: 'LIST' | 'LSUB'): Entry | undefined {
  const told = /^\* (LIST|LSUB) \(([^)]*)\) *(NIL|"(?:[^"\\]|\\.)?") (.*)$/is.exec(response.text)
  if (told?.[1]?.toUpperCase() !== kind) return undefined
  const delimiter = /^nil$/i.test(told[3] ?? '') ? '' : (told[3] ?? '').slice(1, -1).replace(/^\\/, '')
  const name = pathOf(nameIn(told[4] ?? '', response), utf8)
  const flags = new Set((told[2] ?? '').split(' ').filter(Boolean).map(spelt))
  const path = name.toUpperCase() === 'INBOX' ? 'INBOX' : name
  return { path, delimiter, flags, subscribed: flags.has('\\Subscribed') }
}

/** The name that a response begins with: quoted, as a literal, or bare, where some servers (Exchange does) leave blanks in it. */
function nameIn(text: string, { literals }: Response): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(text)
  if (quoted) return (quoted[1] ?? '').replaceAll(/\\(.)/g, '$1')
  const [literal] = literals
  if (/^~?\{\d+\}/.test(text)) return Buffer.isBuffer(literal) ? literal.toString('latin1') : ''
  return (text.split(' (')[0] ?? '').trimEnd()
}

/** INBOX has no case (RFC 9051 5.1), so what lies below it lies there however a server writes it. */
function belowInbox(path: string, delimiter: string): string {
  return path.slice(0, 6).toUpperCase() === `INBOX${delimiter}` ? `INBOX${path.slice(5)}` : path
}

function spelt(flag: string): string {
  return flag.slice(0, 2).toUpperCase() + flag.slice(2).toLowerCase()
}

/** Each role is given to one folder, the server’s own word first. */
function foldersOf(entries: readonly Entry[], personal: Personal, telling: boolean): ListedFolder[] {
  const named = entries.map(entry => {
    const delimiter = entry.delimiter || personal.delimiter
    const [path, prefix] = [belowInbox(entry.path, delimiter), belowInbox(personal.prefix, delimiter)]
    const bare = prefix && path.startsWith(prefix) ? path.slice(prefix.length) : path
    // Some servers begin a name with the delimiter.
    const segments = bare.split(delimiter).filter(Boolean).map(textOf)
    const foreign = isForeign(entry.path, delimiter, personal)
    return { ...entry, segments, foreign, ...(foreign ? { rank: unsaid } : roleOf({ ...entry, segments }, telling)) }
  })
  const sorted = named.sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
  const taken = new Set<string>()
  return sorted.map(({ path, segments, role, flags, subscribed, status, foreign }) => {
    const free = role !== undefined && !taken.has(role)
    if (role && free) taken.add(role)
    return {
      path,
      segments,
      ...(role && free ? { role } : {}),
      subscribed,
      ...(status ? { messages: status.exists, status } : {}),
      container: flags.has('\\Noselect') || flags.has('\\Nonexistent'),
      virtual: foreign || ['\\All', '\\Flagged', '\\Important'].some(flag => flags.has(flag)),
    }
  })
}
