import { createHash } from 'node:crypto'
import { lives } from '../lives.ts'
import type { Event } from '../playbooks/calendar.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Audience, Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { start } from '../run.ts'
import type { MailboxRow, NoticeRow, WaveRow } from '../store/schema.ts'
import { rulesOf } from './acknowledged.ts'
import { isOfLeaving, isOfNotLedBack, isOfRollBack, isOfStuckRollBack, putBack } from './occasion.ts'

/** What a notice to somebody who looks after several mailboxes stands for in place of an address. */
export const several = '*'

/** Whether a notice is for one of its readers. */
export type Concerns = (reader: Pick<NoticeRow, 'to' | 'address' | 'entity'>, audience: Audience) => boolean

/** Whether a mailbox is one of those that a notice to somebody who looks after several is about. */
export function isAbout({ state, switchedAt, dropped }: MailboxRow, occasion: string | undefined, wave: WaveRow): boolean {
  if (isOfRollBack(occasion)) return (switchedAt !== undefined) === (occasion === putBack)
  if (isOfNotLedBack(occasion)) return switchedAt !== undefined
  if (isOfLeaving(occasion)) return state === 'cancelled' && switchedAt === undefined && dropped === undefined
  return state !== 'cancelled' || wave.state === 'cancelled' || isOfStuckRollBack(occasion)
}

/** Writes down what the calendar owes a mailbox’s owner on an event, and starts its sending. Twice equals once. */
export async function announce(app: App, mailbox: MailboxRow, event: Event): Promise<void> {
  const playbook = await app.playbook(mailbox.playbook, mailbox.playbookVersion)
  for (const name of namedOn(playbook, event)) if (isForOwners(playbook, name)) await owe(app, playbook, mailbox, name)
}

/**
 * Writes down one notice about a mailbox: to its owner, or one for its wave and entity to each of the other readers. An `occasion` makes it
 * another notice than the same one before: the day was moved, other mailboxes are held. `concerns`: whom of its readers it is for; absent, all.
 */
export async function owe(
  app: App,
  forAll: Playbook,
  mailbox: MailboxRow,
  name: string,
  occasion?: string,
  concerns: Concerns = () => true,
): Promise<void> {
  const entity = entityOf(forAll, mailbox)
  const playbook = settingsOf(forAll, entity)
  const notice = playbook.notices.find(one => one.notice === name)
  if (!notice) return
  const owner = notice.audience === 'owner'
  if (owner && !canRead(notice, mailbox, occasion === putBack)) return
  const readers = notice.audience === 'owner' ? [mailbox.address] : (playbook.people[notice.audience] ?? [])
  const host = playbook.issuers[notice.issuer]?.address.split('@')[1] ?? 'releve.invalid'
  const { wave, playbook: of, playbookVersion } = mailbox
  const address = owner ? mailbox.address : several
  for (const to of readers) {
    const reader = { wave, to, address, ...(owner || entity === undefined ? {} : { entity }) }
    if (!concerns(reader, notice.audience)) continue
    if (notice.template === 'acknowledgement-reminder' && (await rulesOf(app.store, playbook, reader)).acknowledged) continue
    const which = [wave, address, name, to, ...(owner || entity === undefined ? [] : [entity]), ...(occasion ? [occasion] : [])]
    const id = createHash('sha256').update(JSON.stringify(which)).digest('hex').slice(0, 32)
    const life = { state: 'due' as const, pass: 0, fence: 0, tries: 0, since: app.now(), dueAt: app.now() + app.quietMs }
    const row: NoticeRow = {
      ...life,
      wave,
      address,
      ...(owner || entity === undefined ? {} : { entity }),
      ...(occasion ? { occasion } : {}),
      notice: name,
      playbook: of,
      playbookVersion,
      to,
      messageId: `<${id}.${wave}@${host}>`,
    }
    if ((await app.store.notices.insert(row)) !== 'exists') await start(app, lives.notice, row)
  }
}

/** What is said of mail that has moved: whoever is new had none. */
const ofMovedMail = ['done', 'after-move', 'last-mail']

/** Is there a mailbox in which an owner can read a notice now? What is new has none at the old server, an alias has none at the new one; what goes to a list, all its members get. */
function canRead({ channel, template }: Notice, { wanted, switchedAt }: MailboxRow, back: boolean): boolean {
  if (wanted.kind === 'list') return false
  const atOld = channel === 'source-append' || (channel !== 'append' && (back || switchedAt === undefined))
  if (wanted.fresh) return !atOld && !ofMovedMail.includes(template)
  return wanted.kind !== 'alias' || atOld
}

/** The notices that a calendar names for an event. */
export function namedOn({ calendar }: Playbook, event: Event): string[] {
  return calendar.flatMap(entry => (entry.on === event && entry.notice !== undefined ? [entry.notice] : []))
}

/** Whether a notice goes to the owner of each mailbox, not to those who look after several. */
export function isForOwners({ notices }: Playbook, name: string): boolean {
  return notices.find(({ notice }) => notice === name)?.audience === 'owner'
}

/** Of several mailboxes one for each entity: enough to owe a notice to those who look after them. Lists are looked after by operators alone. */
export function onePerEntity(playbook: Playbook, mailboxes: readonly MailboxRow[], name: string): MailboxRow[] {
  const forOperators = playbook.notices.find(({ notice }) => notice === name)?.audience === 'operator'
  const looked = forOperators ? mailboxes : mailboxes.filter(({ wanted }) => wanted.kind !== 'list')
  return [...new Map(looked.map(mailbox => [entityOf(playbook, mailbox), mailbox])).values()]
}
