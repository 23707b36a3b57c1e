import type { HolderKind } from '../graph/tenant.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { TenantRow, WaveRow } from '../store/schema.ts'
import type { Taken } from './addresses-taken.ts'
import type { Seats } from './licences-needed.ts'
import { isAhead } from './tenant-ahead.ts'
import type { DomainSeen, Unread } from './tenant-seen.ts'

const mostNamed = 5

const again = 'It is looked at again within the hour, or by POST …/inventory.'

/** What the last look at the tenant found for a wave that is not switched yet; undefined where nobody has looked. */
export async function tenantOf(app: App, row: Pick<WaveRow, 'wave' | 'state' | 'switchedAt'>): Promise<TenantRow | undefined> {
  return isAhead(row) ? (await app.store.tenants.get('tenant', keyPart(row.wave)))?.row : undefined
}

/** The same as a wave’s status has it. */
export function tenantStatus({ at, seen: { domains, licences, taken, unread } }: TenantRow) {
  return { at: new Date(at).toISOString(), domains, licences, addressesTaken: taken.inAll, taken: taken.some, unread }
}

/** What is to be put right in the tenant before the evening, and what nobody could look at. */
export function tenantWarnings(row: TenantRow | undefined): string[] {
  if (!row) return []
  const { domains, licences, taken, unread } = row.seen
  const deleted = taken.some.filter(({ by }) => isDeleted(by))
  const living = taken.some.filter(({ by }) => !isDeleted(by))
  // Those that were not kept are counted with the first of the two kinds that there is.
  const unkept = taken.inAll - taken.some.length
  return [
    ...domainWarnings(domains),
    ...licences.flatMap(licenceWarning),
    ...(living.length > 0
      ? [
          `addresses of the wave that something else in the tenant has: ${named(living.map(holding), unkept)}; rename or remove that, or take the address from it (Microsoft 365 admin centre), then look again (POST …/inventory)`,
        ]
      : []),
    ...(deleted.length > 0
      ? [
          `addresses of the wave that something deleted in the tenant had: ${named(deleted.map(holding), living.length > 0 ? 0 : unkept)}; restore what is to be gone on with, delete the rest for good (Microsoft 365 admin centre, Deleted users, Deleted groups), then look again (POST …/inventory)`,
        ]
      : []),
    ...unreadWarnings(unread),
  ]
}

function domainWarnings(domains: readonly DomainSeen[]): string[] {
  const names = (state: DomainSeen['state']) =>
    domains.flatMap(one => (one.state === state ? [one.proof ? `${one.domain} (TXT ${one.proof})` : one.domain] : []))
  const [missing, unverified, mailless] = [names('missing'), names('unverified'), names('no-mail')]
  return [
    ...(missing.length > 0
      ? [
          `domains that the tenant does not have: ${named(missing)}; add and verify them (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)`,
        ]
      : []),
    ...(unverified.length > 0
      ? [
          `domains that are not verified in the tenant: ${named(unverified)}; publish the TXT record of each, verify it (Microsoft 365 admin centre, Settings, Domains), then look again (POST …/inventory)`,
        ]
      : []),
    ...(mailless.length > 0
      ? [
          `domains for which Exchange is not switched on in the tenant, so that they carry no mail: ${named(mailless)}; switch it on (Microsoft 365 admin centre, Settings, Domains, Manage DNS), then look again (POST …/inventory)`,
        ]
      : []),
  ]
}

function licenceWarning({ licence, wave, all, free, noMailbox }: Seats): string[] {
  if (noMailbox)
    return [
      `the licence ${licence}, which ${wave} mailboxes of the wave are to get, makes no mailbox: choose one with an Exchange plan that is switched on, in the wave or the playbook, then look again (POST …/inventory)`,
    ]
  if (free === undefined)
    return [
      `the tenant has no licence ${licence}, which ${wave} mailboxes of the wave are to get: correct its name in the wave or the playbook, or buy it, then look again (POST …/inventory)`,
    ]
  if (free >= all) return []
  return [
    `licences ${licence}: ${free} are free, this wave needs ${wave}, all planned waves together ${all}, so ${all - free} lack: buy them, or take them back from accounts that are not used, then look again (POST …/inventory)`,
  ]
}

/** Permissions are a person’s to give; weather passes, and so may all else. */
function unreadWarnings(unread: readonly Unread[]): string[] {
  const denied = unread.filter(({ code }) => code === 'Authorization_RequestDenied').map(({ what }) => what)
  const others = Map.groupBy(
    unread.filter(({ what }) => !denied.includes(what)),
    ({ code, hint }) => [code, hint].join(' '),
  )
  return [
    ...(denied.length > 0
      ? [
          `the app may not look at this in the tenant: ${denied.join(', ')}; grant it (sh infra/grant-graph.sh OBJECT_ID tenant), or look there by hand before the evening`,
        ]
      : []),
    ...[...others.values()].map(some => {
      const { code, hint } = some[0] as Unread
      return `this could not be looked at in the tenant: ${some.map(({ what }) => what).join(', ')} (${code}). ${[hint, again].join(' ')}`
    }),
  ]
}

function holding({ address, by, name }: Taken): string {
  switch (by) {
    case 'user':
      return `${address} (the user ${name})`
    case 'guest':
      return `${address} (the guest ${name})`
    case 'group':
      return `${address} (the Microsoft 365 group ${name})`
    case 'list':
      return `${address} (the list ${name})`
    case 'contact':
      return `${address} (the contact ${name})`
    case 'deleted user':
      return `${address} (the deleted user ${name})`
    case 'deleted group':
      return `${address} (the deleted group ${name})`
  }
}

function isDeleted(by: HolderKind): boolean {
  return by === 'deleted user' || by === 'deleted group'
}

function named(names: readonly string[], unkept = 0): string {
  const more = Math.max(0, names.length - mostNamed) + unkept
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
