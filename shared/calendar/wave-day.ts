import { dayMoved } from '../notices/occasion.ts'
import { stepsDue } from '../playbooks/calendar.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { announceWave } from '../steps/announcing.ts'
import { keyPart } from '../store/columns.ts'
import type { WaveRow } from '../store/schema.ts'
import { planSteps } from './plan.ts'

/** A later day that was asked for: which, by whom and why. */
export type Asked = { day: string; who: string; why: string; at: number }

/** When each step of a calendar begins at the earliest for a day D, epoch ms. */
export function gatesFor(playbook: Playbook, day: string): Record<string, number> {
  return Object.fromEntries(stepsDue(playbook, day).flatMap(({ step, dueAt }) => (step === undefined ? [] : [[step, dueAt]])))
}

/** Can the day of a wave still be moved? Not once its cutover has begun, also where it was held since. */
export function isMovable({ state, heldFrom }: Pick<WaveRow, 'state' | 'heldFrom'>): boolean {
  return ['planned', 'preparing', 'ready'].includes(heldFrom ?? state)
}

/** The later day that somebody asks for, while it can be granted. */
export function openAsk(row: WaveRow): Asked | undefined {
  return isMovable(row) ? row.asked : undefined
}

/** What a person does about a day that is asked for. */
export const howToGrant =
  'POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)'

/** Brings the rows of a wave’s timed steps in line with its day, where that has not been done or was cut short. */
export async function keepCalendar(app: App, { wave }: WaveRow, playbook: Playbook): Promise<void> {
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(wave))
    if (!stored || stored.row.day === stored.row.plannedFor) return
    await planSteps(app, stored.row, playbook)
    const { dayMoves = 0 } = stored.row
    if (dayMoves > 0) await announceWave(app, stored.row, 'rescheduled', dayMoved(stored.row))
    const done: WaveRow = { ...stored.row, plannedFor: stored.row.day }
    if ((await app.store.waves.save(done, stored.etag)) !== 'conflict') return
  }
}

/** Moves a wave to another day D, whatever was asked for: its row first, then whatever counts from it. A stop in between is made up for by the wave’s next look. */
export async function moveDay(app: App, { wave }: WaveRow, playbook: Playbook, day: string): Promise<boolean> {
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(wave))
    if (!stored) return false
    const gates = gatesFor(playbook, day)
    const dayMoves = (stored.row.dayMoves ?? 0) + 1
    const anew = { plannedFor: undefined, notBefore: undefined, dueAt: app.now() }
    const moved: WaveRow = { ...stored.row, day, dayMoves, daySetAt: app.now(), asked: undefined, gates, ...anew }
    if ((await app.store.waves.save(moved, stored.etag)) === 'conflict') continue
    await keepCalendar(app, moved, playbook)
    return true
  }
}
