import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow, StepRow, WaveRow } from '../store/schema.ts'

type Wave = Pick<WaveRow, 'gates' | 'state' | 'heldFrom' | 'approvals' | 'day' | 'createdAt' | 'daySetAt'>
type Begun = Wave & Pick<WaveRow, 'since'>

/** How late the cutover still begins by itself, ms: copies, name servers and hosts take their time. Later than that, a person says so. */
export const cutoverGraceMs = 3_600_000

/**
 * The hour of a wave’s cutover, epoch ms, where that is past by more than the grace, whatever the cause, and it has not begun. Who sets a day whose
 * hour is past already wants it now.
 */
export function lateCutover({ gates, state, heldFrom, createdAt, daySetAt = createdAt }: Wave, now: number): number | undefined {
  const hour = gates?.cutover
  if (hour === undefined || now - hour <= cutoverGraceMs || daySetAt > hour) return undefined
  return ['planned', 'preparing', 'ready'].includes(heldFrom ?? state) ? hour : undefined
}

/** The hour of a late cutover, while nobody has said since then (`approve`, step `cutover`) that it shall begin all the same. */
export function missedCutover(wave: Wave, now: number): number | undefined {
  const hour = lateCutover(wave, now)
  return hour === undefined || isSaid(wave, hour) ? undefined : hour
}

/**
 * When a cutover that has begun is missed, epoch ms, where no MX of it was written until then: the grace after its hour, or after it began.
 * Undefined: never, since it has no hour, or is wanted now.
 */
export function missedAt({ gates, since, createdAt, daySetAt = createdAt }: Begun): number | undefined {
  const hour = gates?.cutover
  return hour === undefined || daySetAt > hour ? undefined : Math.max(hour, since) + cutoverGraceMs
}

/** The same, where it then waits for a word: nobody has said since its hour that it shall be, and it is not a person who writes the records. */
export function switchUntil(wave: Begun, { routing }: Pick<Playbook, 'routing'>): number | undefined {
  const hour = wave.gates?.cutover
  return hour === undefined || ['manual', 'recipient'].includes(routing.kind) || isSaid(wave, hour) ? undefined : missedAt(wave)
}

/** The hour of a cutover that has begun, while what was not written by then waits for a word. */
export function lateSwitch(wave: Begun, playbook: Pick<Playbook, 'routing'>, now: number): number | undefined {
  const until = (wave.heldFrom ?? wave.state) === 'cutting-over' ? switchUntil(wave, playbook) : undefined
  return until !== undefined && now > until ? wave.gates?.cutover : undefined
}

/**
 * The domains that a cutover goes without, by the last word about it (`approve`, step `cutover`): it does not wait for them, and none of them is
 * switched before a later word that does not name it.
 */
export function leftBehind({ approvals = [], day: planned }: Pick<Wave, 'approvals' | 'day'>): readonly string[] {
  const words = approvals.filter(({ step, day }) => step === 'cutover' && (day === undefined || day === planned))
  return words.sort((a, b) => a.at - b.at).at(-1)?.without ?? []
}

/** What a person does about a missed cutover. */
export const whatToDo = 'POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day'

/** States of a mailbox whose new mail may still have to be led over by itself: it is neither a person’s to mend nor cancelled. */
export const unledStates: readonly MailboxRow['state'][] = ['planned', 'provisioning', 'pre-staging', 'synced']

/** Is the new mail of a mailbox that is led over by itself still not led, an hour after it was first asked? */
export function isNotLed({ state, switchedAt, probes, probeAt }: MailboxRow, wave: WaveRow, now: number): boolean {
  if (!unledStates.includes(state) || switchedAt !== undefined) return false
  if (wave.state !== 'cutting-over' && wave.state !== 'finishing') return false
  return now - (probes?.sent[0]?.at ?? probeAt ?? wave.since) >= cutoverGraceMs
}

/** An entry of a calendar and its instant. */
type Entry = Pick<StepRow, 'plannedAt' | 'notice' | 'step'>

/** Does an entry of the calendar wait for the cutover? Nobody is told of, or let into, what has not been switched. */
export function awaitsCutover(wave: Wave, entry: Entry, now: number): boolean {
  if (!isAhead(wave, entry)) return false
  if (lateCutover(wave, now) !== undefined || (wave.heldFrom ?? wave.state) !== 'cutting-over') return true
  // What stands at its very hour goes to each whose domain is switched; what comes later does so where a person lets it go without some.
  return entry.plannedAt !== wave.gates?.cutover && leftBehind(wave).length === 0
}

/** Does an entry that follows the cutover come while some of its domains, or all, may not be switched yet? */
export function isAhead(wave: Wave, entry: Entry): boolean {
  const state = wave.heldFrom ?? wave.state
  return followsCutover(wave, entry) && ['planned', 'preparing', 'ready', 'cutting-over'].includes(state)
}

/** At the very hour of the cutover only what tells people, or lets them in: whoever confirms it, or cuts access for it, does so before. */
function followsCutover({ gates }: Wave, { plannedAt, notice, step }: Entry): boolean {
  const hour = gates?.cutover
  return hour !== undefined && (plannedAt > hour || (plannedAt === hour && (notice !== undefined || step === 'open')))
}

/** Has somebody said since its hour, or at any time where it has none, that a cutover shall be? A word before it is about its date. */
export function isWanted(wave: Wave): boolean {
  return isSaid(wave, wave.gates?.cutover ?? Number.NEGATIVE_INFINITY)
}

function isSaid({ approvals = [], day: planned }: Wave, hour: number): boolean {
  return approvals.some(({ step, at, day }) => step === 'cutover' && at >= hour && (day === undefined || day === planned))
}
