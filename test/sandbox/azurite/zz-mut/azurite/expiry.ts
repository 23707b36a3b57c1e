import type { Database, Doc } from './loki.ts'
import type { Watcher } from './mutations.ts'

type QueueStore = { db: Database; clearExpiredMessages(...rest: unknown[]): Promise<void> }

/**
 * Azurite looks through a whole queue for expired messages at every receive, update and delete. This skips the search while nothing in the
 * collection can have expired, which it knows from the earliest expiry seen.
 */
export function quickenExpiry(store: { prototype: QueueStore }, now: () => number): Watcher {
  const { clearExpiredMessages } = store.prototype
  const earliest = new WeakMap<object, number>()
  store.prototype.clearExpiredMessages = async function (...rest) {
    const messages = this.db.getCollection('$MESSAGES_COLLECTION$')
    if (messages === null) return
    if ((earliest.get(messages) ?? 0) > now()) return
    await clearExpiredMessages.apply(this, rest)
    earliest.set(
      messages,
      messages.data.reduce((least, doc) => Math.min(least, expiryOf(doc)), Infinity),
    )
  }
  return {
    put(collection, doc) {
      const known = earliest.get(collection)
      if (known !== undefined) earliest.set(collection, Math.min(known, expiryOf(doc)))
    },
    drop() {},
  }
}

const expiryOf = (doc: Doc) => Number(doc.expirationTime)
