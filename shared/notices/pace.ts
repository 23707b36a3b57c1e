import type { Channel } from '../playbooks/notice.ts'
import type { Store } from '../store/store.ts'

/** The ways that a server on the other side counts. What is put into a mailbox is not mail sent. */
const counted: readonly Channel[] = ['smtp', 'graph']

/**
 * The instant, epoch ms, at which a notice may take its way: one after the other, `perMinute` of them. Each asks once and keeps its instant; one
 * that dies in between leaves its place empty.
 */
export async function placeInLine({ paces }: Store, way: Channel, perMinute: number, now: number): Promise<number> {
  if (!counted.includes(way)) return now
  for (;;) {
    const stored = await paces.get('notices', way)
    const mine = Math.max(now, stored?.row.nextAt ?? 0)
    const row = { what: 'notices', way, nextAt: mine + Math.ceil(60_000 / perMinute) }
    const done = stored ? await paces.save(row, stored.etag) : await paces.insert(row)
    if (done !== 'conflict' && done !== 'exists') return mine
  }
}
