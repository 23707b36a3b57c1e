import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Failure } from '../errors.ts'
import { capabilitiesIn } from './capabilities.ts'
import { hush } from './hush.ts'
import { Input, LargeLiteral, type Response } from './input.ts'
import { tlsOptions } from './old-tls.ts'
import { type Endpoint, failure } from './session.ts'
import { signIn } from './sign-in.ts'
import { hearOut, Reader, signInMs, withDeadline } from './socket.ts'

/** A tagged answer: OK, NO or BAD, its response code (`APPENDUID 1 2`) and its text. */
export type Tagged = { status: 'OK' | 'NO' | 'BAD'; code: string; text: string }

type Waiting = {
  tag: string
  onUntagged: ((response: Response) => void) | undefined
  onContinue: (() => void) | undefined
  resolve: (tagged: Tagged) => void
  reject: (error: unknown) => void
}

/** How many bytes all connections of this process may hold unread; each gets an equal part, and reads on when it is below. */
const budgetBytes = 12 * 1024 * 1024
const open = new Set<Wire>()

/**
 * A pipelined IMAP connection (RFC 9051 5.5): any number of commands may be under way, answers come in their order. It only knows tags,
 * literals and untagged data; what the commands mean is the callers’.
 */
export class Wire {
  capabilities: ReadonlySet<string> = new Set()
  /** The server’s first words. */
  greetingText = ''
  /** Are names of folders in UTF-8 (RFC 9051 5.1), instead of modified UTF-7? Kept by who signs in. */
  utf8 = false
  /** Is a folder open? Kept by who opens and closes them. */
  selected = false
  /** Does the server tell mod-sequences? Kept by who asked it to. */
  tellsModseqs = false
  /** What is being done, as failures name it. */
  during: string
  /** How long the quicker of greeting and sign-in took, ms: a round trip, and what the server did meanwhile. */
  private roundTripMs = 0
  private socket: Socket
  private input: Input
  private readonly waiting: Waiting[] = []
  private tags = 0
  private queued = 0
  private closed: Failure | undefined
  private greeting: ((response: Response) => void) | undefined

  private constructor(socket: Socket, during: string) {
    this.socket = socket
    this.during = during
    this.input = this.newInput()
    this.listen()
    open.add(this)
  }

  /** Connects, upgrades to TLS where asked, and signs in. Throws a `Failure`. */
  static async open(endpoint: Endpoint, as: string): Promise<Wire> {
    const { host, port, tls } = endpoint
    const during = `signing in to ${host}:${port} as ${as}`
    const reader = new Reader()
    const address = { host, port, onread: reader.options }
    const socket =
      tls === 'implicit' ? connectTls({ ...address, ...tlsOptions(endpoint), servername: host }) : connectTcp(address)
    socket.setNoDelay(true)
    try {
      await withDeadline(socket, once(socket, tls === 'implicit' ? 'secureConnect' : 'connect'))
    } catch (error) {
      socket.destroy()
      throw failure(during, error)
    }
    const wire = new Wire(socket, during)
    reader.to(() => wire.input)
    try {
      const began = performance.now()
      await withDeadline(socket, wire.greeted())
      const greeted = performance.now()
      if (tls === 'starttls') await wire.startTls(endpoint)
      const login = await endpoint.login()
      await withDeadline(wire.socket, signIn(wire, login), signInMs).catch(error => {
        throw hush(failure(during, error), login)
      })
      wire.roundTripMs = Math.min(greeted - began, performance.now() - greeted)
      wire.during = `speaking with ${host}:${port} as ${as}`
      socket.setTimeout(120_000, () => wire.end(new Error('the server was silent for two minutes')))
      return wire
    } catch (error) {
      wire.close()
      throw failure(during, error)
    }
  }

  /** Can it still be used? */
  get alive(): boolean {
    return this.closed === undefined
  }

  has(capability: string): boolean {
    return this.capabilities.has(capability)
  }

  /** Sends a command and resolves with its tagged answer, whatever that is. Rejects with a `Failure` when the connection ends first. */
  run(command: string, onUntagged?: (response: Response) => void): Promise<Tagged> {
    const { socket } = this
    const { tagged, tag } = this.expect(onUntagged)
    // Commands given one after the other leave together.
    socket.cork()
    process.nextTick(() => socket.uncork())
    this.write(`${tag} ${command}\r\n`)
    return tagged
  }

  /** The same, but NO and BAD throw. */
  async must(command: string, onUntagged?: (response: Response) => void): Promise<Tagged> {
    const tagged = await this.run(command, onUntagged)
    if (tagged.status !== 'OK') throw this.refused(tagged)
    return tagged
  }

  /** A tag whose answer is awaited; the caller writes the command. `onContinue`: the server wants the literal. */
  expect(onUntagged?: (response: Response) => void, onContinue?: () => void): { tag: string; tagged: Promise<Tagged> } {
    const tag = `R${++this.tags}`
    const tagged = new Promise<Tagged>((resolve, reject) => {
      if (this.closed) reject(this.closed)
      else this.waiting.push({ tag, onUntagged, onContinue, resolve, reject })
    })
    return { tag, tagged }
  }

  /** See `Input.digesting`. */
  set digesting(known: Input['digesting']) {
    this.input.digesting = known
  }

  /** Is a literal on its way that was handed on already? */
  get arriving(): boolean {
    return this.input.arriving
  }

  /** Is the server so far away that what is asked for ahead pays for an extra command? */
  get far(): boolean {
    return this.roundTripMs > 15
  }

