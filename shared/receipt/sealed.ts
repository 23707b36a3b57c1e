import { canonicalJson } from '../intake/canonical.ts'
import type { Judgement, Rows } from '../steps/verdict.ts'
import { type ChunkRow, chunkKey, type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { sha256 } from './chain.ts'
import { format, type MailboxVerdict } from './lines.ts'
import { type Ledger, sealMailbox } from './manifest.ts'

/** The seal of a mailbox’s manifest, kept on its row. `from`: digest of how all stood that it was made from; where that is another now, it is made anew. */
export type KeptSeal = { seal: string; messages: number; verdict: MailboxVerdict; reasons: string[]; from: string }

/** So many reasons of a mailbox stand among those of its wave, each so long: a row holds them, whatever they are. Its own status has all. */
const named = 20
const longest = 250

/** By these it shows that a chunk was written since: whoever writes has a claim of his own, or writes later. */
const marks = ['folder', 'uidValidity', 'firstUid', 'state', 'fence', 'at'] as const
type Marks = Pick<ChunkRow, (typeof marks)[number]>

/** The seal as it is kept, if nothing that it was made from has changed, else a new one, for which the whole ledger of the mailbox is read. */
export async function sealOf(ledger: Ledger, wave: WaveRow, mailbox: MailboxRow): Promise<KeptSeal> {
  const { store } = ledger
  const partition = mailboxKey(mailbox)
  const [folders, chunks] = await Promise.all([
    all(store.folders.list({ partition })),
    gathered(store.chunks.pick({ partition }, marks)),
  ])
  const from = standing(wave, mailbox, folders, chunks)
  return mailbox.sealed?.from === from ? mailbox.sealed : seal(ledger, wave, mailbox, from)
}

/** The seal of a mailbox that comes to its end, from the rows that its worker has in hand. */
export function sealFrom(ledger: Ledger, wave: WaveRow, mailbox: MailboxRow, rows: Rows): Promise<KeptSeal> {
  return seal(ledger, wave, mailbox, standing(wave, mailbox, rows.folders, rows.chunks), rows)
}

async function seal(ledger: Ledger, wave: WaveRow, mailbox: MailboxRow, from: string, rows?: Rows): Promise<KeptSeal> {
  const { seal, messages, header, judged } = await sealMailbox(ledger, wave, mailbox, rows)
  const reasons = judged.reasons.slice(0, named).map(reason => reason.slice(0, longest))
  return { seal, messages, verdict: header.verdict, reasons, from }
}

/** What counts of it for the verdict of its wave. */
export function judgementOf({ verdict, reasons }: KeptSeal): Judgement {
  return { verdict: verdict === 'cancelled' ? 'complete' : verdict, reasons }
}

/** Everything that a manifest is made from, the chunks by their marks. */
function standing(wave: WaveRow, mailbox: MailboxRow, folders: Rows['folders'], chunks: readonly Marks[]): string {
  const { day, beganAt } = wave
  const { state, playbook, playbookVersion, switchedAt, verifiedAt, completedAt, error, items } = mailbox
  const own = {
    state,
    playbook,
    playbookVersion,
    switchedAt,
    verifiedAt,
    completedAt,
    why: state === 'held' ? error?.message : undefined,
    ...(items ? { items } : {}),
  }
  const listed = folders.map(({ path, targetPath, state, uidValidity, found, expunged, checked }) =>
    canonicalJson({ path, targetPath, state, uidValidity, found, expunged, checked }),
  )
  const written = chunks.map(chunk => `${chunkKey(chunk)} ${chunk.state} ${chunk.fence} ${chunk.at}`)
  return sha256(canonicalJson([format, { day, beganAt }, own, listed.sort(), written.sort()]))
}
