import type { Collection, Doc, Loki } from './loki.ts'

/** Told of each change after it has succeeded. `ids` are given apart, since LokiJS takes the number off a document it has removed. */
export type Watcher = {
  put(collection: Collection, doc: Doc): void
  drop(collection: Collection, ids: readonly number[], docs: readonly Doc[]): void
}

/**
 * Tells `watchers` of every insertion, update and removal in every collection there is or will be. Everything that LokiJS offers ends in the
 * methods taken here: `findAndRemove`, `removeWhere` and `chain().remove()` in `removeBatchByPositions`, the array forms in the single ones.
 */
export function watchMutations(loki: Loki, watchers: readonly Watcher[]): void {
  const collection = loki.Collection.prototype
  const { insertOne, update, remove, removeBatchByPositions } = collection
  const dropped = (from: Collection, ids: readonly number[], docs: readonly Doc[]) => {
    for (const watcher of watchers) watcher.drop(from, ids, docs)
  }
  collection.insertOne = function (doc, bulkInsert) {
    const inserted = insertOne.call(this, doc, bulkInsert)
    if (inserted !== undefined) for (const watcher of watchers) watcher.put(this, inserted)
    return inserted
  }
  collection.update = function (doc) {
    const updated = update.call(this, doc)
    if (updated !== undefined) for (const watcher of watchers) watcher.put(this, updated)
    return updated
  }
  collection.remove = function (doc) {
    if (Array.isArray(doc)) return remove.call(this, doc)
    const target = typeof doc === 'number' ? this.get(doc) : doc
    const id = target?.$loki
    const removed = remove.call(this, doc)
    if (removed && id !== undefined) dropped(this, [id], [removed])
    return removed
  }
  collection.removeBatchByPositions = function (positions) {
    const docs = positions.flatMap((position): Doc[] => this.data.slice(position, position + 1))
    const result = removeBatchByPositions.call(this, positions)
    if (result !== null && docs.length > 0)
      dropped(
        this,
        docs.map(doc => doc.$loki ?? 0),
        docs,
      )
    return result
  }
  collection.clear = () => {
    throw new Error('Collection.clear is not journaled; Azurite 3.35 does not use it')
  }
  loki.prototype.renameCollection = () => {
    throw new Error('Loki.renameCollection is not journaled; Azurite 3.35 does not use it')
  }
}
