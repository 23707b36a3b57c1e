import { approved } from '../calendar/approved.ts'
import { hasRoom, slotsOf } from '../calendar/slots.ts'
import { dateAt } from '../calendar/wall-clock.ts'
import { isMovable, openAsk } from '../calendar/wave-day.ts'
import { forecastOf } from '../forecast/forecast.ts'
import { type Inventory, inventoriesOf } from '../inventory/inventory.ts'
import { type Price, paidOf, priceOf } from '../inventory/price.ts'
import { takesAnswers } from '../inventory/standing.ts'
import type { Approval } from '../life/wave.ts'
import { type Dated, datedSteps } from '../notices/calendar-file.ts'
import type { Localised } from '../notices/facts.ts'
import { nextDay } from '../playbooks/days.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { PageRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** What a coordinator’s page has to say. Instants in epoch ms, days as YYYY-MM-DD. */
export type Standing = {
  reader: PageRow
  wave: WaveRow
  settings: Playbook
  title: Localised
  inventories: readonly Inventory[]
  /** Is anything asked about the mailboxes? Not every playbook does. */
  asking: boolean
  /** Are answers taken? */
  taking: boolean
  dates: readonly { step: Dated; at: number }[]
  price?: { of: 'answer' | 'proposal'; price: Price } | undefined
  confirmation?: Confirmation | undefined
  choice?: readonly Choosable[] | undefined
  another?: Another | undefined
  copyEndsAt?: number | undefined
  progress?: Progress | undefined
}

/** Who has said yes to the date, who has not. `may`: this reader is asked, and has not said it; `first`: his answer is wanted before. */
export type Confirmation = { given: Approval[]; missing: string[]; enough: boolean; may: boolean; first: boolean }
export type Choosable = { day: string; state: 'chosen' | 'open' | 'full' }
/** Another day may be asked for, the first of them `from`. `asked`: what is asked for already, with the reader’s own reason. */
export type Another = { from: string; asked?: { day: string; at: number; why?: string | undefined } | undefined }
export type Progress = { mailboxes: number; completed: number; found: number; copied: number; excepted: number }

/** How long after a wave has closed its pages say how it ended, ms. */
export const keptMs = 30 * 86_400_000

/** Whether there is nothing left to be seen of a wave. */
export function isOver({ closedAt, state }: WaveRow, now: number): boolean {
  return state === 'closed' && closedAt !== undefined && closedAt + keptMs <= now
}

/** Everything that a reader’s page says, of his mailboxes and of no other. */
export async function standingOf(app: App, { reader, wave }: { reader: PageRow; wave: WaveRow }): Promise<Standing> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const every = await inventoriesOf(app, wave)
  const inventories = every.filter(({ items }) => items.every(({ row }) => entityOf(playbook, row) === reader.entity))
  const confirmation = confirmationOf(playbook, wave, reader, inventories)
  const agreed = confirmation?.enough === true
  const { gates = {} } = wave
  const looked = inventories.some(({ answer, items }) => answer || items.some(({ found }) => found))
  const asking = gates.inventory !== undefined || gates['answers-due'] !== undefined || looked
  const alone = inventories.length === every.length
  return {
    reader,
    wave,
    settings: settingsOf(playbook, reader.entity),
    title: (reader.entity && playbook.entities[reader.entity]?.title) ?? reader.entity ?? wave.wave,
    inventories,
    asking,
    taking: asking && takesAnswers(wave) && !agreed,
    dates: datedSteps.flatMap(step => (gates[step] === undefined ? [] : [{ step, at: gates[step] }])).sort((a, b) => a.at - b.at),
    price: asking ? priceOfAll(inventories) : undefined,
    confirmation,
    choice: playbook.slots && alone && takesAnswers(wave) && !agreed ? await choiceOf(app, playbook, wave) : undefined,
    another: playbook.slots ? undefined : anotherOf(app, playbook, wave, reader),
    copyEndsAt: takesAnswers(wave) ? (await forecastOf(app, wave)).copy?.p90At : undefined,
    progress: wave.state === 'planned' ? undefined : progressOf(inventories),
  }
}

function confirmationOf(
  playbook: Playbook,
  wave: WaveRow,
  { to, audience }: PageRow,
  inventories: readonly Inventory[],
): Confirmation | undefined {
  const { gates = {}, approvals = [], day } = wave
  if (gates.confirm === undefined) return undefined
  const about = approvals.filter(one => ['confirm', 'cutover'].includes(one.step) && (one.day ?? day) === day)
  const given = [...new Map(about.map(one => [one.who.toLowerCase(), one])).values()]
  const asked = playbook.approvals.confirm ?? []
  const isAsked = asked.some(one => one === audience || one.toLowerCase() === to.toLowerCase())
  const said = given.some(({ who }) => who.toLowerCase() === to.toLowerCase())
  const first = gates['answers-due'] !== undefined && inventories.some(({ answer }) => !answer)
  return { given, ...approved(playbook, wave, 'confirm'), may: takesAnswers(wave) && isAsked && !said, first }
}

async function choiceOf(app: App, playbook: Playbook, { wave, day }: WaveRow): Promise<Choosable[]> {
  const mailboxes = (await all(app.store.mailboxes.list({ partition: keyPart(wave) }))).length
  const slots = await slotsOf(app, playbook)
  return slots.map(slot => {
    const open = slot.open && hasRoom(slot, mailboxes)
    return { day: slot.day, state: slot.day === day ? 'chosen' : open ? 'open' : 'full' }
  })
}

function anotherOf(app: App, { timeZone }: Playbook, wave: WaveRow, { to }: PageRow): Another | undefined {
  const { day } = wave
  if (day === undefined || !isMovable(wave)) return undefined
  const today = dateAt(app.now(), timeZone)
  const asked = openAsk(wave)
  // Whoever else asks may be of another entity.
  const isOwn = asked?.who.toLowerCase() === to.toLowerCase()
  return {
    from: nextDay(day > today ? day : today),
    asked: asked && { day: asked.day, at: asked.at, why: isOwn ? asked.why : undefined },
  }
}

function priceOfAll(inventories: readonly Inventory[]): Standing['price'] {
  const [first] = inventories
  if (!first) return undefined
  const price = priceOf(inventories.flatMap(paidOf), first.settings.licences, first.settings.inventory)
  return price && { of: inventories.every(({ answer }) => answer) ? 'answer' : 'proposal', price }
}

function progressOf(inventories: readonly Inventory[]): Progress {
  const rows = inventories.flatMap(({ items }) => items.map(({ row }) => row)).filter(({ state }) => state !== 'cancelled')
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    mailboxes: rows.length,
    completed: rows.filter(({ state }) => state === 'completed' || state === 'draining').length,
    found: sum(row => row.found),
    copied: sum(row => row.copied + row.adopted),
    excepted: sum(row => row.excepted),
  }
}
