import { Failure } from '../errors.ts'
import { scannedSizes } from '../forecast/forecast.ts'
import { sizeOf } from '../forecast/sizes.ts'
import type { Language } from '../intake/words.ts'
import { answersOf } from '../inventory/standing.ts'
import type { NoticeFact } from '../life/facts.ts'
import { isPutBack } from '../life/wave.ts'
import type { NoticeWork } from '../life/work.ts'
import type { Attachment } from '../notices/attachment.ts'
import type { Facts } from '../notices/facts.ts'
import type { Renamed } from '../notices/inserts.ts'
import { keepSent } from '../notices/kept.ts'
import { letterOf } from '../notices/letter.ts'
import { compose, type Letter, subjectOf } from '../notices/mime.ts'
import {
  dayMoved,
  isOfLeaving,
  isOfMovedDay,
  isOfNotLedBack,
  isOfRollBack,
  isOfStuckRollBack,
  left,
} from '../notices/occasion.ts'
import { isAbout, namedOn, several } from '../notices/owed.ts'
import { placeInLine } from '../notices/pace.ts'
import { personalWords } from '../notices/personal.ts'
import { Unknown } from '../notices/say.ts'
import { languagesOf, namesDay, namesFolders } from '../notices/write.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Channel, Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import { type MailboxRow, mailboxKey, type NoticeRow, type WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { awaitedDomains } from './announcing.ts'
import { isNotLedBack } from './leading-back.ts'
import { elsewhereNow } from './others-in-domain.ts'
import { watchReturns } from './returns.ts'
import { domainOf } from './switched.ts'

/**
 * Sends one notice once. That a sending begins is written down first, and what is sent is kept; after an interruption the reader’s mailbox is
 * asked for its Message-ID before anything is sent again. Where many take the same way, each waits for its place in line.
 */
async function send(app: App, turn: Turn<NoticeRow>): Promise<Answer<NoticeFact, NoticeRow>> {
  const { row } = turn
  const { playbook, wave, about, reader } = await givenFor(app, row)
  const settings = settingsOf(playbook, about[0] && entityOf(playbook, about[0]))
  const notice = settings.notices.find(({ notice }) => notice === row.notice)
  if (!notice) throw unsendable(row, 'its text is no longer there')
  const dated = namesDay(settings, notice.template)
  const overtaken = isOvertaken(row, wave, about, dated && !namedOn(settings, 'cancelled').includes(row.notice))
  if (overtaken && row.attempted === undefined) return { fact: 'cancel' }
  const way = wayOf(settings, notice, isPutBack(wave.state) ? undefined : reader?.switchedAt)
  const channel = await app.channel(settings, way, reader)
  if (row.attempted !== undefined && (await channel.arrived(row.messageId)))
    return { fact: 'sent', set: { channel: way, sentAt: row.attempted } }
  if (overtaken) return { fact: 'cancel' }
  const slotAt = row.slotAt ?? (await placeInLine(app.store, way, settings.channels.perMinute, app.now()))
  if (slotAt > app.now()) return { later: slotAt - app.now(), set: { slotAt } }
  const entity = about[0] && entityOf(playbook, about[0])
  const personal = await personalWords(app, row, { settings, wave, notice, about, entity })
  if (personal.state !== 'say') return personal.state === 'wait' ? { later: passwordLookMs } : { fact: 'cancel' }
  const attachments = notice.attach.includes('inventory')
    ? await workbookFor(app, row, wave, languagesOf(settings, notice, undefined)[0])
    : []
  const renamed = await renamedOf(app, settings, notice, about)
  const given = { playbook, wave, about, attachments, renamed }
  const standing = await standingOf(app, notice, { wave, about }, entity)
  // The one moment stands in both, or what is kept would not be what was sent.
  const date = app.now()
  const letter = written(row, given, { ...standing, ...personal.said }, way, date)
  const mime = await compose(letter)
  const secret = Object.keys(personal.said).length > 0
  const kept = secret ? await compose(written(row, given, { ...standing, ...personal.kept }, way, date)) : mime
  await keepSent(app.store, row, kept, app.now())
  const said = {
    channel: way,
    subject: subjectOf(letter.parts),
    languages: letter.parts.map(({ language }) => language).join(','),
  }
  await turn.save({ ...said, attempted: app.now(), day: wave.day, slotAt: undefined })
  // Whoever changes a date looks, after it, for whom it was told to; so whoever tells it looks, after he has said so, whether it still holds.
  if (dated && !(await stillHolds(app, wave, row.address === several ? [] : about)))
    return { later: 1_000, set: { attempted: row.attempted, day: row.day } }
  await watchReturns(app, settings, turn.row, entity)
  await channel.send(row.to, mime)
  return { fact: 'sent', set: { sentAt: app.now() } }
}

