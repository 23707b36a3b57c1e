import { Failure } from '../errors.ts'
import { probeLetter } from '../notices/probe.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import type { ListedFolder } from '../source/source.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow } from '../store/schema.ts'

/**
 * One letter to a mailbox, known by a Message-ID that nobody else can give. `at`: when it was about to be sent, epoch ms. `end`: it does not arrive
 * any more where it is looked for, and why.
 */
export type Probe = { messageId: string; at: number; end?: string }

/** Probes of a mailbox, the oldest first. `seenAt`: when one was found in the new mailbox, epoch ms. */
export type Probes = { sent: readonly Probe[]; seenAt?: number }

export const minute = 60_000
export const hour = 60 * minute

/** When the first probe follows after mail is to be led, ms: whoever leads it needs a moment. */
export const firstProbeMs = 5 * minute

/** How long a probe may be on its way, ms. */
const underWayMs = 10 * minute

/** How soon it is looked for, ms. */
const soonMs = 5_000

/** People find those that arrive on the other side in their mailbox: so many a day at most. */
const mostADay = 12

/** So many are remembered, and removed from the new mailbox should they still arrive there. */
const mostKept = 30

/** How long to wait after the n-th probe, ms. */
function pauseMs(n: number): number {
  return Math.min(15 * minute * 2 ** Math.min(n - 1, 10), 8 * hour)
}

/** When the next probe goes, where one is due at `probeAt`: none while the last is on its way, and so many a day at most. */
export function nextProbeAt(sent: readonly Probe[], probeAt: number): number {
  const last = sent.at(-1)
  const arrives = last && last.end === undefined ? last.at + underWayMs : 0
  return Math.max(probeAt, arrives, (sent.at(-mostADay)?.at ?? 0) + 24 * hour)
}

/** How soon to look for those that were sent, where the next goes at `nextAt`, ms. */
export function lookInMs(sent: readonly Probe[], nextAt: number, now: number): number {
  const last = sent.at(-1)
  return Math.min(last?.end === undefined ? Math.max((now - (last?.at ?? now)) / 2, soonMs) : nextAt - now, nextAt - now)
}

/** The same ones, of which the last does not arrive where it is looked for. */
export function ended(sent: readonly Probe[], end: string): Probe[] {
  return sent.map((one, i) => (i === sent.length - 1 ? { ...one, end } : one))
}

/** What came of sending one. `refused`: what was said of it; `set` is to be saved, `later` how soon it is looked for, or asked again. */
type Sent = { later: number; refused?: string; set: { probes?: Probes } }

/**
 * Sends one more to a mailbox. That it is about to be sent is written down first, by `save`: whether it was need not be known. Whatever the server says
 * of it is kept, and where it arrives is looked at later.
 */
export async function sendProbe(
  app: App,
  row: MailboxRow,
  before: readonly Probe[],
  way: 'over' | 'back',
  save: (set: { probes: Probes; probeAt: number }) => Promise<void>,
): Promise<Sent> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  if (playbook.routing.kind !== 'recipient') throw new Error(`${row.address} is probed, but not led by itself`)
  const { from } = playbook.routing.probe
  const at = app.now()
  const messageId = `<${app.newId()}.probe@${from.slice(from.lastIndexOf('@') + 1)}>`
  const sent = [...before, { messageId, at }].slice(-mostKept)
  const probeAt = at + pauseMs(sent.length)
  await save({ probes: { sent }, probeAt })
  const { language } = row.wanted
  const languages = language ? [language] : (settingsFor(playbook, row).languages ?? ['en' as const])
  const letter = await probeLetter({ from, to: row.address, messageId, date: at }, languages, way)
  const failed = await app.sendProbe(playbook, row.address, letter).then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : Promise.reject(error)),
  )
  const refused = failed === undefined ? {} : { refused: failed.message }
  if (failed?.verdict !== 'permanent') return { later: soonMs, ...refused, set: {} }
  return { later: probeAt - app.now(), ...refused, set: { probes: { sent: ended(sent, failed.message.slice(0, 300)) } } }
}

/** The mailbox in which its mail arrives: its own or, of an alias, its owner’s, where that exists already. */
export async function boxOf(app: App, row: MailboxRow): Promise<MailboxRow | undefined> {
  const { kind, aliasOf } = row.wanted
  if (kind !== 'alias' || aliasOf === undefined) return row
  const owner = (await app.store.mailboxes.get(keyPart(row.wave), keyPart(aliasOf)))?.row
  if (!owner) return { ...row, address: aliasOf, wanted: { ...row.wanted, kind: 'user' } }
  return owner.targetReadyAt === undefined ? undefined : owner
}

/** Removes letters of ours from the new mailbox, as often as they came. */
export async function withdraw(app: App, box: MailboxRow, sent: readonly Probe[]): Promise<void> {
  const sessions = await app.sessions(box)
  const pair = await sessions.open()
  try {
    for (const path of await arrivals(pair.target)) for (const { messageId } of sent) await pair.target.withdraw(path, messageId)
  } finally {
    await sessions.giveBack(pair)
  }
}

/** Folders in which new mail arrives. */
export async function arrivals(session: { folders(): Promise<ListedFolder[]> }): Promise<string[]> {
  const folders = await session.folders()
  return folders.filter(({ role, container }) => !container && (role === '\\Inbox' || role === '\\Junk')).map(({ path }) => path)
}
