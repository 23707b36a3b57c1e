import type { NamedFolder } from './dovecot-config.ts'
import type { Language } from './languages.ts'
import { decodeName } from './utf7.ts'

/** What Exchange Online says, word for word where a log of it is public. */
export const says = {
  greeting: `* OK The Microsoft Exchange IMAP4 service is ready. [${Buffer.from('sandbox.example', 'utf16le').toString('base64')}]`,
  capabilities: 'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+',
  capabilitiesInside:
    'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+',
  id: '* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")',
  notConnected: 'BAD User is authenticated but not connected.',
  wrongState: 'BAD Command received in Invalid state.',
  unknownCommand: 'BAD Command Error. 12',
  tooLong: 'BAD Command Error. 10',
  wrongArgument: 'BAD Command Argument Error. 11',
  tooBig: 'NO Maximum size of appendable message has been exceeded.',
  reserved: 'NO Folder name is reserved.',
  exists: 'NO Mailbox already exists.',
  full: 'NO Server Unavailable. 15',
  byeError: '* BYE Connection closed. 14',
  bye: '* BYE Microsoft Exchange Server IMAP4 server signing off.',
  throttled: (milliseconds: number) => `Request is throttled. Suggested Backoff Time: ${milliseconds} milliseconds`,
} as const

/** The flags that Exchange stores; no others, and no keywords. */
export const storedFlags = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$MDNSent'] as const

const commands = new Set(
  (
    'CAPABILITY NOOP LOGOUT SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE UNSUBSCRIBE LIST LSUB STATUS APPEND CHECK CLOSE EXPUNGE SEARCH FETCH ' +
    'STORE COPY MOVE ID UNSELECT IDLE NAMESPACE UID|COPY UID|FETCH UID|STORE UID|SEARCH UID|EXPUNGE UID|MOVE'
  ).split(' '),
)

/** One command as it was received: its tag, its verb (`UID|FETCH`), and its text with each literal as the character NUL. */
export type Command = { tag: string; verb: string; text: string }

/** Takes a command line apart; undefined for what is no command at all. */
export function parseCommand(line: string): Command | undefined {
  const parts = /^(\S+) ([A-Za-z]+)(?: ([A-Za-z]+))?/.exec(line)
  if (parts === null) return undefined
  const [, tag = '', verb = '', next = ''] = parts
  const upper = verb.toUpperCase()
  return { tag, verb: upper === 'UID' ? `UID|${next.toUpperCase()}` : upper, text: line }
}

/**
 * What Exchange answers at once instead of obeying: extensions it lacks, keywords it cannot store, names it keeps for itself, folders
 * that every mailbox has (`made`, by path).
 */
export function refusal({ verb, text }: Command, made: ReadonlySet<string>): string | undefined {
  if (!commands.has(verb)) return says.unknownCommand
  if (/[ (](MODSEQ|HIGHESTMODSEQ|CONDSTORE|QRESYNC|CHANGEDSINCE|UNCHANGEDSINCE|SAVEDATE|PREVIEW)\b/i.test(text))
    return says.wrongArgument
  if (/^\S+ (LIST \(|LIST .*\bRETURN \(|(UID )?SEARCH RETURN\b)/i.test(text)) return says.wrongArgument
  const created = verb === 'CREATE' ? createdPath(text) : undefined
  if (created?.toLowerCase() === 'files') return says.reserved
  if (created !== undefined && made.has(created)) return says.exists
  if (/SEARCH$/.test(verb) && /\b(UN)?KEYWORD /i.test(text)) return says.wrongArgument
  return flagsOf({ verb, text }).every(isStored) ? undefined : says.wrongArgument
}

/** The path that a CREATE without literals asks for. */
export function createdPath(text: string): string | undefined {
  const name = /^\S+ \S+ (?:"((?:[^"\\]|\\.)*)"|([^\s"]+))$/.exec(text)
  return name === null ? undefined : decodeName(name[2] ?? (name[1] ?? '').replace(/\\(.)/g, '$1')).replace(/\/$/, '')
}

/** The flags that an APPEND or a STORE carries. */
function flagsOf({ verb, text }: Pick<Command, 'verb' | 'text'>): string[] {
  const list =
    verb === 'APPEND'
      ? /^\S+ \S+ (?:"(?:[^"\\]|\\.)*"|\S+) \(([^)]*)\)/.exec(text)
      : /STORE$/.test(verb)
        ? /FLAGS(?:\.SILENT)? \(?([^)]*)\)?$/i.exec(text)
        : null
  return (list?.[1] ?? '').split(' ').filter(flag => flag !== '')
}

const isStored = (flag: string) => storedFlags.some(stored => stored.toLowerCase() === flag.toLowerCase())

const names: Readonly<
  Record<Language, readonly [sent: string, trash: string, drafts: string, junk: string, ...others: string[]]>
> = {
  fr: [
    'Éléments envoyés',
    'Éléments supprimés',
    'Brouillons',
    'Courrier indésirable',
    "Boîte d'envoi",
    'Calendrier',
    'Contacts',
    'Journal',
    'Notes',
    'Tâches',
  ],
  nl: [
    'Verzonden items',
    'Verwijderde items',
    'Concepten',
    'Ongewenste e-mail',
    'Postvak UIT',
    'Agenda',
    'Contactpersonen',
    'Logboek',
    'Notities',
    'Taken',
  ],
  de: [
    'Gesendete Elemente',
    'Gelöschte Elemente',
    'Entwürfe',
    'Junk-E-Mail',
    'Postausgang',
    'Kalender',
    'Kontakte',
    'Journal',
    'Notizen',
    'Aufgaben',
  ],
  en: ['Sent Items', 'Deleted Items', 'Drafts', 'Junk Email', 'Outbox', 'Calendar', 'Contacts', 'Journal', 'Notes', 'Tasks'],
}

/** The folders of a new mailbox in this language, for the Dovecot behind the front; mail and other items, as Exchange lists both over IMAP. */
export function exchangeFolders(language: Language): NamedFolder[] {
  const [sent, trash, drafts, junk, ...others] = names[language]
  const roles: NamedFolder[] = [
    { path: [sent], specialUse: '\\Sent', always: true },
    { path: [trash], specialUse: '\\Trash', always: true },
    { path: [drafts], specialUse: '\\Drafts', always: true },
    { path: [junk], specialUse: '\\Junk', always: true },
  ]
  return [...roles, { path: ['Archive'], always: true }, ...others.map(name => ({ path: [name], always: true }))]
}

/** What LIST says of a folder's role over IMAP: trash, drafts and junk, and (public logs have none for it) nothing for sent. */
export const listedRoles = (folders: readonly NamedFolder[]): ReadonlyMap<string, string> =>
  new Map(
    folders.flatMap(({ path, specialUse }) =>
      specialUse === undefined || specialUse === '\\Sent' ? [] : [[path.join('/'), specialUse] as const],
    ),
  )
