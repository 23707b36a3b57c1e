import { Failure } from '../errors.ts'
import type { Kind } from '../items/item.ts'
import type { OldEntry, OldItems } from '../items/old.ts'
import { failure } from './codes.ts'
import { type Asking, hrefsOf, multiget, pathOf, propfind, textOf } from './multistatus.ts'
import { davWire, type WireOptions } from './wire.ts'

/** So many entries are asked for at once, or fewer, where they are large. */
const portion = { entries: 50, bytes: 4 * 1024 * 1024 }

/** A larger entry is not read: no calendar program makes one. */
const mostEntryBytes = 30 * 1024 * 1024

/** A calendar or an address book. `main`: kinds that lie in no other, or that the server files here by itself. */
type Shelf = { url: URL; kind: 'calendar' | 'book'; name: string; holds: Kind[]; main: Kind[] }

/** The homes of a person, and who he is at that server, where it says so. */
type Homes = { homes: URL[]; principal?: string | undefined }

const homeSets = ['c:calendar-home-set', 'card:addressbook-home-set'] as const

/** `url`: the home of this mailbox (`direct`), or where it is found by signing in. */
export type DavOptions = Omit<WireOptions, 'origin'> & { url: string; direct: boolean }

/** The calendars and address books of one mailbox at a CalDAV and CardDAV server. */
export function openDav({ url, direct, ...options }: DavOptions): OldItems {
  const start = new URL(url)
  const { origin } = start
  const asking: Asking = {
    wire: davWire({ origin, ...options }),
    during: `reading the calendars and contacts of ${options.mailbox} at ${origin}`,
  }
  let found: Promise<{ shelves: Shelf[]; others: number }> | undefined
  const opened = () => {
    found ??= homesOf(asking, start, direct).then(homes => shelvesIn(asking, homes))
    return found
  }
  return {
    async shelves() {
      const { shelves, others } = await opened()
      const count = (kind: Shelf['kind']) => shelves.filter(one => one.kind === kind).length
      return { calendars: count('calendar'), books: count('book'), others }
    },
    async *entries() {
      for (const shelf of (await opened()).shelves) yield* entriesOf(asking, shelf)
    },
  }
}

/** RFC 6764 6: from the address to its person, from him to his homes; where the address is a home itself, that. */
async function homesOf(asking: Asking, start: URL, direct: boolean): Promise<Homes> {
  if (direct) {
    const { sets } = await person(asking, start)
    return sets.length > 0 ? { homes: sets, principal: pathOf(start) } : { homes: [start] }
  }
  const starts = [start, new URL('/.well-known/caldav', start), new URL('/.well-known/carddav', start)]
  const homes = new Map<string, URL>()
  let principal: string | undefined
  let first: Failure | undefined
  let sets = 0
  for (const at of starts) {
    try {
      const here = await person(asking, at)
      const [own] = here.principal
      const there = own && here.sets.length < homeSets.length ? await person(asking, own) : here
      principal ??= own && pathOf(own)
      for (const home of there.sets) homes.set(pathOf(home), home)
      sets = Math.max(sets, there.sets.length)
    } catch (error) {
      if (!(error instanceof Failure) || error.verdict === 'transient' || error.code === 'HTTP 401') throw error
      first ??= error
    }
    if (sets === homeSets.length) break
  }
  if (homes.size === 0) throw first ?? failure('NO-HOME', asking.during)
  return { homes: [...homes.values()], principal }
}

async function person(asking: Asking, at: URL): Promise<{ principal: URL[]; sets: URL[] }> {
  const [own] = await propfind(asking, at, ['d:current-user-principal', ...homeSets], '0')
  const { currentUserPrincipal, calendarHomeSet, addressbookHomeSet } = own?.props ?? {}
  return {
    principal: hrefsOf(currentUserPrincipal, at),
    sets: [...hrefsOf(calendarHomeSet, at), ...hrefsOf(addressbookHomeSet, at)],
  }
}

