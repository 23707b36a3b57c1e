import { type Fault, Refusal } from '../errors.ts'
import { calendarRoles, sharesOf } from './calendar-shares.ts'
import { show } from './faults.ts'
import { headings, kindOf, propertyOf } from './headings.ts'
import { nearest } from './nearest.ts'

/** One row of a sheet as texts, from column A; an empty cell is ''. */
export type Row = string[]

/** Where a fault's path lies in the sheet: `cell B5`, `row 5`; undefined where it is not in the sheet. */
export type WhereOf = (path: string) => string | undefined

export type Table = { mailboxes: unknown[]; where: WhereOf; faults: Fault[] }

/** The mailboxes of a table whose first row that is not empty has the headings. Faults here are those of the headings and of stray cells. */
export function readTable(rows: readonly Row[]): Table {
  const top = rows.findIndex(row => !isEmpty(row))
  const head = rows[top]
  if (head === undefined)
    throw new Refusal(400, 'invalid-wave', 'the table is empty; nothing was stored', [
      { path: 'A1', message: 'expected a row of headings, then one row per mailbox' },
    ])
  const columns = head.map(heading => propertyOf(heading))
  const faults = headFaults(head, columns, top)
  // Without addresses every row would only repeat that.
  if (!columns.includes('address')) return { mailboxes: [], where: () => undefined, faults }
  const mailboxes: unknown[] = []
  const sheetRows: number[] = []
  for (const [r, row] of rows.entries()) {
    if (r <= top || isEmpty(row)) continue
    sheetRows.push(r)
    mailboxes.push(mailboxOf(row, columns))
    for (const [c, text] of row.entries()) {
      if (text !== '' && (head[c] ?? '') === '')
        faults.push({ path: cellName(c, r), message: `has no heading above it (got ${show(text)}): head the column or empty it` })
    }
  }
  return { mailboxes, where: whereOf(columns, sheetRows), faults }
}

/** A cell's name as spreadsheets show it, from column and row counted from 0. */
export function cellName(column: number, row: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

function headFaults(head: Row, columns: (string | undefined)[], row: number): Fault[] {
  const faults = head.flatMap((heading, c): Fault[] => {
    if (heading === '') return []
    const property = columns[c]
    const path = cellName(c, row)
    if (property === undefined) {
      const near = nearest(heading, headings)
      return [
        {
          path,
          message: `unknown heading ${show(heading)}${near === undefined ? '' : `; did you mean ${near}?`} (known: ${headings.join(', ')})`,
        },
      ]
    }
    const first = columns.indexOf(property)
    return first === c ? [] : [{ path, message: `${property} has a column already: ${cellName(first, row)}` }]
  })
  if (columns.includes('address')) return faults
  return [
    ...faults,
    { path: cellName(0, row), message: 'no column is headed address: expected one with the mail address of each mailbox' },
  ]
}

function mailboxOf(row: Row, columns: (string | undefined)[]): unknown {
  const mailbox: Record<string, unknown> = {}
  for (const [c, property] of columns.entries()) {
    const text = row[c] ?? ''
    if (property === undefined || text === '' || columns.indexOf(property) !== c) continue
    const [outer, inner] = property.split('.')
    if (outer === undefined) continue
    if (inner === undefined) mailbox[outer] = tidy(property, text)
    else mailbox[outer] = { ...Object(mailbox[outer]), [inner]: text }
  }
  return mailbox
}

/** In a sheet the case of a choice does not count, and several addresses stand in one cell. */
function tidy(property: string, text: string): unknown {
  if (property === 'calendarShares')
    return sharesOf(text).map(({ role, ...reader }) => (role === undefined ? reader : { ...reader, role: roleOf(role) }))
  if (property === 'members' || property === 'owners') return text.split(/[;,\s]+/).filter(Boolean)
  if (property === 'senders') return text.toLowerCase()
  if (property === 'kind') return kindOf(text)
  if (property === 'language') return text.toLowerCase()
  return property === 'usageLocation' ? text.toUpperCase() : text
}

function roleOf(text: string): string {
  return calendarRoles.find(role => role.toLowerCase() === text.toLowerCase()) ?? text
}

function whereOf(columns: (string | undefined)[], sheetRows: number[]): WhereOf {
  return path => {
    const [, index, property = ''] = /^mailboxes\[(\d+)\](?:\.([^[]+))?/.exec(path) ?? []
    const row = index === undefined ? undefined : sheetRows[Number(index)]
    if (row === undefined) return undefined
    const column = columns.findIndex(known => known === property || known?.startsWith(`${property}.`))
    return column < 0 || property === '' ? `row ${row + 1}` : `cell ${cellName(column, row)}`
  }
}

function isEmpty(row: Row): boolean {
  return row.every(text => text === '')
}
