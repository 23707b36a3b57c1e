import { isMailbox } from '../intake/mailbox.ts'
import type { Language } from '../intake/words.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { recipientOf } from '../playbooks/routing.ts'
import type { MailboxRow } from '../store/schema.ts'
import { type Block, plainly, type Rich, type Span } from './block.ts'
import { common } from './common.ts'
import { local } from './facts.ts'
import { colon, countedText, countText } from './formats.ts'
import { shown } from './masked.ts'

/** Longer lists are cut: whoever needs all of them finds them in the report. */
const mostRows = 100

/** The mailboxes that a notice to somebody else is about. */
export function mailboxBlocks(rows: readonly MailboxRow[], hide: boolean, language: Language): Block[] {
  const items = rows.slice(0, mostRows).map(row => {
    const kind = kindIn(row, hide, language)
    return plainly(nameOf(row, hide) + (kind === undefined ? '' : ` (${kind})`))
  })
  return [heading(common[language].mailboxes), { kind: 'list', items: [...items, ...more(rows, language)] }]
}

/** Mailboxes that wait for a person, why, and what to do: in the words of the program, which are English. */
export function heldBlocks(rows: readonly MailboxRow[], language: Language): Block[] {
  const { reason, remedy } = common[language]
  const lines = rows.slice(0, mostRows).map(({ address, error }) => ({
    label: plainly(address),
    value: [
      { text: said(reason, '', language), strong: true as const },
      english(sentence(error?.message), language, { strong: true }),
      { text: ` ${said(remedy, '', language)}` },
      english(error?.hint, language),
    ],
  }))
  return rows.length === 0 ? [] : [{ kind: 'facts', rows: lines }]
}

/** Whose new mail is still to be led over, and where to, where that is another address. */
export function notLedBlocks(rows: readonly MailboxRow[], routing: Playbook['routing']): Block[] {
  const to = routing.kind === 'recipient' ? routing.deliverTo : undefined
  const items = rows.slice(0, mostRows).map(({ address, wanted }) => {
    const where = to === undefined ? '' : ` → ${recipientOf(to, wanted.aliasOf ?? address)}`
    return plainly(address + where)
  })
  return rows.length === 0 ? [] : [{ kind: 'list', items: rows.length > mostRows ? [...items, plainly('…')] : items }]
}

/** A folder that the new side could not name as it was called. */
export type Renamed = { path: string; targetPath: string }

/** What an owner would look for under its old name. */
export function renamedBlocks(folders: readonly Renamed[], language: Language): Block[] {
  if (folders.length === 0) return []
  const items = folders.slice(0, mostRows).map(({ path, targetPath }) => plainly(`${path} → ${targetPath}`))
  return [heading(common[language].renamed), { kind: 'list', items: [...items, ...more(folders, language)] }]
}

/** What came of each mailbox. Two columns, so that it can be read on a telephone. */
export function resultBlocks(rows: readonly MailboxRow[], hide: boolean, language: Language): Block[] {
  const { messages, exceptions, moved, notMoved } = common[language]
  const lines = rows.slice(0, mostRows).map(row => {
    const there = row.state === 'completed' || row.state === 'draining' ? moved : notMoved
    const excepted = row.excepted > 0 ? [`${countText(row.excepted, language)} ${exceptions}`.replaceAll(' ', '\u00A0')] : []
    const kind = isMailbox(row.wanted) ? undefined : kindIn(row, hide, language)
    const value = kind ? [kind] : [there, countedText(row.copied + row.adopted, messages, language), ...excepted]
    return { label: plainly(nameOf(row, hide)), value: plainly(value.join(', ')) }
  })
  return [{ kind: 'facts', rows: lines }]
}

function nameOf({ wanted, address }: MailboxRow, hide: boolean): string {
  return shown(wanted.addressAsWritten ?? address, hide)
}

