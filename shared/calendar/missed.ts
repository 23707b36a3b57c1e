import type { WaveRow } from '../store/schema.ts'

type Wave = Pick<WaveRow, 'gates' | 'state' | 'heldFrom' | 'approvals' | 'day' | 'createdAt' | 'daySetAt'>

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
  if (hour === undefined) return undefined
  const isSaid = (wave.approvals ?? []).some(
    ({ step, at, day }) => step === 'cutover' && at >= hour && (day === undefined || day === wave.day),
  )
  return isSaid ? undefined : hour
}

/** What a person does about a missed cutover. */
export const whatToDo = 'POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day'

/** Does what stands at an instant after the cutover wait for it? Nobody is told of, or let into, what has not been switched. */
export function awaitsCutover(wave: Wave, plannedAt: number, now: number): boolean {
  const { gates, state, heldFrom } = wave
  const hour = gates?.cutover
  if (hour === undefined || plannedAt < hour) return false
  if (lateCutover(wave, now) !== undefined) return true
  return plannedAt > hour && ['planned', 'preparing', 'ready', 'cutting-over'].includes(heldFrom ?? state)
}
