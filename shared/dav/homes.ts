import { Failure } from '../errors.ts'
import type { Kind } from '../items/item.ts'
import { failure } from './codes.ts'
import { type Asking, bare, hrefsOf, pathOf, propfind, type Resource, textOf } from './multistatus.ts'

/** A calendar or an address book. `main`: kinds that lie in no other, or that the server files here by itself. */
export type Shelf = { url: URL; kind: 'calendar' | 'book'; name: string; holds: Kind[]; main: Kind[] }

/** What a person has of his own, and how many calendars and books of other people he sees. */
export type Found = { shelves: Shelf[]; others: number }

/** The address of one person, or the one that all have. `shared`: who signs in there is an administrator. */
export type Start = { url: URL; direct: boolean; shared: boolean }

const homeSets = ['c:calendar-home-set', 'card:addressbook-home-set'] as const

/** Finds the calendars and address books of a person. Throws a Failure where there are none. */
export async function shelvesOf(asking: Asking, start: Start): Promise<Found> {
  return start.direct ? atHome(asking, start) : bySignIn(asking, start.url)
}

/** The address is a person, who has homes, or a home itself. */
async function atHome(asking: Asking, { url, shared }: Start): Promise<Found> {
  const here = await person(asking, url)
  const sets = shared ? await notHisOwn(asking, here) : here.sets
  const ways = here.isPrincipal ? [sets, [url]] : [[url], sets]
  let none: Failure | undefined
  for (const homes of ways.filter(one => one.length > 0)) {
    try {
      return await shelvesIn(asking, homes, here.path)
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'NO-HOME') throw error
      none ??= error
    }
  }
  throw none ?? failure('NO-HOME', asking.during)
}

/** Some servers (Cyrus) name the home of whoever asks, whose ever he asks for: it is not to be taken for that of everybody. */
async function notHisOwn(asking: Asking, { path, principal, sets }: Person): Promise<URL[]> {
  if (sets.length === 0 || principal === undefined || bare(pathOf(principal)) === bare(path)) return sets
  const own = (await person(asking, principal).catch(() => undefined))?.sets.map(pathOf) ?? []
  return sets.filter(one => !own.includes(pathOf(one)))
}

/** RFC 6764 6: from the address to who signed in, from him to his homes. */
async function bySignIn(asking: Asking, url: URL): Promise<Found> {
  const homes = new Map<string, URL>()
  let principal: string | undefined
  let first: Failure | undefined
  for (const at of [url, new URL('/.well-known/caldav', url), new URL('/.well-known/carddav', url)]) {
    try {
      const here = await person(asking, at)
      const there = here.principal && here.sets.length < homeSets.length ? await person(asking, here.principal) : here
      principal ??= there.path
      for (const home of there.sets) homes.set(pathOf(home), home)
      if (there.sets.length === homeSets.length) break
    } catch (error) {
      if (!(error instanceof Failure) || error.verdict === 'transient' || error.code === 'HTTP 401') throw error
      first ??= error
    }
  }
  if (homes.size === 0) throw first ?? failure('NO-HOME', asking.during)
  return shelvesIn(asking, [...homes.values()], principal)
}

/** `principal`: who signed in. */
type Person = { path: string; isPrincipal: boolean; principal: URL | undefined; sets: URL[] }

async function person(asking: Asking, at: URL): Promise<Person> {
  const [own] = await propfind(asking, at, ['d:resourcetype', 'd:current-user-principal', ...homeSets], '0')
  const { resourcetype, currentUserPrincipal, calendarHomeSet, addressbookHomeSet } = own?.props ?? {}
  return {
    path: own?.path ?? pathOf(at),
    isPrincipal: 'principal' in Object(resourcetype),
    principal: hrefsOf(currentUserPrincipal, at)[0],
    sets: [...hrefsOf(calendarHomeSet, at), ...hrefsOf(addressbookHomeSet, at)],
  }
}

const shelfProperties = [
  'd:resourcetype',
  'd:displayname',
  'd:owner',
  'c:supported-calendar-component-set',
  'c:schedule-default-calendar-URL',
] as const

async function shelvesIn(asking: Asking, homes: readonly URL[], principal: string | undefined): Promise<Found> {
  const shelves = new Map<string, Shelf>()
  const usual = new Set<string>()
  const others = new Set<string>()
  for (const home of new Map(homes.map(one => [pathOf(one), one])).values()) {
    const listed = await propfind(asking, home, shelfProperties, '1')
    for (const { props } of listed)
      for (const main of hrefsOf(props.scheduleDefaultCalendarURL, home)) usual.add(bare(pathOf(main)))
    for (const one of listed) {
      const shelf = shelfOf(one)
      if (shelf === undefined) continue
      if (isOfOther(one, listed, home, principal)) others.add(bare(one.path))
      else shelves.set(bare(one.path), shelf)
    }
  }
  const all = [...shelves.values()]
  if (all.length === 0)
    throw failure('NO-HOME', asking.during, { text: 'there is no calendar and no address book of this person' })
  for (const kind of ['contacts', 'events', 'tasks'] as const) {
    const holders = all.filter(({ holds }) => holds.includes(kind))
    for (const one of holders) if (holders.length === 1 || usual.has(bare(pathOf(one.url)))) one.main.push(kind)
  }
  return { shelves: all, others: others.size }
}

/** A calendar or a book; the scheduling Inbox and Outbox (RFC 6638) are none. */
function shelfOf({ url, path, props }: Resource): Shelf | undefined {
  const types = Object.keys(Object(props.resourcetype))
  const kind = types.includes('calendar') ? 'calendar' : types.includes('addressbook') ? 'book' : undefined
  if (kind === undefined) return undefined
  const name = textOf(props.displayname) ?? path.split('/').filter(Boolean).at(-1) ?? path
  return { url, kind, name, holds: holding(kind, props.supportedCalendarComponentSet), main: [] }
}

/** Is it somebody else’s, who lets this person see it? A server may spell him in two ways: believed only where something here is his own. */
function isOfOther({ props }: Resource, listed: readonly Resource[], home: URL, principal: string | undefined): boolean {
  if ('shared' in Object(props.resourcetype)) return true
  const ownerOf = (one: Resource) => hrefsOf(one.props.owner, home).map(owner => bare(pathOf(owner)))[0]
  const itself = listed.find(({ path }) => bare(path) === bare(pathOf(home)))
  const own = (itself && ownerOf(itself)) ?? (principal === undefined ? undefined : bare(principal))
  const owners = listed.filter(one => one !== itself && shelfOf(one)).map(ownerOf)
  const owner = ownerOf({ props } as Resource)
  return owner !== undefined && owner !== own && owners.includes(own)
}

function holding(kind: Shelf['kind'], componentSet: unknown): Kind[] {
  if (kind === 'book') return ['contacts']
  const names = [Object(componentSet).comp].flat().map(one => Object(Object(one)._attributes).name)
  const told = (name: string) => names.every(one => typeof one !== 'string') || names.includes(name)
  return [...(told('VEVENT') ? (['events'] as const) : []), ...(told('VTODO') ? (['tasks'] as const) : [])]
}
