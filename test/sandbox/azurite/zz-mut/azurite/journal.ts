import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Doc, SnapshotCollection } from './loki.ts'

/** One change of a database. */
export type Entry =
  | ['put', collection: string, doc: Doc]
  | ['drop', collection: string, ids: number[]]
  | ['open', collection: SnapshotCollection]
  | ['close', collection: string]

/**
 * An append-only file of changes. Entries gather until `flush`, which writes them as one line: what one line holds happened all together or, when
 * its end is missing, not at all. The operating system has the line when `flush` returns, so it outlives this process (not a power cut).
 */
export class Journal {
  readonly #fd: number
  #pending: string[] = []
  sizeBytes = 0

  /** Makes the journal of a generation that has none yet. */
  constructor(database: string, generation: number) {
    this.#fd = openSync(journalFile(database, generation), 'ax')
  }

  /** True when this is the first entry since the last flush. */
  add(entry: Entry, replacer?: (key: string, value: unknown) => unknown): boolean {
    return this.#pending.push(JSON.stringify(entry, replacer)) === 1
  }

  flush(): void {
    if (this.#pending.length === 0) return
    const line = Buffer.from(`[${this.#pending.join(',')}]\n`)
    this.#pending = []
    for (let written = 0; written < line.length; ) written += writeSync(this.#fd, line, written)
    this.sizeBytes += line.length
  }

  close(): void {
    this.flush()
    closeSync(this.#fd)
  }
}

/** The generations of which journals lie beside a database file, rising. */
export function journalGenerations(database: string): number[] {
  const prefix = `${basename(database)}.journal.`
  return readdirSync(dirname(database))
    .filter(name => name.startsWith(prefix))
    .map(name => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b)
}

/** Reads one journal. A last line without its end was never acknowledged and is left out; any other unreadable line throws. */
export function readJournal(database: string, generation: number): Entry[] {
  const file = journalFile(database, generation)
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.flatMap((line, index) => {
    try {
      return JSON.parse(line) as Entry[]
    } catch (cause) {
      throw new Error(`${file} is damaged at line ${index + 1}: restore the directory, or remove it and start empty`, { cause })
    }
  })
}

export const removeJournal = (database: string, generation: number): void =>
  rmSync(journalFile(database, generation), { force: true })

const journalFile = (database: string, generation: number) =>
  join(dirname(database), `${basename(database)}.journal.${generation}`)