async function shelvesIn(asking: Asking, { homes, principal }: Homes): Promise<{ shelves: Shelf[]; others: number }> {
  const names = [
    'd:resourcetype',
    'd:displayname',
    'd:owner',
    'c:supported-calendar-component-set',
    'c:schedule-default-calendar-URL',
  ]
  const shelves = new Map<string, Shelf>()
  const usual = new Set<string>()
  let others = 0
  for (const home of new Map(homes.map(one => [pathOf(one), one])).values()) {
    for (const { url, path, props } of await propfind(asking, home, names, '1')) {
      const types = Object.keys(Object(props.resourcetype))
      for (const main of hrefsOf(props.scheduleDefaultCalendarURL, home)) usual.add(bare(pathOf(main)))
      // The scheduling Inbox and Outbox (RFC 6638) are none.
      const kind = types.includes('calendar') ? 'calendar' : types.includes('addressbook') ? 'book' : undefined
      if (kind === undefined || shelves.has(bare(path))) continue
      const [owner] = hrefsOf(props.owner, home)
      const isOther = types.includes('shared') || (owner && principal !== undefined && bare(pathOf(owner)) !== bare(principal))
      if (isOther) others++
      else {
        const name = textOf(props.displayname) ?? path.split('/').filter(Boolean).at(-1) ?? path
        shelves.set(bare(path), { url, kind, name, holds: holding(kind, props.supportedCalendarComponentSet), main: [] })
      }
    }
  }
  const all = [...shelves.values()]
  if (all.length + others === 0) throw failure('NO-HOME', asking.during, { text: 'there is no calendar and no address book' })
  for (const kind of ['contacts', 'events', 'tasks'] as const) {
    const holders = all.filter(({ holds }) => holds.includes(kind))
    for (const one of holders) if (holders.length === 1 || usual.has(bare(pathOf(one.url)))) one.main.push(kind)
  }
  return { shelves: all, others }
}

function holding(kind: Shelf['kind'], componentSet: unknown): Kind[] {
  if (kind === 'book') return ['contacts']
  const names = [Object(componentSet).comp].flat().map(one => Object(Object(one)._attributes).name)
  const told = (name: string) => names.every(one => typeof one !== 'string') || names.includes(name)
  return [...(told('VEVENT') ? (['events'] as const) : []), ...(told('VTODO') ? (['tasks'] as const) : [])]
}

async function* entriesOf(asking: Asking, shelf: Shelf): AsyncGenerator<OldEntry> {
  const here = pathOf(shelf.url)
  const listed = (await propfind(asking, shelf.url, ['d:resourcetype', 'd:getcontentlength'], '1'))
    .filter(({ path, props }) => bare(path) !== bare(here) && !('collection' in Object(props.resourcetype)))
    .map(({ url, path, props }) => ({ url, path, bytes: Number(textOf(props.getcontentlength) ?? 0) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const label = { name: shelf.name, unlike: shelf.holds.filter(kind => !shelf.main.includes(kind)) }
  const filed = label.unlike.length > 0 ? { shelf: label } : {}
  for (const some of portions(listed)) {
    const texts = await several(asking, shelf, some)
    for (const one of some) {
      const text = texts.get(one.path)
      if (text !== undefined) yield { at: one.path, ...filed, text }
      else yield* alone(asking, one, filed)
    }
  }
}

type Listed = { url: URL; path: string; bytes: number }

function portions(listed: readonly Listed[]): Listed[][] {
  const all: Listed[][] = []
  let bytes = 0
  for (const one of listed) {
    bytes += one.bytes
    const last = all.at(-1)
    if (last && last.length < portion.entries && bytes <= portion.bytes) last.push(one)
    else {
      all.push([one])
      bytes = one.bytes
    }
  }
  return all
}

/** What a multiget brings; nothing where one entry spoils it for all, or the server knows none: then each is read by itself. */
async function several(asking: Asking, shelf: Shelf, some: readonly Listed[]): Promise<Map<string, string>> {
  if (some.some(({ bytes }) => bytes > mostEntryBytes)) return new Map()
  try {
    return await multiget(
      asking,
      shelf.url,
      shelf.kind,
      some.map(({ url }) => `${url.pathname}${url.search}`),
    )
  } catch (error) {
    if (error instanceof Failure && isOfEntry(error)) return new Map()
    throw error
  }
}

async function* alone(asking: Asking, { url, path, bytes }: Listed, filed: Pick<OldEntry, 'shelf'>): AsyncGenerator<OldEntry> {
  try {
    if (bytes > mostEntryBytes) throw failure('TOO-LARGE', asking.during, { text: `${bytes} bytes` })
    const answer = await asking.wire(url.href, { method: 'GET' })
    yield { at: path, ...filed, text: await answer.text() }
  } catch (error) {
    if (!(error instanceof Failure) || !isOfEntry(error)) throw error
    // It was there when the calendar was listed.
    if (/^HTTP 4(?:04|10)$/.test(error.code)) return
    yield { at: path, refused: { reason: error.message, remedy: error.hint } }
  }
}

/** Is it this entry that the server cannot hand out, and not the server that fails? */
function isOfEntry({ verdict, code }: Failure): boolean {
  return (verdict === 'permanent' && code !== 'HTTP 401') || code === 'HTTP 500' || code === 'CUT-OFF'
}

function bare(path: string): string {
  return path.replace(/\/+$/, '')
}
