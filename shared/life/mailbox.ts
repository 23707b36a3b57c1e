import type { Machine } from '../machine.ts'
import type { MailboxFact } from './facts.ts'
import type { MailboxWork } from './work.ts'

/** The whole life of a mailbox. Anything not in this table does not happen. */
const table = {
  planned: { tells: 'wave', on: { 'wave-started': 'provisioning', hold: 'held', cancel: 'cancelled' } },
  provisioning: {
    start: 'provision-mailbox',
    on: { 'target-ready': 'pre-staging', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  'pre-staging': {
    start: 'copy-mailbox',
    on: { 'folders-current': 'synced', 'cutover-due': 'pre-staging', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  synced: {
    start: 'keep-current',
    tells: 'wave',
    on: { switched: 'final-delta', 'cutover-due': 'synced', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  'final-delta': {
    start: 'copy-mailbox',
    on: { 'folders-current': 'verifying', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  verifying: {
    start: 'verify-mailbox',
    on: { verified: 'draining', 'items-due': 'bringing', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  bringing: { start: 'bring-items', on: { brought: 'draining', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' } },
  draining: {
    start: 'follow-late-mail',
    on: {
      drained: 'completed',
      'items-due': 'bringing',
      retry: 'retrying',
      'gave-up': 'held',
      hold: 'held',
      cancel: 'cancelled',
    },
  },
  completed: { tells: 'wave', on: { retry: 'retrying' } },
  retrying: {
    start: 'retry-messages',
    on: { retried: 'draining', 'items-due': 'bringing', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  held: { tells: 'wave', on: { release: '<back>', cancel: 'cancelled' } },
  cancelled: { tells: 'wave', on: {} },
} as const satisfies Machine<string, MailboxFact, MailboxWork>

export type MailboxState = keyof typeof table
export const mailbox: Machine<MailboxState, MailboxFact, MailboxWork> = table
