import type { Machine } from '../machine.ts'
import type { ScanFact } from './facts.ts'
import type { ScanWork } from './work.ts'

/** The life of the look ahead into one mailbox: will its mail land? It only reads, and may be asked for again. */
const table = {
  due: { start: 'scan-mailbox', on: { scanned: 'scanned', 'gave-up': 'held', cancel: 'cancelled' } },
  scanned: { on: { 'scan-again': 'due' } },
  held: { on: { 'scan-again': 'due', release: '<back>', cancel: 'cancelled' } },
  cancelled: { on: { 'scan-again': 'due' } },
} as const satisfies Machine<string, ScanFact, ScanWork>

export type ScanState = keyof typeof table
export const scan: Machine<ScanState, ScanFact, ScanWork> = table
