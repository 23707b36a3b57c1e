import type { HttpResponseInit } from '@azure/functions'
import { Refusal } from '../errors.ts'
import { writeSheets } from '../inventory/sheets.ts'
import { type Landed, type Scores, scoreLanding } from '../landing/score.ts'
import { markingsOf } from '../notices/marking.ts'
import { settingsOf } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { type Judgement, judgeMailbox } from '../steps/verdict.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { waveExceptions } from './mailbox-status.ts'
import { noticeList } from './notices.ts'
import { iso, waveRow, waveStatus } from './status.ts'

type Cell = string | number | Date | null
/** How an instant is shown: a spreadsheet has no zones of its own. */
const instant = { numFmt: 'yyyy-mm-dd hh:mm:ss "UTC"' }
type Sheet = { name: string; header: string[]; rows: Cell[][] }

/** A wave’s report: JSON whole, CSV its mailboxes, XLSX wave, mailboxes, exceptions and, after a look ahead, how right that was on a sheet each. Throws a Refusal for other formats. */
export async function waveReport(app: App, wave: string, format: string): Promise<HttpResponseInit> {
  const status = await waveStatus(app, wave)
  const classification = await markingIn(app, wave)
  const landed = await scoreLanding(app, wave)
  const mailboxes = marked(await mailboxSheet(app, wave, landed?.mailboxes), classification)
  const { exceptions, items } = await waveExceptions(app, wave)
  const name = `attachment; filename="${wave}-report.${format}"`
  switch (format) {
    case 'json': {
      const rows = mailboxes.rows.map(row => Object.fromEntries(mailboxes.header.map((title, i) => [title, row[i] ?? null])))
      const body = JSON.stringify({
        ...(classification === undefined ? {} : { classification }),
        ...status,
        report: { at: iso(app.now()), mailboxes: rows, exceptions, items, landing: landed?.scores },
      })
      return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', 'content-disposition': name }, body }
    }
    case 'csv': {
      const lines = [mailboxes.header, ...mailboxes.rows].map(row => row.map(csvCell).join(','))
      const body = `\uFEFF${lines.join('\r\n')}\r\n`
      return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': name }, body }
    }
    case 'xlsx': {
      const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      const sheets = [
        waveSheet(status, (await noticeList(app, wave)).rules, classification),
        mailboxes,
        exceptionSheet(exceptions),
        ...(items.length > 0 ? [itemSheet(items)] : []),
      ]
      const body = await workbook([...sheets, ...(landed ? [landingSheet(landed.scores)] : [])], classification)
      return { status: 200, headers: { 'content-type': type, 'content-disposition': name }, body }
    }
    default:
      throw new Refusal(404, 'unknown-format', `there is no report.${format}: ask for report.xlsx, report.csv or report.json`)
  }
}

/** What the reports of a wave are marked with: its playbook’s word, and those of its entities. */
async function markingIn(app: App, wave: string): Promise<string | undefined> {
  const row = await waveRow(app, wave)
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  return markingsOf([playbook, ...(row.entities ?? []).map(entity => settingsOf(playbook, entity))])
}

/** A CSV has no head but its columns: the marking stands in each row. */
function marked({ header, rows, ...sheet }: Sheet, classification: string | undefined): Sheet {
  if (classification === undefined) return { ...sheet, header, rows }
  return { ...sheet, header: [...header, 'classification'], rows: rows.map(row => [...row, classification]) }
}

async function mailboxSheet(app: App, wave: string, landed: Landed['mailboxes'] = new Map()): Promise<Sheet> {
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave) }))
  const header = [
    'address',
    'kind',
    'state',
    'verdict',
    'folders',
    'found',
    'copied',
    'adopted',
    'excepted',
    'bytes',
    'switched',
    'completed',
    'why',
    'predicted',
    'came true',
    'unforeseen',
  ]
  const judged = new Map<MailboxRow, Judgement>()
  await inParallel(rows, async row => judged.set(row, await judgeMailbox(app.store, row)))
  const at = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))
  const cells = rows.map((row): Cell[] => {
    const { verdict = null, reasons = [] } = judged.get(row) ?? {}
    const ended = row.state === 'completed' || row.state === 'held'
    const counts = [row.folders, row.found, row.copied, row.adopted, row.excepted, row.copiedBytes]
    const score = landed.get(row.address)
    const why = ended ? reasons.join('; ') : (row.error?.message ?? '')
    return [
      row.address,
      row.wanted.kind,
      row.state,
      ended ? verdict : null,
      ...counts,
      at(row.switchedAt),
      at(row.completedAt),
      why,
      ...(score ? [score.hits + score.misses, score.hits, score.surprises] : [null, null, null]),
    ]
  })
  return withItems({ name: 'Mailboxes', header, rows: cells }, rows)
}

