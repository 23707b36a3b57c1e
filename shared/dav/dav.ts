import { Failure } from '../errors.ts'
import type { OldEntry, OldItems } from '../items/old.ts'
import { failure } from './codes.ts'
import { type Found, type Shelf, shelvesOf } from './homes.ts'
import { type Asking, bare, multiget, pathOf, propfind, textOf } from './multistatus.ts'
import { davWire, type WireOptions } from './wire.ts'

/** So many entries are asked for at once, or fewer, where they are large. */
const portion = { entries: 50, bytes: 4 * 1024 * 1024 }

/** A larger entry is not read: no calendar program makes one. */
const mostEntryBytes = 30 * 1024 * 1024

/** `url`: the home of this mailbox (`direct`), or where it is found by signing in; `shared`: an administrator signs in. */
export type DavOptions = Omit<WireOptions, 'origin' | 'during'> & {
  mailbox: string
  url: string
  direct: boolean
  shared: boolean
}

/** The calendars and address books of one mailbox at a CalDAV and CardDAV server. */
export function openDav({ url, direct, shared, mailbox, ...options }: DavOptions): OldItems {
  const start = new URL(url)
  const { origin } = start
  const during = `reading the calendars and contacts of ${mailbox} at ${origin}`
  const asking: Asking = { wire: davWire({ origin, during, ...options }), during }
  let found: Promise<Found> | undefined
  const opened = () => {
    found ??= shelvesOf(asking, { url: start, direct, shared })
    return found
  }
  const shelves = async () => {
    const { shelves, others } = await opened()
    const count = (kind: Shelf['kind']) => shelves.filter(one => one.kind === kind).length
    return { calendars: count('calendar'), books: count('book'), others }
  }
  return {
    shelves,
    async count() {
      const sums = { calendar: 0, book: 0 }
      for (const shelf of (await opened()).shelves) sums[shelf.kind] += (await listed(asking, shelf)).length
      return { ...(await shelves()), entries: sums.calendar, contacts: sums.book }
    },
    async *entries() {
      for (const shelf of (await opened()).shelves) yield* entriesOf(asking, shelf)
    },
  }
}

async function* entriesOf(asking: Asking, shelf: Shelf): AsyncGenerator<OldEntry> {
  const all = await listed(asking, shelf)
  const label = { name: shelf.name, unlike: shelf.holds.filter(kind => !shelf.main.includes(kind)) }
  const filed = label.unlike.length > 0 ? { shelf: label } : {}
  for (const some of portions(all)) {
    const texts = await several(asking, shelf, some)
    for (const one of some) {
      const text = texts.get(one.path)
      if (text !== undefined) yield { at: one.path, ...filed, text }
      else yield* alone(asking, one, filed)
    }
  }
}

type Listed = { url: URL; path: string; bytes: number }

async function listed(asking: Asking, { url: shelf }: Shelf): Promise<Listed[]> {
  const here = pathOf(shelf)
  return (await propfind(asking, shelf, ['d:resourcetype', 'd:getcontentlength'], '1'))
    .filter(({ path, props }) => bare(path) !== bare(here) && !('collection' in Object(props.resourcetype)))
    .map(({ url, path, props }) => ({ url, path, bytes: Number(textOf(props.getcontentlength) ?? 0) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

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
