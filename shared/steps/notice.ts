import { Failure } from '../errors.ts'
import type { NoticeFact } from '../life/facts.ts'
import type { NoticeWork } from '../life/work.ts'
import type { Facts, Localised } from '../notices/facts.ts'
import { factsOf } from '../notices/gather.ts'
import { compose, subjectOf } from '../notices/mime.ts'
import { Unknown } from '../notices/say.ts'
import { dressOf, languagesOf, partsOf } from '../notices/write.ts'
import { passwordWords } from '../passwords/say.ts'
import { entityOf, settingsFor } from '../playbooks/entity.ts'
import type { Channel, Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, NoticeRow, WaveRow } from '../store/schema.ts'

/** How often it is looked whether a password that a notice is about is set, ms. */
const passwordLookMs = 5 * 60_000

/**
 * Sends one notice once. That a sending begins is written down first; after an interruption the reader’s mailbox is asked for its Message-ID
 * before anything is sent again.
 */
async function send(app: App, turn: Turn<NoticeRow>): Promise<Answer<NoticeFact, NoticeRow>> {
  const { row } = turn
  const forAll = await app.playbook(row.playbook, row.playbookVersion)
  const [mailbox, wave] = await Promise.all([
    app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address)),
    app.store.waves.get('wave', keyPart(row.wave)),
  ])
  const playbook = mailbox ? settingsFor(forAll, mailbox.row) : forAll
  const notice = playbook.notices.find(({ notice }) => notice === row.notice)
  if (!mailbox || !wave || !notice) throw unsendable(row, 'its mailbox, its wave or its text is no longer there')
  const way = wayOf(playbook, notice, mailbox.row)
  const passwords = await passwordWords(app, wave.row, notice, [mailbox.row], entityOf(forAll, mailbox.row))
  if (passwords.state !== 'say') return passwords.state === 'wait' ? { later: passwordLookMs } : { fact: 'cancel' }
  const written = await write(app, playbook, notice, way, wave.row, mailbox.row, row, passwords.said)
  const channel = await app.channel(playbook, way, mailbox.row)
  const sent = { channel: way, subject: written.subject }
  if (row.attempted !== undefined && (await channel.arrived(row.messageId)))
    return { fact: 'sent', set: { ...sent, sentAt: row.attempted } }
  await turn.save({ attempted: app.now() })
  await channel.send(row.to, written.mime)
  return { fact: 'sent', set: { ...sent, sentAt: app.now() } }
}

/** The way to where the reader reads: before the switch the old side, after it the new one. */
function wayOf({ channels }: Playbook, { channel, audience }: Notice, { switchedAt }: MailboxRow): Channel {
  if (channel !== 'auto') return channel
  if (audience !== 'owner') return channels.smtp ? 'smtp' : 'graph'
  if (switchedAt === undefined) return channels.smtp ? 'smtp' : 'source-append'
  return channels.graph ? 'graph' : 'append'
}

async function write(
  app: App,
  playbook: Playbook,
  notice: Notice,
  way: Channel,
  wave: WaveRow,
  mailbox: MailboxRow,
  row: NoticeRow,
  more: Facts['known'],
) {
  const issuer = playbook.issuers[notice.issuer]
  if (!issuer) throw unsendable(row, `there is no issuer “${notice.issuer}”`)
  const entity = titleOf(playbook, mailbox)
  const facts = factsOf({ playbook, wave, audience: notice.audience, about: [mailbox], entity, issuer: issuer.name, more })
  const wanted = languagesOf(playbook, notice, notice.audience === 'owner' ? mailbox.wanted.language : undefined)
  try {
    const parts = partsOf(playbook, notice, facts, wanted)
    const replyTo = (notice.desk && playbook.desks[notice.desk]?.address) ?? issuer.replyTo
    const { to, messageId } = row
    const staysBehind = way === 'source-append'
    const letter = {
      from: issuer,
      replyTo,
      to,
      messageId,
      date: app.now(),
      staysBehind,
      parts,
      dress: dressOf(playbook),
      attachments: [],
    }
    return { mime: await compose(letter), subject: subjectOf(parts) }
  } catch (error) {
    if (error instanceof Unknown) throw unsendable(row, error.message)
    throw error
  }
}

function titleOf(playbook: Playbook, mailbox: MailboxRow): Localised | undefined {
  const name = entityOf(playbook, mailbox)
  return name === undefined ? undefined : (playbook.entities[name]?.title ?? name)
}

function unsendable({ notice, to }: NoticeRow, why: string): Failure {
  const hint = 'Correct the notice in the playbook, then release it.'
  return new Failure({ verdict: 'permanent', during: `sending “${notice}” to ${to}`, code: 'UNSENDABLE', text: why, hint })
}

/** All that can be done for a notice. */
export const noticeDoing: Doing<NoticeWork, NoticeFact, NoticeRow, App> = { 'send-notice': send }