/**
 * Is there nothing left to say: the wave was called off, or its mailbox left it, before its date was told; its day was moved once more; it was rolled
 * back; or what had left it is in it again?
 */
function isOvertaken({ occasion, address }: NoticeRow, wave: WaveRow, about: readonly MailboxRow[], dated: boolean): boolean {
  if (isOfStuckRollBack(occasion)) return wave.state !== 'rolling-back'
  if (isPutBack(wave.state) && !isOfRollBack(occasion) && !isOfNotLedBack(occasion)) return true
  if (isOfMovedDay(occasion) && occasion !== dayMoved(wave)) return true
  if (isOfLeaving(occasion) && address !== several && occasion !== left(about)) return true
  const off = wave.state === 'cancelled' || (about.length > 0 && about.every(({ state }) => state === 'cancelled'))
  return off && dated && about.every(({ switchedAt }) => switchedAt === undefined)
}

async function stillHolds(app: App, wave: WaveRow, about: readonly MailboxRow[]): Promise<boolean> {
  const partition = keyPart(wave.wave)
  const now = await app.store.waves.get('wave', partition)
  const boxes = await Promise.all(about.map(async one => (await app.store.mailboxes.get(partition, keyPart(one.address)))?.row))
  const said = (wave: WaveRow | undefined, about: readonly (MailboxRow | undefined)[]) => {
    const off = [wave, ...about].map(row => row?.state === 'cancelled')
    return JSON.stringify([wave?.dayMoves, isPutBack(wave?.state), ...off])
  }
  return said(now?.row, boxes) === said(wave, about)
}

/**
 * What only somebody who looks after mailboxes is told: how many answers to the inventory his entity, or the whole wave, still owes, how large
 * the mailboxes are, as far as somebody has looked, and whose records are not as they are to be.
 */
export async function standingOf(
  app: App,
  { audience }: Pick<Notice, 'audience'>,
  { wave, about }: { wave: WaveRow; about: readonly MailboxRow[] },
  entity: string | undefined,
): Promise<Facts['known']> {
  if (audience === 'owner') return {}
  const [{ open }, scanned, stuck, leadingBack, elsewhere] = await Promise.all([
    answersOf(app, wave),
    scannedSizes(app, wave.wave),
    awaitedDomains(app, wave),
    all(app.store.ledBacks.list({ partition: keyPart(wave.wave) })),
    elsewhereNow(app, wave),
  ])
  const count = open.filter(name => entity === undefined || name === entity).length
  const sizeBytes = about.reduce((sum, row) => sum + (sizeOf(row, scanned.get(row.address))?.bytes ?? 0), 0)
  const held = stuck.filter(({ domain }) => about.some(({ address }) => domainOf(address) === domain))
  const names = new Set(about.map(({ address }) => address))
  const late = leadingBack.filter(row => names.has(row.address) && isNotLedBack(row, app.now())).map(({ address }) => address)
  return {
    ...(count > 0 ? { 'open-answers': { count } } : {}),
    ...(sizeBytes > 0 ? { size: { sizeBytes } } : {}),
    ...(late.length > 0 ? { 'not-led-back': { text: shortened(late) } } : {}),
    ...(held.length > 0 ? { 'held-domains': { text: held.map(({ domain }) => domain).join(', ') } } : {}),
    ...(elsewhere === undefined ? {} : { elsewhere: { text: elsewhere } }),
  }
}

