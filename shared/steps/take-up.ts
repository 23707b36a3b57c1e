import { count, pack, unpack } from '../copy/ledger.ts'
import { Failure } from '../errors.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { type ChunkRow, type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'

/**
 * The ledger that an earlier wave has of this mailbox becomes its own before anything is copied: what lies at the target already is not sent again.
 * Twice equals once. Throws a permanent Failure where that wave may still be at it.
 */
export async function takeUpLedger(app: App, { wave, address, after }: MailboxRow): Promise<void> {
  if (after === undefined) return
  const [before, row] = await Promise.all([
    app.store.waves.get('wave', keyPart(after)),
    app.store.mailboxes.get(keyPart(after), keyPart(address)),
  ])
  if (before && row && isLive(before.row, row.row)) throw stillThere(address, after)
  const chunks = await all(app.store.chunks.list({ partition: mailboxKey({ wave: after, address }) }))
  await inParallel(chunks, chunk => app.store.chunks.insert(takenUp(chunk, wave)))
}

/** May a wave still do something with a mailbox of it? */
export function isLive(wave: Pick<WaveRow, 'state'>, { state }: Pick<MailboxRow, 'state'>): boolean {
  return !['closed', 'cancelled', 'rolled-back'].includes(wave.state) && state !== 'cancelled'
}

/** What that wave copied was found by this one. */
function takenUp(chunk: ChunkRow, wave: string): ChunkRow {
  const entries = unpack(chunk.entries).map(entry =>
    entry.outcome === 'copied' ? { ...entry, outcome: 'adopted' as const } : entry,
  )
  return { ...chunk, ...count(entries), wave, entries: pack(entries), mailboxPass: 0, fence: 0 }
}

function stillThere(address: string, after: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during: `going on with ${address} where wave “${after}” ended`,
    code: 'IN-ANOTHER-WAVE',
    hint: `That wave was opened again and has this mailbox. Wait until it has ended, or cancel the mailbox there; then retry.`,
  })
}
