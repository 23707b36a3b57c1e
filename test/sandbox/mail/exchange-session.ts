import { connect, type Socket } from 'node:net'
import { drop, gather, type MessageLimits } from './exchange-literals.ts'
import { taggedReply, untaggedReply } from './exchange-replies.ts'
import { type Command, createdPath, parseCommand, refusal, says } from './exchange-words.ts'
import { Inlet, put } from './inlet.ts'
import { encodeName } from './utf7.ts'
import { quoted } from './wire.ts'

/** The Dovecot behind the front. */
export type Backend = { host?: string; port: number; master: { user: string; password: string; separator: string } }

/** What a session asks of the front that accepted it. */
export type SessionRules = MessageLimits & {
  backend: Backend
  roles: ReadonlyMap<string, string>
  estimates: boolean
  maxErrors: number
  maxCommandBytes: number
  /** Folders that every mailbox has, by path. */
  made: ReadonlySet<string>
  /** The mailbox that a SASL exchange opens: `undefined` for refused credentials, `connected: false` for good ones without a mailbox. */
  admit(mechanism: 'XOAUTH2' | 'PLAIN', initial: string): Promise<{ user: string; connected: boolean } | undefined>
  leave(user: string): void
  /** What to answer instead of obeying, if this user is being throttled; `bye` ends the connection after it. */
  throttled(user: string, command: Command): { answer: string; bye: boolean } | undefined
}

/** One connection of a client: signs it in, then passes its commands on to Dovecot and Dovecot's answers back, each in Exchange's ways. */
export async function serve(client: Socket, rules: SessionRules): Promise<void> {
  const session = new Session(client, rules)
  try {
    await session.run()
  } finally {
    session.end()
  }
}

class Session {
  private readonly client: Socket
  private readonly inlet: Inlet
  private readonly rules: SessionRules
  private backend: Socket | undefined
  private user: string | undefined
  private badCommands = 0
  /** Answers BAD so far, throttling apart. */
  private errors = 0
  /** Commands that are not answered yet, in the order they came; those that the front answers itself wait for their turn. */
  private readonly waiting: { command: Command; answer?: string; silent?: boolean }[] = []
  private consent: ((given: boolean) => void) | undefined
  private quietened: (() => void) | undefined

  constructor(client: Socket, rules: SessionRules) {
    this.client = client
    this.inlet = new Inlet(client)
    this.rules = rules
  }

  async run(): Promise<void> {
    await put(this.client, `${says.greeting}\r\n`)
    for (let line = await this.inlet.line(); line !== undefined; line = await this.inlet.line()) {
      const command = parseCommand(line)
      const goOn = command === undefined ? await this.reply('*', says.unknownCommand) : await this.obey(command)
      if (!goOn) break
    }
  }

  end(): void {
    this.consent?.(false)
    this.backend?.destroy()
    this.client.end()
    this.client.destroySoon()
    if (this.user !== undefined) this.rules.leave(this.user)
  }

  private async obey(command: Command): Promise<boolean> {
    if (command.verb === 'LOGOUT') return this.logout(command)
    if (this.user === undefined) return this.outside(command)
    const throttled = this.rules.throttled(this.user, command)
    if (throttled !== undefined) {
      await this.refuse(command, throttled.answer)
      this.errors -= 1
      return throttled.bye ? this.hangUp() : true
    }
    if (command.verb === 'CAPABILITY') return this.informed(command, `* CAPABILITY ${says.capabilitiesInside}`)
    if (command.verb === 'ID') return this.informed(command, says.id)
    if (this.backend === undefined) {
      await this.refuse(command, says.notConnected)
      this.badCommands += 1
      return this.badCommands < 2 ? true : this.hangUp()
    }
    if (command.text.length > this.rules.maxCommandBytes) return this.refuse(command, says.tooLong)
    const refused = refusal(command, this.rules.made)
    if (refused !== undefined) return this.refuse(command, refused)
    if (command.verb === 'IDLE') return this.idle(command, this.backend)
    if (command.verb === 'CREATE') await this.createParents(command, this.backend)
    return this.forward(command, this.backend)
  }

