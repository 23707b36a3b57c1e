import { Failure } from '../errors.ts'
import type { Message, Portion, Portions } from '../source/source.ts'
import type { Digest, Expecting } from '../targets/target.ts'
import { type Fetched, fetchedOf, flagList, uidIn } from './fetched.ts'
import { Digested, LargeLiteral, type Response } from './input.ts'
import { memory } from './memory.ts'
import { type Opening, renumbered } from './reading.ts'
import { mailboxName, uidSet } from './syntax.ts'
import type { Tagged, Wire } from './wire.ts'

/** Whole messages; `\Seen` is not touched. */
export async function* messages(wire: Wire, command: Opening, portions: Portions, fresh = false): AsyncIterable<Message> {
  for await (const { path, response, fetched } of bodies(wire, command, portions, fresh)) {
    const literal = response.literals[0] ?? inlineBody(response.text)
    if (literal instanceof Digested) continue
    const { uid, flags, internalDate, size = 0 } = fetched
    const raw = literal ?? Buffer.alloc(0)
    const head = { path, uid, flags: flagList(flags), internalDate }
    const unreadable = lacking(size, literal)
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
    for await (const { path, response, fetched } of bodies(wire, command, portions, true, opened)) {
      const [literal] = response.literals
      if (literal instanceof Digested) yield { path, uid: fetched.uid, digest: literal.digest }
      else yield { path, uid: fetched.uid, digest: Digested.of(inlineBody(response.text) ?? Buffer.alloc(0)) }
    }
  } finally {
    wire.digesting = undefined
  }
}

type Bodied = { path: string; response: Response; fetched: Fetched }

/** One FETCH, behind the opening of its folder where that is needed. `last`: the UID whose response comes last. */
type Fetch = { path: string; opening: string | undefined; uidValidity: string | undefined; command: string; last: number }

/**
 * FETCH commands, each naming few UIDs, since Exchange Server takes command lines of 10 KB at most. `fresh`: the folder is opened again for each
 * portion, because a session need not tell by itself of messages that another one appended.
 */
async function* commands(wire: Wire, command: Opening, portions: Portions, fresh: boolean): AsyncIterable<Fetch> {
  let open: string | undefined
  for await (const { path, uids, uidValidity } of portions as AsyncIterable<Portion>) {
    if (fresh || wire.far) open = undefined
    for (let i = 0; i < uids.length; i += 500) {
      const some = uids.slice(i, i + 500)
      const opening = open === path ? undefined : `${command} ${mailboxName(path)}`
      open = path
      const items = `UID FETCH ${uidSet(some)} (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])`
      yield { path, opening, uidValidity, command: items, last: Math.max(...some) }
    }
  }
}

/** How many FETCH commands may be on their way where each opens a folder first. */
const most = 4

/**
 * Runs FETCH commands one behind the other and gives their responses in order. A server whose output is blocked answers two that it has at
 * once in turns (Dovecot does), and their messages would mingle: so one is sent when the last response of the one before begins, or at
 * once where a folder is opened between them, since no server goes past that. Left early, the connection is closed.
 */
async function* bodies(
  wire: Wire,
  command: Opening,
  portions: Portions,
  fresh: boolean,
  opened: (path: string) => void = () => {},
): AsyncIterable<Bodied> {
  const ready = new Line<Bodied>()
  let under = 0
  let asked = false
  let problem: unknown
  let wake: (() => void) | undefined
  const woken = () => wake?.()
  let free = true
  let latest: Fetch | undefined
  let turn: (() => void) | undefined
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
  const open = ({ opening, path, uidValidity }: Fetch) => {
    if (opening === undefined) return
    let now: string | undefined
    const told = ({ text }: Response) => {
      now ??= /^\* OK \[UIDVALIDITY (\d+)/i.exec(text)?.[1]
    }
    const check = (tagged: Tagged) => {
      opened(path)
      answered(tagged)
      if (tagged.status === 'OK' && uidValidity !== undefined && now !== uidValidity) fail(renumbered(wire, path))
    }
    wire.run(opening, told).then(check, fail)
  }
  const run = (fetch: Fetch) => {
    const { path, last } = fetch
    let ending = false
    const end = () => {
      if (!ending && fetch === latest) passOn()
      ending = true
    }
    const take = (response: Response) => {
      const fetched = fetchedOf(response)
      // News of flags that nobody asked for (RFC 9051 7.5.2) has no body, and must not pass for an empty message.
      if (!fetched?.body) return wire.discard(response)
      wire.hold(sizeOf(response))
      ready.push({ path, response, fetched })
      if (fetched.uid === last) end()
      woken()
    }
    const settle = (tagged: Tagged) => {
      under--
      answered(tagged)
      end()
      turn?.()
      woken()
    }
    under++
    free = false
    latest = fetch
    open(fetch)
    wire.run(fetch.command, take).then(settle, error => {
      under--
      fail(error)
    })
  }
  const ask = async () => {
    for await (const fetch of commands(wire, command, portions, fresh)) {
      while (!problem && !(free || (fetch.opening !== undefined && under < most))) {
        await new Promise<void>(resolve => {
          turn = resolve
        })
      }
      if (problem) return
      run(fetch)
    }
  }
  const asking = ask().then(() => {
    asked = true
    woken()
  }, fail)
  let done = false
  try {
    for (;;) {
      if (problem) throw problem
      const next = ready.shift()
      if (next) {
        wire.hold(-sizeOf(next.response))
        yield next
        continue
      }
      if (asked && under === 0) break
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
    await asking
  }
}

/** First in, first out, however many: shifting an array of a hundred thousand moves them all. */
class Line<T extends object> {
  private items: (T | undefined)[] = []
  private at = 0

  push(item: T): void {
    this.items.push(item)
  }

  shift(): T | undefined {
    const item = this.items[this.at]
    if (!item) return undefined
    this.items[this.at++] = undefined
    if (this.at === this.items.length || this.at > 1000) {
      this.items = this.items.slice(this.at)
      this.at = 0
    }
    return item
  }
}

/** What a response holds in memory, about. */
function sizeOf({ text, literals }: Response): number {
  return literals.reduce((sum, literal) => sum + (Buffer.isBuffer(literal) ? literal.length : 0), text.length + 200)
}

/** A body that the server sent as a quoted string instead of a literal; undefined for NIL, which is no message, not an empty one. */
function inlineBody(text: string): Buffer | undefined {
  const body = /BODY\[\] "((?:[^"\\]|\\.)*)"/i.exec(text)?.[1]
  return body === undefined ? undefined : Buffer.from(body.replaceAll(/\\(.)/g, '$1'), 'latin1')
}

/** Why what the server gave is not the message that it listed; undefined where it may be. */
function lacking(size: number, raw: Buffer | LargeLiteral | undefined): string | undefined {
  if (raw === undefined) return 'the server has no body for it (BODY[] NIL)'
  const none = Buffer.isBuffer(raw) && raw.length === 0 && size > 0
  return none ? `the server hands out none of its ${size} bytes` : undefined
}