/** What it is where it is no mailbox of one person: to such a one nobody signs in, and an alias and a list hold nothing. */
function kindIn({ wanted: { kind, aliasOf } }: MailboxRow, hide: boolean, language: Language): string | undefined {
  const say = common[language]
  if (kind === 'shared') return say.shared
  if (kind === 'list') return say.list
  return kind === 'alias' ? `${say.alias}${aliasOf === undefined ? '' : ` ${shown(aliasOf, hide)}`}` : undefined
}

/** What is said behind it begins a sentence of its own. */
function sentence(text: string | undefined): string | undefined {
  return text === undefined || /[.!?]$/.test(text) ? text : `${text}.`
}

function english(text: string | undefined, language: Language, more: { strong?: true } = {}): Span {
  return { text: text ?? '–', ...more, ...(text === undefined || language === 'en' ? {} : { language: 'en' }) }
}

function said(label: string, value: string, language: Language): string {
  return `${label}${colon(language)} ${value}`
}

/** What is typed into a mail program; nothing where the playbook says nothing. */
export function settingsBlocks({ programs }: Playbook, language: Language): Block[] {
  if (!programs) return []
  const say = common[language]
  const server = ({ host, port, security }: { host: string; port: number; security: 'tls' | 'starttls' }) =>
    plainly(`${host}, ${say.port} ${port}, ${say.security} ${say[security]}`)
  const rows = [
    ...(programs.exchange ? [{ label: plainly(say.exchange), value: plainly(programs.exchange) }] : []),
    ...(programs.incoming ? [{ label: plainly(say.incoming), value: server(programs.incoming) }] : []),
    ...(programs.outgoing ? [{ label: plainly(say.outgoing), value: server(programs.outgoing) }] : []),
    { label: plainly(say.user), value: plainly(programs.user === 'address' ? say.userIsAddress : say.userIsLogin) },
  ]
  return [heading(say.settings), { kind: 'facts', rows }]
}

/** The instructions that there are, each by its title. */
export function tutorialBlocks({ tutorials }: Playbook, language: Language): Block[] {
  if (tutorials.length === 0) return []
  const items = tutorials.map(({ title, url }) => [{ text: local(title, language), href: local(url, language) }])
  return [heading(common[language].tutorials), { kind: 'list', items }]
}

/** Whom to ask, and for what: the desks, or the one contact. */
export function questionBlocks(
  { desks, contact, links }: Pick<Playbook, 'desks' | 'contact' | 'links'>,
  language: Language,
): Block[] {
  const say = common[language]
  const asked = contact ? [{ ...contact, about: say.anyQuestion, hours: undefined }] : []
  const items = [...Object.values(desks), ...asked].map(({ about, name, address, phone, link, hours }): Rich => {
    const ways = [
      ...(name ? [[{ text: local(name, language) }]] : []),
      ...(address ? [[{ text: address, href: `mailto:${address}` }]] : []),
      ...(phone
        ? [[{ text: `${say.phone} ` }, { text: phone.replaceAll(' ', '\u00A0'), href: `tel:${phone.replaceAll(/[^+\d]/g, '')}` }]]
        : []),
      ...(link ? [[{ text: say.page, href: local(link, language) }]] : []),
      ...(hours ? [[{ text: `${say.hours} ${local(hours, language)}` }]] : []),
    ]
    return [
      { text: `${local(about, language)}${colon(language)} ` },
      ...ways.flatMap((way, i) => (i === 0 ? way : [{ text: ', ' }, ...way])),
    ]
  })
  const help: Rich[] = links.help ? [[{ text: say.help, href: local(links.help, language) }]] : []
  const all = [...items, ...help]
  return all.length === 0 ? [] : [heading(say.questions), { kind: 'list', items: all }]
}

function heading(words: string): Block {
  return { kind: 'heading', text: plainly(words) }
}

function more(rows: readonly unknown[], language: Language): Rich[] {
  return rows.length > mostRows ? [plainly(`+ ${countText(rows.length - mostRows, language)}`)] : []
}
