import { Failure } from '../errors.ts'
import type { LedBackFact } from '../life/facts.ts'
import type { LedBackWork } from '../life/work.ts'
import type { App } from '../ports.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { LedBackRow, MailboxRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import { arrivals, boxOf, ended, hour, lookInMs, nextProbeAt, type Probe, sendProbe, withdraw } from './probing.ts'

type Step = (app: App, turn: Turn<LedBackRow>) => Promise<Answer<LedBackFact, LedBackRow>>

/** How long it is asked whether mail is led back, ms; `retry` asks for as long again. */
const askedForMs = 14 * 24 * hour

/** How long after the proof a letter that was sent before it may still come to the new side, ms. */
const lateMs = hour

/**
 * Is the new mail of a mailbox led back? A letter of ours has to be found at the old server, which is only read: it stays there. Those that arrive at
 * the new side are removed there, and prove nothing.
 */
const askLedBack: Step = async (app, turn) => {
  const { row } = turn
  const [mailbox, box] = await boxesOf(app, row)
  const { sent } = row.probes ?? { sent: [] }
  const seen = sent.length > 0 ? await look(app, box, sent) : { old: false, new: [] }
  if (seen.old) return { fact: 'led-back', set: { provedAt: app.now() } }
  const last = sent.at(-1)
  const came = last && last.end === undefined && seen.new.includes(last)
  const known = came ? ended(sent, 'it arrived at the new side') : sent
  if (came) await turn.save({ probes: { sent: known } })
  // Only now, or a worker that is stopped between the two would not know where it had arrived.
  if (seen.new.length > 0) await withdraw(app, box, sent)
  const now = app.now()
  if (now - row.since >= askedForMs) return { fact: 'asked-enough', set: { waitsFor: `${given}; nobody asks any more` } }
  const nextAt = nextProbeAt(known, row.probeAt)
  if (nextAt <= now) {
    const { later, refused, set } = await sendProbe(app, mailbox, known, 'back', what => turn.save(what))
    return {
      later,
      set: { ...set, waitsFor: `${given}; a letter to it ${refused ? `was refused: ${refused}` : 'is on its way'}` },
    }
  }
  const [at, end] = [known.at(-1)?.at, known.at(-1)?.end ?? 'nothing was seen yet']
  const why = at === undefined ? '' : `; of the letter of ${new Date(at).toISOString()} ${end}`
  return { later: lookInMs(known, nextAt, now), set: { waitsFor: `${given}${why}; retry asks at once`, probes: { sent: known } } }
}

const given = 'its new mail to be led back to the old server'

/** Removes from the new side what arrived there of all letters, also while it was led over, at once and again when none can be on its way any more. */
const removeLetters: Step = async (app, turn) => {
  const { row } = turn
  const [mailbox, box] = await boxesOf(app, row)
  const sent = [...(mailbox.probes?.sent ?? []), ...(row.probes?.sent ?? [])]
  await withdraw(app, box, sent)
  const left = row.since + lateMs - app.now()
  return left > 0 ? { later: left } : { fact: 'removed' }
}

/** All that can be done about the proof that mail is led back. */
export const ledBackDoing: Doing<LedBackWork, LedBackFact, LedBackRow, App> = {
  'ask-led-back': askLedBack,
  'remove-letters': removeLetters,
}

/** The mailbox, and that in which its mail arrives. */
async function boxesOf(app: App, { wave, address }: LedBackRow): Promise<[MailboxRow, MailboxRow]> {
  const mailbox = (await app.store.mailboxes.get(keyPart(wave), keyPart(address)))?.row
  if (!mailbox) throw new Error(`${address} is no longer a mailbox of wave ${wave}`)
  return [mailbox, (await boxOf(app, mailbox)) ?? mailbox]
}

/** Has one of these arrived at the old server; and which are at the new side? That one may be down, which is why mail is led back: then none is seen there. */
async function look(app: App, box: MailboxRow, sent: readonly Probe[]): Promise<{ old: boolean; new: Probe[] }> {
  const { source, target, close } = await app.look(box)
  try {
    for (const path of await arrivals(source))
      for (const { messageId } of [...sent].reverse()) if (await source.holds(path, messageId)) return { old: true, new: [] }
    return { old: false, new: target ? await arrivedAt(target, sent).catch(down) : [] }
  } finally {
    await close()
  }
}

async function arrivedAt(target: Target, sent: readonly Probe[]): Promise<Probe[]> {
  const there = new Set<Probe>()
  for (const path of await arrivals(target)) for (const one of sent) if (await target.holds(path, one.messageId)) there.add(one)
  return [...there]
}

function down(error: unknown): [] {
  if (error instanceof Failure) return []
  throw error
}
