import type { CellStyle, WriteSheet } from 'hucre/xlsx'
import { type Column, shown } from './columns.ts'

/** White on dark blue: contrast 10.4 : 1. */
export const header: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F3864' } },
  alignment: { vertical: 'center', wrapText: true },
  protection: { locked: true },
}

/** What is shown and not asked. */
export const locked: CellStyle = {
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F2F2F2' } },
  protection: { locked: true },
}

const edge = { style: 'thin', color: { rgb: 'BFBFBF' } } as const

/** What is asked for. */
export const input: CellStyle = {
  border: { top: edge, bottom: edge, left: edge, right: edge },
  protection: { locked: false },
  numFmt: '@',
}

/** The style of a cell in a column. */
export function inputFor(id: Column): CellStyle {
  if (id === 'address') return { ...locked, font: { bold: true } }
  if (id === 'activity') return { ...locked, numFmt: 'yyyy-mm-dd' }
  if (id === 'used' || id === 'filled') return { ...locked, numFmt: '0%' }
  if (id === 'size') return { ...locked, numFmt: '#,##0.0' }
  if (['messages', 'unread', 'entries', 'contacts'].includes(id)) return { ...locked, numFmt: '#,##0' }
  return shown.includes(id) ? locked : input
}

/** A column's width, in characters. */
export function widthOf(id: Column): number {
  const widths: Partial<Record<Column, number>> = {
    address: 36,
    finding: 24,
    aliasOf: 32,
    members: 44,
    calendarShares: 44,
    reason: 28,
    surname: 20,
    givenName: 18,
    phone: 18,
    jobTitle: 24,
    department: 24,
    activity: 13,
  }
  return widths[id] ?? (id.startsWith('identifier:') ? 30 : 12)
}

/** On paper: landscape, as wide as one page, as many pages as it takes. */
export const onePageWide: NonNullable<WriteSheet['pageSetup']> = {
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
}
