import { sameData } from '../dns/records.ts'
import type { App } from '../ports.ts'
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

/** Did the MX lead to where a wave wants it before the wave? */
function wasLed({ before, wantedMx }: DomainRow): boolean {
  return before?.rrset != null && wantedMx !== undefined && sameData(before.rrset, { ...before.rrset, data: wantedMx })
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
  const asked = { partition: keyPart(wave), states: beforeTarget }
  const mailboxes = isSwitched ? [] : await gathered(app.store.mailboxes.pick(asked, ['address', 'targetReadyAt']))
  const homeless = mailboxes.filter(row => domainOf(row.address) === domain && row.targetReadyAt === undefined)
  const both = `${domain} is in wave “${wave}” (${other.state}), too: its MX is switched, and put back, for both`
  if (homeless.length === 0) return both
  return `${both}; mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: ${homeless.length}`
}
