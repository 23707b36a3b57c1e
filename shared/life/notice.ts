import type { Machine } from '../machine.ts'
import type { NoticeFact } from './facts.ts'
import type { NoticeWork } from './work.ts'

/** The life of one notice to one reader. Its key is (wave, reader, notice), so that the same thing is owed only once. */
const table = {
  due: { start: 'send-notice', on: { sent: 'sent', 'gave-up': 'held', cancel: 'cancelled' } },
  sent: { tells: 'wave', on: { bounced: 'undeliverable' } },
  undeliverable: { tells: 'wave', on: { release: 'due', cancel: 'cancelled' } },
  held: { tells: 'wave', on: { release: '<back>', cancel: 'cancelled' } },
  cancelled: { on: {} },
} as const satisfies Machine<string, NoticeFact, NoticeWork>

export type NoticeState = keyof typeof table
export const notice: Machine<NoticeState, NoticeFact, NoticeWork> = table
