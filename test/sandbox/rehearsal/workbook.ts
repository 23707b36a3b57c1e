import { readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx'

type Cells = (string | number | null)[][]

/** A hand on a workbook: the rows of its sheet of addresses are changed, the rest stays as it is. Formulas keep their last value only. */
export async function filled(
  workbook: Uint8Array,
  change: (rows: Cells, heads: string[]) => Cells,
  more: Partial<WriteSheet> = {},
) {
  const { sheets } = await readXlsx(workbook)
  const written = sheets.map((sheet, i): WriteSheet => {
    const rows = sheet.rows.map(row =>
      row.map(cell => (cell instanceof Date ? cell.toISOString() : (cell as string | number | null))),
    )
    const hidden = sheet.veryHidden ? { veryHidden: true } : {}
    if (i !== 1) return { name: sheet.name, rows, ...hidden }
    return { name: sheet.name, rows: change(rows, (rows[0] ?? []).map(String)), ...more }
  })
  return writeXlsx({ sheets: written })
}

/** Sets cells of rows by address and heading; a new address takes the first free row. */
export function answers(said: Record<string, Record<string, string>>) {
  return (rows: Cells, heads: string[]): Cells => {
    for (const [address, values] of Object.entries(said)) {
      const row = rows.find(cells => cells[0] === address) ?? rows.find((cells, i) => i > 0 && (cells[0] ?? '') === '')
      if (!row) throw new Error('no row is free')
      row[0] = address
      for (const [heading, value] of Object.entries(values)) row[heads.indexOf(heading)] = value
    }
    return rows
  }
}
