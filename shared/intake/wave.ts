import { z } from 'zod'
import { type Fault, Refusal } from '../errors.ts'
import { isDay } from '../playbooks/days.ts'
import { canonicalJson } from './canonical.ts'
import { csvRows } from './csv.ts'
import { check, expected } from './faults.ts'
import { readJson } from './json.ts'
import { type WantedMailbox, wantedMailbox } from './mailbox.ts'
import { type Row, readTable, type WhereOf } from './table.ts'
import { twice } from './twice.ts'
import { name } from './words.ts'
import { workbookRows } from './workbook.ts'

/** One request's worth: more is several waves. */
const mostMailboxes = 10_000
const mostBytes = 16 * 1024 * 1024

const dayWhat = 'a day as YYYY-MM-DD, such as 2025-04-07'

/** A wave as an operator sends it. */
const waveSchema = z.strictObject({
  wave: name.describe('its name'),
  playbook: name.describe('the playbook that it follows'),
  day: z
    .string({ error: expected(dayWhat) })
    .refine(isDay, { error: expected(dayWhat) })
    .exactOptional()
    .describe('day D of the calendar; absent: at once'),
  mailboxes: z.array(wantedMailbox).min(1, { error: 'expected at least one mailbox (got an empty list)' }),
})

/** A wave as the code sees it: addresses in lower case, every kind said. */
export type WaveRequest = { wave: string; playbook: string; day?: string; mailboxes: WantedMailbox[] }

/** What a table cannot say of its wave, from the URL's query: `?wave=NAME&playbook=NAME&day=YYYY-MM-DD`. */
export type WaveQuery = { wave?: string | undefined; playbook?: string | undefined; day?: string | undefined }

/**
 * Reads what was sent as a wave: JSON, or a table (CSV, or the first sheet of an XLSX workbook) whose wave, playbook and day stand in the query.
 * Throws a Refusal with every fault: status 400, 413 for too many bytes, 415 for another content type.
 */
export async function parseWave(
  body: Uint8Array | string,
  contentType: string | undefined,
  query: WaveQuery = {},
): Promise<WaveRequest> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  if (bytes.length > mostBytes)
    throw new Refusal(
      413,
      'too-large',
      `a wave is at most ${mostBytes / 1024 / 1024} MiB (got ${bytes.length} bytes): send it as several waves`,
    )
  switch (formOf(bytes, contentType)) {
    case 'json':
      return believed(readJson(bytes))
    case 'csv':
      return fromTable(csvRows(bytes, contentType), query)
    case 'xlsx':
      return fromTable(await workbookRows(bytes), query)
  }
}

/** The same text for requests that ask the same, whatever the order of mailboxes and keys and the case of addresses. */
export function canonicalWave({ wave, playbook, day, mailboxes }: WaveRequest): string {
  const sorted = mailboxes.map(({ addressAsWritten: _, ...mailbox }) => mailbox).sort((a, b) => (a.address < b.address ? -1 : 1))
  return canonicalJson({ wave, playbook, day, mailboxes: sorted })
}

/** Whether two requests ask the same: then the second one is the first one again, else it is refused by the caller. */
export function sameWave(a: WaveRequest, b: WaveRequest): boolean {
  return canonicalWave(a) === canonicalWave(b)
}

type Form = 'json' | 'csv' | 'xlsx'

function formOf(bytes: Uint8Array, contentType: string | undefined): Form {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (/^application\/(?:[\w.+-]+\+)?json$|^text\/json$/.test(type)) return 'json'
  if (/^text\/(?:csv|tab-separated-values)$|^application\/csv$/.test(type)) return 'csv'
  if (type === 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet') return 'xlsx'
  if (['', 'application/octet-stream', 'application/x-www-form-urlencoded', 'text/plain'].includes(type))
    return zip ? 'xlsx' : isTable(bytes) ? 'csv' : 'json'
  // What Windows calls a CSV file.
  if (type === 'application/vnd.ms-excel') return zip ? 'xlsx' : 'csv'
  const known = 'application/json, text/csv or application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  throw new Refusal(415, 'unsupported-media-type', `a wave is sent as ${known}`)
}

/** Whether a text that nobody called anything, as `curl --data-binary` sends it, is a table: JSON of a wave begins with a bracket. */
function isTable(bytes: Uint8Array): boolean {
  const [first] = Buffer.from(bytes.subarray(0, 1024))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*/, '')
  return first !== undefined && first !== '{' && first !== '['
}

function fromTable(rows: Row[], query: WaveQuery): WaveRequest {
  const { mailboxes, where, faults } = readTable(rows)
  const given = Object.entries({ wave: query.wave, playbook: query.playbook, day: query.day }).filter(
    ([, text]) => text !== undefined && text !== '',
  )
  return believed({ ...Object.fromEntries(given), mailboxes }, where, faults)
}

function believed(value: unknown, where?: WhereOf, before: Fault[] = []): WaveRequest {
  const sent: unknown = Object(value).mailboxes
  const count = Array.isArray(sent) ? sent.length : 0
  const tooMany = count > mostMailboxes
  const { value: wave, faults = [] } = check(waveSchema, tooMany ? { ...Object(value), mailboxes: sample(sent) } : value)
  const limit = tooMany
    ? [{ path: 'mailboxes', message: `expected at most ${mostMailboxes} mailboxes (got ${count}): send them as several waves` }]
    : []
  const across = tooMany ? [] : twice(sent, path => withCell(path, where))
  const placed = faults
    .filter(({ path }) => before.length === 0 || path !== 'mailboxes')
    .map(fault => ({ path: fault.path, message: spoken(fault, where) }))
  const all = [...before, ...limit, ...placed, ...across.map(fault => ({ path: fault.path, message: spoken(fault, where) }))]
  if (wave === undefined || all.length > 0) {
    const fallen = all.length === 1 ? 'one fault' : `${all.length} faults`
    throw new Refusal(400, 'invalid-wave', `the wave has ${fallen}; nothing was stored`, all)
  }
  return { ...wave, mailboxes: wave.mailboxes.map((mailbox, i) => settled(mailbox, Object(sent)[i])) }
}

/** Enough of a list that is too long to tell what else is wrong with it. */
function sample(list: unknown): unknown {
  return Array.isArray(list) ? list.slice(0, 100) : list
}

function settled({ target, ...mailbox }: WantedMailbox, sent: { address?: unknown }): WantedMailbox {
  const written = typeof sent.address === 'string' && sent.address !== mailbox.address ? { addressAsWritten: sent.address } : {}
  if (mailbox.kind === 'alias') return { ...mailbox, ...(target?.user ? { aliasOf: target.user.toLowerCase() } : {}), ...written }
  return { ...mailbox, ...(target ? { target } : {}), ...written }
}

function spoken({ path, message }: Fault, where: WhereOf | undefined): string {
  if (where === undefined) return message
  if (['wave', 'playbook'].includes(path) && message.startsWith('is missing'))
    return `${message}; a table's ${path} stands in the URL as ?${path}=…`
  const cell = where(path)
  return cell === undefined ? message : `${cell}: ${message}`
}

function withCell(path: string, where: WhereOf | undefined): string {
  const cell = where?.(path)
  return cell === undefined ? path : `${path} (${cell})`
}
