import type { act, Action as Ordered } from '../commands/act.ts'
import type { Effect } from '../commands/dry-run.ts'
import type { mailboxList, mailboxStatus, waveExceptions } from '../commands/mailbox-status.ts'
import type { waveList, waveStatus } from '../commands/status.ts'
import type { updateWave } from '../commands/update.ts'
import type { Fault } from '../errors.ts'

type Result<F extends (...given: never[]) => unknown> = Awaited<ReturnType<F>>

/*
 * What the page reads, as the commands answer it: a column that changes there does not compile here. The commands answer only what
 * JSON carries as it is.
 */

export type WaveRow = Result<typeof waveList>['waves'][number]
export type Wave = Result<typeof waveStatus>
export type Domain = Wave['domains'][number]
export type MailboxRow = Result<typeof mailboxList>['mailboxes'][number]
export type Mailbox = Result<typeof mailboxStatus>
export type Folder = Mailbox['folders'][number]
export type Exception = Result<typeof waveExceptions>['exceptions'][number]
export type Acted = Pick<Result<typeof act>, 'changed'>

/** What taking the newest playbook would do, as a dry run answers it. */
export type Updating = Result<typeof updateWave> & { effect: Effect }

/** What is answered for a refused or failed request. */
export type Problem = { error: { code: string; message: string; details: Fault[] } }

/** What the page can order. */
export type Action = Ordered | 'done' | 'send-now' | 'skip' | 'update'
export type Word = NonNullable<Wave['awaits']>[number]
