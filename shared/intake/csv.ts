import { parseCsv } from 'hucre/csv'
import { Refusal } from '../errors.ts'
import type { Row } from './table.ts'

/**
 * The rows of a CSV file: comma, semicolon or tab; RFC 4180 quotes; UTF-8, UTF-16 with a byte order mark, the charset of the content type, else
 * windows-1252, which is what Excel writes in western Europe.
 */
export function csvRows(bytes: Uint8Array, contentType: string | undefined): Row[] {
  const text = decode(bytes, /charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1])
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1)
    throw refuse('a quote (") is not closed: the rest of the file would be read as one cell')
  if (text.includes('\u0000')) throw refuse('this is not a CSV file: it holds binary data; a workbook is sent as XLSX')
  return parseCsv(text, { delimiter: delimiterOf(text) }).map(row => row.map(cell => String(cell ?? '').trim()))
}

/** The mark that the first line with text has most of, outside quotes. */
function delimiterOf(text: string): string {
  const first = text.split(/\r?\n|\r/).find(line => line.trim() !== '') ?? ''
  const bare = first.replaceAll(/"[^"]*"/g, '')
  const counted = [',', ';', '\t'].map(mark => ({ mark, count: bare.split(mark).length }))
  return counted.reduce((a, b) => (b.count > a.count ? b : a), { mark: ',', count: 0 }).mark
}

function decode(bytes: Uint8Array, charset: string | undefined): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder(charset ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function refuse(message: string): Refusal {
  return new Refusal(400, 'invalid-wave', 'the table cannot be read; nothing was stored', [{ path: '(document)', message }])
}
