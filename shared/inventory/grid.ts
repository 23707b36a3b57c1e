import { Refusal } from '../errors.ts'
import { csvRows } from '../intake/csv.ts'
import { unpackedBytes } from '../intake/zip.ts'

/** A sheet as texts from A1; `unsaid`: cells (`row,column` from 0) with a formula and no value. `name` undefined: a CSV file. */
export type Grid = { name?: string; hidden: boolean; texts: string[][]; unsaid: ReadonlySet<string> }

/** An answer is at most so large, as it is sent; and unpacked. */
export const mostBytes = 8 * 1024 * 1024
const mostUnpacked = 48 * 1024 * 1024

/** Rows and columns that are read at most; an answer that needs more is refused elsewhere. */
const mostRows = 20_000
const within = `A1:CV${mostRows}`

/** The sheets of a workbook (.xlsx) or the one of a CSV file. Throws a Refusal for what is neither, or too large. */
export async function gridsOf(bytes: Uint8Array, contentType: string | undefined): Promise<Grid[]> {
  if (bytes.length > mostBytes)
    throw new Refusal(413, 'too-large', `an answer is at most ${mostBytes / 1024 / 1024} MiB (got ${bytes.length} bytes)`)
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return workbookGrids(bytes)
  if (
    /^text\/(csv|plain|tab-separated-values)$|^application\/(csv|vnd\.ms-excel|octet-stream|x-www-form-urlencoded)$|^$/.test(type)
  )
    return [{ hidden: false, texts: readCsv(bytes, contentType), unsaid: new Set() }]
  if (type.includes('spreadsheetml')) throw unreadable()
  throw new Refusal(415, 'unsupported-media-type', 'an answer is sent as .xlsx or .csv')
}

function readCsv(bytes: Uint8Array, contentType: string | undefined): string[][] {
  try {
    return csvRows(bytes, contentType).slice(0, mostRows)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.status, 'invalid-answer', 'the answer cannot be read; nothing was stored', error.details)
  }
}

async function workbookGrids(bytes: Uint8Array): Promise<Grid[]> {
  if ((unpackedBytes(bytes) ?? Infinity) > mostUnpacked) throw unreadable()
  const { readXlsx } = await import('hucre/xlsx')
  try {
    const { sheets } = await readXlsx(bytes, { maxRows: mostRows, range: within })
    return sheets.map(({ name, hidden, veryHidden, rows, cells, merges = [] }) => {
      const texts = rows.map(row => row.map(textOf))
      for (const { startRow, startCol, endRow, endCol } of merges.slice(0, mostRows)) {
        // A merged cell speaks for each row that it covers, but for one column.
        if (startCol === 0 && endCol > 3) continue
        for (let r = startRow + 1; r <= Math.min(endRow, texts.length - 1); r++) {
          const row = texts[r]
          if (row) row[startCol] ||= texts[startRow]?.[startCol] ?? ''
        }
      }
      const unsaid = new Set<string>()
      for (const [at, { formula, value }] of cells ?? [])
        if (formula !== undefined && (value === null || value === undefined || value === '')) unsaid.add(at)
      return { name, hidden: Boolean(hidden || veryHidden), texts, unsaid }
    })
  } catch {
    // The library's own message quotes the file; whatever it stumbles over, the remedy is the same.
    throw unreadable()
  }
}

function unreadable(): Refusal {
  const message = 'is not an .xlsx workbook that can be read: save it again as .xlsx without a password'
  return new Refusal(400, 'invalid-answer', 'the answer cannot be read; nothing was stored', [{ path: '(document)', message }])
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
  return text
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}
