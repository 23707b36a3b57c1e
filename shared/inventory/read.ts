import { Refusal } from '../errors.ts'
import { cellName } from '../intake/table.ts'
import { type Column, shown } from './columns.ts'
import { type Grid, gridsOf } from './grid.ts'
import { type Heads, headsOf, worth } from './headings.ts'
import { type Mark, markName, readMark } from './mark.ts'
import type { FaultCode, FaultParts } from './words.ts'

/** One row of an answer: what stands under each column that is asked for. `index`: its row in the sheet, from 0. */
export type Line = { index: number; values: Partial<Record<Column, string>> }

/** A fault at a place of the answer: a column of a row, or the sheet as a whole. */
export type AnswerFault = { code: FaultCode; parts: FaultParts; index?: number; column?: Column }

/** An answer as it was read. `place`: a cell as people see it, `Adresses!C14`. */
export type Sheet = {
  mark?: Mark
  lines: Line[]
  faults: AnswerFault[]
  heads: Heads
  headings: string[]
  rowOf(index: number): string[]
  place(index: number | undefined, column: Column | undefined): string
}

/** An answer speaks of at most so many mailboxes. */
const mostLines = 10_000

/** Reads an answer, whatever became of its columns and sheets. Throws a Refusal for what is no table of addresses. */
export async function readAnswer(
  bytes: Uint8Array,
  contentType: string | undefined,
  columnsFor: (mark: Mark | undefined) => readonly Column[],
): Promise<Sheet> {
  const grids = await gridsOf(bytes, contentType)
  const hidden = grids.find(({ name }) => name === markName)
  const mark = hidden && readMark(hidden.texts)
  const columns = columnsFor(mark)
  const best = grids.flatMap(grid => topOf(grid, columns, mark)).sort((a, b) => b.worth - a.worth)[0]
  if (!best) throw noTable()
  const { grid, top, heads } = best
  const body = grid.texts.slice(top + 1)
  const lines = body.flatMap((texts, i) => lineOf(texts, top + 1 + i, heads))
  if (lines.length > mostLines)
    throw new Refusal(413, 'too-large', `an answer has at most ${mostLines} rows (got ${lines.length})`)
  const place: Sheet['place'] = (index, column) => placeIn(grid, heads, index, column)
  const faults = [...twice(grid, heads, top, place), ...unsaid(grid, heads, lines)]
  const rowOf = (index: number) => grid.texts[index] ?? []
  return { ...(mark ? { mark } : {}), lines, faults, heads, headings: grid.texts[top] ?? [], rowOf, place }
}

/** The row of a sheet that heads most columns: people put titles above it. */
function topOf(
  grid: Grid,
  columns: readonly Column[],
  mark: Mark | undefined,
): { grid: Grid; top: number; heads: Heads; worth: number }[] {
  if (grid.hidden) return []
  const rows = grid.texts.slice(0, 40).map((row, top) => {
    const heads = headsOf(row, columns)
    return { grid, top, heads, worth: worth(heads) }
  })
  const best = rows.sort((a, b) => b.worth - a.worth)[0]
  if (!best || best.worth < 2) return []
  const heads = headsOf(grid.texts[best.top] ?? [], columns, mark?.columns)
  return heads.includes('address') || heads.some(head => head?.startsWith('attribute:')) ? [{ ...best, heads }] : []
}

function lineOf(texts: readonly string[], index: number, heads: Heads): Line[] {
  const values: Line['values'] = {}
  for (const [c, head] of heads.entries()) {
    const text = texts[c] ?? ''
    if (head !== undefined && !shown.includes(head) && text !== '' && values[head] === undefined) values[head] = text
  }
  if (Object.keys(values).length === 0) return []
  // Nobody sees the calendar any more, where the column stands there and says nothing; without the column nothing is said of it.
  if (heads.includes('calendarShares')) values.calendarShares ??= ''
  return [{ index, values }]
}

function twice(grid: Grid, heads: Heads, top: number, place: Sheet['place']): AnswerFault[] {
  return heads.flatMap((head, c): AnswerFault[] => {
    if (head === undefined || shown.includes(head) || heads.indexOf(head) === c) return []
    const parts = { got: grid.texts[top]?.[c] ?? '', where: place(top, head) }
    return [{ code: 'heading-twice', parts, index: top, column: head }]
  })
}

function unsaid(grid: Grid, heads: Heads, lines: readonly Line[]): AnswerFault[] {
  if (grid.unsaid.size === 0) return []
  return lines.flatMap(({ index }) =>
    heads.flatMap((head, c): AnswerFault[] =>
      head !== undefined && !shown.includes(head) && grid.unsaid.has(`${index},${c}`)
        ? [{ code: 'formula', parts: {}, index, column: head }]
        : [],
    ),
  )
}

function placeIn({ name }: Grid, heads: Heads, index: number | undefined, column: Column | undefined): string {
  const quoted = name === undefined || /^[\p{L}\p{N}_]+$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`
  const sheet = quoted === undefined ? '' : `${quoted}!`
  if (index === undefined) return quoted ?? '(document)'
  const c = column === undefined ? -1 : heads.indexOf(column)
  return `${sheet}${cellName(Math.max(c, 0), index)}`
}

function noTable(): Refusal {
  const message = 'no sheet has a row of headings with the addresses below: answer in the workbook that was sent'
  return new Refusal(400, 'invalid-answer', 'the answer cannot be read; nothing was stored', [{ path: '(document)', message }])
}
