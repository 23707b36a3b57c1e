import { count, pack, unpack } from '../copy/ledger.ts'
import { Failure } from '../errors.ts'
import { isMailbox, type WantedMailbox } from '../intake/mailbox.ts'
import { hasEnded } from '../life/wave.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { type ChunkRow, type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'

/** As much of a mailbox as says where it is led from and to, and how far it is. */
const place = ['wave', 'address', 'state', 'wanted', 'playbook', 'playbookVersion', 'targetReadyAt'] as const

/** A mailbox of another wave. */
type Elsewhere = { other: WaveRow; row: Pick<MailboxRow, (typeof place)[number]> }

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

/** Mailboxes of other waves that are led from the same old one to the same new one; those of the oldest wave first. */
export async function elsewhere(
  app: App,
  playbook: Playbook,
  wave: string,
  mailboxes: readonly WantedMailbox[],
): Promise<Elsewhere[]> {
  const wanted = new Map(mailboxes.map(one => [one.address, one]))
  const others = new Map((await all(app.store.waves.list({ partition: 'wave' }))).map(other => [other.wave, other]))
  others.delete(wave)
  const same: Elsewhere[] = []
  if (others.size === 0) return same
  // In pages over all waves: an organisation has thousands of mailboxes at most, and a request for each of its waves takes longer.
  for await (const row of app.store.mailboxes.pick({}, place)) {
    const other = others.get(row.wave)
    const one = wanted.get(row.address)
    const places = one && placesOf(playbook, one)
    if (!other || !places) continue
    const its = await app.playbook(row.playbook, row.playbookVersion)
    if (placesOf(its, row.wanted) === places) same.push({ other, row })
  }
  return same.sort((a, b) => age(a.other, b.other))
}

/**
 * Writes down, before a wave begins, which wave was the last to bring each mailbox of it. Answers why it may not begin: an older wave still has one of
 * them, as where both were sent at the same moment, or the older was opened again.
 */
export async function goOnFrom(app: App, wave: WaveRow, playbook: Playbook): Promise<string | undefined> {
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(wave.wave), states: ['planned'] }))
  const same = await elsewhere(
    app,
    playbook,
    wave.wave,
    mailboxes.map(({ wanted }) => wanted),
  )
  const taken = same.find(({ other, row }) => isLive(other, row) && age(other, wave) < 0)
  if (taken) return `${taken.row.address} to be in one wave only: “${taken.other.wave}” has it, too; cancel it in one of the two`
  const brought = same.filter(({ row }) => row.targetReadyAt !== undefined)
  const last = new Map(brought.map(({ other, row }) => [row.address, other.wave]))
  await inParallel(last, async ([address, after]) => {
    for (;;) {
      const stored = await app.store.mailboxes.get(keyPart(wave.wave), keyPart(address))
      if (!stored || stored.row.after === after) return
      if ((await app.store.mailboxes.save({ ...stored.row, after }, stored.etag)) !== 'conflict') return
    }
  })
  return undefined
}

/** Of mailboxes of a wave those that a younger one has taken up, with its name; the last of several. */
export async function goingOnFrom(app: App, wave: WaveRow, wanted: readonly WantedMailbox[]) {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const same = await elsewhere(app, playbook, wave.wave, wanted)
  const since = same.filter(({ other, row }) => age(other, wave) > 0 && row.targetReadyAt !== undefined)
  const last = new Map(since.map(({ other, row }) => [row.address, other.wave]))
  return [...last].map(([address, by]) => ({ address, by }))
}

function age(a: WaveRow, b: WaveRow): number {
  return a.createdAt - b.createdAt || (a.wave < b.wave ? -1 : 1)
}

/** The old mailbox and the new one; an alias and a list have neither. */
function placesOf({ source, target }: Playbook, { address, kind, source: from, target: to }: WantedMailbox): string | undefined {
  if (!isMailbox({ kind })) return undefined
  const ends = [source.imap, target.imap].map(({ host, port }) => `${host}:${port}`)
  return JSON.stringify([...ends, from?.user ?? address, to?.user ?? address])
}

/** May a wave still do something with a mailbox of it? */
export function isLive(wave: Pick<WaveRow, 'state'>, { state }: Pick<MailboxRow, 'state'>): boolean {
  return !hasEnded(wave.state) && state !== 'cancelled'
}

/** What that wave copied was found by this one. */
function takenUp(chunk: ChunkRow, wave: string): ChunkRow {
  const entries = unpack(chunk.entries).map(({ claim: _, ...entry }) =>
    entry.outcome === 'copied' ? { ...entry, outcome: 'adopted' as const } : entry,
  )
  return { ...chunk, ...count(entries), wave, entries: pack(entries), madeBy: 0, fence: 0 }
}

function stillThere(address: string, after: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during: `going on with ${address} where wave “${after}” ended`,
    code: 'IN-ANOTHER-WAVE',
    hint: `That wave was opened again and has this mailbox. Wait until it has ended, or cancel the mailbox there; then retry.`,
  })
}
