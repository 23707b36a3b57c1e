import { Failure } from '../errors.ts'
import type { NoticeFact } from '../life/facts.ts'
import type { NoticeWork } from '../life/work.ts'
import { compose } from '../notices/mime.ts'
import { templates } from '../notices/words.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, NoticeRow } from '../store/schema.ts'

/**
 * Sends one notice once. That a sending begins is written down first; after an interruption the reader’s mailbox is asked for its Message-ID
 * before anything is sent again.
 */
async function send(app: App, turn: Turn<NoticeRow>): Promise<Answer<NoticeFact, NoticeRow>> {
  const { row } = turn
  const forAll = await app.playbook(row.playbook, row.playbookVersion)
  const stored = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
  const playbook = stored ? settingsFor(forAll, stored.row) : forAll
  const notice = playbook.notices.find(({ notice }) => notice === row.notice)
  if (!stored || !notice) throw unsendable(row, 'its mailbox or its text is no longer there')
  const written = await write(app, playbook, notice, stored.row, row)
  const channel = await app.channel(playbook, notice.channel, stored.row)
  const sent = { channel: notice.channel, subject: written.subject }
  if (row.attempted !== undefined && (await channel.arrived(row.messageId)))
    return { fact: 'sent', set: { ...sent, sentAt: row.attempted } }
  await turn.save({ attempted: app.now() })
  await channel.send(row.to, written.mime)
  return { fact: 'sent', set: { ...sent, sentAt: app.now() } }
}

async function write(app: App, playbook: Playbook, notice: Playbook['notices'][number], mailbox: MailboxRow, row: NoticeRow) {
  const template = templates[notice.template]
  const issuer = playbook.issuers[notice.issuer]
  if (!template || !issuer) throw unsendable(row, `there is no template “${notice.template}” or no issuer “${notice.issuer}”`)
  const { name, address, phone, link } = playbook.contact ?? {}
  const contact = [name, address, phone, link].filter(part => part !== undefined).join(', ') || undefined
  const { copied, adopted, excepted } = mailbox
  const said = {
    address: mailbox.address,
    wave: row.wave,
    messages: copied + adopted,
    exceptions: excepted,
    issuer: issuer.name,
    contact,
  }
  const blocks = notice.languages.map(language => ({ language, words: template[language](said) }))
  const { replyTo } = issuer
  const mime = await compose({
    from: issuer,
    replyTo,
    to: row.to,
    messageId: row.messageId,
    date: app.now(),
    staysBehind: notice.channel === 'source-append',
    blocks,
  })
  return { mime, subject: blocks.map(({ words }) => words.subject).join(' – ') }
}

function unsendable({ notice, to }: NoticeRow, why: string): Failure {
  const hint = 'Correct the notice in the playbook, then release it.'
  return new Failure({ verdict: 'permanent', during: `sending “${notice}” to ${to}`, code: 'UNSENDABLE', text: why, hint })
}

/** All that can be done for a notice. */
export const noticeDoing: Doing<NoticeWork, NoticeFact, NoticeRow, App> = { 'send-notice': send }
