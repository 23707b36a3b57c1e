import type { Sku } from '../accounts/licence.ts'
import { Failure } from '../errors.ts'
import type { TenantDomain } from '../graph/domains.ts'
import { type Holder, type HolderKind, type Shelf, shelves, type Tenant } from '../graph/tenant.ts'
import { placeOf } from '../intake/mailbox.ts'
import { hasEnded } from '../life/wave.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, TenantRow, WaveRow } from '../store/schema.ts'
import { gathered } from '../store/store.ts'
import { addressesTaken, type Taken } from './addresses-taken.ts'
import { licenceAsked, licencesNeeded, type ToLicense } from './licences-needed.ts'
import type { DomainSeen, TenantSeen, Unread } from './tenant-seen.ts'

/** How long one look may take, ms: who posts a wave waits for it. */
const mostMs = 20_000

/** Requests at once at most. */
const mostAtOnce = 4

/** How many are kept of each: a column takes 32 Ki characters. */
const mostKept = { domains: 60, licences: 40, taken: 30 }
const longestName = 100

type Looked = Pick<WaveRow, 'wave' | 'state' | 'switchedAt' | 'playbook' | 'playbookVersion'>
type Mailbox = Pick<MailboxRow, (typeof columns)[number]>
const columns = ['wave', 'address', 'state', 'wanted', 'targetReadyAt'] as const

/** Is the evening of this wave still to come? */
export function isAhead({ state, switchedAt }: Pick<WaveRow, 'state' | 'switchedAt'>): boolean {
  return switchedAt === undefined && !hasEnded(state) && state !== 'rolling-back'
}

/**
 * Looks at the target’s tenant for a wave that is not switched yet: its domains, the licences that are left, whose its addresses are. Nothing is changed
 * there. What is found is kept; of what could not be read, that, and what was found before. Undefined where there is no tenant to ask.
 */
export async function lookAtTenant(app: App, wave: Looked, patienceMs = mostMs): Promise<TenantRow | undefined> {
  if (!isAhead(wave)) return undefined
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const signal = AbortSignal.timeout(patienceMs)
  const tenant = app.tenant(playbook, signal)
  if (!tenant) return undefined
  const [mailboxes, before] = await Promise.all([toLicense(app, wave), app.store.tenants.get('tenant', keyPart(wave.wave))])
  const own = mailboxes.flatMap(({ row }) => (row.wave === wave.wave && row.state !== 'cancelled' ? [row] : []))
  const names = domainsOf(playbook, own)
  const isLicensed = own.some(row => licenceAsked(row, playbook) !== undefined)
  const { skus, held, domains, unread } = await readAll(tenant, names, isLicensed, signal)
  const holders = [...held.values()].flat()
  const known = before?.row.seen
  const knownLicences = isLicensed ? (known?.licences ?? []) : []
  const licences = skus ? licencesNeeded(wave.wave, mailboxes, skus, holders) : knownLicences
  const seen: TenantSeen = {
    domains: names
      .flatMap(name => domains.get(name) ?? known?.domains.filter(({ domain }) => domain === name) ?? [])
      .sort((a, b) => Number(a.state === 'ready') - Number(b.state === 'ready'))
      .slice(0, mostKept.domains),
    licences: licences.slice(0, mostKept.licences),
    taken: kept(own, held, known),
    unread,
  }
  const row: TenantRow = { wave: wave.wave, at: app.now(), seen }
  await app.store.tenants.put([row])
  return row
}

/** Mailboxes of all waves that are not switched yet: licences are there for all of them together. */
async function toLicense(app: App, own: Looked): Promise<(ToLicense & { row: Mailbox })[]> {
  const listed = await gathered(
    app.store.waves.pick({ partition: 'wave' }, ['wave', 'state', 'switchedAt', 'playbook', 'playbookVersion']),
  )
  const waves = new Map([own, ...listed.filter(isAhead)].map(one => [one.wave, one]))
  const playbooks = new Map<string, Playbook>()
  for (const { wave, playbook, playbookVersion } of waves.values())
    playbooks.set(wave, await app.playbook(playbook, playbookVersion))
  // In pages over all waves, which is quicker than a request for each.
  const rows = await gathered(app.store.mailboxes.pick(waves.size === 1 ? { partition: keyPart(own.wave) } : {}, columns))
  return rows.flatMap(row => {
    const playbook = playbooks.get(row.wave)
    return playbook ? [{ row, playbook }] : []
  })
}

