import { ledAway, notItsOwn } from '../calendar/shared-domains.ts'
import { hiddenMail, warningsOf } from '../calendar/warnings.ts'
import { openAsk } from '../calendar/wave-day.ts'
import { Refusal } from '../errors.ts'
import { forecastInShort } from '../forecast/short.ts'
import { type Progress, progress } from '../forecast/sizes.ts'
import { calendarsAhead } from '../inventory/calendars-ahead.ts'
import { hasEnded, isPutBack } from '../life/wave.ts'
import { noticeWarnings } from '../notices/warnings.ts'
import { licenceOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { stillArrives } from '../steps/late-mail.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { keptSums, sumsOf } from '../sums.ts'

/** One wave as it stands. Throws a Refusal (404) where there is none. */
export async function waveStatus(app: App, name: string) {
  const row = await waveRow(app, name)
  const partition = keyPart(name)
  const [counted, domains] = await Promise.all([countedOf(app, row), all(app.store.domains.list({ partition }))])
  const [toDo, ...warned] = await Promise.all([
    leftToDo(app, row, domains),
    warningsOf(app, row),
    noticeWarnings(app, row),
    calendarsAhead(app, row),
    counted.sums.mailboxes.byState.draining ? arriving(app, row) : [],
    hiddenMail(row, counted.mailboxes),
  ])
  const warnings = warned.flat()
  return {
    ...summary(row, counted),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(toDo.length > 0 ? { toDo } : {}),
    domains: domains.map(domainStatus),
  }
}

/** Every wave, newest first. */
export async function waveList(app: App) {
  const rows = await all(app.store.waves.list({ partition: 'wave' }))
  const sorted = rows.sort((a, b) => b.createdAt - a.createdAt)
  const waves = await Promise.all(sorted.map(async row => summary(row, await countedOf(app, row))))
  return { waves }
}

/** Its mailboxes, what they come to, and when it will have been copied: of a wave that has closed as its row keeps it. */
async function countedOf(app: App, row: WaveRow) {
  const kept = keptSums(row)
  if (kept) return { sums: kept, forecast: null, mailboxes: [] as Progress[] }
  const mailboxes = await gathered(app.store.mailboxes.pick({ partition: keyPart(row.wave) }, progress))
  return { sums: sumsOf(mailboxes), forecast: await forecastInShort(app, row, mailboxes), mailboxes }
}

/** The stored wave, or a Refusal (404). */
export async function waveRow(app: App, name: string): Promise<WaveRow> {
  const stored = await app.store.waves.get('wave', keyPart(name))
  if (stored) return stored.row
  throw new Refusal(404, 'unknown-wave', `there is no wave “${name}”: GET /api/waves lists those there are`)
}

const bringCalendars =
  'see that calendars, contacts and tasks were brought: only mail is copied here, and counted (copy.calendars: elsewhere)'

/**
 * What a wave leaves to a person when it has ended: records that were made to live shortly (s) live shortly for good, those of a cancelled wave
 * stay switched, and accounts that it made for nothing go on costing.
 */
async function leftToDo(app: App, row: WaveRow, domains: readonly DomainRow[]): Promise<string[]> {
  if (!hasEnded(row.state)) return []
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const left = [recordsLeft(app, row, domains, playbook), leadBack(app, row, playbook), licencesLeft(app, row, playbook)]
  return (await Promise.all(left)).flat()
}

/** At most so many addresses are named in one line. */
const mostNamed = 50

/** Licences of accounts that this wave made and nobody moved to. Taking one back deletes its mailbox a month later, so a person does it. */
async function licencesLeft(app: App, { wave, state }: WaveRow, playbook: Playbook): Promise<string[]> {
  if (playbook.target.accounts !== 'graph') return []
  const query = { partition: keyPart(wave), ...(isPutBack(state) ? {} : { states: ['cancelled'] }) }
  const unmoved = await gathered(app.store.mailboxes.pick(query, ['address', 'wanted', 'provisioning']))
  const unused = unmoved.filter(({ provisioning }) => provisioning?.made === 'created')
  const byLicence = Map.groupBy(unused, ({ wanted }) => licenceOf(playbook, wanted))
  return [...byLicence].flatMap(([licence, rows]) => {
    if (licence === undefined) return []
    const named = rows.slice(0, mostNamed).map(({ address }) => address)
    const more = rows.length > mostNamed ? ` and ${rows.length - mostNamed} more` : ''
    return [
      `take ${rows.length} × ${licence} back unless another wave moves them: ${named.join(', ')}${more} got an account here and have not moved`,
    ]
  })
}

/** Mailboxes of a wave that was put back or cancelled whose new mail was seen to arrive at the new side. */
async function leadBack(app: App, { wave, state }: WaveRow, { routing }: Playbook): Promise<string[]> {
  if (routing.kind !== 'recipient' || state === 'closed') return []
  const rows = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'switchedAt']))
  const led = rows.filter(({ switchedAt }) => switchedAt !== undefined).map(({ address }) => address)
  if (led.length === 0) return []
  const more = led.length > mostNamed ? ` and ${led.length - mostNamed} more` : ''
  return [
    `lead the mail of ${led.slice(0, mostNamed).join(', ')}${more} back to the old server, which nobody proves: have whoever runs the old mail system do it (GET …/routing.json lists them), then send each a letter from outside and see it arrive there; nobody looks at the new side any more`,
  ]
}

async function recordsLeft(
  app: App,
  row: WaveRow,
  domains: readonly DomainRow[],
  { copy, routing }: Playbook,
): Promise<string[]> {
  const { state } = row
  const elsewhere = state === 'closed' && copy.calendars === 'elsewhere' ? [bringCalendars] : []
  const changed = domains.filter(one => one.ttlSettledAt !== undefined)
  if (!leadsByMx(routing) || changed.length === 0) return elsewhere
  const { ttl } = routing
  const others = state === 'cancelled' ? (await notItsOwn(app, row.wave)).map(({ domain }) => domain) : []
  const switched = state === 'cancelled' ? changed.filter(one => one.state === 'switched' && !others.includes(one.domain)) : []
  const stays = ({ domain }: DomainRow) =>
    `the MX of ${domain} leads to the new side although the wave is cancelled: POST …/rollback puts it back`
  const short = changed.flatMap(({ domain, before }) => {
    const old = before?.rrset?.ttl ?? 0
    return old > ttl ? [`raise the TTL of the MX of ${domain} again: it was ${old} s before, and ${ttl} s for the switch`] : []
  })
  return [...elsewhere, ...(state === 'closed' ? await ledAway(app, row) : []), ...switched.map(stays), ...short]
}

/** Mailboxes to which senders still deliver at the old server; what arrived has been brought. */
async function arriving(app: App, row: WaveRow): Promise<string[]> {
  const { routing } = await app.playbook(row.playbook, row.playbookVersion)
  const query = { partition: keyPart(row.wave), states: ['draining'] }
  const draining = await gathered(app.store.mailboxes.pick(query, ['address', 'switchedAt', 'lateAt', 'lateEmpty', 'latePasses']))
  const late = draining.filter(one => stillArrives(one, leadsByMx(routing)))
  if (late.length === 0) return []
  const names = late.slice(0, 5).map(({ address }) => address)
  const more = late.length > names.length ? ` and ${late.length - names.length} more` : ''
  return [
    `mail still arrived at the old server long after the switch (it was brought): ${names.join(', ')}${more}; see that it is led to the new side`,
  ]
}

function summary(row: WaveRow, { sums, forecast }: Awaited<ReturnType<typeof countedOf>>) {
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
