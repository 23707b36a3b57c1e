import type { App } from '../ports.ts'
import type { MailboxRow } from '../store/schema.ts'

/** The wave, playbook and version that all rows of a wave share. */
export type Common = { wave: string; playbook: string; playbookVersion: number }

/** What every row is at its beginning. */
export function newLife(app: App) {
  return { state: 'planned' as const, pass: 0, fence: 0, tries: 0, since: app.now() }
}

/** The row of a mailbox of which nothing has begun. */
export function newMailbox(app: App, common: Common, wanted: MailboxRow['wanted']): MailboxRow {
  const counts = {
    folders: 0,
    found: 0,
    copied: 0,
    adopted: 0,
    excepted: 0,
    foundBytes: 0,
    copiedBytes: 0,
    latePasses: 0,
    lateEmpty: 0,
  }
  return { ...newLife(app), ...common, ...counts, address: wanted.address, wanted }
}
