import type { CellStyle, WriteSheet } from 'hucre/xlsx'
import { forecastOf } from '../forecast/forecast.ts'
import { cellName } from '../intake/table.ts'
import type { Language } from '../intake/words.ts'
import { instantText } from '../notices/formats.ts'
import { markingOf } from '../notices/marking.ts'
import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'
import { columnsOf } from './columns.ts'
import { costsSheet } from './costs-sheet.ts'
import { type Inventory, inventoriesOf } from './inventory.ts'
import { markSheet } from './mark.ts'
import { type Filled, type Row, rowsOf } from './rows.ts'
import { writeSheets } from './sheets.ts'
import { header, input, inputFor, locked, onePageWide, widthOf } from './styles.ts'
import { type Words, wordsIn } from './words.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A file to be sent along. */
export type Attachment = { filename: string; contentType: string; content: Buffer }

/** Rows below the list that wait for new addresses. */
const freeRows = 50

/** The workbook of one entity, or of the first where none is named, in a language. Undefined where the wave has no such entity. */
export async function inventoryWorkbook(
  app: App,
  wave: WaveRow,
  { entity, language }: { entity?: string | undefined; language: Language },
): Promise<Attachment | undefined> {
  const inventories = await inventoriesOf(app, wave)
  const inventory = entity === undefined ? inventories[0] : inventories.find(one => one.entity === entity)
  if (!inventory) return undefined
  const content = Buffer.from(await writtenWorkbook(app, inventory, language))
  return { filename: `${wave.wave}-${inventory.entity}.xlsx`, contentType: xlsxType, content }
}

/** The bytes of an entity's workbook: instructions, addresses, costs, and a hidden sheet by which its answer is recognised. */
export async function writtenWorkbook(app: App, inventory: Inventory, language: Language): Promise<Uint8Array> {
  const now = app.now()
  const { copy, cost } = await forecastOf(app, inventory.wave)
  const words = wordsIn(language)
  const on = (at: number) => instantText(at, inventory.settings.timeZone, language)
  const rows = rowsOf(inventory, words)
  const last = rows.length + freeRows + 1
  const sheets = [
    instructionsSheet(inventory, words, language),
    addressesSheet(inventory, words, rows, last),
    costsSheet(inventory, words, last, { ...(copy ? { copy } : {}), ...(cost ? { cost } : {}), on }),
    markSheet(inventory, language, now),
  ]
  const custom = { 'Releve wave': inventory.wave.wave, 'Releve entity': inventory.entity }
  const properties = { title: `${words.title}: ${inventory.title}`, creator: 'Relève', created: new Date(now), custom }
  return writeSheets({ sheets, properties }, markingOf(inventory.settings, language))
}