/** Columns for calendars, contacts and tasks, where those of a mailbox were copied. */
function withItems({ header, rows, ...sheet }: Sheet, mailboxes: readonly MailboxRow[]): Sheet {
  if (!mailboxes.some(({ items }) => items)) return { ...sheet, header, rows }
  const sums = ['found', 'created', 'already', 'excepted', 'left', 'reduced'] as const
  const cells = ({ items }: MailboxRow): Cell[] => sums.map(sum => items?.[sum] ?? null)
  return {
    ...sheet,
    header: [...header, ...sums.map(sum => `items ${sum}`)],
    rows: rows.map((row, i) => [...row, ...cells(mailboxes[i] as MailboxRow)]),
  }
}

function itemSheet(items: Awaited<ReturnType<typeof waveExceptions>>['items']): Sheet {
  const rows = items.map(({ mailbox, at, reason, remedy }): Cell[] => [mailbox, at, reason, remedy])
  return { name: 'Items', header: ['mailbox', 'at', 'reason', 'remedy'], rows }
}

function waveSheet(
  status: Awaited<ReturnType<typeof waveStatus>>,
  rules: Awaited<ReturnType<typeof noticeList>>['rules'],
  classification: string | undefined,
): Sheet {
  const { messages, bytes } = status
  const { total, lists = 0 } = status.mailboxes
  const rows: Cell[][] = [
    ...(classification === undefined ? [] : [['classification', classification]]),
    ['wave', status.wave],
    ['playbook', `${status.playbook} (version ${status.playbookVersion})`],
    ['state', status.state],
    ['verdict', status.verdict],
    ['mailboxes', total - lists],
    ...(lists > 0 ? [['lists', lists] satisfies Cell[]] : []),
    ['messages found', messages.found],
    ['messages copied', messages.copied],
    ['messages adopted', messages.adopted],
    ['messages excepted', messages.excepted],
    ['bytes found', bytes.found],
    ['bytes copied', bytes.copied],
    ['seconds waited for servers that asked for patience', Math.round(status.waitedMs / 1000)],
    ...(rules ? [['rules acknowledged', `${rules.acknowledged} of ${rules.asked}`] satisfies Cell[]] : []),
    ...(rules?.open ?? []).map((who): Cell[] => ['rules not acknowledged', who]),
    ...(status.reasons ?? []).map((reason): Cell[] => ['reason', reason]),
    ...(status.toDo ?? []).map((what): Cell[] => ['to do', what]),
    ...(status.done ?? []).map(({ what, who, why, at }): Cell[] => ['done', `${what} (${who}, ${at}: ${why})`]),
  ]
  return { name: 'Wave', header: ['what', 'value'], rows }
}

function exceptionSheet(exceptions: Awaited<ReturnType<typeof waveExceptions>>['exceptions']): Sheet {
  const header = ['mailbox', 'folder', 'uid', 'date', 'bytes', 'outcome', 'reason', 'remedy']
  return {
    name: 'Exceptions',
    header,
    rows: exceptions.map(e => [e.mailbox, e.folder, e.uid, dated(e.date), e.bytes, e.outcome, e.reason, e.remedy]),
  }
}

function landingSheet(scores: Scores): Sheet {
  const rows = Object.entries(scores).map(([kind, score]): Cell[] => {
    const { hits, misses, surprises, precision = null, recall = null, unscored } = score
    return [kind, hits + misses, hits, surprises, precision, recall, unscored?.count ?? 0, unscored?.why.join('; ') ?? '']
  })
  const header = ['kind', 'predicted', 'came true', 'unforeseen', 'precision', 'recall', 'not to be told', 'why not']
  return { name: 'Look ahead', header, rows }
}

/** An instant as a date that a spreadsheet has: those before 1900 and after 9999 stay texts. */
function dated(text: string | null): Date | string | null {
  return text === null || !/^(?:19|[2-9]\d)\d\d-/.test(text) ? text : new Date(text)
}

function workbook(sheets: Sheet[], marking: string | undefined): Promise<Uint8Array> {
  const written = {
    sheets: sheets.map(({ name, header, rows }) => ({
      name,
      rows: [header, ...rows],
      cells: new Map(
        rows.flatMap((row, r) =>
          row.flatMap((cell, c) => (cell instanceof Date ? [[`${r + 1},${c}`, { style: instant }] as const] : [])),
        ),
      ),
      freezePane: { rows: 1 },
    })),
  }
  return writeSheets(written, marking)
}

/** A CSV cell (RFC 4180); text that a spreadsheet would run as a formula is made plain. */
function csvCell(cell: Cell): string {
  const text = cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell)
  const plain = typeof cell === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
