import { type End, Failure } from '../errors.ts'
import type { Appended, Outgoing } from '../targets/target.ts'
import { dateTime, mailboxName, uidsOf } from './syntax.ts'
import type { Tagged, Wire } from './wire.ts'

/** How much may be on its way without an answer: more only fills buffers. Bytes are those of all writers of this process together, each at least one batch. */
const window = { messages: 128, bytes: 12 * 1024 * 1024, mostBytes: 4 * 1024 * 1024 }
let writers = 0

/** How many bytes one writer may have on its way. */
function part(): number {
  return Math.max(batch.bytes, Math.min(window.mostBytes, window.bytes / writers))
}

/** One MULTIAPPEND command holds at most this much; a server answers it as a whole. */
const batch = { messages: 50, bytes: 1024 * 1024 }

/** LITERAL- (RFC 7888) allows non-synchronizing literals up to this size. */
const literalMinusBytes = 4096

/** Response codes with which a server refuses one message for good, and goes on serving. */
export const refusals: ReadonlySet<string> = new Set([
  'TOOBIG',
  'APPENDLIMIT',
  'BADCHARSET',
  'CANNOT',
  'PARSE',
  'UNKNOWN-CTE',
  'BAD',
  'NO',
])

type Sent<T extends Outgoing> = { messages: T[]; bytes: number; answer: Promise<Tagged> }

/**
 * Appends messages in order, pipelined as far as the server allows: MULTIAPPEND (RFC 3502) for small ones, else APPEND after APPEND
 * without waiting where it takes non-synchronizing literals (RFC 7888), else one by one. Yields an outcome for each, in order.
 */
export async function* appendAll<T extends Outgoing>(wire: Wire, outgoing: AsyncIterable<T>): AsyncIterable<Appended<T>> {
  const writer = new Writer<T>(wire)
  writers++
  const writing = writer.writeAll(outgoing)
  writing.catch(() => {})
  let complete = false
  try {
    for (;;) {
      const sent = await writer.next()
      if (!sent) break
      yield* outcomes(wire, writer, sent, await sent.answer)
      writer.answered(sent)
    }
    await writing
    complete = true
  } catch (error) {
    if (error instanceof Failure && !wire.alive) error.at ??= writer.due
    throw error
  } finally {
    writers--
    if (!complete) {
      writer.stop()
      wire.close()
    }
  }
}

/** What the answer to one command says of its messages. A refused batch is sent again in halves, until the bad one stands alone. */
async function* outcomes<T extends Outgoing>(
  wire: Wire,
  writer: Writer<T>,
  { messages }: Pick<Sent<T>, 'messages'>,
  tagged: Tagged,
): AsyncIterable<Appended<T>> {
  if (tagged.status === 'OK') {
    const [name = '', uidValidity = '', set = ''] = tagged.code.split(' ')
    const uids = name.toUpperCase() === 'APPENDUID' ? uidsOf(set, messages.length) : []
    for (const [i, of] of messages.entries()) {
      const uid = uids[i] || undefined
      yield { of, done: true, ...(uid === undefined ? {} : { uid, uidValidity }) }
    }
    return
  }
  const failed = wire.refused(tagged)
  if (!refusals.has(failed.code)) throw failed
  const [only] = messages
  if (messages.length === 1 && only) return yield { of: only, done: false, code: failed.code, text: tagged.text }
  const half = Math.ceil(messages.length / 2)
  for (const some of [messages.slice(0, half), messages.slice(half)])
    yield* outcomes(wire, writer, { messages: some }, await writer.again(some))
}

/** Writes commands, and keeps count of what has no answer yet. */
class Writer<T extends Outgoing> {
  private readonly wire: Wire
  private readonly sent: Sent<T>[] = []
  private under = { messages: 0, bytes: 0 }
  /** The first message of each command that has no answer, the one being written included. */
  private readonly firsts: T[] = []
  private ended = false
  private stopped = false
  private failure: unknown
  private wake: (() => void) | undefined
  private room: (() => void) | undefined
  /** One command is written at a time, those sent again included. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(wire: Wire) {
    this.wire = wire
  }

  /** The next command in order, once it is written; undefined after the last. Throws what stopped the writing. */
  async next(): Promise<Sent<T> | undefined> {
    for (;;) {
      const sent = this.sent.shift()
      if (sent) return sent
      if (this.failure) throw this.failure
      if (this.ended) return undefined
      await new Promise<void>(resolve => {
        this.wake = resolve
      })
    }
  }

  /** The message whose answer is due. */
  get due(): End | undefined {
    const [first] = this.firsts
    return first && { doing: 'appending', path: first.path, uid: first.uid }
  }

  answered({ messages, bytes }: Sent<T>): void {
    this.firsts.shift()
    this.under.messages -= messages.length
    this.under.bytes -= bytes
    this.room?.()
  }

  stop(): void {
    this.stopped = true
    this.room?.()
  }

