import { createHash } from 'node:crypto'
import { lives } from '../lives.ts'
import type { Event } from '../playbooks/calendar.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { start } from '../run.ts'
import type { MailboxRow, NoticeRow } from '../store/schema.ts'

/** Writes down every notice that the calendar owes about a mailbox on an event, and starts their sending. Twice equals once. */
export async function announce(app: App, mailbox: MailboxRow, event: Event): Promise<void> {
  const playbook = await app.playbook(mailbox.playbook, mailbox.playbookVersion)
  const named = playbook.calendar.flatMap(entry => (entry.on === event && entry.notice !== undefined ? [entry.notice] : []))
  for (const name of named) await owe(app, playbook, mailbox, name)
}

/** Writes down one notice about a mailbox, to each of its readers. */
export async function owe(app: App, forAll: Playbook, mailbox: MailboxRow, name: string): Promise<void> {
  const playbook = settingsFor(forAll, mailbox)
  const notice = playbook.notices.find(one => one.notice === name)
  if (!notice) return
  const readers = notice.audience === 'owner' ? [mailbox.address] : (playbook.people[notice.audience] ?? [])
  const host = playbook.issuers[notice.issuer]?.address.split('@')[1] ?? 'releve.invalid'
  const { wave, address, playbook: of, playbookVersion } = mailbox
  for (const to of readers) {
    const id = createHash('sha256')
      .update(JSON.stringify([wave, address, name, to]))
      .digest('hex')
      .slice(0, 32)
    const life = { state: 'due' as const, pass: 0, fence: 0, tries: 0, since: app.now(), dueAt: app.now() + app.quietMs }
    const row: NoticeRow = {
      ...life,
      wave,
      address,
      notice: name,
      playbook: of,
      playbookVersion,
      to,
      messageId: `<${id}@${host}>`,
    }
    if ((await app.store.notices.insert(row)) !== 'exists') await start(app, lives.notice, row)
  }
}
