import type { MembersChange } from '../accounts/accounts.ts'
import { ledAway, notItsOwn } from '../calendar/shared-domains.ts'
import { hasEnded, isPutBack } from '../life/wave.ts'
import { licenceOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { isOwed, isProvable } from '../steps/leading-back.ts'
import { isMoving } from '../steps/moving-domains.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'

const bringCalendars =
  'see that calendars, contacts and tasks were brought: only mail is copied here, and counted (copy.calendars: elsewhere)'

/**
 * What a wave leaves to a person: at any time, who opens its shared mailboxes where an order changed that; when it has ended, records that were made to live shortly (s) live shortly for good, those of a cancelled wave
 * stay switched, so do those whose mailboxes were all cancelled, and accounts that it made for nothing go on costing. Whether somebody said that it is done stands in the wave’s row.
 */
export async function leftToDo(app: App, row: WaveRow, known?: Known): Promise<string[]> {
  const changed = await membersLeft(app, row)
  if (!hasEnded(row.state)) return changed
  const domains = known?.domains ?? (await all(app.store.domains.list({ partition: keyPart(row.wave) })))
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const left = [
    recordsLeft(app, row, domains, playbook, known),
    leadBack(app, row, playbook),
    licencesLeft(app, row, playbook, known),
  ]
  return [...(await Promise.all(left)).flat(), ...changed]
}

/** What of a wave was read before: its domains, and how many of its mailboxes are in which state. */
type Known = { domains: readonly DomainRow[]; byState: Readonly<Record<string, number>> }

/** Shared mailboxes of which an order changed who opens them, until somebody says that it was carried out. */
async function membersLeft(app: App, { wave, membersAt }: WaveRow): Promise<string[]> {
  if (membersAt === undefined) return []
  const rows = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'membersChange']))
  return rows.flatMap(({ address, membersChange }) => (membersChange ? [membersLine(wave, address, membersChange)] : []))
}

/** What is to be done about such a change. */
export function membersLine(wave: string, address: string, { at, added, removed }: MembersChange): string {
  const some = (who: readonly string[]) => (who.length > 0 ? namesOf(who) : 'nobody')
  return `run GET /api/waves/${wave}/members.ps1 for who opens ${address}: in ${some(added)}; out ${some(removed)} (ordered ${new Date(at).toISOString()})`
}

/** At most so many addresses are named in one line. */
const mostNamed = 50

/** Licences of accounts that this wave made and nobody moved to. Taking one back deletes its mailbox a month later, so a person orders it. */
async function licencesLeft(app: App, { wave, state }: WaveRow, playbook: Playbook, known?: Known): Promise<string[]> {
  if (playbook.target.accounts !== 'graph' || (known && !isPutBack(state) && !known.byState.cancelled)) return []
  const query = { partition: keyPart(wave), ...(isPutBack(state) ? {} : { states: ['cancelled'] }) }
  const unmoved = await gathered(app.store.mailboxes.pick(query, ['address', 'wanted', 'provisioning', 'withdrawal']))
  const unused = unmoved.filter(one => one.provisioning?.made === 'created' && one.withdrawal?.doneAt === undefined)
  const byLicence = Map.groupBy(unused, ({ wanted }) => licenceOf(playbook, wanted))
  return [...byLicence].flatMap(([licence, rows]) => {
    if (licence === undefined) return []
    return [
      `take ${rows.length} × ${licence} back unless another wave moves them: ${named(rows)} got an account here and have not moved`,
    ]
  })
}

