import type { ReturnsFact } from '../life/facts.ts'
import type { ReturnsWork } from '../life/work.ts'
import { lives } from '../lives.ts'
import { type Report, type Returned, reportOf } from '../notices/returned.ts'
import { settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type Answer, type Doing, start, type Turn, tell } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { NoticeRow, ReturnsRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** How long after a notice its mailbox for undeliverable ones is read, and how often, ms. Servers give up after five days at most. */
const watchedMs = 14 * 86_400_000
const betweenMs = 10 * 60_000

/** Ways on which a letter may come back later; what is put into a mailbox is there. */
const comesBack = ['smtp', 'graph']

/** Has the mailbox watched to which a notice that is about to be sent would come back. To be called once its sending is written down. */
export async function watchReturns(
  app: App,
  { channels }: Playbook,
  { wave, playbook, playbookVersion, channel = '' }: NoticeRow,
  entity: string | undefined,
): Promise<void> {
  if (!channels.bounces || !comesBack.includes(channel)) return
  const { address } = channels.bounces
  const known = await app.store.returns.get(keyPart(wave), keyPart(address))
  if (known) return void (await tell(app, lives.returns, lives.returns.at(known.row), { fact: 'notice-sent' }))
  const life = { state: 'watching' as const, pass: 0, fence: 0, tries: 0, since: app.now() }
  const soon = app.now() + betweenMs
  const row: ReturnsRow = { ...life, wave, address, entity, playbook, playbookVersion, notBefore: soon, dueAt: soon }
  if ((await app.store.returns.insert(row)) !== 'exists') await start(app, lives.returns, row)
}

/** Reads what came back since the last time and says it to the notices it is about; looks again in ten minutes, until no notice is young enough. */
async function readReturns(app: App, turn: Turn<ReturnsRow>): Promise<Answer<ReturnsFact, ReturnsRow>> {
  const { wave, entity, playbook, playbookVersion, uidValidity, lastUid } = turn.row
  const { bounces } = settingsOf(await app.playbook(playbook, playbookVersion), entity).channels
  const notices = await all(app.store.notices.list({ partition: keyPart(wave) }))
  const young = notices.some(row => comesBack.includes(row.channel ?? '') && app.now() - (row.attempted ?? 0) < watchedMs)
  if (!bounces || !young) return { fact: 'went-quiet' }
  const mail = await app.returned(bounces, { uidValidity, lastUid })
  let read = mail.lastUid
  const unreadable: number[] = []
  for (const { uid, raw } of mail.mails) {
    turn.signal.throwIfAborted()
    // A report may be faster than our own record of the sending: it is read again then.
    const report = await reportOf(raw).catch(() => 'unreadable' as const)
    if (report === 'unreadable') unreadable.push(uid)
    else if (report && !(await sayReport(app, report, notices))) read = Math.min(read, uid - 1)
  }
  const before = mail.uidValidity === uidValidity ? (turn.row.unreadable ?? 0) : 0
  const count = before + unreadable.filter(uid => uid <= read).length
  const set = { uidValidity: mail.uidValidity, lastUid: read, unreadable: count > 0 ? count : undefined }
  if (mail.more && read === mail.lastUid) return { more: true, set }
  return { later: betweenMs, set: { ...set, readAt: app.now() } }
}

/** All that can be done about what comes back. */
export const returnsDoing: Doing<ReturnsWork, ReturnsFact, ReturnsRow, App> = { 'read-returns': readReturns }

/** Says one report to its notice; false where that cannot be told yet. What is about a letter of somebody else is left alone. */
async function sayReport(app: App, report: Report, notices: readonly NoticeRow[]): Promise<boolean> {
  const named = notices.filter(({ messageId }) => report.messageIds.includes(messageId))
  // Some servers tell no Message-ID: then it is the letter of that subject to that reader.
  const bySubject = notices.filter(
    ({ subject, to }) => subject === report.subject && report.recipients.some(({ recipient }) => recipient === to),
  )
  const [about] = report.messageIds.length > 0 || report.subject === undefined ? named : bySubject
  if (!about) return true
  const mine = report.recipients.filter(({ recipient, original }) => recipient === about.to || original === about.to)
  // Where nobody of that name is told of, the reader’s mailbox sent it on: it arrived there.
  for (const { original: _, ...one } of mine.length > 0 ? mine : report.recipients)
    if (!(await note(app, about, { ...one, at: app.now() }, mine.length > 0))) return false
  return true
}

async function note(app: App, about: NoticeRow, one: Returned, own: boolean): Promise<boolean> {
  const { partition, key } = lives.notice.at(about)
  for (;;) {
    const stored = await app.store.notices.get(partition, key)
    if (!stored) return true
    const { row, etag } = stored
    const before = row.returned ?? []
    const said = before.some(({ report, recipient }) => report === one.report && recipient === one.recipient)
    if (said) return true
    if (row.state === 'due') return false
    const returned = [...before, one].slice(-10)
    if (own && one.action === 'failed' && row.state === 'sent') {
      const error = { code: one.status ?? 'BOUNCED', message: `it came back from ${row.to}: ${one.text}`, hint, at: app.now() }
      if (await tell(app, lives.notice, { partition, key }, { fact: 'bounced', pass: row.pass, set: { returned, error } }))
        return true
    } else if ((await app.store.notices.save({ ...row, returned }, etag)) !== 'conflict') return true
  }
}

const hint =
  'Look whether the address is right and its mailbox takes mail, and tell its reader by another way meanwhile; then release the wave, which sends the notice again, or leave it.'
