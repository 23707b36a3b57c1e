/** How a column is kept: `time` as a timestamp (epoch ms in code), `long` as 64-bit, `json` as text, `bytes` as binary. */
export type Kind = 'text' | 'int' | 'long' | 'time' | 'flag' | 'json' | 'bytes'

/** How many characters a text or JSON column takes: 64 KiB of UTF-16. */
export const mostCharacters = 32_768

/** One column: how it is kept and what it means. The type parameter is what the code sees. */
export type Column<T, Needed extends boolean = false> = { kind: Kind; meaning: string; needed: Needed; of?: T }

const column =
  <Base>(kind: Kind) =>
  <T extends Base = Base>(meaning: string): Column<T> => ({ kind, meaning, needed: false })

export const text = column<string>('text')
export const int = column<number>('int')
export const long = column<number>('long')
export const time = column<number>('time')
export const flag = column<boolean>('flag')
export const json = column<unknown>('json')
export const bytes = column<Uint8Array>('bytes')

/** The same column, present in every row. */
export function needed<T>(optional: Column<T>): Column<T, true> {
  return { ...optional, needed: true }
}

type Columns = Record<string, Column<unknown, boolean>>
type Needed<C extends Columns> = { [K in keyof C]: C[K] extends Column<unknown, true> ? K : never }[keyof C]
type Of<X> = X extends Column<infer T, boolean> ? T : never

/** The row that a set of columns makes. */
export type RowOf<C extends Columns> = { [K in Needed<C>]: Of<C[K]> } & {
  [K in Exclude<keyof C, Needed<C>>]?: Of<C[K]> | undefined
}

/** A table: its name, its columns, how each is kept, and how a row's keys are made from it. */
export type TableSchema<C extends Columns> = {
  name: string
  columns: C
  kinds: readonly (readonly [column: string, kind: Kind])[]
  partition: (row: RowOf<C>) => string
  key: (row: RowOf<C>) => string
}

export type AnyTable = TableSchema<Columns>

/** Declares a table; keys are made by the builders beside it and nowhere else. */
export function table<C extends Columns>(
  name: string,
  columns: C,
  partition: (row: RowOf<C>) => string,
  key: (row: RowOf<C>) => string,
): TableSchema<C> {
  return { name, columns, kinds: Object.entries(columns).map(([column, { kind }]) => [column, kind]), partition, key }
}

/** A key part without the characters that Table Storage forbids in keys (`/ \ # ?` and controls), reversible by eye: `=2F`. */
export function keyPart(part: string): string {
  return part.replaceAll(/[/\\#?=|%\p{Cc}]/gu, c => `=${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}
