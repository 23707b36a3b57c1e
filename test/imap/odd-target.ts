import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Endpoint } from '../../shared/imap/session.ts'
import { dateTime, parseDateTime } from '../../shared/imap/syntax.ts'
import { between, type Chance, oneOf } from '../fakes/chance.ts'
import { isAsked } from './scripted.ts'

type Kept = { uid: number; flags: string[]; internalDate: number; raw: Buffer }

/** A server that takes mail, and does with it whatever a server may, drawn by chance while it is `wild`. */
export class OddTarget {
  wild = true
  /** Keywords that it still has room for, whatever its PERMANENTFLAGS say. */
  keywords: readonly string[] | undefined
  /** What it has done to its clients. */
  readonly log: string[] = []
  private uidValidity = 1
  private uidNext = 1
  messages: Kept[] = []
  private readonly random: Chance
  private readonly capability: string
  private readonly server = createServer()
  private readonly sockets = new Set<Socket>()

  constructor(random: Chance, capability: string) {
    this.random = random
    this.capability = capability
  }

  async start(): Promise<Endpoint> {
    this.server.on('connection', socket => this.hear(socket))
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    const address = this.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    return { host: '127.0.0.1', port, tls: 'none', login: async () => ({ user: 'u', pass: 'p' }) }
  }

  close(): void {
    this.server.close()
    for (const socket of this.sockets) socket.destroy()
  }

  private some(share: number): boolean {
    return this.wild && this.random() < share
  }

