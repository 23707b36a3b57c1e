import { type End, Failure } from '../errors.ts'
import type { Head, Message, Portions } from '../source/source.ts'
import type { Digest, Expecting } from '../targets/target.ts'
import { type Asking, again, commands, type Fetch, halves, isAboutMessages, mostInARow } from './commands.ts'
import { type Fetched, fetchedOf, flagList, isUntold, uidIn } from './fetched.ts'
import { Digested, LargeLiteral, type Response } from './input.ts'
import { Line } from './line.ts'
import { memory, memoryOf } from './memory.ts'
import { type Opening, renumbered } from './reading.ts'
import type { Tagged, Wire } from './wire.ts'

/**
 * Whole messages; `\Seen` is not touched. A message that the server refuses to hand out is `unreadable` where the folder is only looked at;
 * where it is opened to be changed the refusal is thrown, since what is not read there would count as not there. What was expunged meanwhile is
 * left out. `listed`: what a listing told of a message; some servers tell the flags behind the body (Zimbra does), where a large one has begun.
 */
export async function* messages(
  wire: Wire,
  command: Opening,
  portions: Portions,
  asking: Asking = 'ahead',
  listed: (path: string, uid: number) => Head | undefined = () => undefined,
): AsyncIterable<Message> {
  for await (const { path, response, fetched, refused } of bodies(wire, command, portions, asking)) {
    const literal = response.literals[0] ?? inlineBody(response.text)
    if (literal instanceof Digested) continue
    const { uid, size = 0 } = fetched
    const raw = literal ?? Buffer.alloc(0)
    const tells = fetched.flags !== undefined && !Number.isNaN(fetched.internalDate) && size > 0
    const known = tells ? undefined : listed(path, uid)
    if (literal && isStub(literal, size, known)) continue
    const flags = fetched.flags === undefined ? (known?.flags ?? []) : flagList(fetched.flags)
    const internalDate = Number.isNaN(fetched.internalDate) ? (known?.internalDate ?? Number.NaN) : fetched.internalDate
    const head = { path, uid, flags, internalDate }
    const unreadable = refused ?? lacking(size, literal)
    if (unreadable) yield { ...head, sizeBytes: size, raw, unreadable }
    else if (raw instanceof LargeLiteral) yield { ...head, sizeBytes: raw.sizeBytes, raw }
    else if (response.literals.length === 0) yield { ...head, sizeBytes: raw.length, raw }
    else yield { ...head, sizeBytes: raw.length, raw, free: () => memory.give(raw) }
    if (raw instanceof LargeLiteral) await raw.discard()
  }
}

/** SHA-256 of whole messages, taken as their bytes come by; nothing is kept. `known`: what is expected under a UID. */
export async function* digests(
  wire: Wire,
  command: Opening,
  portions: Portions,
  known: Expecting = () => undefined,
): AsyncIterable<Digest> {
  let open = ''
  const opened = (path: string) => {
    open = path
  }
  wire.digesting = text => known(open, uidIn(text))
  try {
    for await (const { path, response, fetched } of bodies(wire, command, portions, 'fresh', opened)) {
      const [literal] = response.literals
      const { uid, internalDate } = fetched
      if (literal instanceof Digested) yield { path, uid, digest: literal.digest, internalDate }
      else yield { path, uid, digest: Digested.of(inlineBody(response.text) ?? Buffer.alloc(0)), internalDate }
    }
  } finally {
    wire.digesting = undefined
  }
}

/** A message that was handed out, or one whose FETCH the server refuses, with its words. */
type Bodied = { path: string; response: Response; fetched: Fetched; fetch: Fetch; refused?: string }

/** How many FETCH commands may be on their way where each opens a folder first. */
const most = 4

/**
 * Runs FETCH commands one behind the other and gives their responses in order, of each those without a body last. A server whose output is blocked
 * answers two that it has at once in turns (Dovecot does), and their messages would mingle: so one is sent when the last response of the one before
 * begins, or at once where a folder is opened between them, since no server goes past that. What a refused one did not hand out is asked for in
 * halves, until the message that the server cannot read stands alone; what was sent behind it is read over and asked for again, so that the order
 * stays. Left early, the connection is closed.
 */
