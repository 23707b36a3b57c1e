import { type Entry, Journal, journalGenerations, readJournal, removeJournal } from './journal.ts'
import type { Collection, Database, Doc, Loki, Snapshot } from './loki.ts'
import type { Watcher } from './mutations.ts'
import { replay } from './replay.ts'

/**
 * The durable databases of this process. `flush` makes every change so far outlive the process, and must come before its acknowledgement. `fold` writes
 * snapshots in the place of journals, which still have what was removed.
 */
export type Durable = { watcher: Watcher; flush(): void; fold(): void }

type Kept = { db: Database; journal: Journal | undefined; snapshotBytes: number; saving: boolean; loading: boolean }

/**
 * Makes LokiJS databases that live in a file durable: every change goes to a journal beside the file, whole snapshots are written only when the
 * journal has outgrown both `journalBytes` and the last snapshot. A snapshot names the first journal that it does not contain, so it does not matter
 * when between its making and its renaming the process dies; journals that it contains are removed afterwards.
 */
export function makeDurable(loki: Loki, options: { journalBytes: number; died(error: unknown): void }): Durable {
  const owners = new WeakMap<Collection, Kept>()
  const databases: Kept[] = []
  const database = loki.prototype
  const { addCollection, removeCollection, loadJSONObject, saveDatabaseInternal, autosaveEnable } = database

  const keptOf = (db: Database): Kept | undefined => {
    if (db.persistenceMethod !== 'fs') return undefined
    const known = databases.find(kept => kept.db === db)
    if (known) return known
    const kept = { db, journal: undefined, snapshotBytes: 0, saving: false, loading: false }
    databases.push(kept)
    // What refers to an extent is written after the extent, or a crash between the two would leave a message without its text.
    databases.sort((a, b) => Number(isExtents(b.db)) - Number(isExtents(a.db)))
    return kept
  }

  const flush = () => {
    try {
      for (const kept of databases) {
        kept.journal?.flush()
        if (outgrown(kept, options.journalBytes)) snapshot(kept)
      }
    } catch (error) {
      options.died(error)
    }
  }

  const fold = () => {
    flush()
    for (const kept of databases) if (!kept.saving && kept.journal?.sizeBytes) snapshot(kept)
  }

  const record = (kept: Kept | undefined, entry: Entry, replacer?: (key: string, value: unknown) => unknown) => {
    if (kept === undefined || kept.loading) return
    if (kept.journal?.add(entry, replacer)) setImmediate(flush)
  }

  database.addCollection = function (name, collectionOptions) {
    const before = this.collections.length
    const collection = addCollection.call(this, name, collectionOptions)
    const kept = keptOf(this)
    if (kept && this.collections.length > before) {
      owners.set(collection, kept)
      record(kept, ['open', collection], this.serializeReplacer)
    }
    return collection
  }
  database.removeCollection = function (name) {
    const collection = this.getCollection(name)
    removeCollection.call(this, name)
    if (collection === null) return
    owners.delete(collection)
    record(keptOf(this), ['close', name])
  }
  database.loadJSONObject = function (data, loadOptions) {
    const kept = keptOf(this)
    if (kept === undefined) return loadJSONObject.call(this, data, loadOptions)
    const first = data.journalGeneration ?? 0
    this.journalGeneration = first
    const generations = journalGenerations(this.filename).filter(generation => generation >= first)
    replay(
      data,
      generations.flatMap(generation => readJournal(this.filename, generation)),
    )
    reviveDates(data)
    kept.loading = true
    loadJSONObject.call(this, data, loadOptions)
    kept.loading = false
    for (const collection of this.collections) collection.ensureAllIndexes(true)
  }
  database.saveDatabaseInternal = function (done = () => {}) {
    const kept = keptOf(this)
    if (kept === undefined) return saveDatabaseInternal.call(this, done)
    const previous = journalGenerations(this.filename)
    const generation = Math.max(this.journalGeneration ?? 0, ...previous) + 1
    flush()
    kept.saving = true
    const saved = (error?: unknown) => {
      kept.saving = false
      if (!error) for (const old of previous) removeJournal(this.filename, old)
      done(error)
    }
    try {
      const next = new Journal(this.filename, generation)
      kept.journal?.close()
      kept.journal = next
      this.journalGeneration = generation
      this.autosaveClearFlags()
      const text = this.serialize()
      kept.snapshotBytes = text.length
      this.persistenceAdapter.saveDatabase(this.filename, text, saved)
    } catch (error) {
      saved(error)
    }
  }
  database.autosaveEnable = function () {
    if (keptOf(this) === undefined) return autosaveEnable.call(this)
    this.autosave = true
  }

  const put = (collection: Collection, doc: Doc) => record(owners.get(collection), ['put', collection.name, doc])
  const drop = (collection: Collection, ids: readonly number[]) =>
    record(owners.get(collection), ['drop', collection.name, [...ids]])
  return { watcher: { put, drop }, flush, fold }
}

function snapshot(kept: Kept): void {
  kept.saving = true
  setImmediate(() => kept.db.saveDatabase())
}

const isExtents = (db: Database) => db.filename.includes('_extent_')

const outgrown = ({ journal, saving, snapshotBytes }: Kept, journalBytes: number) =>
  !saving && journal !== undefined && journal.sizeBytes > Math.max(journalBytes, snapshotBytes)

/** Azurite compares these two with numbers; as the strings that JSON made of them, a message that lived through a restart would never expire. */
function reviveDates(data: Snapshot): void {
  const messages = data.collections?.find(collection => collection.name === '$MESSAGES_COLLECTION$')
  for (const message of messages?.data ?? []) {
    message.insertionTime = new Date(String(message.insertionTime))
    message.expirationTime = new Date(String(message.expirationTime))
  }
}
