import { connect, type Socket } from 'node:net'

/** One response of the server; in `text` each literal is the character NUL, in their order. */
export type WireResponse = { text: string; literals: Buffer[] }

/** How a tagged command ended, and what came before that. */
export type WireResult = { status: 'OK' | 'NO' | 'BAD'; text: string; untagged: WireResponse[] }

/** Where to sign in, and as whom: with a master user `user*master` and its password. */
export type WireLogin = { host: string; port: number; user: string; pass: string }

type Waiting = {
  onUntagged: ((response: WireResponse) => void) | undefined
  untagged: WireResponse[]
  resolve: (result: WireResult) => void
  reject: (error: Error) => void
}

/** Just enough of IMAP over plain TCP to fill and to read a mailbox fast; shares nothing with the product, whose referee it is. */
export class Wire {
  private readonly socket: Socket
  private readonly waiting = new Map<string, Waiting>()
  private greeting: ((text: string) => void) | undefined
  private failure: Error | undefined
  private lastTag = 0
  private pending: Buffer[] = []
  private literalLeft = 0
  private literalChunks: Buffer[] = []
  private text = ''
  private literals: Buffer[] = []

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', chunk => this.receive(chunk))
    socket.on('error', error => this.fail(error))
    socket.on('close', () => this.fail(new Error('The server closed the connection.')))
  }

  /** Connects and signs in; a refusal throws with the server's own words. */
  static async open(login: WireLogin): Promise<Wire> {
    const wire = new Wire(connect(login.port, login.host))
    await new Promise<void>((resolve, reject) => {
      wire.greeting = text => (text.startsWith('* OK') ? resolve() : reject(new Error(`The server greets with: ${text}`)))
      wire.socket.once('close', () => reject(wire.failure ?? new Error('The server closed the connection.')))
    })
    const answer = await wire.run(`LOGIN ${quoted(login.user)} ${quoted(login.pass)}`)
    if (answer.status === 'OK') return wire
    wire.close()
    throw new Error(`The server refuses ${login.user}: ${answer.text}`)
  }

  /** Runs one command; with `onUntagged` its responses are handed over as they come and not kept. */
  run(command: string, onUntagged?: (response: WireResponse) => void): Promise<WireResult> {
    return this.send([Buffer.from(`${command}\r\n`, 'latin1')], onUntagged)
  }

  /** The same, but NO and BAD throw. */
  async must(command: string, onUntagged?: (response: WireResponse) => void): Promise<WireResult> {
    const answer = await this.run(command, onUntagged)
    if (answer.status !== 'OK') throw new Error(`${command.slice(0, 200)}: ${answer.status} ${answer.text}`)
    return answer
  }

  /** Appends without waiting for the server's consent (LITERAL+); several may be under way at a time. */
  append(spelling: string, flags: readonly string[], internalDate: Date, raw: Buffer): Promise<WireResult> {
    const head = `APPEND ${quoted(spelling)} (${flags.join(' ')}) "${imapDate(internalDate)}" {${raw.length}+}\r\n`
    return this.send([Buffer.from(head, 'latin1'), raw, Buffer.from('\r\n')])
  }

  /** True while the socket holds more than it should: wait for an answer before sending more. */
  get full(): boolean {
    return this.socket.writableNeedDrain
  }

  close(): void {
    this.socket.destroy()
  }

  private send(parts: Buffer[], onUntagged?: (response: WireResponse) => void): Promise<WireResult> {
    if (this.failure !== undefined) return Promise.reject(this.failure)
    this.lastTag += 1
    const tag = `w${this.lastTag}`
    return new Promise((resolve, reject) => {
      this.waiting.set(tag, { onUntagged, untagged: [], resolve, reject })
      this.socket.cork()
      this.socket.write(`${tag} `)
      for (const part of parts) this.socket.write(part)
      this.socket.uncork()
    })
  }

  private receive(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.literalLeft > 0) {
        const piece = chunk.subarray(at, at + this.literalLeft)
        this.literalChunks.push(piece)
        this.literalLeft -= piece.length
        at += piece.length
        if (this.literalLeft === 0) this.endLiteral()
        continue
      }
      const end = chunk.indexOf(10, at)
      if (end < 0) {
        this.pending.push(chunk.subarray(at))
        return
      }
      this.pending.push(chunk.subarray(at, end))
      at = end + 1
      this.line(Buffer.concat(this.pending).toString('latin1').replace(/\r$/, ''))
    }
  }

  private line(line: string): void {
    this.pending = []
    const literal = /\{(\d+)\}$/.exec(line)
    if (literal === null) {
      this.response(this.text + line)
      return
    }
    this.text += `${line.slice(0, literal.index)}\0`
    this.literalLeft = Number(literal[1])
    if (this.literalLeft === 0) this.endLiteral()
  }

  private endLiteral(): void {
    this.literals.push(this.literalChunks.length === 1 ? (this.literalChunks[0] as Buffer) : Buffer.concat(this.literalChunks))
    this.literalChunks = []
  }

  private response(text: string): void {
    const response = { text, literals: this.literals }
    this.text = ''
    this.literals = []
    if (this.greeting !== undefined) {
      this.greeting(text)
      this.greeting = undefined
      return
    }
    const tagged = /^(w\d+) (OK|NO|BAD) ?(.*)$/s.exec(text)
    const first = this.waiting.values().next().value
    if (tagged === null) {
      if (first?.onUntagged !== undefined) first.onUntagged(response)
      else first?.untagged.push(response)
      return
    }
    const done = this.waiting.get(tagged[1] ?? '')
    this.waiting.delete(tagged[1] ?? '')
    done?.resolve({ status: tagged[2] as WireResult['status'], text: tagged[3] ?? '', untagged: done.untagged })
  }

  private fail(error: Error): void {
    this.failure ??= error
    for (const { reject } of this.waiting.values()) reject(this.failure)
    this.waiting.clear()
  }
}

/** A quoted string (RFC 3501 4.3); what it cannot hold is refused. */
export function quoted(text: string): string {
  if (/[\r\n\0]|[^\0-\x7f]/.test(text)) throw new Error(`IMAP cannot quote ${JSON.stringify(text)}.`)
  return `"${text.replace(/["\\]/g, character => `\\${character}`)}"`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** IMAP's date-time, in UTC: ` 1-Jan-2024 12:00:00 +0000`. */
export function imapDate(date: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0')
  const day = `${date.getUTCDate()}`.padStart(2, ' ')
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${day}-${months[date.getUTCMonth()]}-${`${date.getUTCFullYear()}`.padStart(4, '0')} ${time} +0000`
}

/** The instant that an INTERNALDATE names. */
export function parseImapDate(text: string): Date {
  const parts = /^\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-])(\d\d)(\d\d)$/.exec(text)
  const month = months.indexOf(parts?.[2] ?? '')
  if (parts === null || month < 0) throw new Error(`Not an INTERNALDATE: ${text}`)
  const [, day = '', , year = '', time = '', sign = '', hours = '', minutes = ''] = parts
  return new Date(`${year}-${`${month + 1}`.padStart(2, '0')}-${day.padStart(2, '0')}T${time}${sign}${hours}:${minutes}`)
}
