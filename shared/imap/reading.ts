import { Failure } from '../errors.ts'
import type { Batches, FolderStatus, Head, Message } from '../source/source.ts'
import { LargeLiteral, type Response } from './input.ts'
import { mailboxName, parseDateTime, uidSet } from './syntax.ts'
import type { Tagged, Wire } from './wire.ts'

/** FETCH commands under way at once: the next is asked for while one is answered, so that a round trip costs nothing. */
const ahead = 3

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
  for await (const { text } of fetched(wire, [`UID FETCH ${fromUid}:* (UID FLAGS INTERNALDATE RFC822.SIZE)`])) {
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
      const raw = literal ?? inlineBody(text)
      yield { ...head, sizeBytes: raw instanceof LargeLiteral ? raw.sizeBytes : raw.length, raw }
    }
    if (literal instanceof LargeLiteral) await literal.discard()
  }
}

/** Few UIDs a command, since Exchange Server takes command lines of 10 KB at most. */
async function* commands(batches: Batches): AsyncIterable<string> {
  for await (const uids of batches) {
    for (let i = 0; i < uids.length; i += 500) {
      yield `UID FETCH ${uidSet(uids.slice(i, i + 500))} (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])`
    }
  }
}

/** Runs FETCH commands some ahead of each other and gives their FETCH responses in order. Left early, the connection is closed. */
async function* fetched(wire: Wire, commands: AsyncIterable<string> | Iterable<string>): AsyncIterable<Response> {
  const ready: Response[] = []
  let under = 0
  let asked = false
  let problem: unknown
  let wake: (() => void) | undefined
  const woken = () => wake?.()
  const settle = (tagged: Tagged) => {
    under--
    if (tagged.status !== 'OK') problem ??= wire.refused(tagged)
    woken()
  }
  const take = (response: Response) => {
    if (!/^\* \d+ FETCH /i.test(response.text)) return
    wire.hold(sizeOf(response))
    ready.push(response)
    woken()
  }
  const ask = async () => {
    for await (const command of commands) {
      while (under >= ahead && !problem) await new Promise<void>(resume => waiters.push(resume))
      if (problem) return
      under++
      wire.run(command, take).then(settle, error => {
        under--
        problem ??= error
        woken()
      })
    }
  }
  const waiters: (() => void)[] = []
  const resume = () => {
    for (const waiter of waiters.splice(0)) waiter()
  }
  let done = false
  const asking = ask().then(
    () => {
      asked = true
      woken()
    },
    error => {
      problem ??= error
      asked = true
      woken()
    },
  )
  try {
    for (;;) {
      const next = ready.shift()
      if (next) {
        wire.hold(-sizeOf(next))
        yield next
        continue
      }
      resume()
      if (problem) throw problem
      if (asked && under === 0) break
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
    done = true
  } finally {
    if (!done) {
      problem ??= new Failure({ verdict: 'transient', during: wire.during, code: 'STOPPED', hint: 'It goes on by itself.' })
      resume()
      wire.close()
    }
    await asking
  }
}

function sizeOf({ literals }: Response): number {
  return literals.reduce((sum, literal) => sum + (literal instanceof LargeLiteral ? 0 : literal.length), 0)
}

function headOf(text: string): Head | undefined {
  const uid = Number(/[( ]UID (\d+)/i.exec(text)?.[1] ?? 0)
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

/** A body that the server sent as a quoted string or NIL instead of a literal. */
function inlineBody(text: string): Buffer {
  const body = /BODY\[\] "((?:[^"\\]|\\.)*)"/i.exec(text)?.[1] ?? ''
  return Buffer.from(body.replaceAll(/\\(.)/g, '$1'), 'latin1')
}