/** Domains in which the wave has addresses at the target, and those that it switches. */
function domainsOf({ routing }: Playbook, rows: readonly Mailbox[]): string[] {
  const names = rows.flatMap(({ address, wanted }) => [
    domainOf(placeOf(wanted)),
    ...(leadsByMx(routing) ? [domainOf(address)] : []),
  ])
  return [...new Set(names)].sort()
}

type Read = { skus: Sku[] | undefined; held: Map<Shelf, Holder[]>; domains: Map<string, DomainSeen>; unread: Unread[] }

/** Reads what can be read. After the first sign of weather nothing more is asked: it would be answered alike, and count. */
async function readAll(tenant: Tenant, names: readonly string[], isLicensed: boolean, signal: AbortSignal): Promise<Read> {
  const read: Read = { skus: undefined, held: new Map(), domains: new Map(), unread: [] }
  let weather: Failure | undefined
  const part = (what: string, work: () => Promise<void>) => async () => {
    try {
      if (weather) throw weather
      await inTime(work(), signal)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const { code, message, hint, verdict } = error
      if (verdict === 'transient') weather ??= error
      if (!read.unread.some(one => one.what === what)) read.unread.push({ what, code, message: message.slice(0, 300), hint })
    }
  }
  const skus = async () => {
    read.skus = await tenant.skus()
  }
  const holders = (shelf: Shelf) => async () => void read.held.set(shelf, await tenant.holders(shelf))
  const domain = (name: string) => async () => void read.domains.set(name, seenDomain(name, await tenant.domain(name)))
  const parts = [
    ...(isLicensed ? [part('licences', skus)] : []),
    ...shelves.map(shelf => part(shelf, holders(shelf))),
    ...names.map(name => part('domains', domain(name))),
  ]
  await inParallel(parts, one => one(), mostAtOnce)
  return read
}

function seenDomain(domain: string, found: TenantDomain | undefined): DomainSeen {
  if (!found) return { domain, state: 'missing' }
  if (!found.verified) return { domain, state: 'unverified', ...(found.proof ? { proof: found.proof } : {}) }
  return found.mail ? { domain, state: 'ready', mx: found.mx } : { domain, state: 'no-mail' }
}

/** Without its users nobody can say whether something else has an address: what was known stays. */
function kept(own: readonly Mailbox[], held: ReadonlyMap<Shelf, Holder[]>, known: TenantSeen | undefined): TenantSeen['taken'] {
  if (!held.has('users')) return known?.taken ?? { inAll: 0, some: [] }
  const wanted = own.map(row => row.wanted)
  const taken = addressesTaken(wanted, [...held.values()].flat())
  const addresses = new Set(wanted.map(one => placeOf(one).toLowerCase()))
  const isOld = ({ address, by }: Taken) => !held.has(shelfOf[by]) && addresses.has(address)
  const old = known?.taken.some.filter(one => isOld(one) && !taken.some(({ address }) => address === one.address)) ?? []
  const all = [...taken, ...old].map(one => ({ ...one, name: one.name.slice(0, longestName) }))
  return { inAll: all.length, some: all.slice(0, mostKept.taken) }
}

const shelfOf: Readonly<Record<HolderKind, Shelf>> = {
  user: 'users',
  guest: 'users',
  group: 'groups',
  list: 'groups',
  contact: 'contacts',
  'deleted user': 'deleted users',
  'deleted group': 'deleted groups',
}

/** Whatever the other side does, the look ends in time. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Failure({
    verdict: 'transient',
    during: 'looking at the tenant',
    code: 'ETIMEDOUT',
    text: 'no answer in time',
    hint: 'It is tried again by itself. If it stays: check GRAPH_BASE_URL, name resolution, and that a firewall lets this app out.',
  })
  if (signal.aborted) return Promise.reject(late)
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(late), { once: true })),
  ])
}
