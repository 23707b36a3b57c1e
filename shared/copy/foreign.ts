import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { type MailboxRow, mailboxKey } from '../store/schema.ts'
import { all } from '../store/store.ts'
import type { Target } from '../targets/target.ts'
import { unpack } from './ledger.ts'

/** So few messages of a folder are read to see whether they are notices of ours, and none larger than that, bytes. */
const mostRead = { messages: 20, bytes: 262_144 }

/** How many messages of a new mailbox are neither in our ledger nor notices of ours: what arrived there, or its owner put there. It only reads. */
export async function foreignMessages(app: App, mailbox: MailboxRow): Promise<number> {
  const [chunks, notices] = await Promise.all([
    all(app.store.chunks.list({ partition: mailboxKey(mailbox) })),
    all(app.store.notices.list({ partition: keyPart(mailbox.wave) })),
  ])
  const ours = new Map<string, Set<number>>()
  for (const { targetPath, targetUidValidity, entries } of chunks) {
    const key = JSON.stringify([targetPath, targetUidValidity])
    const uids = ours.get(key) ?? new Set()
    for (const { target } of unpack(entries)) if (target) uids.add(target)
    ours.set(key, uids)
  }
  const sent = new Set(notices.map(({ messageId }) => messageId))
  const target = await app.openTarget(mailbox)
  try {
    const paths = (await target.folders()).flatMap(({ path, container, virtual }) => (container || virtual ? [] : [path]))
    const others: { path: string; uidValidity: string; uids: number[]; small: boolean }[] = []
    let foreign = 0
    for await (const { path, status, heads, unlisted = 0 } of target.list(paths.map(one => ({ path: one, fromUid: 1 })))) {
      const known = ours.get(JSON.stringify([path, status.uidValidity]))
      const found = [...heads].filter(({ uid }) => !known?.has(uid))
      foreign += found.length + unlisted
      const small = found.length <= mostRead.messages && found.every(({ sizeBytes }) => sizeBytes <= mostRead.bytes)
      others.push({ path, uidValidity: status.uidValidity, uids: found.map(({ uid }) => uid), small })
    }
    const read = others.filter(({ uids, small }) => small && uids.length > 0)
    return foreign - (await noticesAmong(target, read, sent))
  } finally {
    await target.close()
  }
}

async function noticesAmong(
  target: Target,
  portions: readonly { path: string; uidValidity: string; uids: number[] }[],
  sent: ReadonlySet<string>,
): Promise<number> {
  if (portions.length === 0) return 0
  let found = 0
  for await (const { raw, free } of target.messages(portions)) {
    const pieces: Buffer[] = []
    if (Buffer.isBuffer(raw)) pieces.push(raw)
    else for await (const piece of raw.chunks()) pieces.push(Buffer.from(piece))
    const [head = ''] = Buffer.concat(pieces)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)
    const [, id = ''] = /^message-id:\s*(<[^<>\s]+>)/im.exec(head) ?? []
    if (sent.has(id)) found++
    free?.()
  }
  return found
}
