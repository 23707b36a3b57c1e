import type { Machine } from '../machine.ts'
import type { DomainFact } from './facts.ts'
import type { DomainWork } from './work.ts'

/** The life of a mail domain of a wave: records read and target known, TTL lowered and settled, MX switched, switch proved. `putting-off`: its hour was missed, and the old MX is proved to stand. */
const table = {
  planned: { on: { 'wave-started': 'checking', cancel: 'cancelled' } },
  checking: { start: 'check-domain', on: { 'domain-known': 'lowering', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' } },
  lowering: { start: 'lower-ttl', on: { 'ttl-settled': 'ready', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' } },
  ready: { tells: 'wave', on: { 'cutover-due': 'switching', hold: 'held', cancel: 'cancelled' } },
  switching: {
    start: 'switch-mx',
    on: { 'mx-written': 'proving', 'called-off': 'rolling-back', 'put-off': 'putting-off', 'gave-up': 'held', hold: 'held' },
  },
  'putting-off': {
    start: 'restore-mx',
    tells: 'wave',
    on: { 'mx-restored': 'ready', 'cutover-due': 'switching', 'roll-back': 'rolling-back', 'gave-up': 'held', hold: 'held' },
  },
  proving: { start: 'prove-mx', on: { 'mx-proved': 'switched', 'gave-up': 'held', hold: 'held', 'roll-back': 'rolling-back' } },
  switched: { start: 'release-mailboxes', tells: 'wave', on: { 'roll-back': 'rolling-back' } },
  'rolling-back': { start: 'restore-mx', on: { 'mx-restored': 'rolled-back', 'gave-up': 'held' } },
  'rolled-back': { tells: 'wave', on: {} },
  held: { tells: 'wave', on: { release: '<back>', 'roll-back': 'rolling-back', cancel: 'cancelled' } },
  cancelled: { tells: 'wave', on: {} },
} as const satisfies Machine<string, DomainFact, DomainWork>

/** States in which its MX may be, or may yet become, the new one. */
const switchStates: readonly string[] = ['switching', 'putting-off', 'proving', 'switched', 'rolling-back']

/** May its MX be, or yet become, the new one? Also where it was held meanwhile. */
export function mayBeSwitched({ state, heldFrom }: { state: DomainState; heldFrom?: DomainState | undefined }): boolean {
  return switchStates.includes(heldFrom ?? state)
}

/** Is nothing of it switched, and nobody about to? Also where it was held meanwhile. */
export function isPutOff({ state, heldFrom }: { state: DomainState; heldFrom?: DomainState | undefined }): boolean {
  const untouched: readonly string[] = ['planned', 'checking', 'lowering', 'ready', 'putting-off']
  if (state === 'held') return heldFrom === 'switching' || untouched.includes(heldFrom ?? '')
  return untouched.includes(state)
}

export type DomainState = keyof typeof table
export const domain: Machine<DomainState, DomainFact, DomainWork> = table
