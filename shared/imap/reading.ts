import { Failure } from '../errors.ts'
import type { Batches, FolderStatus, Head, Message } from '../source/source.ts'
import { LargeLiteral, type Response } from './input.ts'
import { mailboxName, parseDateTime, uidSet } from './syntax.ts'
import type { Tagged, Wire } from './wire.ts'

/** What SELECT or EXAMINE told. `permanentFlags` undefined: the server named none, which means all (RFC 9051 7.1). */
export type Opened = FolderStatus & { permanentFlags?: string[] }

/** Opens a folder, read-only or not. */
export async function openFolder(wire: Wire, command: 'EXAMINE' | 'SELECT', path: string): Promise<Opened> {
  const found: Opened = { uidValidity: '', uidNext: 1, exists: 0 }
  const told = (text: string) => {
    const exists = /^\* (\d+) EXISTS/i.exec(text)
    if (exists) found.exists = Number(exists[1])
    const [, name = '', value = ''] = /^\* OK \[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ|PERMANENTFLAGS) \(?([^\])]*)/i.exec(text) ?? []
    if (/UIDVALIDITY/i.test(name)) found.uidValidity = value
    else if (/UIDNEXT/i.test(name)) found.uidNext = Number(value)
    else if (/HIGHESTMODSEQ/i.test(name)) found.highestModseq = value
    else if (/PERMANENTFLAGS/i.test(name)) found.permanentFlags = value.split(' ').filter(Boolean)
  }
  await wire.must(`${command} ${mailboxName(path)}`, ({ text }) => told(text))
  return found
}

/** Heads of the opened folder from a UID on, ascending. */
export async function* heads(wire: Wire, fromUid: number): AsyncIterable<Head> {
  for await (const { text } of fetched(wire, [{ command: `UID FETCH ${fromUid}:* (UID FLAGS INTERNALDATE RFC822.SIZE)` }])) {
    const head = headOf(text)
    // `n:*` always names the last message, even where its UID is below n (RFC 9051 sequence-set). Without a size it is news of flags
    // that nobody asked for (RFC 9051 7.5.2).
    if (head && head.uid >= fromUid && /[( ]RFC822\.SIZE /i.test(text)) yield head
  }
}

/** Whole messages of the opened folder; `\Seen` is not touched. */
export async function* messages(wire: Wire, batches: Batches): AsyncIterable<Message> {
  for await (const { text, literals } of fetched(wire, commands(batches))) {
    const head = headOf(text)
    const [literal] = literals
    // News of flags that nobody asked for (RFC 9051 7.5.2) has no body, and must not pass for an empty message.
    if (head && /[( ]BODY\[\] /i.test(text)) {
      const raw = literal ?? inlineBody(text) ?? Buffer.alloc(0)
      const sizeBytes = raw instanceof LargeLiteral ? raw.sizeBytes : raw.length
      const unreadable = lacking(head, literal ?? inlineBody(text))
      yield unreadable ? { ...head, raw, unreadable } : { ...head, sizeBytes, raw }
    }
    if (literal instanceof LargeLiteral) await literal.discard()
  }
}

/** One FETCH. `last`: the UID whose response comes last, where that is known. */
type Fetch = { command: string; last?: number }

/** Few UIDs a command, since Exchange Server takes command lines of 10 KB at most. */
async function* commands(batches: Batches): AsyncIterable<Fetch> {
  for await (const uids of batches) {
    for (let i = 0; i < uids.length; i += 500) {
      const some = uids.slice(i, i + 500)
      const command = `UID FETCH ${uidSet(some)} (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])`
      yield { command, last: Math.max(...some) }
    }
  }
}

/**
 * Runs FETCH commands one behind the other and gives their FETCH responses in order. The next is sent when the last response of the one before
 * begins: a server whose output is blocked answers two that it has at once in turns (Dovecot does), and their messages would mingle.
 * Left early, the connection is closed.
 */
async function* fetched(wire: Wire, commands: AsyncIterable<Fetch> | Iterable<Fetch>): AsyncIterable<Response> {
  const ready = new Line<Response>()
  let under = 0
  let asked = false
  let problem: unknown
  let wake: (() => void) | undefined
  const woken = () => wake?.()
  let free = true
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
  const run = ({ command, last }: Fetch) => {
    let ending = false
    const end = () => {
      if (!ending) passOn()
      ending = true
    }
    const take = (response: Response) => {
      if (!/^\* \d+ FETCH /i.test(response.text)) return
      wire.hold(sizeOf(response))
      ready.push(response)
      if (last !== undefined && uidOf(response.text) === last) end()
      woken()
    }
    const settle = (tagged: Tagged) => {
      under--
      if (tagged.status !== 'OK') return fail(wire.refused(tagged))
      end()
      woken()
    }
    under++
    free = false
    wire.run(command, take).then(settle, error => {
      under--
      fail(error)
    })
  }
  const ask = async () => {
    for await (const fetch of commands) {
      while (!free && !problem) {
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
      const next = ready.shift()
      if (next) {
        wire.hold(-sizeOf(next))
        yield next
        continue
      }
      if (problem) throw problem
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

/** What a response holds in memory, about: a folder of half a million heads must not wait there as a whole. */
function sizeOf({ text, literals }: Response): number {
  return literals.reduce((sum, literal) => sum + (literal instanceof LargeLiteral ? 0 : literal.length), text.length + 200)
}

function uidOf(text: string): number {
  return Number(/[( ]UID (\d+)/i.exec(text)?.[1] ?? 0)
}

function headOf(text: string): Head | undefined {
  const uid = uidOf(text)
  if (uid === 0) return undefined
  const flags = /[( ]FLAGS \(([^)]*)\)/i.exec(text)?.[1] ?? ''
  const date = /[( ]INTERNALDATE "([^"]*)"/i.exec(text)?.[1]
  const size = /[( ]RFC822\.SIZE (\d+)/i.exec(text)?.[1]
  return {
    uid,
    flags: flags
      .split(' ')
      .filter(flag => flag !== '' && flag.toLowerCase() !== '\\recent')
      .sort(),
    internalDate: date === undefined ? Number.NaN : parseDateTime(date),
    sizeBytes: Number(size ?? 0),
  }
}

/** A body that the server sent as a quoted string instead of a literal; undefined for NIL, which is no message, not an empty one. */
function inlineBody(text: string): Buffer | undefined {
  const body = /BODY\[\] "((?:[^"\\]|\\.)*)"/i.exec(text)?.[1]
  return body === undefined ? undefined : Buffer.from(body.replaceAll(/\\(.)/g, '$1'), 'latin1')
}

/** Why what the server gave is not the message that it listed; undefined where it may be. */
function lacking({ sizeBytes }: Head, raw: Buffer | LargeLiteral | undefined): string | undefined {
  if (raw === undefined) return 'the server has no body for it (BODY[] NIL)'
  const none = Buffer.isBuffer(raw) && raw.length === 0 && sizeBytes > 0
  return none ? `the server hands out none of its ${sizeBytes} bytes` : undefined
}
