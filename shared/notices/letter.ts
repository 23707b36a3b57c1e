import type { Language } from '../intake/words.ts'
import { isPutBack } from '../life/wave.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import type { Attachment } from './attachment.ts'
import { calendarFile, type Dated, datedSteps } from './calendar-file.ts'
import { common } from './common.ts'
import type { Facts } from './facts.ts'
import { factsOf } from './gather.ts'
import { type Renamed, settingsBlocks } from './inserts.ts'
import { type Letter, subjectOf } from './mime.ts'
import { isOfLeaving } from './occasion.ts'
import { plainOf } from './plain.ts'
import { dressOf, languagesOf, partsOf } from './write.ts'

/** One notice to one reader, with all that it is made of. */
export type Asked = {
  /** The playbook as it holds for all. */
  playbook: Playbook
  wave: WaveRow
  notice: string
  to: string
  messageId: string
  date: number
  /** The mailbox, or those of an entity. */
  about: readonly MailboxRow[]
  /** What tells it from the same notice before, where something does. */
  occasion?: string | undefined
  /** It is put into the old mailbox. */
  staysBehind: boolean
  /** Links for this reader alone, and what other parts of the program know. */
  more?: Facts['known'] | undefined
  /** The language instead of the reader’s own, for a preview. */
  language?: Language | undefined
  /** Files that the program makes elsewhere. */
  attachments?: readonly Attachment[]
  /** Folders of the mailbox that have another name now. */
  renamed?: readonly Renamed[] | undefined
}

/** The letter, or undefined where the playbook has no such notice or nobody who speaks in it. Throws `Unknown` for what cannot be said. */
export function letterOf(asked: Asked): Letter | undefined {
  const { wave, about, to, messageId, date, staysBehind, more, renamed } = asked
  const [mailbox] = about
  const name = mailbox && entityOf(asked.playbook, mailbox)
  const playbook = settingsOf(asked.playbook, name)
  const notice = playbook.notices.find(one => one.notice === asked.notice)
  const issuer = notice && playbook.issuers[notice.issuer]
  if (!notice || !issuer || !mailbox) return undefined
  const { audience } = notice
  const entity = name === undefined ? undefined : (playbook.entities[name]?.title ?? name)
  const facts = factsOf({ playbook, wave, audience, about, entity, issuer: issuer.name, now: date, more, renamed })
  const languages = asked.language
    ? [asked.language]
    : languagesOf(playbook, notice, audience === 'owner' ? mailbox.wanted.language : undefined)
  const parts = partsOf(playbook, notice, facts, languages)
  const replyTo = (notice.desk && playbook.desks[notice.desk]?.address) ?? issuer.replyTo
  const own = ownFiles(
    playbook,
    notice,
    { ...asked, who: audience === 'owner' ? mailbox.address : (name ?? '*') },
    languages,
    subjectOf(parts),
  )
  const attachments = [...own, ...(asked.attachments ?? [])]
  return { from: issuer, replyTo, to, messageId, date, staysBehind, parts, dress: dressOf(playbook), attachments }
}

function ownFiles(
  playbook: Playbook,
  notice: Notice,
  { wave, about, occasion, who, date }: Asked & { who: string },
  languages: readonly Language[],
  subject: string,
): Attachment[] {
  return notice.attach.flatMap((what): Attachment[] => {
    if (what === 'calendar') {
      // The dates of an entity hold for its other mailboxes.
      if (notice.audience !== 'owner' && isOfLeaving(occasion)) return []
      const { timeZone } = playbook
      const { gates = {}, dayMoves: sequence = 0 } = wave
      const steps = datedSteps
        .slice(0, notice.audience === 'owner' ? 3 : datedSteps.length)
        .flatMap((step: Dated) => (gates[step] === undefined ? [] : [{ step, at: gates[step] }]))
      const organiser = playbook.issuers[notice.issuer] ?? { name: '', address: '' }
      const dates = {
        wave: wave.wave,
        who,
        organiser,
        timeZone,
        sequence,
        cancelled:
          wave.state === 'cancelled' || isPutBack(wave.state) || (notice.audience === 'owner' && about[0]?.state === 'cancelled'),
        now: date,
        steps,
      }
      return steps.length === 0 ? [] : [calendarFile(dates, languages, subject)]
    }
    // Others make it: see the attachments that are handed in.
    if (what === 'inventory') return []
    return languages.flatMap(language => {
      const blocks = settingsBlocks(playbook, language)
      if (blocks.length === 0) return []
      const content = Buffer.from(`${plainOf({ blocks, foot: [] }, language)}\r\n`)
      return [{ filename: common[language].settingsFile, contentType: 'text/plain; charset=utf-8', content }]
    })
  })
}
