import { z } from 'zod'
import { type Reader as Answering, endLinks, pageLink, readerOf, readersOf } from '../coordinators/links.ts'
import { closedHtml, coordinatorHtml, type Told } from '../coordinators/page.ts'
import { carryOutSent, noted, type Sent, toldOf } from '../coordinators/send.ts'
import { isOver, type Standing, standingOf } from '../coordinators/standing.ts'
import { Refusal } from '../errors.ts'
import { check } from '../intake/faults.ts'
import { type Language, why } from '../intake/words.ts'
import { mostBytes } from '../inventory/grid.ts'
import { writtenWorkbook, xlsxType } from '../inventory/workbook.ts'
import { pageLanguage } from '../passwords/page.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { PageRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { shownTo } from '../whose/store.ts'
import { record } from './audit.ts'
import type { Fetched, Page, Reader } from './once.ts'
import { waveRow } from './status.ts'

/** The page of somebody who looks after mailboxes; `of`: the workbook of these instead. Looking changes nothing. */
export async function lookCoordinate(app: App, token: string, reader: Reader, of: string | null): Promise<Page | Fetched> {
  const found = await findPage(app, token, reader)
  if ('status' in found) return found
  const { standing, language } = found
  const inventory = of === null ? undefined : standing.inventories.find(({ entity }) => entity === of)
  if (!inventory) return { status: 200, body: coordinatorHtml(language, standing) }
  const body = await writtenWorkbook(app, inventory, language)
  return { status: 200, body, file: `${standing.wave.wave}-${inventory.entity}.xlsx`, type: xlsxType }
}

/** A form is at most so large: an answer, and what stands around it. */
export const mostFormBytes = mostBytes + 64 * 1024

/** What one person may send in an hour; more is refused, and nothing is written down of it. */
const mostAnHour = 30

/**
 * Does what a page sends, and shows the page as it is then, with what came of it above. Whoever sends is the person whom the link belongs to. Each
 * sending is written down before anything comes of it.
 */
export async function coordinate(app: App, token: string, form: () => Promise<Sent>, reader: Reader): Promise<Page> {
  const found = await findPage(app, token, reader)
  if ('status' in found) return found
  const { standing, language } = found
  const { reader: who, wave } = standing
  let sent: Sent = {}
  let said: { status: number; told: Told }
  try {
    await mustBeFew(app, who)
    sent = await form()
    await record(app, { subject: wave.wave, who: who.to, action: sending, details: { ...noted(sent), entity: who.entity } })
    await mustBeFew(app, who)
    const told = await carryOutSent(app, standing, sent, language)
    said = { status: told.good ? 200 : 422, told }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    said = { status: error.status, told: toldOf(error, standing, sent, language) }
  }
  const now = await findPage(app, token, reader)
  if ('status' in now) return now
  return { status: said.status, body: coordinatorHtml(language, now.standing, said.told) }
}

const sending = 'coordinate'

/** Refuses (429) somebody who has sent as much as he may within the hour, by the audit. */
async function mustBeFew(app: App, { wave, to }: PageRow): Promise<void> {
  const from = String(app.now() - 3_600_000).padStart(13, '0')
  const rows = await all(app.store.audit.list({ partition: keyPart(wave), from }))
  const sent = rows.filter(({ action, who }) => action === sending && who === to)
  if (sent.length > mostAnHour) throw new Refusal(429, 'too-many', `${to} has sent much within an hour`)
}

const order = z.strictObject({
  why,
  to: z.string().exactOptional(),
  entity: z.string().exactOptional(),
})

/** Ends the links to the pages of a wave (those of `to`, of `entity`) and makes new ones, which only this answer tells. */
export async function renewLinks(app: App, name: string, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  if (!value) throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', faults)
  const { to, entity } = value
  const wave = await waveRow(app, name)
  const every = await readersOf(shownTo(app), wave)
  const chosen = every.filter(
    one => (to === undefined || one.to.toLowerCase() === to.toLowerCase()) && (entity === undefined || one.entity === entity),
  )
  if (chosen.length === 0) {
    const known = every.map(one => one.to).join(', ') || 'nobody: name them under people in the playbook'
    const message = `no coordinator or technical manager of the wave (it has ${known})`
    throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', [{ path: 'to', message }])
  }
  await record(app, { subject: name, who, action: 'renew-links', why: value.why, details: { to, entity } })
  const now = (await endLinks(app, wave, chosen)) ?? wave
  const links: (Answering & { url: string })[] = []
  for (const one of chosen) links.push({ ...one, url: (await pageLink(app, now, one)).url })
  return { wave: name, action: 'renew-links', changed: links.length, links }
}

/** Who a link leads to and what his page says, or the page of a link that leads nowhere. */
async function findPage(
  app: App,
  token: string,
  { asked, accepted }: Reader,
): Promise<{ standing: Standing; language: Language } | Page> {
  const known = await readerOf(app, token)
  if (!known) return { status: 404, body: closedHtml(pageLanguage(asked, accepted, undefined), 'unknown') }
  const standing = await standingOf(app, known)
  const language = pageLanguage(asked, accepted, standing.settings.languages?.[0])
  if (isOver(known.wave, app.now())) return { status: 410, body: closedHtml(language, 'over') }
  return { standing, language }
}
