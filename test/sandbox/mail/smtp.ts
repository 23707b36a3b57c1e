import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { certificate } from '../../imap/scripted.ts'
import { Inlet } from './inlet.ts'

/** One message as the server took it: who signed in, whether the line was encrypted, the envelope, the bytes without their dot-stuffing. */
export type Taken = { user: string; encrypted: boolean; from: string; to: string[]; data: Buffer }

/** What the server answers instead of yes, by verb; `end` is the dot that ends DATA. */
export type Refusals = Partial<Record<'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'end', string>>

/** A submission server (RFC 6409) that keeps what it takes. `pass`: it takes mail only from whoever signs in with it. */
export async function smtpServer({
  tls,
  pass,
  refuses = {},
}: {
  tls: 'implicit' | 'starttls' | 'none'
  pass?: string
  refuses?: Refusals
}) {
  const taken: Taken[] = []
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const paper = tls === 'none' ? undefined : certificate()
  const talk = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    void hear(socket, tls === 'implicit', true)
  }
  const hear = async (socket: Socket, encrypted: boolean, greet: boolean): Promise<void> => {
    const inlet = new Inlet(socket)
    const say = (text: string) => socket.write(`${text}\r\n`)
    const mail: Taken = { user: '', encrypted, from: '', to: [], data: Buffer.alloc(0) }
    const open = pass === undefined
    if (greet) say('220 smtp.old.example ESMTP')
    for (let line = await inlet.line(); line !== undefined; line = await inlet.line()) {
      heard.push(line)
      const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? []
      const address = /<([^>]*)>/.exec(rest)?.[1] ?? ''
      const refused = refuses[verb.toUpperCase() as keyof Refusals]
      if (refused) say(refused)
      else if (verb === 'EHLO')
        say(
          [
            'smtp.old.example',
            '8BITMIME',
            ...(tls === 'starttls' && !encrypted ? ['STARTTLS'] : open ? [] : ['AUTH PLAIN']),
            'SIZE 1000000',
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
        say('250 ok')
      } else if (verb === 'RCPT') {
        mail.to.push(address)
        say('250 ok')
      } else if (verb === 'DATA') {
        say('354 go on')
        mail.data = await dataOf(inlet)
        if (!refuses.end) taken.push({ ...mail })
        say(refuses.end ?? '250 2.0.0 queued')
      } else if (verb === 'QUIT') socket.end('221 bye\r\n')
      else say(verb === 'MAIL' ? '530 5.7.0 Authentication required' : '502 5.5.1 not here')
    }
  }
  const server = tls === 'implicit' ? createTlsServer({ ...paper }, talk) : createServer(talk)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    taken,
    /** Every line of every client, those of messages left out. */
    heard,
    host: tls === 'none' ? '127.0.0.1' : 'localhost',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
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