  async writeAll(outgoing: AsyncIterable<T>): Promise<void> {
    try {
      const multi = this.wire.has('MULTIAPPEND') && this.wire.has('LITERAL+')
      let held: T[] = []
      let bytes = 0
      const flush = async () => {
        const messages = held
        held = []
        if (messages.length > 0) await this.put(messages, bytes)
        bytes = 0
      }
      for await (const message of eager(outgoing, () => (held.length > 0 ? flush() : undefined))) {
        const size = sizeOf(message)
        if (!multi || message.alone || !Buffer.isBuffer(message.raw) || size > batch.bytes / 4) {
          await flush()
          await this.put([message], size)
          continue
        }
        const other = held[0] !== undefined && held[0].path !== message.path
        if (other || held.length >= batch.messages || bytes + size > batch.bytes) await flush()
        held.push(message)
        bytes += size
      }
      await flush()
    } catch (error) {
      this.failure = error
      throw error
    } finally {
      this.ended = true
      this.wake?.()
    }
  }

  /** Sends some messages again and waits for their answer. */
  again(messages: T[]): Promise<Tagged> {
    return this.inTurn(async () => this.write(messages))
  }

  private async put(messages: T[], bytes: number): Promise<void> {
    while (
      !this.stopped &&
      this.under.messages > 0 &&
      (messages[0]?.alone || this.under.messages >= window.messages || this.under.bytes + bytes > part())
    ) {
      await new Promise<void>(resolve => {
        this.room = resolve
      })
    }
    if (this.stopped) throw stopped(this.wire)
    this.under.messages += messages.length
    this.under.bytes += bytes
    if (messages[0]) this.firsts.push(messages[0])
    const answer = await this.inTurn(async () => ({ answer: this.write(messages) }))
    answer.answer.catch(() => {})
    this.sent.push({ messages, bytes, answer: answer.answer })
    this.wake?.()
    await this.written
  }

  private written: Promise<unknown> = Promise.resolve()

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(async () => {
      const result = await work()
      await this.written
      return result
    })
    this.turn = mine.catch(() => {})
    return mine
  }

  /** Writes one APPEND; the promise is its answer, `written` ends when its bytes have left our hands. */
  private write(messages: T[]): Promise<Tagged> {
    for (const { go } of messages) go?.()
    let proceed: ((continued: boolean) => void) | undefined
    const { tag, tagged } = this.wire.expect(undefined, () => proceed?.(true))
    tagged.then(
      () => proceed?.(false),
      () => proceed?.(false),
    )
    const continued = () =>
      new Promise<boolean>(resolve => {
        proceed = resolve
        this.wire.uncork()
      }).finally(() => this.wire.cork())
    this.written = this.bytesOf(tag, messages, continued).catch(error => {
      this.wire.close(error)
      throw error
    })
    this.written.catch(() => {})
    return tagged
  }

  /** `continued` resolves when the server asks for a synchronizing literal, with false where it refuses the message instead. */
  private async bytesOf(tag: string, messages: T[], continued: () => Promise<boolean>): Promise<void> {
    const { wire } = this
    wire.cork()
    try {
      wire.write(`${tag} APPEND ${mailboxName(messages[0]?.path ?? '', wire.utf8)}`)
      for (const { raw, flags, internalDate } of messages) {
        const size = Buffer.isBuffer(raw) ? raw.length : raw.sizeBytes
        const date = dateTime(internalDate)
        const free = wire.has('LITERAL+') || (wire.has('LITERAL-') && size <= literalMinusBytes)
        wire.write(` (${flags.join(' ')})${date ? ` "${date}"` : ''} {${size}${free ? '+' : ''}}\r\n`)
        if (!free && !(await continued())) return
        if (Buffer.isBuffer(raw)) wire.write(raw)
        else for await (const piece of raw.chunks()) if (!wire.write(piece, () => raw.give?.(piece))) await this.drained()
      }
      wire.write('\r\n')
    } finally {
      wire.uncork()
    }
    await wire.drained()
  }

  private async drained(): Promise<void> {
    this.wire.uncork()
    await this.wire.drained()
    this.wire.cork()
  }
}

function sizeOf({ raw }: Outgoing): number {
  return Buffer.isBuffer(raw) ? raw.length : raw.sizeBytes
}

function stopped(wire: Wire): Failure {
  return new Failure({ verdict: 'transient', during: wire.during, code: 'STOPPED', hint: 'It goes on by itself.' })
}

/** Passes items on; whenever the next one is not there at once, `idle` is done first, so that nothing waits in a batch for it. */
async function* eager<T>(items: AsyncIterable<T>, idle: () => Promise<void> | undefined): AsyncIterable<T> {
  const iterator = items[Symbol.asyncIterator]()
  let complete = false
  try {
    for (;;) {
      const next = iterator.next()
      const soon = new Promise<'late'>(resolve => setImmediate(resolve, 'late'))
      const first = await Promise.race([next, soon])
      if (first === 'late') await idle()
      const step = await next
      if (step.done) break
      yield step.value
    }
    complete = true
  } finally {
    if (!complete) await iterator.return?.(undefined)
  }
}
