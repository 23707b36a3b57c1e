import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { MailboxRow } from '../store/schema.ts'
import { arrivals, boxOf, ended, lookInMs, minute, nextProbeAt, type Probe, sendProbe, withdraw } from './probing.ts'

/** `switchedAt`: its new mail is proved to arrive at the target. Else when to look again, and what for. */
type Led = { switchedAt: number } | { switchedAt?: never; later: number; set: Partial<MailboxRow> }

/**
 * Is the new mail of a mailbox led to the target? Nobody’s word counts: a letter of ours has to be found there. Undefined where nobody asks: its
 * playbook leads otherwise, or its cutover is not due.
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
  const known = arrived === 'old' ? ended(sent, 'it arrived at the old server') : sent
  const last = known.at(-1)
  const now = app.now()
  const nextAt = nextProbeAt(known, row.probeAt)
  if (nextAt <= now) {
    const { later, refused, set } = await sendProbe(app, row, known, 'over', what => turn.save(what))
    const waitsFor = `its new mail to be led to the new side; a letter to ${row.address} ${refused ? `was refused: ${refused}` : 'is on its way'}`
    return { later, set: { ...set, waitsFor } }
  }
  const why = last ? `; of the letter of ${new Date(last.at).toISOString()} ${last.end ?? 'nothing was seen yet'}` : ''
  const waitsFor = `its new mail to be led to the new side (GET /api/waves/${row.wave}/routing.json says where)${why}; retry asks at once`
  return { later: lookInMs(known, nextAt, now), set: { waitsFor, probes: { sent: known } } }
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