/** Licences that orders took back, a line for each order and licence. */
export async function licencesTaken(app: App, { wave, state }: WaveRow): Promise<ReturnType<typeof saidDone>> {
  if (!hasEnded(state)) return []
  const rows = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'withdrawal']))
  const taken = rows.flatMap(({ address, withdrawal }) => (withdrawal?.doneAt ? [{ address, ...withdrawal }] : []))
  const orders = Map.groupBy(taken, ({ at, who, why, licence, gone }) => JSON.stringify([at, who, why, licence, gone]))
  return [...orders.values()].flatMap(some => {
    const [first] = some
    if (!first) return []
    const { licence, who, why, at, gone } = first
    const what = gone
      ? `${some.length} × ${licence} had been taken back by somebody else: ${named(some)}`
      : `took ${some.length} × ${licence} back: ${named(some)} had not moved`
    return [{ what, who, why, at }]
  })
}

/** Mailboxes of a wave that was put back or cancelled whose new mail was seen to arrive at the new side, and not yet at the old server again. */
async function leadBack(app: App, { wave, state }: WaveRow, { routing }: Playbook): Promise<string[]> {
  if (routing.kind !== 'recipient' || state === 'closed') return []
  const partition = keyPart(wave)
  const [rows, asked] = await Promise.all([
    gathered(app.store.mailboxes.pick({ partition }, ['address', 'switchedAt', 'wanted'])),
    all(app.store.ledBacks.list({ partition })),
  ])
  const done = new Set(asked.filter(row => !isOwed(row)).map(({ address }) => address))
  const led = rows.filter(({ address, switchedAt }) => switchedAt !== undefined && !done.has(address))
  const [provable, others] = [led.filter(isProvable), led.filter(row => !isProvable(row))].map(named)
  return [
    ...(provable
      ? [
          `lead the mail of ${provable} back to the old server, where no letter of ours was seen to arrive yet: have whoever runs the old mail system do it (GET …/routing.json lists them), then retry, which asks at once; what arrived at the new side meanwhile stays there`,
        ]
      : []),
    ...(others
      ? [
          `lead the mail of ${others} back to the old server, too, which no letter can prove: one to a list would go to everybody on it, and what is new has no mailbox there`,
        ]
      : []),
  ]
}

function named(rows: readonly { address: string }[]): string {
  return namesOf(rows.map(({ address }) => address))
}

function namesOf(addresses: readonly string[]): string {
  const more = addresses.length > mostNamed ? ` and ${addresses.length - mostNamed} more` : ''
  return `${addresses.slice(0, mostNamed).join(', ')}${more}`
}

async function recordsLeft(
  app: App,
  row: WaveRow,
  domains: readonly DomainRow[],
  { copy, routing }: Playbook,
  known?: Known,
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
  const closed = state === 'closed' ? [...(await ledAway(app, row)), ...(await deserted(app, row, changed, known))] : []
  return [...elsewhere, ...closed, ...switched.map(stays), ...short]
}

/** Domains of a closed wave that it switched, and whose mailboxes were all cancelled since. A roll-back would put back the others as well. */
async function deserted(app: App, { wave }: WaveRow, domains: readonly DomainRow[], known?: Known): Promise<string[]> {
  if (known && !known.byState.cancelled) return []
  const own = (await notItsOwn(app, wave)).map(({ domain }) => domain)
  const switched = domains.filter(one => one.state === 'switched' && !own.includes(one.domain))
  const lines: string[] = []
  for (const one of switched) {
    if (await isMoving(app, one)) continue
    const old = one.before?.rrset?.data.join(', ') ?? 'none'
    lines.push(
      `the MX of ${one.domain} leads to the new side although each of its mailboxes here is cancelled: unless another wave moves them, have the old one put back at its DNS host (${old})`,
    )
  }
  return lines
}

/** What of it somebody said is done, a line each. */
export function saidDone({ done = [] }: Pick<WaveRow, 'done'>): { what: string; who: string; why: string; at: number }[] {
  return done.flatMap(({ what, ...said }) => what.map(one => ({ what: one, ...said })))
}

/** What of a wave’s lines is left: all that nobody said is done. */
export function notDone(row: Pick<WaveRow, 'done'>, lines: readonly string[]): string[] {
  const done = new Set(saidDone(row).map(({ what }) => what))
  return lines.filter(line => !done.has(line))
}
