import type { Collection, Doc, Loki } from './loki.ts'
import type { Watcher } from './mutations.ts'

const messages = '$MESSAGES_COLLECTION$'

/** The fields by which Azurite looks for one document, of which there is at most one and which never change while it lives. */
const keyFields = (collection: Collection): readonly string[] | undefined => {
  if (collection.name === messages) return ['accountName', 'queueName', 'messageId']
  if (collection.name === '$EXTENTS_COLLECTION$') return ['id']
  return 'PartitionKey' in collection.binaryIndices ? ['PartitionKey', 'RowKey'] : undefined
}

/**
 * Takes the needless work out of LokiJS without changing what it answers: a document is found by its whole key in one step (LokiJS lists all that
 * agree in the first field), a queue's messages are found by the queue (not by the account, which they all share), and removing or changing a
 * handful of documents does not sort every index anew.
 */
export function quickenLookups(loki: Loki): Watcher {
  const byKey = new WeakMap<Collection, Map<string, Doc>>()
  const collection = loki.Collection.prototype
  const resultset = loki.Resultset.prototype
  const { findOne, remove, update } = collection
  const { find } = resultset

  collection.findOne = function (query) {
    const fields = keyFields(this)
    const key = fields && query && keyOf(fields, query, true)
    if (fields === undefined || key === undefined) return findOne.call(this, query)
    let docs = byKey.get(this)
    if (docs === undefined) {
      docs = new Map(this.data.flatMap(doc => entryOf(fields, doc)))
      byKey.set(this, docs)
    }
    return docs.get(key) ?? null
  }
  collection.remove = function (doc) {
    if (!Array.isArray(doc) || doc.length > handful) return remove.call(this, doc)
    for (const one of doc) this.remove(one)
    return undefined
  }
  collection.update = function (doc) {
    if (!Array.isArray(doc) || doc.length > handful || this.name !== messages) return update.call(this, doc)
    for (const one of doc) this.update(one)
    return undefined
  }
  resultset.find = function (query, firstOnly) {
    if (this.filterInitialized || this.collection.name !== messages || typeof query?.queueName !== 'string')
      return find.call(this, query, firstOnly)
    const { queueName, ...rest } = query
    const ofQueue = find.call(this, { queueName })
    return Object.keys(rest).length === 0 && !firstOnly ? ofQueue : find.call(ofQueue, rest, firstOnly)
  }

  return {
    put(to, doc) {
      const docs = byKey.get(to)
      const key = docs && keyOf(keyFields(to) ?? [], doc)
      if (key !== undefined) docs?.set(key, doc)
    },
    drop(from, _ids, removed) {
      const docs = byKey.get(from)
      for (const doc of docs ? removed : []) docs?.delete(keyOf(keyFields(from) ?? [], doc) ?? '')
    },
  }
}

/** As many as one receive can take; beyond it, sorting once costs less. */
const handful = 32

const entryOf = (fields: readonly string[], doc: Doc): [string, Doc][] => {
  const key = keyOf(fields, doc)
  return key === undefined ? [] : [[key, doc]]
}

/** The fields' values as one text, or undefined where one is not a string or, if `exact`, where there are other fields too. */
function keyOf(fields: readonly string[], doc: Record<string, unknown>, exact = false): string | undefined {
  if (exact && Object.keys(doc).length !== fields.length) return undefined
  const values = fields.map(field => doc[field])
  return values.every(value => typeof value === 'string') ? values.join('\0') : undefined
}
