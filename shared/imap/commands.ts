import type { Portion, Portions } from '../source/source.ts'
import type { Opening } from './reading.ts'
import { mailboxName, uidSet } from './syntax.ts'
import type { Wire } from './wire.ts'

/**
 * One FETCH, behind the opening of its folder where that is needed. `last`: the UID whose response comes last. `left`: what was not handed out
 * yet; `latest` was, the last time. `dropped`: it was sent too early and is asked for again, so that its responses are read over.
 */
export type Fetch = {
  path: string
  opening: string | undefined
  /** What opens its folder once more. */
  reopening: string
  uidValidity: string | undefined
  command: string
  last: number
  uids: readonly number[]
  left: Set<number>
  latest?: number
  dropped: boolean
  /** A message of it was handed out without its UID. */
  untold?: boolean
  /** How often exactly this was refused. */
  refused: number
}

/** What was refused of one message alone is asked once more before it is given up. */
const mostRefusals = 2

/** So many refused one after the other are no broken messages: the folder is. */
export const mostInARow = 100

/** Codes of a refusal that may be about one message; NO and BAD stand for none. Any other is about the folder, the account or the server. */
const aboutMessages = new Set(['NO', 'BAD', 'UNKNOWN', 'SERVERBUG', 'CORRUPTION', 'PARSE', 'BADCHARSET', 'UNKNOWN-CTE', 'CANNOT'])

/** May a FETCH that was refused with this code be answered for other messages? */
export function isAboutMessages(code: string): boolean {
  return aboutMessages.has(code.toUpperCase())
}

/**
 * How messages are asked for: `ahead` of answers, `fresh` as well but with the folder opened again for each portion, because a session need not
 * tell by itself of messages that another one appended, or `careful`, each command once all before it are answered.
 */
export type Asking = 'ahead' | 'fresh' | 'careful'

/** FETCH commands, each naming few UIDs, since Exchange Server takes command lines of 10 KB at most. */
export async function* commands(wire: Wire, command: Opening, portions: Portions, asking: Asking): AsyncIterable<Fetch> {
  let open: string | undefined
  for await (const { path, uids, uidValidity } of portions as AsyncIterable<Portion>) {
    if (asking === 'fresh' || wire.far) open = undefined
    for (let i = 0; i < uids.length; i += 500) {
      const reopening = `${command} ${mailboxName(path, wire.utf8)}`
      const opening = open === path ? undefined : reopening
      open = path
      yield fetchOf({ path, opening, reopening, uidValidity }, uids.slice(i, i + 500))
    }
  }
}

/** What is asked instead of a refused FETCH: its halves, as far as they were not handed out; undefined once a message alone is refused for good. */
export function halves(fetch: Fetch): Fetch[] | undefined {
  const left = [...fetch.left]
  const place = { ...fetch, opening: fetch.reopening }
  if (left.length === 1) {
    const refused = fetch.uids.length === 1 ? fetch.refused + 1 : 0
    return refused < mostRefusals ? [{ ...fetchOf(place, left), refused }] : undefined
  }
  const half = Math.ceil(left.length / 2)
  return [left.slice(0, half), left.slice(half)].filter(some => some.length > 0).map(some => fetchOf(place, some))
}

/** The same again, its folder opened anew. */
export function again(fetch: Fetch): Fetch {
  return fetchOf({ ...fetch, opening: fetch.reopening }, fetch.uids)
}

function fetchOf(
  { path, opening, reopening, uidValidity }: Pick<Fetch, 'path' | 'opening' | 'reopening' | 'uidValidity'>,
  uids: readonly number[],
): Fetch {
  const command = `UID FETCH ${uidSet(uids)} (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])`
  const asked = { last: Math.max(...uids), uids, left: new Set(uids) }
  return { path, opening, reopening, uidValidity, command, ...asked, dropped: false, refused: 0 }
}
