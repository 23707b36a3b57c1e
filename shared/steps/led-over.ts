import { Failure } from '../errors.ts'
import { probeLetter } from '../notices/probe.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { ListedFolder } from '../source/source.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow } from '../store/schema.ts'

/**
 * One letter to a mailbox, known by a Message-ID that nobody else can give. `at`: when it was about to be sent, epoch ms. `end`: it does not arrive
 * at the new side any more, and why.
 */
type Probe = { messageId: string; at: number; end?: string }

/** Probes of a mailbox, the oldest first. `seenAt`: when one was found in the new mailbox, epoch ms. */
export type Probes = { sent: readonly Probe[]; seenAt?: number }

const minute = 60_000
const hour = 60 * minute

/** When the first probe follows after the cutover is due, ms: whoever leads mail over needs a moment. */
export const firstProbeMs = 5 * minute

/** How long a probe may be on its way, ms. */
const underWayMs = 10 * minute

/** How soon it is looked for, ms. */
const soonMs = 5_000

/** People find the ones that were too early in their old mailbox: so many a day at most. */
const mostADay = 12

/** So many are remembered, and removed from the new mailbox should they still arrive there. */
const mostKept = 30

/** How long to wait after the n-th probe, ms. */
function pauseMs(n: number): number {
  return Math.min(15 * minute * 2 ** Math.min(n - 1, 10), 8 * hour)
}

/** `switchedAt`: its new mail is proved to arrive at the target. Else when to look again, and what for. */
type Led = { switchedAt: number } | { switchedAt?: never; later: number; set: Partial<MailboxRow> }

/**
 * Is the new mail of a mailbox led to the target? Nobody’s word counts: a letter of ours has to be found there. Undefined where nobody asks: its
 * playbook leads otherwise, or its cutover is not due. That a letter is about to be sent is written down first: whether it was need not be known.
 */
export async function ledOver(app: App, turn: Turn<MailboxRow>): Promise<Led | undefined> {
  const { row } = turn
  if (row.probeAt === undefined) return undefined
  // A letter to a list would go to everybody on it.
  if (row.wanted.kind === 'list') return { switchedAt: app.now() }
  const box = await boxOf(app, row)
  if (!box) return { later: 5 * minute, set: { waitsFor: `the mailbox of ${row.wanted.aliasOf}, which gets its mail` } }
  const { sent, seenAt } = row.probes ?? { sent: [] }
  if (seenAt !== undefined) return found(app, box, sent, seenAt)
  const arrived = sent.length > 0 ? await whereIs(app, box, sent) : undefined
  if (arrived === 'new') {
    const now = app.now()
    await turn.save({ probes: { sent, seenAt: now } })
    return found(app, box, sent, now)
  }
  const last = sent.at(-1)
  const known = arrived === 'old' ? ended(sent, 'it arrived at the old server') : sent
  const end = known.at(-1)?.end
  const now = app.now()
  const nextAt = Math.max(
    row.probeAt,
    last && end === undefined ? last.at + underWayMs : 0,
    (sent.at(-mostADay)?.at ?? 0) + 24 * hour,
  )
  if (nextAt <= now) return probe(app, turn, known)
  const lookMs = end === undefined ? Math.max((now - (last?.at ?? now)) / 2, soonMs) : nextAt - now
  const why = last ? `; of the letter of ${new Date(last.at).toISOString()} ${end ?? 'nothing was seen yet'}` : ''
  const waitsFor = `its new mail to be led to the new side (GET /api/waves/${row.wave}/routing.json says where)${why}; retry asks at once`
  return { later: Math.min(lookMs, nextAt - now), set: { waitsFor, probes: { sent: known } } }
}

