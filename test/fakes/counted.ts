import { type Store, type Stored, storeOf, type Table } from '../../shared/store/store.ts'

/** What a table was asked: `requests` of every kind, a listing one for each page of 1,000; `rows` read, and how many of them with all their columns. */
export type Asked = { requests: number; rows: number; whole: number }

/** A store that counts what is read of another one and written to it. `asked`: since the last time that this was asked. */
export function counted(under: Store): { store: Store; asked: () => Partial<Record<keyof Store, Asked>> } {
  let sums: Partial<Record<keyof Store, Asked>> = {}
  const store = storeOf((_, name) => {
    const add = (requests: number, rows = 0, whole = 0) => {
      const sum = sums[name] ?? { requests: 0, rows: 0, whole: 0 }
      sums[name] = sum
      sum.requests += requests
      sum.rows += rows
      sum.whole += whole
    }
    return countedTable(under[name] as Table<object>, add) as never
  })
  return {
    store,
    asked() {
      const before = sums
      sums = {}
      return before
    },
  }
}

function countedTable<R extends object>(
  under: Table<R>,
  add: (requests: number, rows?: number, whole?: number) => void,
): Table<R> {
  async function* read<T>(rows: AsyncIterable<T>, whole: 0 | 1): AsyncIterable<T> {
    let n = 0
    for await (const row of rows) {
      if (n++ % 1_000 === 0) add(1)
      add(0, 1, whole)
      yield row
    }
    if (n === 0) add(1)
  }
  return {
    get(partition, key) {
      add(1, 1, 1)
      return under.get(partition, key)
    },
    insert(row) {
      add(1)
      return under.insert(row)
    },
    save(row, etag) {
      add(1)
      return under.save(row, etag)
    },
    put(rows) {
      add(Math.ceil(rows.length / 100))
      return under.put(rows)
    },
    remove(row) {
      add(1)
      return under.remove(row)
    },
    list: (query): AsyncIterable<Stored<R>> => read(under.list(query), 1),
    pick: (query, columns) => read(under.pick(query, columns), 0),
  }
}
