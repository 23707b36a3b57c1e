import { Refusal } from '../errors.ts'
import type { Row } from './table.ts'
import { unpackedBytes } from './zip.ts'

/** More rows than any wave has, so that a sheet that is too long is told its length and not cut. */
const mostRows = 50_000
const mostUnpacked = 128 * 1024 * 1024

/** The rows of the first sheet of an XLSX workbook that is not hidden. */
export async function workbookRows(bytes: Uint8Array): Promise<Row[]> {
  // Else a small file could unpack to more than the process has; the reader holds each part to what the directory says.
  if ((unpackedBytes(bytes) ?? Infinity) > mostUnpacked) throw unreadable()
  let taken: number | undefined
  const first = ({ hidden, veryHidden, index }: { hidden?: boolean; veryHidden?: boolean; index: number }) => {
    if (hidden || veryHidden || (taken ?? index) !== index) return false
    taken = index
    return true
  }
  const { readXlsx } = await import('hucre/xlsx')
  try {
    const { sheets } = await readXlsx(bytes, { sheets: first, maxRows: mostRows })
    return (sheets[0]?.rows ?? []).map(row => row.map(text))
  } catch {
    // The library's own message quotes the file; whatever it stumbles over, the remedy is the same.
    throw unreadable()
  }
}

function unreadable(): Refusal {
  const message = 'is not an XLSX workbook that can be read: save it again as .xlsx without a password, or as CSV'
  return new Refusal(400, 'invalid-wave', 'the workbook cannot be read; nothing was stored', [{ path: '(document)', message }])
}

function text(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim()
}
