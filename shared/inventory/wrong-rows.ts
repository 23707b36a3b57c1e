import type { WriteSheet } from 'hucre/xlsx'
import type { Read } from './accept.ts'
import type { AnswerFault } from './read.ts'
import { writeSheets } from './sheets.ts'
import { header } from './styles.ts'

/** A workbook of the wrong rows of an answer only: where each stands, what is to be corrected in the reader’s language, and the row as it was sent. */
export async function wrongRows({ sheet, words, faults }: Read): Promise<Uint8Array> {
  const byRow = new Map<number, AnswerFault[]>()
  for (const fault of faults) byRow.set(fault.index ?? -1, [...(byRow.get(fault.index ?? -1) ?? []), fault])
  const rows = [...byRow].sort(([a], [b]) => a - b)
  const values = rows.map(([index, found]) => [
    found.map(({ index, column }) => sheet.place(index, column)).join('\n'),
    found.map(({ code, parts }) => words.faults[code](parts)).join('\n'),
    ...(index < 0 ? [] : sheet.rowOf(index)),
  ])
  const width = Math.max(2, ...values.map(row => row.length), sheet.headings.length + 2)
  const top = [words.wrong.where, words.wrong.what, ...sheet.headings]
  const cells: NonNullable<WriteSheet['cells']> = new Map()
  for (let c = 0; c < width; c++) cells.set(`0,${c}`, { style: header })
  const wrap = { alignment: { wrapText: true, vertical: 'top' as const } }
  const red = { fill: { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb: 'FFE0E0' } } }
  for (const [r, [index, found]] of rows.entries()) {
    cells.set(`${r + 1},0`, { style: wrap })
    cells.set(`${r + 1},1`, { style: wrap })
    for (const { column } of found) {
      const c = column === undefined ? -1 : sheet.heads.indexOf(column)
      if (c >= 0 && index >= 0) cells.set(`${r + 1},${c + 2}`, { style: red })
    }
  }
  const columns = Array.from({ length: width }, (_, c) => ({ width: c === 0 ? 20 : c === 1 ? 70 : 20 }))
  const freezePane = { rows: 1, columns: 2 }
  return writeSheets({ sheets: [{ name: words.sheets.wrong, columns, rows: [top, ...values], cells, freezePane }] })
}
