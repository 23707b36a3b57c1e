import { sameData } from '../dns/records.ts'
import { hasEnded, isPutBack } from '../life/wave.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'

/** What to think of where a domain of a wave is another wave’s as well: it has one MX, which is switched and put back for both. */
export async function sharedDomains(app: App, { wave }: WaveRow): Promise<string[]> {
  const rows = await sharing(app, wave)
  return [...awayIn(rows), ...(await othersIn(app, rows))]
}

/** What a wave that was switched does not know: that the roll-back of another has led new mail of its domains away again. */
export async function ledAway(app: App, { wave }: WaveRow): Promise<string[]> {
  return awayIn(await sharing(app, wave))
}

/** How many mailboxes of another wave in a domain do not exist at the target yet. */
export type Elsewhere = { domain: string; wave: string; mailboxes: number }

/**
 * Of which other waves mail would bounce, were the MX of these domains of a wave switched now: waves that have the domain, or that have none since
 * their mail is led mailbox by mailbox. A domain whose MX leads to the new side already is not asked about, and of mailboxes only those that may not exist.
 */
export async function homelessElsewhere(app: App, wave: string, domains: readonly string[]): Promise<Elsewhere[]> {
  if (domains.length === 0) return []
  const rows = await all(app.store.domains.list({}))
  const asked = new Set(
    rows.flatMap(own => {
      if (own.wave !== wave || !domains.includes(own.domain)) return []
      const others = rows.filter(row => row.wave !== wave && row.domain === own.domain)
      return leadsThere({ own, others }) ? [] : [own.domain]
    }),
  )
  if (asked.size === 0) return []
  const byWave = Map.groupBy(rows, row => row.wave)
  const waves = await gathered(app.store.waves.pick({ partition: 'wave' }, ['wave', 'state']))
  const live = waves.filter(({ wave: other, state }) => {
    if (other === wave || hasEnded(state) || isPutBack(state)) return false
    return byWave.get(other)?.some(({ domain }) => asked.has(domain)) ?? true
  })
  const homeless: { wave: string; address: string }[] = []
  await inParallel(live, async ({ wave: other }) => {
    for (const { address } of await homelessIn(app, other)) homeless.push({ wave: other, address })
  })
  const found = Map.groupBy(await notOf(app, wave, homeless), ({ wave: other, address }) => `${domainOf(address)} ${other}`)
  return [...found]
    .flatMap(([key, { length }]) => {
      const [domain = '', other = ''] = key.split(' ')
      return asked.has(domain) ? [{ domain, wave: other, mailboxes: length }] : []
    })
    .sort((a, b) => `${a.domain} ${a.wave}`.localeCompare(`${b.domain} ${b.wave}`))
}

/** Of these mailboxes those that this wave does not have as well: whether its own exist it asks itself. */
async function notOf<T extends { address: string }>(app: App, wave: string, those: readonly T[]): Promise<readonly T[]> {
  if (those.length === 0) return those
  const own = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'state']))
  const mine = new Set(own.flatMap(({ address, state }) => (state === 'cancelled' ? [] : [address])))
  return those.filter(({ address }) => !mine.has(address))
}

async function othersIn(app: App, rows: readonly Shared[]): Promise<string[]> {
  const pairs = rows.flatMap(({ own, others }) => others.map(other => ({ other, isSwitched: own.state === 'switched' })))
  if (pairs.length === 0) return []
  const waves = new Map((await all(app.store.waves.list({ partition: 'wave' }))).map(row => [row.wave, row]))
  const said = await Promise.all(pairs.map(({ other, isSwitched }) => warning(app, other, waves.get(other.wave), isSwitched)))
  return said.flatMap(one => one ?? []).sort()
}

function awayIn(rows: readonly Shared[]): string[] {
  return rows.flatMap(shared => {
    const by = shared.own.state === 'switched' ? awayBy(shared) : undefined
    if (by === undefined) return []
    return [
      `the MX of ${shared.own.domain} was put back with wave “${by}”: new mail of this wave arrives at the old server again, and nobody of it was told; POST …/rollback of this wave as well tells them, another wave switches it again`,
    ]
  })
}

/** Domains of a wave whose MX led to the new side before it came to switch them, and does so whatever it does. `by`: the wave that switched it. */
export async function notItsOwn(app: App, wave: string): Promise<{ domain: string; by: string | undefined }[]> {
  return (await sharing(app, wave)).flatMap(({ own, others }) => {
    if (!wasLed(own) || awayBy({ own, others }) !== undefined) return []
    const first = others.filter(one => one.switchedAt !== undefined).sort((a, b) => (a.switchedAt ?? 0) - (b.switchedAt ?? 0))[0]
    return [{ domain: own.domain, by: first?.wave }]
  })
}

type Shared = { own: DomainRow; others: DomainRow[] }

/** Each domain of a wave with those of the same name in other waves. */
async function sharing(app: App, wave: string): Promise<Shared[]> {
  const own = await all(app.store.domains.list({ partition: keyPart(wave) }))
  if (own.length === 0) return []
  const rows = await all(app.store.domains.list({}))
  return own.map(one => ({ own: one, others: rows.filter(row => row.wave !== wave && row.domain === one.domain) }))
}

/** The wave with which the MX was put back since it was written for this one, where nobody has switched it again. */
function awayBy({ own: { writtenAt }, others }: Shared): string | undefined {
  if (writtenAt === undefined) return undefined
  const back = others.filter(
    one => one.state === 'rolled-back' && one.writtenAt !== undefined && one.since > writtenAt && !wasLed(one),
  )
  const last = back.sort((a, b) => b.since - a.since)[0]
  return last && others.some(one => (one.switchedAt ?? 0) > last.since) ? undefined : last?.wave
}

/** Does the MX lead to the new side by what is known of other waves: one switched it since the last roll-back, or it led there before any? */
function leadsThere({ own, others }: Shared): boolean {
  const back = others.filter(one => one.state === 'rolled-back' && one.writtenAt !== undefined && !wasLed(one))
  const there = others.filter(({ state }) => state === 'switched').map(({ switchedAt = 0 }) => switchedAt)
  if (there.length === 0 && back.length === 0) return wasLed(own)
  return Math.max(0, ...there) > Math.max(0, ...back.map(({ since }) => since))
}

/** Did the MX lead to where a wave wants it before the wave? */
function wasLed({ before, wantedMx }: DomainRow): boolean {
  return before?.rrset != null && wantedMx !== undefined && sameData(before.rrset, { ...before.rrset, data: wantedMx })
}

/** The mailboxes of a wave that do not exist at the target yet. */
async function homelessIn(app: App, wave: string): Promise<{ address: string }[]> {
  const asked = { partition: keyPart(wave), states: beforeTarget }
  const rows = await gathered(app.store.mailboxes.pick(asked, ['address', 'targetReadyAt']))
  return rows.filter(({ targetReadyAt }) => targetReadyAt === undefined)
}

/** States before whose end an account may not exist at the target. */
const beforeTarget = ['planned', 'provisioning', 'held']

async function warning(
  app: App,
  { domain, wave }: DomainRow,
  other: WaveRow | undefined,
  isSwitched: boolean,
): Promise<string | undefined> {
  if (!other || other.state === 'cancelled' || other.state === 'rolled-back') return undefined
  const mailboxes = isSwitched ? [] : await homelessIn(app, wave)
  const homeless = mailboxes.filter(({ address }) => domainOf(address) === domain)
  const both = `${domain} is in wave “${wave}” (${other.state}), too: its MX is switched, and put back, for both`
  if (homeless.length === 0) return both
  return `${both}; mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: ${homeless.length}`
}
