import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, setDefaultCACertificates, TLSSocket } from 'node:tls'
import type { Endpoint } from '../../shared/imap/session.ts'

/**
 * What a scripted server says to one line (without CRLF); it may write at any time. Sign-in is answered before it is asked, and EXAMINE unless it
 * `opens` folders itself.
 */
export type Script = ((line: string, say: (data: string | Buffer) => void, socket: Socket) => void) & { opens?: boolean }

/** A server that plays one script to each connection. */
export type Scripted = { endpoint: Endpoint; close(): void }

/** Starts it on a free port. `capability`: what it admits to. */
export async function scripted(script: Script, capability = 'IMAP4rev1', tls: Endpoint['tls'] = 'none'): Promise<Scripted> {
  const paper = tls === 'none' ? undefined : certificate()
  const sockets = new Set<Socket>()
  const talk = (socket: Socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.on('error', () => {})
    hear(socket, script, capability, tls === 'starttls' ? paper : undefined)
  }
  const greet = (socket: Socket) => {
    talk(socket)
    socket.write(`* OK [CAPABILITY ${capability}] ready\r\n`)
  }
  const server: Server = tls === 'implicit' ? createTlsServer({ ...paper }, greet) : createServer(greet)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: { host: tls === 'none' ? '127.0.0.1' : 'localhost', port, tls, login: async () => ({ user: 'u', pass: 'p' }) },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Does a UID FETCH name this UID? */
export function isAsked(line: string, uid: number): boolean {
  const set = /^\S+ UID FETCH (\S+)/i.exec(line)?.[1] ?? ''
  return set.split(',').some(part => {
    const [from = '', to = from] = part.split(':')
    return uid >= Number(from) && (to === '*' || uid <= Number(to))
  })
}

function hear(socket: Socket, script: Script, capability: string, paper: Paper | undefined): void {
  let heard = ''
  const onData = (data: Buffer) => {
    heard += data.toString('latin1')
    for (let end = heard.indexOf('\r\n'); end >= 0; end = heard.indexOf('\r\n')) {
      const line = heard.slice(0, end)
      heard = heard.slice(end + 2)
      const [tag = '', verb = ''] = line.split(' ')
      if (/^LOGIN$/i.test(verb)) socket.write(`${tag} OK [CAPABILITY ${capability}] in\r\n`)
      else if (/^CAPABILITY$/i.test(verb)) socket.write(`* CAPABILITY ${capability}\r\n${tag} OK done\r\n`)
      else if (/^STARTTLS$/i.test(verb) && paper) {
        socket.off('data', onData)
        socket.write(`${tag} OK go on\r\n`)
        const safe = new TLSSocket(socket, { isServer: true, ...paper })
        safe.on('error', () => {})
        return hear(safe, script, capability, undefined)
      } else if (/^LOGOUT$/i.test(verb)) socket.end(`* BYE\r\n${tag} OK out\r\n`)
      else if (/^EXAMINE$/i.test(verb) && !script.opens)
        socket.write(`* 1 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n${tag} OK done\r\n`)
      else script(line, said => socket.write(said), socket)
    }
  }
  socket.on('data', onData)
}

type Paper = { key: string; cert: string }
let made: Paper | undefined

/** A certificate for localhost that this process trusts from now on. */
export function certificate(): Paper {
  if (made) return made
  const dir = mkdtempSync(join(tmpdir(), 'paper-'))
  const [key, cert] = [join(dir, 'key'), join(dir, 'cert')]
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...name],
    {
      stdio: 'ignore',
    },
  )
  made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  rmSync(dir, { recursive: true })
  setDefaultCACertificates([made.cert])
  return made
}
