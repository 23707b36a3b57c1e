import { createHash } from 'node:crypto'
import { act } from '../commands/act.ts'
import { Refusal } from '../errors.ts'
import type { Language } from '../intake/words.ts'
import { details } from '../inventory/accept.ts'
import { acceptAnswers, type Outcome } from '../inventory/answers.ts'
import { xlsxType } from '../inventory/workbook.ts'
import { wrongRows } from '../inventory/wrong-rows.ts'
import { countText } from '../notices/formats.ts'
import { blackoutOn, isDay } from '../playbooks/days.ts'
import type { App } from '../ports.ts'
import { dayOf, type Told } from './page.ts'
import type { Standing } from './standing.ts'
import { coordinatorWords } from './words.ts'

/** What a page sends: what is to be done, and what that is about. */
export type Sent = {
  do?: string | undefined
  of?: string | undefined
  day?: string | undefined
  why?: string | undefined
  file?: { bytes: Uint8Array; type: string } | undefined
}

/** A form as it is written down: never what stands in a file. */
export function noted({ file, ...sent }: Sent) {
  const digest = file && createHash('sha256').update(file.bytes).digest('hex')
  return { ...sent, ...(file ? { bytes: file.bytes.length, digest } : {}) }
}

/** One thing that a page asks for; twice equals once. What is refused is told, and changes nothing. */
type Deed = (app: App, standing: Standing, sent: Sent, language: Language) => Promise<Told>

/** Does what a page asks for, in the name of its reader. */
export const carryOutSent: Deed = async (app, standing, sent, language) => {
  switch (sent.do) {
    case 'answer':
      return answer(app, standing, sent, language)
    case 'confirm':
      return confirm(app, standing, sent, language)
    case 'book':
      return choose(app, standing, sent, language)
    case 'postpone':
      return ask(app, standing, sent, language)
    default:
      return { good: false, text: coordinatorWords[language].notNow }
  }
}

const answer: Deed = async (app, { wave, reader, inventories, taking }, { of, file }, language) => {
  const words = coordinatorWords[language]
  const inventory = inventories.find(({ entity }) => entity === of)
  if (!taking || !inventory) return { good: false, text: words.shut }
  if (!file || file.bytes.length === 0) return { good: false, text: words.noFile }
  const about = { entity: inventory.entity, language }
  const outcome = await acceptAnswers(app, wave, file.bytes, file.type, reader.to, about)
  return outcome.answer ? accepted(outcome, language) : refused(outcome, language)
}

function accepted({ said, created, warnings }: Outcome, language: Language): Told {
  const words = coordinatorWords[language]
  const count = (which: (one: Outcome['said'][number]) => boolean | undefined) => countText(said.filter(which).length, language)
  const text = words.taken(
    count(({ keep }) => keep),
    count(({ keep }) => !keep),
    count(({ keep, fresh }) => keep && fresh),
  )
  return { good: true, text: created ? text : words.same, notes: warnings }
}

async function refused(outcome: Outcome, language: Language): Promise<Told> {
  const words = coordinatorWords[language]
  const { wave, entity } = outcome.inventory
  const faults = details(outcome, outcome.faults)
  const file = { name: `${wave.wave}-${entity}-corrections.xlsx`, type: xlsxType, bytes: await wrongRows(outcome) }
  return { good: false, text: words.wrong(countText(faults.length, language)), faults, file }
}

const confirm: Deed = async (app, { wave, reader, confirmation, settings }, { day }, language) => {
  const words = coordinatorWords[language]
  const said = confirmation?.given.some(({ who }) => who.toLowerCase() === reader.to.toLowerCase())
  if (wave.day !== day) return { good: false, text: words.moved }
  if (said) return { good: true, text: words.confirmed }
  if (!confirmation?.may) return { good: false, text: words.notNow }
  if (confirmation.first) return { good: false, text: words.first }
  const as = settings.approvals.confirm?.includes(reader.audience) ? { as: reader.audience } : {}
  const order = { why: 'confirmed on the coordinator’s page', step: 'confirm', ...as, ...(day ? { day } : {}) }
  await act(app, wave.wave, 'approve', order, reader.to)
  return { good: true, text: words.confirmed }
}

const choose: Deed = async (app, { wave, reader, choice, settings }, { day }, language) => {
  const words = coordinatorWords[language]
  const wanted = choice?.find(one => one.day === day)
  if (!wanted) return { good: false, text: words.notNow }
  if (wanted.state === 'open') {
    const order = { why: 'chosen on the coordinator’s page', day: wanted.day }
    await act(app, wave.wave, 'reschedule', order, reader.to)
  }
  if (wanted.state === 'full') throw new Refusal(409, 'full', `${wanted.day} has no room`)
  return { good: true, text: words.booked(dayOf(wanted.day, settings.timeZone, language)) }
}

const ask: Deed = async (app, { wave, reader, another, settings }, { day = '', why = '' }, language) => {
  const words = coordinatorWords[language]
  const said = (one: string) => dayOf(one, settings.timeZone, language)
  if (!another) return { good: false, text: words.notNow }
  if (!isDay(day) || day < another.from) return { good: false, text: words.askFrom(said(another.from)) }
  if (why.trim().length < 3) return { good: false, text: words.noReason }
  const black = blackoutOn(day, settings.blackouts)
  if (black) return { good: false, text: words.closed(said(black.from), said(black.to)), notes: [black.why] }
  await act(app, wave.wave, 'postpone', { day, why }, reader.to)
  return { good: true, text: words.recorded }
}

/** A refusal in the reader’s language; `details` are put into it by the page. */
export function toldOf(
  { code, status, details }: Refusal,
  { choice = [], settings }: Standing,
  { do: wanted, day }: Sent,
  language: Language,
): Told {
  const words = coordinatorWords[language]
  const said = (one: string) => dayOf(one, settings.timeZone, language)
  if (code === 'full') {
    const open = choice.filter(one => one.state === 'open' && one.day !== day).map(one => said(one.day))
    const notes = [open.length > 0 ? words.openDates(open.join(' · ')) : words.noDates]
    return { good: false, text: words.nowFull(said(day ?? '')), notes }
  }
  // Which mailboxes these are is not said: they may be another entity’s.
  if (wanted === 'postpone' && details.some(({ path }) => path.startsWith('mailboxes')))
    return { good: false, text: words.outside(said(day ?? '')) }
  if (status === 413) return { good: false, text: words.tooLarge }
  if (status === 429) return { good: false, text: words.busy }
  if (code !== 'invalid-answer' && status !== 415) return { good: false, text: words.notNow }
  return { good: false, text: words.unreadable, details: details.map(({ message }) => message) }
}
