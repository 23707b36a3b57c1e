import { awaitedWords } from '../calendar/awaited.ts'
import { hiddenMail, stepsOf, warningsOf } from '../calendar/warnings.ts'
import { openAsk } from '../calendar/wave-day.ts'
import { Refusal } from '../errors.ts'
import { forecastInShort } from '../forecast/short.ts'
import { type Progress, progress } from '../forecast/sizes.ts'
import { calendarsAhead } from '../inventory/calendars-ahead.ts'
import { roomAhead } from '../inventory/room-ahead.ts'
import { tenantOf, tenantStatus, tenantWarnings } from '../inventory/tenant-warnings.ts'
import { hasEnded, isPutBack } from '../life/wave.ts'
import { noticeWarnings } from '../notices/warnings.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { stillArrives } from '../steps/late-mail.ts'
import { lookAtSenders } from '../steps/senders.ts'
import { keyPart } from '../store/columns.ts'
import { readOnce } from '../store/once.ts'
import type { DomainRow, StepRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { keptSums, sumsOf } from '../sums.ts'
import { shownTo } from '../whose/store.ts'
import { leftToDo, licencesTaken, notDone, saidDone } from './to-do.ts'

/** One wave as it stands; `ahead`: with what its first look will find out. Throws a Refusal (404) where there is none. */
export async function waveStatus(app: App, name: string, ahead = false) {
  const stored = await waveRow(app, name)
  const row = ahead ? { ...stored, ...(await lookAtSenders(app, stored)).set } : stored
  const partition = keyPart(name)
  const [counted, domains] = await Promise.all([countedOf(app, row), all(app.store.domains.list({ partition }))])
  const { warnings, toDo, awaits, tenant } = await thoughtOf(app, row, counted, domains)
  const taken = counted.sums.mailboxes.byState.cancelled || isPutBack(row.state) ? await licencesTaken(app, row) : []
  const done = [...saidDone(row), ...taken].map(one => ({ ...one, at: iso(one.at) }))
  return {
    ...summary(row, counted),
    ...(awaits.length > 0 ? { awaits } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(toDo.length > 0 ? { toDo } : {}),
    ...(done.length > 0 ? { done } : {}),
    domains: domains.map(domainStatus),
    ...(tenant ? { tenant: tenantStatus(tenant) } : {}),
  }
}

/**
 * What is to be thought of about a wave, what it leaves to do, whose word it waits for, and which of its steps are at rest until somebody comes, how the tenant was found.
 * `inShort`: its notices are not asked for.
 */
async function thoughtOf(app: App, row: WaveRow, counted: Counted, domains: readonly DomainRow[], inShort = false) {
  const [steps, tenant] = await Promise.all([stepsOf(app, row), tenantOf(app, row)])
  const [toDo, awaits, ...warned] = await Promise.all([
    leftToDo(app, row, { domains, byState: counted.sums.mailboxes.byState }),
    awaitedWords(app, row, steps),
    warningsOf(app, row, steps),
    inShort ? [] : noticeWarnings(app, row),
    calendarsAhead(app, row),
    tenantWarnings(tenant),
    roomAhead(app, row, counted.mailboxes),
    arriving(app, row, counted.mailboxes),
    hiddenMail(row, counted.mailboxes),
    row.switchedAt === undefined && !hasEnded(row.state) ? (row.senders ?? []) : [],
  ])
  return { warnings: warned.flat(), toDo: notDone(row, toDo), awaits, stuck: steps.filter(isStuck), tenant }
}

function isStuck({ state }: StepRow): boolean {
  return state === 'late' || state === 'held'
}

/** Every wave, newest first. */
export async function waveList(given: App) {
  const app = { ...given, store: readOnce(given.store, ['waves', 'domains', 'returns']) }
  const rows = await all(app.store.waves.list({ partition: 'wave' }))
  const sorted = rows.sort((a, b) => b.createdAt - a.createdAt)
  const waves = await Promise.all(
    sorted.map(async row => {
      const counted = await countedOf(app, row)
      const needs = await needsOf(app, row, counted)
      return { ...summary(row, counted), ...(needs ? { needs } : {}) }
    }),
  )
  return { waves }
}

/** How many things of a wave want somebody, beside the mailboxes that are held: as many as its page names. Undefined where none does. */
async function needsOf(app: App, row: WaveRow, counted: Counted) {
  const domains = await all(app.store.domains.list({ partition: keyPart(row.wave) }))
  const { warnings, toDo, awaits, stuck } = await thoughtOf(app, row, counted, domains, hasEnded(row.state))
  const counts = {
    words: awaits.length,
    domains: domains.filter(({ state }) => state === 'held').length,
    steps: stuck.length,
    warnings: warnings.length,
    toDo: toDo.length,
  }
  const some = Object.entries(counts).filter(([, n]) => n > 0)
  return some.length > 0 ? (Object.fromEntries(some) as Partial<typeof counts>) : undefined
}

/** Its mailboxes, what they come to, and when it will have been copied: of a wave that has closed as its row keeps it. */
async function countedOf(app: App, row: WaveRow) {
  const kept = keptSums(row)
  if (kept) return { sums: kept, forecast: null, mailboxes: [] as Progress[] }
  const mailboxes = await gathered(app.store.mailboxes.pick({ partition: keyPart(row.wave) }, progress))
  return { sums: sumsOf(mailboxes), forecast: await forecastInShort(app, row, mailboxes), mailboxes }
}

type Counted = Awaited<ReturnType<typeof countedOf>>

/** The stored wave, or a Refusal (404). */
export async function waveRow(app: App, name: string): Promise<WaveRow> {
  const stored = await app.store.waves.get('wave', keyPart(name))
  if (stored) return stored.row
  throw new Refusal(404, 'unknown-wave', `there is no wave “${name}”: GET /api/waves lists those there are`)
}

/** The same as far as who gave an order sees it. */
export function waveShown(app: App, name: string, isDry = false) {
  return waveStatus(shownTo(app), name, isDry)
}

/** What to think of about a wave once an order was carried out, as far as who gave it sees it. */
export async function warningsNow(app: App, name: string): Promise<string[]> {
  const shown = shownTo(app)
  return warningsOf(shown, await waveRow(shown, name))
}

/** Mailboxes to which senders still deliver at the old server; what arrived has been brought. */
async function arriving(app: App, row: WaveRow, mailboxes: readonly Progress[]): Promise<string[]> {
  const draining = mailboxes.filter(({ state }) => state === 'draining')
  if (draining.length === 0) return []
  const { routing } = await app.playbook(row.playbook, row.playbookVersion)
  const late = draining.filter(one => stillArrives(one, leadsByMx(routing)))
  if (late.length === 0) return []
  const names = late.slice(0, 5).map(({ address }) => address)
  const more = late.length > names.length ? ` and ${late.length - names.length} more` : ''
  return [
    `mail still arrived at the old server long after the switch (it was brought): ${names.join(', ')}${more}; see that it is led to the new side`,
  ]
}

function summary(row: WaveRow, { sums, forecast }: Counted) {
  const { wave, playbook, playbookVersion, state, day, waitsFor, reasons, verdict } = row
  const asked = openAsk(row)
  return {
    wave,
    playbook,
    playbookVersion,
    state,
    ...(day ? { day } : {}),
    mailboxes: sums.mailboxes,
    messages: sums.messages,
    bytes: sums.bytes,
    forecast,
    waitedMs: sums.waitedMs,
    verdict: verdict ?? null,
    ...(row.seal ? { seal: row.seal } : {}),
    ...(row.landing ? { landing: row.landing } : {}),
    ...(waitsFor ? { waitsFor } : {}),
    ...(reasons?.length ? { reasons } : {}),
    ...(row.error ? { error: { ...row.error, at: iso(row.error.at) } } : {}),
    ...(row.approvals?.length ? { approvals: row.approvals.map(one => ({ ...one, at: iso(one.at) })) } : {}),
    ...(asked ? { asked: { ...asked, at: iso(asked.at) } } : {}),
    createdAt: iso(row.createdAt),
    ...(row.beganAt ? { beganAt: iso(row.beganAt) } : {}),
    ...(row.switchedAt ? { switchedAt: iso(row.switchedAt) } : {}),
    ...(row.closedAt ? { closedAt: iso(row.closedAt) } : {}),
  }
}

function domainStatus({ domain, state, waitsFor, before, wantedMx, switchedAt, answers, notes, error }: DomainRow) {
  return {
    domain,
    state,
    ...(waitsFor ? { waitsFor } : {}),
    before: before?.rrset?.data ?? [],
    wanted: wantedMx ?? [],
    ...(switchedAt ? { switchedAt: iso(switchedAt) } : {}),
    answers: answers ?? [],
    ...(notes ? { notes } : {}),
    ...(error ? { error } : {}),
  }
}

export function iso(at: number): string {
  return new Date(at).toISOString()
}
