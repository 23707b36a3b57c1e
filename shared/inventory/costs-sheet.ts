import type { WriteSheet } from 'hucre/xlsx'
import type { Forecast } from '../forecast/forecast.ts'
import { cellName } from '../intake/table.ts'
import { columnsOf } from './columns.ts'
import type { Inventory } from './inventory.ts'
import { priceOf } from './price.ts'
import { rowsOf } from './rows.ts'
import { header, locked, onePageWide } from './styles.ts'
import type { Words } from './words.ts'

/** What is thought of the wave beside the answer: when its copy ends, and what its licences cost so far. `on`: an instant in words. */
export type Thought = Pick<Forecast, 'copy' | 'cost'> & { on: (at: number) => string }

/**
 * The sheet that reckons what the answer costs a month, by formulas over the sheet of addresses (rows 2 to `last`); below it what is `thought` of the
 * whole wave.
 */
export function costsSheet(inventory: Inventory, words: Words, last: number, { copy, cost, on }: Thought): WriteSheet {
  const { costs } = words
  const { licences, inventory: rules } = inventory.settings
  const names = Object.keys(licences)
  const columns = columnsOf(inventory.settings)
  const range = (id: 'address' | 'keep' | 'kind') => {
    const letter = cellName(columns.indexOf(id), 0).replace(/\d+$/, '')
    return `'${words.sheets.addresses}'!$${letter}$2:$${letter}$${last}`
  }
  const kept = rowsOf(inventory, words).flatMap(({ values }) => (values.keep === words.no ? [] : [String(values.kind)]))
  const price = priceOf(kept, licences, rules)
  const currency = price?.currency ?? ''
  const rows: (string | number | null)[][] = [
    [costs.licence, costs.price, costs.quota, costs.count, `${costs.perMonth} (${currency})`, null],
  ]
  const cells: NonNullable<WriteSheet['cells']> = new Map()
  const formula = (row: number, column: number, text: string, result: number, numFmt: string) =>
    cells.set(`${row},${column}`, { formula: text, formulaResult: result, style: { ...locked, numFmt } })
  for (const [i, name] of names.entries()) {
    const { price: each = 0, quota, browserOnly } = licences[name] ?? {}
    const n = price?.licences[name] ?? 0
    rows.push([name, each, quota ?? null, null, null, browserOnly ? costs.browserOnly : null])
    cells.set(`${i + 1},1`, { style: { ...locked, numFmt: '#,##0.00' } })
    formula(i + 1, 3, `COUNTIFS(${range('address')},"<>",${range('keep')},"<>${words.no}",${range('kind')},A${i + 2})`, n, '0')
    formula(i + 1, 4, `B${i + 2}*D${i + 2}`, Math.round(n * each * 100) / 100, '#,##0.00')
  }
  const end = names.length + 1
  const sum = (column: 'D' | 'E') => (end > 1 ? `SUM(${column}2:${column}${end})` : '0')
  rows.push([costs.total, null, null, null, null, null])
  formula(end, 3, sum('D'), kept.filter(kind => names.includes(kind)).length, '0')
  formula(end, 4, sum('E'), price?.perMonth ?? 0, '#,##0.00')
  if (price?.projected !== undefined) {
    const parts = Object.values(rules.mix).reduce((a, b) => a + b, 0)
    const terms = Object.entries(rules.mix).map(([name, part]) => `${part}*SUMIF(A2:A${end},"${name}",B2:B${end})`)
    rows.push([costs.projected, null, null, null, null, null], [costs.surcharge, null, null, null, null, null])
    formula(end + 1, 4, `ROUND(D${end + 1}*(${terms.join('+')})/${parts},2)`, price.projected, '#,##0.00')
    formula(end + 2, 4, `MAX(0,E${end + 1}-E${end + 2})`, price.surcharge ?? 0, '#,##0.00')
  }
  rows.push([], [costs.note])
  if (copy || cost) {
    rows.push([], [costs.forecast, null, null, null, null, null])
    for (let c = 0; c < 6; c++) cells.set(`${rows.length - 1},${c}`, { style: header })
  }
  if (copy) rows.push([costs.half, on(copy.p50At)], [costs.nearly, on(copy.p90At)])
  if (cost) rows.push([costs.whole, `${cost.perMonth.toFixed(2)} ${cost.currency}`])
  for (let c = 0; c < 6; c++) cells.set(`0,${c}`, { style: header })
  const widths = [36, 16, 12, 10, 24, 32]
  return {
    name: words.sheets.costs,
    columns: widths.map(width => ({ width })),
    rows,
    cells,
    pageSetup: onePageWide,
    protection: { sheet: true },
    freezePane: { rows: 1 },
  }
}
