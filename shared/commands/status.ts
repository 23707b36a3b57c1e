import { ledAway, notItsOwn } from '../calendar/shared-domains.ts'
import { warningsOf } from '../calendar/warnings.ts'
import { openAsk } from '../calendar/wave-day.ts'
import { Refusal } from '../errors.ts'
import { forecastInShort } from '../forecast/short.ts'
import { hasEnded } from '../life/wave.ts'
import { noticeWarnings } from '../notices/warnings.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** One wave as it stands. Throws a Refusal (404) where there is none. */
export async function waveStatus(app: App, name: string) {
  const row = await waveRow(app, name)
  const partition = keyPart(name)
  const [mailboxes, domains] = await Promise.all([
    all(app.store.mailboxes.list({ partition })),
    all(app.store.domains.list({ partition })),
  ])
  const [forecast, toDo, ...warned] = await Promise.all([
    forecastInShort(app, row, mailboxes),
    leftToDo(app, row, domains),
    warningsOf(app, row),
    noticeWarnings(app, row),
  ])
  const warnings = warned.flat()
  return {
    ...summary(row, mailboxes, forecast),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(toDo.length > 0 ? { toDo } : {}),
    domains: domains.map(domainStatus),
  }
}

/** Every wave, newest first. */
export async function waveList(app: App) {
  const rows = await all(app.store.waves.list({ partition: 'wave' }))
  const sorted = rows.sort((a, b) => b.createdAt - a.createdAt)
  const waves = await Promise.all(
    sorted.map(async row => {
      const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(row.wave) }))
      return summary(row, mailboxes, await forecastInShort(app, row, mailboxes))
    }),
  )
  return { waves }
}

/** The stored wave, or a Refusal (404). */
export async function waveRow(app: App, name: string): Promise<WaveRow> {
  const stored = await app.store.waves.get('wave', keyPart(name))
  if (stored) return stored.row
  throw new Refusal(404, 'unknown-wave', `there is no wave “${name}”: GET /api/waves lists those there are`)
}

/**
 * What a wave leaves to a person when it has ended: records that were made to live shortly (s) live shortly for good, and those of a cancelled wave
 * stay switched.
 */
async function leftToDo(app: App, row: WaveRow, domains: readonly DomainRow[]): Promise<string[]> {
  const { state } = row
  const changed = domains.filter(one => one.ttlSettledAt !== undefined)
  if (!hasEnded(state) || changed.length === 0) return []
  const { routing } = await app.playbook(row.playbook, row.playbookVersion)
  if (routing.kind === 'none') return []
  const { ttl } = routing
  const others = state === 'cancelled' ? (await notItsOwn(app, row.wave)).map(({ domain }) => domain) : []
  const switched = state === 'cancelled' ? changed.filter(one => one.state === 'switched' && !others.includes(one.domain)) : []
  const stays = ({ domain }: DomainRow) =>
    `the MX of ${domain} leads to the new side although the wave is cancelled: POST …/rollback puts it back`
  const short = changed.flatMap(({ domain, before }) => {
    const old = before?.rrset?.ttl ?? 0
    return old > ttl ? [`raise the TTL of the MX of ${domain} again: it was ${old} s before, and ${ttl} s for the switch`] : []
  })
  return [...(state === 'closed' ? await ledAway(app, row) : []), ...switched.map(stays), ...short]
}

function summary(row: WaveRow, mailboxes: readonly MailboxRow[], forecast: Awaited<ReturnType<typeof forecastInShort>>) {
  const byState: Record<string, number> = {}
  for (const { state } of mailboxes) byState[state] = (byState[state] ?? 0) + 1
  const sum = (of: (row: MailboxRow) => number) => mailboxes.reduce((total, mailbox) => total + of(mailbox), 0)
  const messages = {
    found: sum(m => m.found),
    copied: sum(m => m.copied),
    adopted: sum(m => m.adopted),
    excepted: sum(m => m.excepted),
  }
  const bytes = { found: sum(m => m.foundBytes), copied: sum(m => m.copiedBytes) }
  const { wave, playbook, playbookVersion, state, day, waitsFor, reasons, verdict } = row
  const asked = openAsk(row)
  return {
    wave,
    playbook,
    playbookVersion,
    state,
    ...(day ? { day } : {}),
    mailboxes: { total: mailboxes.length, byState },
    messages,
    bytes,
    forecast,
    waitedMs: sum(m => m.waitedMs ?? 0),
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

function domainStatus({ domain, state, waitsFor, before, wantedMx, switchedAt, answers, error }: DomainRow) {
  return {
    domain,
    state,
    ...(waitsFor ? { waitsFor } : {}),
    before: before?.rrset?.data ?? [],
    wanted: wantedMx ?? [],
    ...(switchedAt ? { switchedAt: iso(switchedAt) } : {}),
    answers: answers ?? [],
    ...(error ? { error } : {}),
  }
}

export function iso(at: number): string {
  return new Date(at).toISOString()
}
