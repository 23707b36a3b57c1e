import { mayBeSwitched } from '../life/domain.ts'
import type { Word } from '../life/wave.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { domainOf } from './switched.ts'

/** The domains of a wave; where no MX is switched there are none. */
export async function domainsOf(app: App, { wave, playbook, playbookVersion }: WaveRow): Promise<DomainRow[]> {
  const { routing } = await app.playbook(playbook, playbookVersion)
  return leadsByMx(routing) ? all(app.store.domains.list({ partition: keyPart(wave) })) : []
}

/** The domains in which somebody still moves: of the others each mailbox was cancelled, and their mail stays where it is. */
export async function movingDomains(app: App, row: WaveRow): Promise<DomainRow[]> {
  const domains = await domainsOf(app, row)
  if (domains.length === 0) return []
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(row.wave) }))
  const moving = new Set(mailboxes.flatMap(({ address, state }) => (state === 'cancelled' ? [] : [domainOf(address)])))
  return domains.filter(({ domain, state }) => state !== 'cancelled' && moving.has(domain))
}

/** Does somebody move in this domain still? */
export async function isMoving(app: App, { wave, domain }: DomainRow): Promise<boolean> {
  const mailboxes = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'state']))
  return mailboxes.some(({ address, state }) => state !== 'cancelled' && domainOf(address) === domain)
}

/** Mailboxes whose new mail would bounce: they do not exist at the target yet, or are full there. */
export async function withoutTarget(app: App, wave: string): Promise<MailboxRow[]> {
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave), states: ['planned', 'provisioning', 'held'] }))
  return rows.filter(({ targetReadyAt, error }) => targetReadyAt === undefined || error?.code === 'OVERQUOTA')
}

/** Some of these mailboxes by name, in words. */
export function bouncing(rows: readonly MailboxRow[]): string {
  const named = rows.slice(0, 5)
  return named.map(({ address, targetReadyAt }) => (targetReadyAt === undefined ? address : `${address} (full)`)).join(', ')
}

/** The word with which a person lets a cutover go: without those that are late, unless none would be left to go. */
export function wordFor(going: readonly DomainRow[], late: Iterable<string>, behind: readonly string[]): Word {
  const waiting = new Set(late)
  return going.every(({ domain }) => waiting.has(domain))
    ? { step: 'cutover' }
    : { step: 'cutover', without: [...behind, ...waiting] }
}

/** Mailboxes that move whose domain is not switched; where no MX is switched there are none. */
export async function notSwitchedYet(app: App, wave: WaveRow): Promise<MailboxRow[]> {
  const domains = await domainsOf(app, wave)
  if (domains.length === 0) return []
  const switched = new Set(domains.flatMap(({ domain, state }) => (state === 'switched' ? [domain] : [])))
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave.wave) }))
  return rows.filter(({ address, state }) => state !== 'cancelled' && !switched.has(domainOf(address)))
}

/** How a domain whose mailboxes were all cancelled leaves: its old MX is put back where its switch has begun; one that is switched stays so. */
export function givesUp(one: DomainRow): 'cancel' | 'roll-back' | undefined {
  if (!mayBeSwitched(one)) return 'cancel'
  return one.state === 'switched' || one.heldFrom === 'rolling-back' ? undefined : 'roll-back'
}

/** Writes down of each mailbox that new mail arrived at the target, where nobody had come to say so; false where somebody was at work on one. */
export async function noteSwitched(app: App, wave: WaveRow): Promise<boolean> {
  if ((await app.playbook(wave.playbook, wave.playbookVersion)).routing.kind === 'recipient') return true
  const written = new Map((await domainsOf(app, wave)).map(({ domain, writtenAt }) => [domain, writtenAt]))
  let rest = true
  for await (const { row, etag } of app.store.mailboxes.list({ partition: keyPart(wave.wave) })) {
    const domain = domainOf(row.address)
    const switchedAt = written.has(domain) ? written.get(domain) : wave.switchedAt
    if (row.switchedAt !== undefined || switchedAt === undefined) continue
    if ((await app.store.mailboxes.save({ ...row, switchedAt }, etag)) === 'conflict') rest = false
  }
  return rest
}
