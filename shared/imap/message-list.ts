import { Heads } from '../source/heads.ts'
import type { Listing, Want } from '../source/source.ts'
import { type Fetched, fetchedOf, flagList } from './fetched.ts'
import type { Response } from './input.ts'
import { type Opened, type Opening, openFolder, renumbered, searchedIn, settled, unnumbered } from './reading.ts'
import { uidSet } from './syntax.ts'
import type { Wire } from './wire.ts'

/** How many folders are asked for before the first has answered. */
const ahead = 32

/** What FETCH is asked of messages that are only listed. */
const items = '(UID FLAGS INTERNALDATE RFC822.SIZE)'

/** Opens folders and lists their messages, each from a UID on; asked for ahead, given in order. */
export async function* listings(wire: Wire, command: Opening, wants: readonly Want[]): AsyncIterable<Listing> {
  const asked: Promise<Listing>[] = []
  let next = 0
  const ask = () => {
    for (; asked.length < ahead && next < wants.length; next++) {
      const listing = listingOf(wire, command, wants[next] as Want)
      listing.catch(() => {})
      asked.push(listing)
    }
  }
  try {
    for (ask(); asked.length > 0; ask()) yield await (asked.shift() as Promise<Listing>)
  } finally {
    await Promise.allSettled(asked)
  }
}

async function listingOf(wire: Wire, command: Opening, { path, fromUid }: Want): Promise<Listing> {
  const opened = openFolder(wire, command, path)
  opened.catch(() => {})
  const told = new Told(fromUid)
  const fetched = wire.run(`UID FETCH ${fromUid}:* ${items}`, response => told.take(response))
  fetched.catch(() => {})
  const { permanentFlags: _, ...status } = await opened
  const tagged = await fetched
  // Some refuse a range in an empty folder.
  if (tagged.status !== 'OK' && status.exists > 0) throw wire.refused(tagged)
  if (status.uidValidity === '' && status.exists > 0) throw unnumbered(wire, path)
  const heads = told.end()
  const isShort = fromUid === 1 && status.exists - told.expunged > heads.length
  const unlisted = isShort ? await lookAgain(wire, command, { path, status, heads }) : 0
  return { path, status, heads, ...(unlisted > 0 ? { unlisted } : {}) }
}

/**
 * The server counts more messages than it told of. What a search names besides is asked for by itself; of what it tells nothing even then the UID
 * is listed, by which it may still hand it out. Returns how many it counts that it does not name either.
 */
async function lookAgain(wire: Wire, command: Opening, { path, status, heads }: Listing): Promise<number> {
  let expunged = 0
  const uids: number[] = []
  const search = (response: Response) => {
    uids.push(...searchedIn(response))
    if (isExpunge(response)) expunged++
  }
  const [now] = await settled<unknown>([openFolder(wire, command, path), wire.run('UID SEARCH ALL', search)])
  const { exists, uidValidity } = now as Opened
  if (uidValidity !== status.uidValidity) throw renumbered(wire, path)
  const missing = uids.filter(uid => !heads.has(uid)).sort((a, b) => a - b)
  for (let i = 0; i < missing.length; i += 500) {
    const some = missing.slice(i, i + 500)
    const told = new Told(1)
    const fetch = `UID FETCH ${uidSet(some)} ${items}`
    await settled<unknown>([openFolder(wire, command, path), wire.run(fetch, response => told.take(response))])
    const found = told.end()
    for (const uid of some) {
      const { flags, internalDate, sizeBytes } = found.get(uid) ?? { flags: [], internalDate: Number.NaN, sizeBytes: 0 }
      heads.add(uid, flags.join(' '), internalDate, sizeBytes, flags)
    }
  }
  return Math.max(0, exists - expunged - heads.length)
}

/** What a server tells of the messages of a folder while one command is under way. */
class Told {
  /** How many it says have gone meanwhile. */
  expunged = 0
  private readonly heads = new Heads()
  /** Told without a size: news of flags, or a part of what is told in two responses (RFC 9051 7.5.2). */
  private readonly parts = new Map<number, Fetched>()
  private readonly fromUid: number

  constructor(fromUid: number) {
    this.fromUid = fromUid
  }

  take(response: Response): void {
    if (isExpunge(response)) this.expunged++
    const found = fetchedOf(response)
    // `n:*` always names the last message, even where its UID is below n (RFC 9051 sequence-set).
    if (!found || found.uid < this.fromUid) return
    const { uid, flags = '', internalDate, size } = found
    if (size === undefined) this.parts.set(uid, joined(found, this.parts.get(uid)))
    else this.heads.add(uid, flags, internalDate, size, flagList(flags))
  }

  /** All that was told. */
  end(): Heads {
    const { heads } = this
    for (const { uid, flags, internalDate } of this.parts.values()) {
      const head = heads.get(uid)
      const date = Number.isNaN(internalDate) ? (head?.internalDate ?? Number.NaN) : internalDate
      const told = flags ?? head?.flags.join(' ') ?? ''
      // News of one that was not listed is not about a message that is to be copied; a date is told only of what was asked for.
      if (head || !Number.isNaN(date)) heads.add(uid, told, date, head?.sizeBytes ?? 0, flagList(told))
    }
    return heads
  }
}

function isExpunge({ text }: Response): boolean {
  return /^\* \d+ EXPUNGE/i.test(text)
}

/** What was told of a message in two parts, the later word first. */
function joined(now: Fetched, before: Fetched | undefined): Fetched {
  const internalDate = Number.isNaN(now.internalDate) ? (before?.internalDate ?? Number.NaN) : now.internalDate
  return { ...now, flags: now.flags ?? before?.flags, internalDate }
}
