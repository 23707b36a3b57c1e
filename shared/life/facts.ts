/** What a person may say to any row. */
type Order = 'hold' | 'release' | 'cancel'

/**
 * Facts of a mailbox. `cutover-due`: its new mail is to be led to the target by itself, and whether that was done is to be asked now. `switched`:
 * new mail for it arrives at the target from now on. `retry`: somebody has changed something, and what was
 * refused or could not be read is to be tried again. `items-due`: its calendars, contacts and tasks are to be brought now; `brought`: nothing more of them
 * comes by itself.
 */
export type MailboxFact =
  | Order
  | 'retry'
  | 'wave-started'
  | 'target-ready'
  | 'folders-current'
  | 'cutover-due'
  | 'switched'
  | 'verified'
  | 'items-due'
  | 'brought'
  | 'drained'
  | 'retried'
  | 'gave-up'

/** Facts of a folder. `pass-begun`: a pass is under way and has not seen its end. `folder-current`: every source message of this pass has an outcome in the ledger. */
export type FolderFact = 'pass-begun' | 'folder-current' | 'vanished'

/** Facts of a domain. `called-off`: who was to write the new records found its wave put back or cancelled, or all its mailboxes; `put-off`: found its hour missed; `mx-proved`: every authoritative server answers the new records. */
export type DomainFact =
  | Order
  | 'wave-started'
  | 'domain-known'
  | 'ttl-settled'
  | 'cutover-due'
  | 'mx-written'
  | 'called-off'
  | 'put-off'
  | 'mx-proved'
  | 'roll-back'
  | 'mx-restored'
  | 'gave-up'

/** Facts of a wave. `mailboxes-synced`: each is copied once or, where new mail comes first, exists. `mailboxes-settled`: each is completed, held or cancelled, and nobody is still owed a notice. `cutover-missed`: an hour after it began no MX is written. `gave-up`: it cannot even begin. */
export type WaveFact =
  | Order
  | 'wave-started'
  | 'mailboxes-synced'
  | 'cutover-due'
  | 'cutover-missed'
  | 'domains-switched'
  | 'mailboxes-settled'
  | 'closed'
  | 'mailbox-released'
  | 'roll-back'
  | 'rolled-back'
  | 'gave-up'

/** Facts of a timed step. `asked`: people are asked, and it waits for them; `hour-passed`: its hour was missed, a person chooses. */
export type StepFact =
  | 'hour-came'
  | 'hour-passed'
  | 'done'
  | 'asked'
  | 'send-now'
  | 'skip'
  | 'moved'
  | 'gave-up'
  | 'release'
  | 'cancel'
/** Facts of a look ahead into a mailbox. */
export type ScanFact = 'scanned' | 'scan-again' | 'gave-up' | 'release' | 'cancel'

/** Facts of the watch over returned notices. `went-quiet`: so long after the last notice nothing comes back any more. */
export type ReturnsFact = 'notice-sent' | 'went-quiet' | 'gave-up' | 'release'

/** Facts of the proof that mail is led back. `ask-again`: somebody has led it, and it is asked at once; `removed`: no letter of ours is at the new side. */
export type LedBackFact = 'ask-again' | 'led-back' | 'asked-enough' | 'removed' | 'gave-up' | 'release'

/** Facts of a notice. `bounced`: a mail server reported that it could not be delivered. */
export type NoticeFact = 'sent' | 'bounced' | 'gave-up' | 'release' | 'cancel'
