import type { Action, MailboxRow, Wave } from '../answers.ts'
import { countIn } from './standing.ts'

const whileIn: Readonly<Record<OfWave, readonly string[]>> = {
  hold: ['planned', 'preparing', 'ready', 'cutting-over', 'finishing'],
  release: ['held'],
  retry: [],
  approve: ['planned', 'preparing', 'ready', 'cutting-over'],
  reschedule: ['planned', 'preparing', 'ready', 'held'],
  update: ['planned', 'preparing', 'ready', 'cutting-over', 'finishing', 'closing', 'held'],
  cancel: ['planned', 'preparing', 'ready', 'cutting-over', 'finishing', 'held'],
  rollback: ['cutting-over', 'finishing', 'closing', 'closed', 'held'],
}

/** What is ordered at the wave’s head; the others stand beside what they are about. */
type OfWave = Exclude<Action, 'done' | 'send-now' | 'skip'>

/** The actions on a whole wave that make sense now, the harmless ones first. The API has the last word. */
export function waveActions(wave: Wave): OfWave[] {
  const stuck = countIn(wave, 'held') > 0 || wave.domains.some(({ state }) => state === 'held')
  const order: OfWave[] = ['hold', 'release', 'retry', 'approve', 'reschedule', 'update', 'cancel', 'rollback']
  return order.filter(action => {
    // Weather is tried again by itself; whoever has mended it need not wait.
    if (action === 'retry')
      return stuck || wave.domains.some(({ error }) => error) || (wave.state === 'closed' && wave.verdict !== 'complete')
    if (action === 'rollback' && wave.state === 'cancelled') return wave.domains.some(({ state }) => state === 'switched')
    if (action === 'approve' && (wave.awaits ?? []).length > 0) return true
    if (action === 'release') return stuck || wave.state === 'held'
    return whileIn[action].includes(wave.state)
  })
}

/** The actions on picked mailboxes that move at least one of them. */
export function mailboxActions(rows: readonly MailboxRow[]): Action[] {
  const held = rows.some(({ state }) => state === 'held')
  const failed = rows.some(({ state, error }) => state === 'held' && error)
  const alive = rows.some(({ state }) => !['completed', 'cancelled'].includes(state))
  const going = rows.some(({ state }) => !['held', 'completed', 'cancelled'].includes(state))
  return [
    ...(going ? (['hold'] as const) : []),
    ...(held ? (['release'] as const) : []),
    ...(failed ? (['retry'] as const) : []),
    ...(alive ? (['cancel'] as const) : []),
  ]
}

/** The domains of a wave that would keep its cutover waiting now. */
export function lateDomains({ domains }: Pick<Wave, 'domains'>): string[] {
  const done = ['ready', 'putting-off', 'switching', 'proving', 'switched', 'cancelled']
  return domains.filter(({ state }) => !done.includes(state)).map(({ domain }) => domain)
}
