import { createHash } from 'node:crypto'
import type { WriteSheet } from 'hucre/xlsx'
import { type Language, languages } from '../intake/words.ts'
import { type Column, columnsOf } from './columns.ts'
import type { Inventory } from './inventory.ts'

/** The hidden sheet’s name, and the version of the workbook’s own form. */
export const markName = '_releve'
const form = '1'

/** What a workbook says of itself. `state`: the digest of the addresses it was made of, so that an older one is recognised. */
export type Mark = { wave: string; entity: string; language?: Language; state: string; columns: Column[] }

/** The hidden sheet by which an answer is recognised. */
export function markSheet(inventory: Inventory, language: Language, now: number): WriteSheet {
  const { wave, entity, settings } = inventory
  const rows = Object.entries({
    'releve-workbook': form,
    wave: wave.wave,
    entity,
    language,
    made: new Date(now).toISOString(),
    state: stateOf(inventory),
    columns: columnsOf(settings).join(' '),
  }).map(([key, value]) => [key, value])
  return { name: markName, rows, veryHidden: true }
}

/** The digest of an entity’s addresses of today. */
export function stateOf({ items }: Inventory): string {
  const addresses = items.map(({ row }) => row.address).sort()
  return createHash('sha256').update(addresses.join('\n')).digest('hex').slice(0, 16)
}

/** Reads the hidden sheet; undefined where it is none of ours. */
export function readMark(rows: readonly (readonly string[])[]): Mark | undefined {
  const said = new Map(rows.map(([key = '', value = '']) => [key, value]))
  if (!said.has('releve-workbook')) return undefined
  const language = languages.find(one => one === said.get('language'))
  const columns = (said.get('columns') ?? '').split(' ').filter(Boolean) as Column[]
  const { wave = '', entity = '', state = '' } = Object.fromEntries(said)
  return { wave, entity, state, columns, ...(language ? { language } : {}) }
}
