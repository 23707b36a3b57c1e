import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { certificate } from '../../imap/scripted.ts'
import { Inlet } from './inlet.ts'

/** One message as the server took it: who signed in, whether the line was encrypted, the envelope, the bytes without their dot-stuffing. */
export type Taken = { user: string; encrypted: boolean; from: string; to: string[]; data: Buffer }

/** What the server answers instead of yes, by verb; `end` is the dot that ends DATA. */
export type Refusals = Partial<Record<'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end', string>>

/** How a server behaves. `pass`: it takes mail only from whoever signs in with it; `take`: what becomes of each message; `port`: absent, any. */
export type SmtpManners = {
  tls: 'implicit' | 'starttls' | 'none'
  port?: number
  pass?: string
  refuses?: Refusals
  take?: (taken: Taken) => Promise<void>
}

/** A submission server (RFC 6409) that keeps what it takes, or hands it on: what `take` throws is said to the sender. */
export async function startSmtp({ tls, port = 0, pass, refuses = {}, take }: SmtpManners) {
  const taken: Taken[] = []
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const paper = tls === 'none' ? undefined : certificate()
  const talk = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    void hear(socket, tls === 'implicit', true)
  }
  const hear = async (socket: Socket, encrypted: boolean, greet: boolean): Promise<void> => {
    const inlet = new Inlet(socket)
    const say = (text: string) => socket.write(`${text}\r\n`)
    const mail: Taken = { user: '', encrypted, from: '', to: [], data: Buffer.alloc(0) }
    const open = pass === undefined
    if (greet) say('220 mail.sandbox.test ESMTP')
    for (let line = await inlet.line(); line !== undefined; line = await inlet.line()) {
      heard.push(line)
      const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? []
      const address = /<([^>]*)>/.exec(rest)?.[1] ?? ''
      const refused = refuses[verb.toUpperCase() as keyof Refusals]
      if (refused) say(refused)
      else if (verb === 'EHLO')
        say(
          [
            'mail.sandbox.test',
            '8BITMIME',
            ...(tls === 'starttls' && !encrypted ? ['STARTTLS'] : open ? [] : ['AUTH PLAIN']),
            'SIZE 50000000',
          ]
            .map((word, i, all) => `250${i === all.length - 1 ? ' ' : '-'}${word}`)
            .join('\r\n'),
        )
      else if (verb === 'STARTTLS' && paper) {
        say('220 go on')
        socket.removeAllListeners('data')
        const safe = new TLSSocket(socket, { isServer: true, ...paper })
        safe.on('error', () => {})
        return hear(safe, true, false)
      } else if (verb === 'AUTH') {
        const [, user = '', given = ''] = Buffer.from(rest.replace(/^PLAIN\s+/i, ''), 'base64')
          .toString()
          .split('\0')
        if (given === pass) mail.user = user
        say(given === pass ? '235 2.7.0 in' : '535 5.7.8 Authentication credentials invalid')
      } else if (verb === 'MAIL' && (open || mail.user !== '')) {
        mail.from = address
        mail.to = []
        say('250 ok')
      } else if (verb === 'RCPT') {
        mail.to.push(address)
        say('250 ok')
      } else if (verb === 'DATA') {
        say('354 go on')
        mail.data = await dataOf(inlet)
        say(refuses.end ?? (await handedOn({ ...mail })))
      } else if (verb === 'QUIT') socket.end('221 bye\r\n')
      else say(verb === 'MAIL' ? '530 5.7.0 Authentication required' : '502 5.5.1 not here')
    }
  }
  const handedOn = async (mail: Taken): Promise<string> => {
    try {
      await (take ? take(mail) : taken.push(mail))
      return '250 2.0.0 queued'
    } catch (error) {
      const words = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'not now'
      // A mailbox that is not there is no weather (RFC 5321 4.2.3).
      return `${/5\d\d|does not take mail/.test(words) ? 550 : 451} ${words}`
    }
  }
  const server = tls === 'implicit' ? createTlsServer({ ...paper }, talk) : createServer(talk)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    taken,
    /** Every line of every client, those of messages left out. */
    heard,
    host: tls === 'none' ? '127.0.0.1' : 'localhost',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Lines up to the lone dot, stuffed dots taken away (RFC 5321 4.5.2), byte for byte. */
async function dataOf(inlet: Inlet): Promise<Buffer> {
  const lines: string[] = []
  for (let line = await inlet.line(); line !== undefined && line !== '.'; line = await inlet.line())
    lines.push(`${line.startsWith('.') ? line.slice(1) : line}\r\n`)
  return Buffer.from(lines.join(''), 'latin1')
}