  /** Writes, of a text a byte for each character; false when the other side does not keep up, then `drained` tells when to go on. `gone`: the bytes have left our hands. */
  write(data: string | Buffer, gone?: () => void): boolean {
    if (this.closed) return true
    return typeof data === 'string' ? this.socket.write(data, 'latin1', gone) : this.socket.write(data, gone)
  }

  cork(): void {
    this.socket.cork()
  }

  uncork(): void {
    this.socket.uncork()
  }

  async drained(): Promise<void> {
    if (this.closed || !this.socket.writableNeedDrain) return
    const { socket } = this
    await new Promise<void>(resolve => {
      const done = () => {
        socket.off('drain', done).off('close', done)
        resolve()
      }
      socket.on('drain', done).on('close', done)
    })
    if (this.closed) throw this.closed
  }

  /** What was read and not yet taken grows or shrinks; beyond its part of the budget the connection stops reading. */
  hold(bytes: number): void {
    this.queued += bytes
    const part = budgetBytes / Math.max(open.size, 1)
    if (this.queued > part && !this.socket.isPaused()) this.socket.pause()
    else if (this.queued < part / 2 && this.socket.isPaused()) this.socket.resume()
  }

  /** A NO or BAD as a `Failure`. */
  refused({ status, code, text }: Tagged, during = this.during): Failure {
    const name = code.split(' ')[0]?.toUpperCase()
    return failure(during, { serverResponseCode: name || undefined, code: status, responseText: text, message: text })
  }

  async logout(): Promise<void> {
    if (!this.closed) {
      const bye = this.run('LOGOUT').catch(() => {})
      await Promise.race([bye, new Promise(after => setTimeout(after, 1_000).unref())])
    }
    this.close()
  }

  /** `why`: what stopped us, as those hear it who await answers. */
  close(why: unknown = new Error('the connection was closed')): void {
    this.end(why)
  }

  private newInput(): Input {
    return new Input(
      response => this.take(response),
      bytes => this.hold(bytes),
      why => this.end(why),
    )
  }

  private listen(): void {
    hearOut(this.socket)
    this.socket.on('error', error => this.end(error))
    this.socket.on('close', () => this.end(Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' })))
  }

  private greeted(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ tag: '', onUntagged: undefined, onContinue: undefined, resolve: () => resolve(), reject })
      this.greeting = ({ text }) => {
        this.waiting.shift()
        this.greetingText = text
        this.learn(text)
        if (/^\* (OK|PREAUTH)/i.test(text)) resolve()
        else reject(this.bye(text))
      }
    })
  }

  private async startTls(endpoint: Endpoint): Promise<void> {
    await this.must('STARTTLS')
    this.socket.removeAllListeners('error')
    this.socket.removeAllListeners('close')
    this.socket = connectTls({ socket: this.socket, ...tlsOptions(endpoint), servername: endpoint.host })
    this.input = this.newInput()
    this.capabilities = new Set()
    await withDeadline(this.socket, once(this.socket, 'secureConnect'))
    this.listen()
    // A socket over a socket has no buffer of its own to read into.
    this.socket.on('data', data => this.input.feed(data))
  }

  private take(response: Response): void {
    const { text } = response
    if (this.greeting) {
      const greeting = this.greeting
      this.greeting = undefined
      greeting(response)
      return
    }
    if (text.startsWith('* ')) {
      if (/^\* (CAPABILITY |OK \[CAPABILITY )/i.test(text)) this.learn(text)
      if (/^\* BYE/i.test(text)) this.closed ??= this.bye(text)
      // A command that awaits no data may be answered after the one behind it (RFC 9051 5.5).
      const wanting = this.waiting.find(({ onUntagged }) => onUntagged)
      if (wanting?.onUntagged) wanting.onUntagged(response)
      else this.discard(response)
      return
    }
    if (text.startsWith('+')) {
      this.waiting[0]?.onContinue?.()
      return
    }
    const [, tag, status, rest = ''] = /^(\S+) (OK|NO|BAD) ?(.*)$/is.exec(text) ?? []
    const at = this.waiting.findIndex(one => one.tag === tag)
    if (!status || at < 0) {
      this.end(new Error(`the server answered out of turn: ${text.slice(0, 80)}`))
      return
    }
    const [waiting] = this.waiting.splice(at, 1)
    const [, code = '', words = rest] = /^\[([^\]]*)\] ?(.*)$/s.exec(rest) ?? []
    if (/^CAPABILITY /i.test(code)) this.learn(text)
    waiting?.resolve({ status: status.toUpperCase() as Tagged['status'], code, text: words })
  }

  /** Data that nobody asked for: a large literal in it must be read all the same, or nothing behind it ever is. */
  discard({ literals }: Response): void {
    for (const literal of literals) if (literal instanceof LargeLiteral) literal.discard().catch(() => {})
  }

  private learn(text: string): void {
    this.capabilities = capabilitiesIn(text) ?? this.capabilities
  }

  private bye(text: string): Failure {
    const serverResponseCode = /^\* BYE \[([A-Z-]+)/i.exec(text)?.[1]?.toUpperCase()
    return failure(this.during, { code: 'BYE', serverResponseCode, message: text.slice(2) })
  }

  private end(error: unknown): void {
    const first = this.closed === undefined
    this.closed ??= failure(this.during, error)
    open.delete(this)
    // Who awaits answers hears of it before who reads a literal: he says at which message it was.
    for (const { reject } of this.waiting.splice(0)) reject(this.closed)
    this.input.fail(this.closed)
    if (first || !this.socket.destroyed) this.socket.destroy()
  }
}