async function* bodies(
  wire: Wire,
  command: Opening,
  portions: Portions,
  asking: Asking,
  opened: (path: string) => void = () => {},
): AsyncIterable<Bodied> {
  const ready = new Line<Bodied>()
  let under = 0
  let allAsked = false
  let problem: unknown
  let wake: (() => void) | undefined
  const woken = () => wake?.()
  let free = true
  let latest: Fetch | undefined
  let turn: (() => void) | undefined
  /** Fetches without an answer, in order, and those that go before any new one. */
  const sent: Fetch[] = []
  let first: Fetch[] = []
  let isolating = false
  let inARow = 0
  const passOn = () => {
    free = true
    turn?.()
  }
  const fail = (error: unknown) => {
    problem ??= error
    passOn()
    woken()
  }
  const answered = (tagged: Tagged) => {
    if (tagged.status !== 'OK') fail(wire.refused(tagged))
  }
  const open = async ({ opening, path, uidValidity }: Fetch) => {
    if (opening === undefined) return
    let now: string | undefined
    // Told before any body of it: those may come in the same bytes as the tagged answer, which is heard a moment later.
    const told = ({ text }: Response) => {
      opened(path)
      now ??= /^\* OK \[UIDVALIDITY (\d+)/i.exec(text)?.[1]
    }
    const check = (tagged: Tagged) => {
      answered(tagged)
      if (tagged.status === 'OK' && uidValidity !== undefined && now !== uidValidity) fail(renumbered(wire, path))
    }
    wire.selected = true
    await wire.run(opening, told).then(check, fail)
  }
  const run = (fetch: Fetch) => {
    const { path, last } = fetch
    const bodiless: Bodied[] = []
    let ending = false
    const end = () => {
      if (!ending && fetch === latest) passOn()
      ending = true
    }
    const take = (response: Response) => {
      const fetched = fetchedOf(response) ?? alone(response, fetch)
      if (!fetched && isUntold(response)) for (const one of sent) one.untold = true
      // News of flags that nobody asked for (RFC 9051 7.5.2) has no body, and must not pass for an empty message.
      if (!fetched?.body || fetch.dropped) return wire.discard(response)
      // One that comes again, or that nobody asked for, would be copied twice.
      const asked = sent.find(one => one.path === path && one.left.delete(fetched.uid))
      if (!asked) return wire.discard(response)
      asked.latest = fetched.uid
      inARow = 0
      wire.hold(sizeOf(response))
      // Whether it has none or is gone meanwhile, the tagged answer tells.
      const to = isNil(response) ? bodiless : ready
      to.push({ path, response, fetched, fetch: asked })
      if (fetched.uid === last) end()
      woken()
    }
    const settle = (tagged: Tagged) => {
      under--
      sent.splice(sent.indexOf(fetch), 1)
      for (const one of bodiless) {
        if (isExpunged(tagged)) wire.hold(-sizeOf(one.response))
        else ready.push(one)
      }
      if (!fetch.dropped && tagged.status !== 'OK') part(fetch, tagged)
      else if (!fetch.dropped && fetch.untold && fetch.left.size > 0) isolate(halves(fetch) ?? [])
      if (isolating && under === 0 && !problem) goOn()
      end()
      turn?.()
      woken()
    }
    under++
    sent.push(fetch)
    free = false
    latest = fetch
    const opened = open(fetch)
    const answer = asking === 'careful' ? opened.then(() => wire.run(fetch.command, take)) : wire.run(fetch.command, take)
    answer.then(settle, (error: Failure) => {
      under--
      // Of those sent the first; where its folder had not been opened yet, that was what failed.
      if (!problem && sent[0] === fetch && command === 'EXAMINE') error.at ??= dueOf(fetch)
      sent.splice(sent.indexOf(fetch), 1)
      fail(error)
    })
  }
  /** The message that was on its way, or is the next. */
  const dueOf = ({ path, latest, left }: Fetch): End | undefined => {
    const [uid = 0] = wire.arriving && latest !== undefined ? [latest] : left
    return uid > 0 ? { doing: 'reading', path, uid } : undefined
  }
  /** A FETCH was refused: what of it is asked for again, before all that was sent behind it. */
  const part = (fetch: Fetch, tagged: Tagged) => {
    const failed = wire.refused(tagged)
    if (problem || command !== 'EXAMINE' || !isAboutMessages(failed.code)) return fail(failed)
    const parts = halves(fetch)
    if (!parts) {
      const [uid = 0] = fetch.left
      if (++inARow >= mostInARow) return fail(failed)
      const fetched = { uid, flags: undefined, internalDate: Number.NaN, size: 0, body: false }
      const refused = `the server does not hand it out: ${tagged.text}`
      ready.push({ path: fetch.path, response: { text: '', literals: [] }, fetched, fetch, refused })
    }
    isolate(parts ?? [])
  }
  const isolate = (parts: readonly Fetch[]) => {
    for (const early of sent) early.dropped = true
    first = [...parts, ...sent.map(early => again(early)), ...first]
    isolating = true
  }
  /** One at a time, until all is through that a refusal has put back. */
  const goOn = () => {
    const fetch = first.shift()
    if (fetch) run(fetch)
    isolating = fetch !== undefined
  }
  const ask = async () => {
    for await (const fetch of commands(wire, command, portions, asking)) {
      const mayGo = () => (asking === 'careful' ? under === 0 : free || (fetch.opening !== undefined && under < most))
      while (!problem && (isolating || !mayGo())) {
        await new Promise<void>(resolve => {
          turn = resolve
        })
      }
      if (problem) return
      run(fetch)
    }
  }
  const asked = ask().then(() => {
    allAsked = true
    woken()
  }, fail)
  let done = false
  try {
    for (;;) {
      if (problem) throw problem
      const next = ready.shift()
      if (next) {
        wire.hold(-sizeOf(next.response))
        if (next.fetch.dropped) wire.discard(next.response)
        else yield next
        continue
      }
      if (allAsked && under === 0 && !isolating) break
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
    done = true
  } finally {
    if (!done) {
      fail(new Failure({ verdict: 'transient', during: wire.during, code: 'STOPPED', hint: 'It goes on by itself.' }))
      wire.close()
    }
    await asked
  }
}

/** Of whom no UID is told is known where nobody else was asked for. */
function alone(response: Response, { uids, left: [uid] }: Fetch): Fetched | undefined {
  if (uids.length > 1 || uid === undefined || !isUntold(response)) return undefined
  return fetchedOf({ ...response, text: response.text.replace('(', `(UID ${uid} `) })
}

/** Is the body NIL, which is no message, not an empty one? */
function isNil({ text, literals }: Response): boolean {
  return literals.length === 0 && inlineBody(text) === undefined
}

/** Did another session expunge messages that were asked for (RFC 5530 3, EXPUNGEISSUED)? Dovecot says so with OK, and gives NIL for each. */
function isExpunged({ code }: Tagged): boolean {
  return code.toUpperCase() === 'EXPUNGEISSUED'
}

/** What a response holds in memory, about. */
function sizeOf({ text, literals }: Response): number {
  return literals.reduce((sum, literal) => sum + (Buffer.isBuffer(literal) ? memoryOf(literal) : 0), text.length + 200)
}

/** A body, or its beginning, that the server sent as a quoted string instead of a literal; undefined for NIL. */
export function inlineBody(text: string): Buffer | undefined {
  const body = /BODY\[\](?:<0>)? "((?:[^"\\]|\\.)*)"/i.exec(text)?.[1]
  return body === undefined ? undefined : Buffer.from(body.replaceAll(/\\(.)/g, '$1'), 'latin1')
}

/** Is it the nothing that some servers hand out instead of a message that was expunged meanwhile (RFC 2180 4.1.3; Zimbra does)? */
function isStub(body: Buffer | LargeLiteral, size: number, listed: Head | undefined): boolean {
  return size === 0 && Buffer.isBuffer(body) && body.length === 0 && listed !== undefined && listed.sizeBytes > 0
}

/** Why what the server gave is not the message that it listed; undefined where it may be. */
function lacking(size: number, raw: Buffer | LargeLiteral | undefined): string | undefined {
  if (raw === undefined) return 'the server has no body for it (BODY[] NIL)'
  const none = Buffer.isBuffer(raw) && raw.length === 0 && size > 0
  return none ? `the server hands out none of its ${size} bytes` : undefined
}