/** Sends one more. Whatever the server says of it is kept, and where it arrives is looked at later. */
async function probe(app: App, turn: Turn<MailboxRow>, before: readonly Probe[]): Promise<Led> {
  const { row } = turn
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  if (playbook.routing.kind !== 'recipient') throw new Error(`${row.address} is probed, but not led by itself`)
  const { from } = playbook.routing.probe
  const at = app.now()
  const messageId = `<${app.newId()}.probe@${from.slice(from.lastIndexOf('@') + 1)}>`
  const sent = [...before, { messageId, at }].slice(-mostKept)
  const probeAt = at + pauseMs(sent.length)
  await turn.save({ probes: { sent }, probeAt })
  const { language } = row.wanted
  const languages = language ? [language] : (settingsFor(playbook, row).languages ?? ['en' as const])
  const letter = await probeLetter({ from, to: row.address, messageId, date: at }, languages)
  const refused = await app.sendProbe(playbook, row.address, letter).then(
    () => undefined,
    (error: unknown) => (error instanceof Failure ? error : Promise.reject(error)),
  )
  const waitsFor = `its new mail to be led to the new side; a letter to ${row.address} ${refused ? `was refused: ${refused.message}` : 'is on its way'}`
  if (refused?.verdict !== 'permanent') return { later: soonMs, set: { waitsFor } }
  return { later: probeAt - app.now(), set: { waitsFor, probes: { sent: ended(sent, refused.message.slice(0, 300)) } } }
}

/** Removes the probes of a mailbox that arrived at the target, also those that come late or twice. */
export async function withdrawProbes(app: App, row: MailboxRow): Promise<void> {
  const { sent } = row.probes ?? { sent: [] }
  const box = sent.length > 0 ? await boxOf(app, row) : undefined
  if (box) await withdraw(app, box, sent)
}

async function found(app: App, box: MailboxRow, sent: readonly Probe[], switchedAt: number): Promise<Led> {
  await withdraw(app, box, sent)
  return { switchedAt }
}

function ended(sent: readonly Probe[], end: string): Probe[] {
  return sent.map((one, i) => (i === sent.length - 1 ? { ...one, end } : one))
}

/** The mailbox in which its mail arrives: its own or, of an alias, its owner’s, where that exists already. */
async function boxOf(app: App, row: MailboxRow): Promise<MailboxRow | undefined> {
  const { kind, aliasOf } = row.wanted
  if (kind !== 'alias' || aliasOf === undefined) return row
  const owner = (await app.store.mailboxes.get(keyPart(row.wave), keyPart(aliasOf)))?.row
  if (!owner) return { ...row, address: aliasOf, wanted: { ...row.wanted, kind: 'user' } }
  return owner.targetReadyAt === undefined ? undefined : owner
}

/** Where probes have arrived: any of them at the new side, or the last one at the old; undefined where neither is seen. */
async function whereIs(app: App, box: MailboxRow, sent: readonly Probe[]): Promise<'new' | 'old' | undefined> {
  const last = sent.at(-1)
  const sessions = await app.sessions(box)
  const pair = await sessions.open()
  try {
    const there = await arrivals(pair.target)
    for (const { messageId } of [...sent].reverse())
      for (const path of there) if (await pair.target.holds(path, messageId)) return 'new'
    if (!last || last.end !== undefined || box.wanted.fresh) return undefined
    for (const path of await arrivals(pair.source)) if (await pair.source.holds(path, last.messageId)) return 'old'
    return undefined
  } finally {
    await sessions.giveBack(pair)
  }
}

async function withdraw(app: App, box: MailboxRow, sent: readonly Probe[]): Promise<void> {
  const sessions = await app.sessions(box)
  const pair = await sessions.open()
  try {
    for (const path of await arrivals(pair.target)) for (const { messageId } of sent) await pair.target.withdraw(path, messageId)
  } finally {
    await sessions.giveBack(pair)
  }
}

/** Folders in which new mail arrives. */
async function arrivals(session: { folders(): Promise<ListedFolder[]> }): Promise<string[]> {
  const folders = await session.folders()
  return folders.filter(({ role, container }) => !container && (role === '\\Inbox' || role === '\\Junk')).map(({ path }) => path)
}