/** Folders of the owner’s mailbox that the new side calls otherwise, where the notice lists them. */
export async function renamedOf(
  app: Pick<App, 'store'>,
  settings: Playbook,
  { audience, template }: Pick<Notice, 'audience' | 'template'>,
  [mailbox]: readonly MailboxRow[],
): Promise<Renamed[]> {
  if (audience !== 'owner' || !mailbox || !namesFolders(settings, template)) return []
  const folders = await all(app.store.folders.list({ partition: mailboxKey(mailbox) }))
  return folders.filter(({ odd, found }) => found > 0 && (odd === 'renamed' || odd === 'collision'))
}

/** At most so many addresses are named in one notice. */
const mostNamed = 50

function shortened(addresses: readonly string[]): string {
  return addresses.length > mostNamed ? `${addresses.slice(0, mostNamed).join(', ')} …` : addresses.join(', ')
}

/** The workbook that goes along. Without it the notice is not sent: it asks for its being filled in. */
async function workbookFor(app: App, row: NoticeRow, wave: WaveRow, language: Language): Promise<Attachment[]> {
  const workbook = await app.workbook(wave, { entity: row.entity, language })
  if (workbook) return [workbook]
  const during = `sending “${row.notice}” to ${row.to}`
  const hint = 'The addresses are looked at by the calendar’s step `inventory`: it goes on by itself once that is done.'
  throw new Failure({ verdict: 'transient', during, code: 'NO-INVENTORY', hint })
}

/** How long a notice waits for a password that is not set at the target yet, ms. */
const passwordLookMs = 5 * 60_000

/** What a notice is about, out of the rows. `reader`: the reader’s own mailbox, where it is one of the wave. */
export async function givenFor(
  app: App,
  row: Pick<NoticeRow, 'wave' | 'address' | 'to' | 'entity' | 'occasion' | 'playbook' | 'playbookVersion'>,
) {
  const partition = keyPart(row.wave)
  const [playbook, wave, reader] = await Promise.all([
    app.playbook(row.playbook, row.playbookVersion),
    app.store.waves.get('wave', partition),
    app.store.mailboxes.get(partition, keyPart(row.address === several ? row.to : row.address)),
  ])
  if (!wave) throw unsendable(row, 'its wave is no longer there')
  if (row.address !== several) return { playbook, wave: wave.row, about: reader ? [reader.row] : [], reader: reader?.row }
  const rows = await all(app.store.mailboxes.list({ partition }))
  const about = rows.filter(one => entityOf(playbook, one) === row.entity && isAbout(one, row.occasion, wave.row))
  return { playbook, wave: wave.row, about, reader: reader?.row }
}

/** The way to where the reader reads: before the switch, and once that is undone, the old side; between them the new one. */
function wayOf({ channels }: Playbook, { channel, audience }: Notice, switchedAt: number | undefined): Channel {
  if (channel !== 'auto') return channel
  if (switchedAt !== undefined) return channels.graph ? 'graph' : 'append'
  if (channels.smtp) return 'smtp'
  return audience === 'owner' ? 'source-append' : 'graph'
}

function written(
  row: NoticeRow,
  given: {
    playbook: Playbook
    wave: WaveRow
    about: readonly MailboxRow[]
    attachments: readonly Attachment[]
    renamed: Renamed[]
  },
  more: Facts['known'],
  way: Channel,
  now: number,
): Letter {
  try {
    const letter = letterOf({
      ...given,
      ...row,
      wave: given.wave,
      playbook: given.playbook,
      more,
      date: now,
      staysBehind: way === 'source-append',
    })
    if (!letter) throw unsendable(row, 'its mailbox, its text or its issuer is no longer there')
    return letter
  } catch (error) {
    if (error instanceof Unknown) throw unsendable(row, error.message)
    throw error
  }
}

function unsendable({ to, ...row }: { to: string; notice?: string }, why: string): Failure {
  const hint = 'Correct the notice in the playbook, then release the wave: it is said with the newest version.'
  return new Failure({ verdict: 'permanent', during: `sending “${row.notice}” to ${to}`, code: 'UNSENDABLE', text: why, hint })
}

/** All that can be done for a notice. */
export const noticeDoing: Doing<NoticeWork, NoticeFact, NoticeRow, App> = { 'send-notice': send }
