import type { WriteOptions } from 'hucre/xlsx'

/** The longest text that a cell holds; Excel refuses the whole file for one that is longer. */
const mostCharacters = 32_767

/**
 * The bytes of a workbook whose texts every program can read: what no cell holds is cut, what XML cannot say is replaced. `marking`: stands atop each
 * page that is printed.
 */
export async function writeSheets({ sheets, ...options }: WriteOptions, marking?: string): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx')
  const fitting = sheets.map(sheet => ({
    ...sheet,
    // In a header & begins a code.
    ...(marking === undefined ? {} : { headerFooter: { oddHeader: `&C&B${marking.replaceAll('&', '&&')}` } }),
    ...(sheet.rows ? { rows: sheet.rows.map(row => row.map(cell => (typeof cell === 'string' ? fit(cell) : cell))) } : {}),
  }))
  return writeXlsx({ ...options, sheets: fitting })
}

function fit(text: string): string {
  const plain = text.replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters - 1)}…` : plain
}
