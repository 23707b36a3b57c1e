export type WaveWork =
  | 'begin-wave'
  | 'prepare-wave'
  | 'open-cutover'
  | 'cut-over'
  | 'finish-wave'
  | 'close-wave'
  | 'roll-back-wave'
  | 'see-led-back'
export type DomainWork = 'check-domain' | 'lower-ttl' | 'switch-mx' | 'prove-mx' | 'release-mailboxes' | 'restore-mx'
export type MailboxWork =
  | 'provision-mailbox'
  | 'copy-mailbox'
  | 'keep-current'
  | 'verify-mailbox'
  | 'bring-items'
  | 'follow-late-mail'
  | 'retry-messages'
export type NoticeWork = 'send-notice'
export type StepWork = 'await-hour' | 'take-step' | 'await-people'
export type ScanWork = 'scan-mailbox'
export type ReturnsWork = 'read-returns'
export type LedBackWork = 'ask-led-back' | 'remove-letters'
export type Work = WaveWork | DomainWork | MailboxWork | NoticeWork | StepWork | ScanWork | ReturnsWork | LedBackWork

/**
 * How one kind of work is run.
 * - `queue`: where its kicks go; one function listens there. A worker goes on in place while the next work has the same queue.
 * - `exclusive`: one worker at a time, and only when it is due; else it may run at any time, because it only looks.
 */
export type Terms = { queue: QueueName; exclusive: boolean }

/** Every queue, one per kind of work that scales by itself; each has a drained `-poison` queue beside it. */
export const queueNames = ['waves', 'domains', 'provisioning', 'copying', 'notices', 'steps'] as const
export type QueueName = (typeof queueNames)[number]

const looks = { queue: 'waves', exclusive: false } as const
const domains = { queue: 'domains', exclusive: true } as const
const steps = { queue: 'steps', exclusive: true } as const
const copying = { queue: 'copying', exclusive: true } as const

/** Every kind of work and its terms. */
export const works: Readonly<Record<Work, Terms>> = {
  'begin-wave': looks,
  'prepare-wave': looks,
  'open-cutover': looks,
  'cut-over': looks,
  'finish-wave': looks,
  'close-wave': looks,
  'roll-back-wave': looks,
  'see-led-back': looks,
  'check-domain': domains,
  'lower-ttl': domains,
  'switch-mx': domains,
  'prove-mx': domains,
  'release-mailboxes': domains,
  'restore-mx': domains,
  'provision-mailbox': { queue: 'provisioning', exclusive: true },
  'copy-mailbox': copying,
  'keep-current': copying,
  'verify-mailbox': copying,
  'bring-items': copying,
  'follow-late-mail': copying,
  'retry-messages': copying,
  'await-hour': steps,
  'take-step': steps,
  'await-people': steps,
  'scan-mailbox': copying,
  'ask-led-back': copying,
  'remove-letters': copying,
  'send-notice': { queue: 'notices', exclusive: true },
  'read-returns': { queue: 'notices', exclusive: true },
}
