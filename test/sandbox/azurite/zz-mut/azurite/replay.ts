import type { Entry } from './journal.ts'
import type { Doc, Snapshot, SnapshotCollection } from './loki.ts'

/** Brings the plain data of a database file up to date, in place. Documents are known by `$loki`, so applying the same entries twice equals once. */
export function replay(snapshot: Snapshot, entries: readonly Entry[]): void {
  const collections = new Map<string, Open>()
  for (const collection of snapshot.collections ?? []) collections.set(collection.name, open(collection))
  for (const entry of entries) apply(collections, entry)
  snapshot.collections = [...collections.values()].map(close)
}

type Open = { collection: SnapshotCollection; docs: Map<number, Doc> }

function apply(collections: Map<string, Open>, entry: Entry): void {
  if (entry[0] === 'open') {
    collections.set(entry[1].name, open(entry[1]))
    return
  }
  if (entry[0] === 'close') {
    collections.delete(entry[1])
    return
  }
  const found = collections.get(entry[1])
  if (found === undefined) throw new Error(`the journal changes the collection ${entry[1]}, which is not there`)
  if (entry[0] === 'drop') {
    for (const id of entry[2]) found.docs.delete(id)
    return
  }
  const id = entry[2].$loki
  if (id === undefined) throw new Error(`the journal has a document without number for ${entry[1]}`)
  found.docs.set(id, entry[2])
  found.collection.maxId = Math.max(found.collection.maxId, id)
}

const open = (collection: SnapshotCollection): Open => ({
  collection,
  docs: new Map(collection.data.map(doc => [doc.$loki ?? 0, doc])),
})

// LokiJS finds a document by binary search over its numbers.
function close({ collection, docs }: Open): SnapshotCollection {
  collection.data = [...docs].sort(([a], [b]) => a - b).map(([, doc]) => doc)
  return collection
}
