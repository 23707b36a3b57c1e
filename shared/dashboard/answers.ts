import type { act } from '../commands/act.ts'
import type { mailboxList, mailboxStatus, waveExceptions } from '../commands/mailbox-status.ts'
import type { waveList, waveStatus } from '../commands/status.ts'
import type { Fault } from '../errors.ts'

/*
 * What the page reads, as the commands answer it: a column that changes there does not compile here. The commands answer only what
 * JSON carries as it is.
 */

export type WaveRow = Awaited<ReturnType<typeof waveList>>['waves'][number]
export type Wave = Awaited<ReturnType<typeof waveStatus>>
export type Domain = Wave['domains'][number]
export type MailboxRow = Awaited<ReturnType<typeof mailboxList>>['mailboxes'][number]
export type Mailbox = Awaited<ReturnType<typeof mailboxStatus>>
export type Folder = Mailbox['folders'][number]
export type Exception = Awaited<ReturnType<typeof waveExceptions>>['exceptions'][number]
export type Acted = Awaited<ReturnType<typeof act>>

/** What is answered for a refused or failed request. */
export type Problem = { error: { code: string; message: string; details: Fault[] } }

export type { Action } from '../commands/act.ts'