  /** Before the sign-in. */
  private async outside(command: Command): Promise<boolean> {
    const { tag, verb, text } = command
    if (verb === 'CAPABILITY') return this.informed(command, `* CAPABILITY ${says.capabilities}`)
    if (verb === 'ID') return this.informed(command, says.id)
    if (verb === 'NOOP') return this.reply(tag, 'OK NOOP completed.')
    if (verb === 'LOGIN') return this.login(command)
    if (verb !== 'AUTHENTICATE') return this.refuse(command, says.wrongState)
    const [, mechanism = '', initial] = /^\S+ \S+ (\S+)(?: (\S+))?$/.exec(text) ?? []
    if (!/^(XOAUTH2|PLAIN)$/i.test(mechanism)) return this.reply(tag, 'NO Unsupported authentication mechanism.')
    if (initial === undefined) await put(this.client, '+ \r\n')
    const response = initial ?? (await this.inlet.line())
    if (response === undefined) return false
    if (response === '*') return this.reply(tag, 'BAD AUTHENTICATE cancelled.')
    const decoded = Buffer.from(response, 'base64').toString('utf8')
    const admitted = await this.rules.admit(mechanism.toUpperCase() === 'PLAIN' ? 'PLAIN' : 'XOAUTH2', decoded)
    if (admitted === undefined) return this.reply(tag, 'NO AUTHENTICATE failed.')
    this.user = admitted.user
    if (admitted.connected) this.backend = await this.open(admitted.user)
    return this.reply(tag, 'OK AUTHENTICATE completed.')
  }

  private async login(command: Command): Promise<boolean> {
    const words = [...command.text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
      ([, quoted, word]) => quoted?.replace(/\\(.)/g, '$1') ?? word,
    )
    const admitted = await this.rules.admit('PLAIN', `\0${words[2] ?? ''}\0${words[3] ?? ''}`)
    if (admitted === undefined) return this.refuse(command, 'NO LOGIN failed.')
    this.user = admitted.user
    if (admitted.connected) this.backend = await this.open(admitted.user)
    return this.reply(command.tag, 'OK LOGIN completed.')
  }

  /** Opens the mailbox through the master user; undefined where Dovecot does not let it in. */
  private async open(user: string): Promise<Socket | undefined> {
    const { host = '127.0.0.1', port, master } = this.rules.backend
    const socket = connect(port, host)
    socket.on('error', () => undefined)
    socket.setNoDelay(true)
    const inlet = new Inlet(socket)
    const greeting = await inlet.line()
    const login = Buffer.from(`${user}\0${master.user}\0${master.password}`).toString('base64')
    await put(socket, `front AUTHENTICATE PLAIN ${login}\r\n`)
    const answer = await inlet.line()
    if (greeting?.startsWith('* OK') && answer?.startsWith('front OK')) {
      void this.passBack(inlet)
      return socket
    }
    socket.destroy()
    return undefined
  }

  private async forward(command: Command, backend: Socket): Promise<boolean> {
    const consent = async () => {
      await this.quiet()
      await put(this.client, '+ Ready for additional command text.\r\n')
    }
    const whole = await gather(command, this.inlet, consent, this.rules)
    if (whole === undefined) return false
    if ('refused' in whole) return this.reply(command.tag, whole.refused, command)
    this.waiting.push({ command })
    for (const piece of whole.pieces) await put(backend, piece)
    return true
  }

  /** Exchange makes the folders above a new one; Dovecot would only pretend that they are there. */
  private async createParents(command: Command, backend: Socket): Promise<void> {
    const path = createdPath(command.text)?.split('/').slice(0, -1) ?? []
    for (const depth of path.keys()) {
      const tag = `front${depth}`
      this.waiting.push({ command: { tag, verb: 'CREATE', text: '' }, silent: true })
      const parent = path.slice(0, depth + 1)
      await put(backend, `${tag} CREATE ${quoted(parent.map(encodeName).join('/'))}\r\n`)
    }
  }

