import type { Outcome } from '../../copy/ledger.ts'
import type { DomainState } from '../../life/domain.ts'
import type { FolderState } from '../../life/folder.ts'
import type { MailboxState } from '../../life/mailbox.ts'
import type { NoticeState } from '../../life/notice.ts'
import type { WaveState } from '../../life/wave.ts'
import type { Verdict } from '../../store/schema.ts'

/** The names of states, verdicts, outcomes and the like. A state without a name does not compile. */
export const enNames = {
  waveStates: {
    planned: 'Planned',
    preparing: 'Preparing',
    ready: 'Ready for the cutover',
    'cutting-over': 'Cutting over',
    finishing: 'Finishing',
    closing: 'Closing',
    closed: 'Closed',
    'rolling-back': 'Rolling back',
    'rolled-back': 'Rolled back',
    held: 'On hold',
    cancelled: 'Cancelled',
  } satisfies Record<WaveState, string> as Record<string, string>,
  mailboxStates: {
    planned: 'Planned',
    provisioning: 'Being made',
    'pre-staging': 'First copy',
    synced: 'Awaits the switch',
    'final-delta': 'Last copy',
    verifying: 'Comparing',
    bringing: 'Bringing calendars and contacts',
    draining: 'Following late mail',
    retrying: 'Trying refused messages again',
    completed: 'Completed',
    held: 'Held',
    cancelled: 'Cancelled',
  } satisfies Record<MailboxState, string> as Record<string, string>,
  domainStates: {
    planned: 'Planned',
    checking: 'Reading its records',
    lowering: 'Lowering the TTL',
    ready: 'Ready',
    switching: 'Switching the MX',
    'putting-off': 'Putting the switch off',
    proving: 'Proving the new MX',
    switched: 'Switched',
    'rolling-back': 'Rolling back',
    'rolled-back': 'Rolled back',
    held: 'Held',
    cancelled: 'Cancelled',
  } satisfies Record<DomainState, string> as Record<string, string>,
  folderStates: {
    listed: 'Listed',
    copying: 'Copying',
    current: 'Current',
    gone: 'Gone at the source',
  } satisfies Record<FolderState, string> as Record<string, string>,
  noticeStates: {
    due: 'Due',
    sent: 'Sent',
    undeliverable: 'Undeliverable',
    held: 'Held',
    cancelled: 'Cancelled',
  } satisfies Record<NoticeState, string> as Record<string, string>,
  verdicts: {
    complete: 'Complete',
    'complete-with-exceptions': 'Complete with exceptions',
    incomplete: 'Incomplete',
  } satisfies Record<Verdict, string> as Record<string, string>,
  outcomes: {
    altered: 'Arrived altered',
    'too-large': 'Too large',
    refused: 'Refused by the target',
    unreadable: 'Unreadable at the source',
    vanished: 'Deleted by its owner meanwhile',
    deleted: 'Marked as deleted',
    intended: 'Under way',
    copied: 'Copied',
    adopted: 'Already there',
    removed: 'Removed with its original',
  } satisfies Record<Outcome, string> as Record<string, string>,
  /** In English the server’s own words stand. */
  remedies: {} as Record<string, string>,
  kinds: { user: 'User', shared: 'Shared', alias: 'Alias', list: 'List' } as Record<string, string>,
  milestones: {
    targetReady: 'The target mailbox was there',
    synced: 'First copy ended',
    switched: 'New mail goes to the target',
    verified: 'Source and target compared',
    completed: 'Completed',
  } as Record<string, string>,
}

export type Names = typeof enNames
