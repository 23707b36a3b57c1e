import { createServer, type Socket } from 'node:net'
import { Inlet, put } from './inlet.ts'

/** A server that takes mail on loopback, without a sign-in. */
export type Submission = { port: number; stop(): Promise<void> }

/** What it was handed: the envelope, and the message as it came. */
export type Handed = { from: string; to: string; raw: Buffer }

/** Starts a mail server (RFC 5321, as little of it as notices need) that hands each message on; what `take` throws is said to the sender. */
export async function startSubmission(port: number, take: (handed: Handed) => Promise<void>): Promise<Submission> {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket.on('close', () => open.delete(socket)))
    converse(socket, take).catch(() => socket.destroy())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    port,
    async stop() {
      for (const socket of open) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

async function converse(socket: Socket, take: (handed: Handed) => Promise<void>): Promise<void> {
  const inlet = new Inlet(socket)
  let from = ''
  let to: string[] = []
  const say = (line: string) => put(socket, `${line}\r\n`)
  await say('220 mail.sandbox.test ESMTP')
  for (let line = await inlet.line(); line !== undefined; line = await inlet.line()) {
    const [verb = ''] = line.toUpperCase().split(/[ :]/)
    const path = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (verb === 'QUIT') return void socket.end('221 bye\r\n')
    if (verb === 'EHLO' || verb === 'HELO') await put(socket, '250-mail.sandbox.test\r\n250 8BITMIME\r\n')
    else if (verb === 'MAIL') [from, to] = [path, []]
    else if (verb === 'RCPT') to.push(path)
    else if (verb === 'DATA') {
      await say('354 go on')
      const raw = await body(inlet)
      try {
        for (const one of to) await take({ from, to: one, raw })
        await say('250 taken')
      } catch (error) {
        const words = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'not now'
        // A mailbox that is not there is no weather (RFC 5321 4.2.3).
        await say(`${/5\d\d|does not take mail/.test(words) ? 550 : 451} ${words}`)
      }
    } else if (verb !== 'RSET' && verb !== 'NOOP') await say('502 not here')
    if (['MAIL', 'RCPT', 'RSET', 'NOOP'].includes(verb)) await say('250 good')
  }
}

/** The lines up to the dot, with the dots that were doubled for the way taken off (RFC 5321 4.5.2). */
async function body(inlet: Inlet): Promise<Buffer> {
  const lines: string[] = []
  for (let line = await inlet.line(); line !== undefined && line !== '.'; line = await inlet.line())
    lines.push(line.startsWith('.') ? line.slice(1) : line)
  return Buffer.from(lines.map(line => `${line}\r\n`).join(''), 'latin1')
}