  private async idle(command: Command, backend: Socket): Promise<boolean> {
    this.waiting.push({ command })
    const consented = new Promise<boolean>(resolve => {
      this.consent = resolve
    })
    await put(backend, `${command.text}\r\n`)
    if (!(await consented)) return true
    const done = await this.inlet.line()
    if (done === undefined) return false
    await put(backend, `${done}\r\n`)
    return true
  }

  /** Answers a command that goes no further. */
  private async refuse(command: Command, answer: string): Promise<boolean> {
    return (await drop(command, this.inlet)) && this.reply(command.tag, answer, command)
  }

  private async informed(command: Command, untagged: string): Promise<boolean> {
    return this.reply(command.tag, `OK ${command.verb} completed.`, command, `${untagged}\r\n`)
  }

  private async reply(tag: string, answer: string, command: Command = { tag, verb: '', text: '' }, before = '') {
    this.waiting.push({ command, answer: `${before}${tag} ${answer}\r\n` })
    await this.flush()
    if (answer.startsWith('BAD')) this.errors += 1
    return this.errors < this.rules.maxErrors ? true : this.hangUp()
  }

  private async flush(): Promise<void> {
    while (this.waiting[0]?.answer !== undefined) await put(this.client, this.waiting.shift()?.answer ?? '')
    if (this.waiting.length === 0) this.quietened?.()
  }

  /** Waits until every command is answered: what is said out of turn would land in the middle of a literal. */
  private async quiet(): Promise<void> {
    if (this.waiting.length === 0 || this.client.destroyed) return
    await new Promise<void>(resolve => {
      this.quietened = resolve
    })
  }

  private async hangUp(): Promise<boolean> {
    await this.quiet()
    await put(this.client, `${says.byeError}\r\n`)
    return false
  }

  private async logout({ tag }: Command): Promise<boolean> {
    await this.quiet()
    await put(this.client, `${says.bye}\r\n${tag} OK LOGOUT completed.\r\n`)
    return false
  }

  private async passBack(inlet: Inlet): Promise<void> {
    for (let line = await inlet.line(); line !== undefined; line = await inlet.line()) {
      if (line.startsWith('+')) {
        await put(this.client, '+ IDLE accepted, awaiting DONE command.\r\n')
        this.consent?.(true)
        this.consent = undefined
        continue
      }
      const first = this.waiting[0]
      if (first !== undefined && line.startsWith(`${first.command.tag} `)) {
        this.waiting.shift()
        if (first.silent !== true) await put(this.client, `${taggedReply(line, first.command)}\r\n`)
        if (first.command.verb === 'IDLE') this.consent?.(false)
        await this.flush()
        continue
      }
      if (!(await this.passUntagged(inlet, line))) break
    }
    this.client.destroySoon()
    this.consent?.(false)
    this.quietened?.()
  }

  /** One response with whatever literals it has, which pass as they are. */
  private async passUntagged(inlet: Inlet, firstLine: string): Promise<boolean> {
    const told = untaggedReply(firstLine, this.rules.roles)
    const reply = this.rules.estimates
      ? told?.replace(/(RFC822\.SIZE )(\d+)/i, (_, word, size) => word + Math.ceil(size * 1.37))
      : told
    if (reply === undefined) return true
    for (let line: string | undefined = reply; ; line = await inlet.line()) {
      if (line === undefined) return false
      await put(this.client, `${line}\r\n`)
      const literal = /\{(\d+)\}$/.exec(line)
      if (literal === null) return true
      for (let left = Number(literal[1]); left > 0; ) {
        const bytes = await inlet.some(left)
        if (bytes === undefined) return false
        await put(this.client, bytes)
        left -= bytes.length
      }
    }
  }
}