function addressesSheet({ settings }: Inventory, words: Words, rows: readonly Row[], last: number): WriteSheet {
  const columns = columnsOf(settings)
  const letter = (id: (typeof columns)[number]) => cellName(columns.indexOf(id), 0).replace(/\d+$/, '')
  const range = (id: (typeof columns)[number]) => `${letter(id)}2:${letter(id)}${last}`
  const cells: NonNullable<WriteSheet['cells']> = new Map()
  const values: (string | number | Date | null)[][] = [columns.map(id => headingOf(id, words))]
  for (const [c] of columns.entries()) cells.set(`0,${c}`, { style: header })
  for (let r = 1; r < last; r++) {
    const row = rows[r - 1]
    values.push(columns.map(id => (id === 'cost' || id === 'filled' ? null : (row?.values[id] ?? null))))
    for (const [c, id] of columns.entries()) {
      if (id === 'cost') {
        const at = (other: typeof id | 'address' | 'keep' | 'kind') => `${letter(other)}${r + 1}`
        const costs = `'${words.sheets.costs}'`
        const n = Object.keys(settings.licences).length + 1
        const formula = `IF(OR(${at('address')}="",${at('keep')}="${words.no}"),0,SUMIF(${costs}!$A$2:$A$${n},${at('kind')},${costs}!$B$2:$B$${n}))`
        cells.set(`${r},${c}`, { formula, formulaResult: row?.cost ?? 0, style: { ...locked, numFmt: '#,##0.00;-#,##0.00;' } })
      } else if (id === 'filled' && row?.filled) {
        cells.set(`${r},${c}`, { ...filledBy(row.filled, row.values.kind, `${letter('kind')}${r + 1}`), style: inputFor(id) })
      } else cells.set(`${r},${c}`, { style: styleOf(id, row !== undefined) })
    }
  }
  const named = Object.keys(settings.licences)
  const kinds = [...(named.length > 0 ? named : [words.personal]), words.shared, words.alias]
  const choice = (id: (typeof columns)[number], list: string[]) => ({
    ...{ type: 'list' as const, values: list, range: range(id), allowBlank: true, showErrorMessage: true },
    ...{ errorStyle: 'stop' as const, errorTitle: headingOf(id, words), errorMessage: `${words.choose} (${list.join(', ')})` },
  })
  const classes = Object.keys(settings.inventory.addressPatterns)
  return {
    name: words.sheets.addresses,
    columns: columns.map(id => ({ width: widthOf(id) })),
    rows: values,
    cells,
    rowDefs: new Map([[0, { height: 32 }]]),
    freezePane: { rows: 1, columns: 1 },
    protection: { sheet: true, formatColumns: true, formatRows: true },
    pageSetup: onePageWide,
    dataValidations: [
      choice('keep', [words.yes, words.no]),
      choice('kind', kinds),
      { type: 'list', formula1: `$A$2:$A$${last}`, range: range('aliasOf'), allowBlank: true, showErrorMessage: false },
      ...(columns.includes('class') ? [choice('class', classes)] : []),
    ],
  }
}

/** How full the new mailbox will be, by the kind that is chosen at `at`. Names of kinds hold no quotation marks. */
function filledBy({ needsBytes, rooms }: Filled, kind: unknown, at: string) {
  const formula = rooms.reduceRight((rest, [name, most]) => `IF(${at}="${name}",${needsBytes}/${most},${rest})`, '""')
  const most = rooms.find(([name]) => name === kind)?.[1]
  return { formula, formulaResult: most === undefined ? '' : needsBytes / most }
}

function headingOf(id: ReturnType<typeof columnsOf>[number], words: Words): string {
  return /^(?:identifier|attribute):(.+)$/.exec(id)?.[1] ?? words.columns[id as keyof Words['columns']]
}

/** The address of today cannot be typed over; all that is asked for can. */
function styleOf(id: ReturnType<typeof columnsOf>[number], existing: boolean): CellStyle {
  if (id === 'address' && !existing) return input
  return inputFor(id)
}

function instructionsSheet({ wave, title, settings }: Inventory, words: Words, language: Language): WriteSheet {
  const gate = wave.gates?.['answers-due']
  const until = gate === undefined ? undefined : instantText(gate, settings.timeZone, language)
  const calendars = settings.inventory.calendarShares
  const lines = words.instructions({ entity: title, wave: wave.wave, until, free: freeRows, calendars })
  const { name, address, phone, link } = settings.contact ?? {}
  const contact = [name, address, phone, link].filter(part => part !== undefined).join(', ')
  const marking = markingOf(settings, language)
  const marked = marking === undefined ? [] : [[marking, '']]
  const rows = [...marked, [words.title, title], ...lines.map(line => [...line]), ...(contact ? [['', contact]] : [])]
  const cells: NonNullable<WriteSheet['cells']> = new Map()
  for (const [r] of rows.entries()) {
    cells.set(`${r},0`, {
      style: r <= marked.length ? header : { font: { bold: true }, alignment: { vertical: 'top', wrapText: true } },
    })
    cells.set(`${r},1`, { style: r <= marked.length ? header : { alignment: { vertical: 'top', wrapText: true } } })
  }
  const rowDefs = new Map(rows.map(([, text = ''], r) => [r, { height: 16 * Math.max(1, Math.ceil(text.length / 85)) }]))
  return {
    name: words.sheets.instructions,
    columns: [{ width: 24 }, { width: 95 }],
    rows,
    cells,
    rowDefs,
    pageSetup: onePageWide,
    protection: { sheet: true },
  }
}