  private hear(socket: Socket): void {
    this.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => {})
    const say = (text: string) => socket.write(Buffer.from(text, 'latin1'))
    say(`* OK [CAPABILITY ${this.capability}] ready\r\n`)
    let held = Buffer.alloc(0)
    let command = ''
    let literals: Buffer[] = []
    let due = -1
    const die = (why: string) => {
      this.log.push(why)
      held = Buffer.alloc(0)
      socket.removeAllListeners('data')
      socket.end()
    }
    socket.on('data', data => {
      held = Buffer.concat([held, data])
      for (;;) {
        if (due >= 0) {
          if (held.length < due) {
            if (held.length > 0 && this.some(0.01)) {
              if (this.some(0.5)) say('* BYE in the middle\r\n')
              return die('cut in the literal')
            }
            return
          }
          literals.push(Buffer.from(held.subarray(0, due)))
          held = held.subarray(due)
          due = -1
        }
        const end = held.indexOf('\r\n')
        if (end < 0) return
        const line = held.subarray(0, end).toString('latin1')
        held = held.subarray(end + 2)
        command += line
        const [, size, plus] = /\{(\d+)(\+?)\}$/.exec(line) ?? []
        if (size !== undefined) {
          if (!plus && this.some(0.05)) {
            say(`${command.split(' ')[0]} NO [LIMIT] not now\r\n`)
            this.log.push('literal refused')
            command = ''
            literals = []
            continue
          }
          if (!plus) say(oneOf(this.random, ['+ go\r\n', '+\r\n', '+ \r\n', '+ [ALERT] {3}x\r\n']))
          due = Number(size)
          continue
        }
        const [whole, bytes] = [command, literals]
        command = ''
        literals = []
        if (this.some(0.004)) return die(`cut before ${whole.slice(0, 30)}`)
        const news = this.some(0.1)
          ? oneOf(this.random, ['* OK still here\r\n', `* ${this.messages.length} EXISTS\r\n`, '* 0 RECENT\r\n'])
          : ''
        const answer = this.answer(whole, bytes)
        if (this.some(0.004)) return die(`cut after ${whole.slice(0, 30)}`)
        say(news + answer)
      }
    })
  }

  private answer(line: string, literals: Buffer[]): string {
    const [tag = '', verb = '', sub = ''] = line.split(' ')
    const ok = (text = 'done') => `${tag} OK ${text}\r\n`
    switch (verb.toUpperCase()) {
      case 'CAPABILITY':
        return `* CAPABILITY ${this.capability}\r\n${ok()}`
      case 'LIST':
        return line.endsWith('"*"') || line.includes('RETURN')
          ? `* LIST () "/" INBOX\r\n${ok()}`
          : `* LIST (\\Noselect) "/" ""\r\n${ok()}`
      case 'STATUS':
        return `* STATUS INBOX (MESSAGES ${this.messages.length} UIDNEXT ${this.uidNext} UIDVALIDITY ${this.uidValidity})\r\n${ok()}`
      case 'SELECT':
        if (this.some(0.02)) return `${tag} NO [INUSE] later\r\n`
        return `* ${this.messages.length} EXISTS\r\n* OK [UIDVALIDITY ${this.uidValidity}]\r\n* OK [UIDNEXT ${this.uidNext}]\r\n* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Draft \\*)]\r\n${ok()}`
      case 'APPEND':
        return this.append(tag, line, literals)
      case 'UID':
        if (sub === 'FETCH') {
          const found = this.messages.flatMap(({ uid, flags, internalDate, raw }, i) =>
            isAsked(line, uid)
              ? `* ${i + 1} FETCH (UID ${uid} FLAGS (${flags.join(' ')}) INTERNALDATE "${dateTime(internalDate)}" RFC822.SIZE ${raw.length}${line.includes('BODY') ? ` BODY[] {${raw.length}}\r\n${raw.toString('latin1')}` : ''})\r\n`
              : [],
          )
          return found.join('') + ok()
        }
        if (sub === 'STORE') {
          const [, uids = '', what = '', flags = ''] = /STORE (\S+) (\S+) \((.*)\)$/.exec(line) ?? []
          if (this.isFull(flags)) return `${tag} NO Too many user flags in mailbox\r\n`
          for (const one of this.messages)
            if (isAsked(`x UID FETCH ${uids}`, one.uid))
              one.flags = what.startsWith('+') ? [...one.flags, flags] : flags.split(' ').filter(Boolean)
          return ok()
        }
        if (sub === 'EXPUNGE') {
          const set = line.split(' ')[3] ?? ''
          this.messages = this.messages.filter(
            one => !(isAsked(`x UID FETCH ${set}`, one.uid) && one.flags.includes('\\Deleted')),
          )
          return ok()
        }
        return ok()
      default:
        return ok()
    }
  }

  private isFull(flags: string): boolean {
    const { keywords } = this
    return keywords !== undefined && flags.split(' ').some(flag => /^[^\\]/.test(flag) && !keywords.includes(flag))
  }

  private append(tag: string, line: string, literals: Buffer[]): string {
    const heads = [...line.matchAll(/ \(([^)]*)\)(?: "([^"]*)")? \{\d+\+?\}/g)]
    if (this.wild && this.random() < 0.002) {
      this.uidValidity++
      this.messages = this.messages.map((one, i) => ({ ...one, uid: i + 1 }))
      this.uidNext = this.messages.length + 1
      this.log.push('numbered anew')
    }
    if (heads.some(([, flags = '']) => this.isFull(flags))) return `${tag} NO Too many user flags in mailbox\r\n`
    const bad = literals.some(raw => raw.includes('REFUSE'))
    if (bad) return `${tag} ${oneOf(this.random, ['NO [CANNOT] bad', 'NO bad header', 'BAD what is this'])}\r\n`
    if (this.some(0.03)) {
      const no = oneOf(this.random, [
        'NO [LIMIT] slow down',
        'NO [UNAVAILABLE] later',
        'NO [limit] x',
        'NO [INUSE] locked',
        'NO [SERVERBUG] oops',
        'NO Server Unavailable. 15',
      ])
      this.log.push(no)
      return `${tag} ${no}\r\n`
    }
    const uids = literals.map((raw, i) => {
      const [, flags = '', date = ''] = heads[i] ?? []
      this.messages.push({ uid: this.uidNext, flags: flags.split(' ').filter(Boolean), internalDate: parseDateTime(date), raw })
      return this.uidNext++
    })
    const told = this.some(0.1)
      ? oneOf(this.random, [
          '',
          `[APPENDUID ${this.uidValidity} 0] `,
          `[APPENDUID ${this.uidValidity} 1:4294967295] `,
          '[ALERT] ',
        ])
      : this.capability.includes('UIDPLUS')
        ? `[${oneOf(this.random, ['APPENDUID', 'appenduid'])} ${this.uidValidity} ${this.random() < 0.5 ? uids.join(',') : uids.length === 1 ? uids[0] : `${uids[0]}:${uids.at(-1)}`}] `
        : ''
    return `${tag} OK ${told}taken\r\n`
  }
}

/** Letters, a quarter of them twins of few dates, and some that the server refuses. */
export function letters(random: Chance, count: number): { raw: Buffer; flags: string[]; internalDate: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const twin = between(random, 1, 4) === 1
    const refuse = between(random, 1, 30) === 1 ? 'REFUSE' : ''
    const size = oneOf(random, [0, 10, 5000, 70_000])
    const raw = Buffer.from(
      `Subject: ${twin ? 'twin' : i} ${refuse}\r\nMessage-ID: <${twin ? 'twin' : i}@town.example>\r\n\r\n${twin ? '' : 'x'.repeat(size)}\r\n`,
    )
    return {
      raw,
      flags: ['\\Seen', '\\Flagged', 'kw'].filter(() => random() < 0.3),
      internalDate: Date.UTC(2025, 0, 1) + between(random, 0, 3) * 60_000,
    }
  })
}
