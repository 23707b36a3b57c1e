import { connect } from 'node:net'
import { Failure } from '../errors.ts'

/** How long one question to one server may take in all, in milliseconds. */
export const patienceMs = 5_000

/** One question: to whom (`host:port`, `[v6]:port`, port 53 if absent), which octets, what it is for, in an operator's words. */
export type Asking = { server: string; octets: Buffer; during: string; deadlineMs?: number | undefined }

/**
 * Sends one message over a TCP connection of its own and answers with the one that comes back under the same id (RFC 7766).
 * Throws a transient Failure that names the server when it cannot be reached or does not answer in time.
 */
export function exchange({ server, octets, during, deadlineMs = patienceMs }: Asking): Promise<Buffer> {
  if (octets.length > 0xffff) {
    const hint = 'Change fewer names at once: take some of the domains into a wave of their own.'
    return Promise.reject(
      new Failure({ verdict: 'permanent', during, code: 'TOO-BIG', text: 'a DNS message holds 65,535 octets', hint }),
    )
  }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const socket = connect(endpoint(server))
  const fail = (code: string, cause?: unknown) => {
    reject(unreachable(server, during, code, deadlineMs, cause))
    socket.destroy()
  }
  const deadline = setTimeout(() => fail('ETIMEDOUT'), deadlineMs)
  let received: Buffer = Buffer.alloc(0)
  socket.on('connect', () => socket.write(Buffer.concat([uint16(octets.length), octets])))
  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk])
    if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return
    const answer = received.subarray(2, 2 + received.readUInt16BE(0))
    if (answer.length < 12 || answer.readUInt16BE(0) !== octets.readUInt16BE(0)) return fail('EBADID')
    resolve(answer)
    socket.destroy()
  })
  socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'EUNKNOWN', error))
  socket.on('close', () => {
    clearTimeout(deadline)
    fail('ECLOSED')
  })
  return promise
}

/** `host:port` taken apart; the port is 53 where none is given. */
export function endpoint(server: string): { host: string; port: number } {
  const [, v6, named, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(server) ?? []
  return { host: v6 ?? named ?? server, port: Number(port ?? 53) }
}

/** A length or a number as two octets. */
export function uint16(value: number): Buffer {
  const octets = Buffer.alloc(2)
  octets.writeUInt16BE(value)
  return octets
}

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: start the name server, or correct its address or port',
  ETIMEDOUT: 'no answer: check that the server runs and that TCP port 53 is open between here and there',
  ECLOSED: 'the server hung up without an answer: see its log; it may refuse TCP or this address',
  ECONNRESET: 'the server hung up without an answer: see its log; it may refuse TCP or this address',
  ENOTFOUND: 'its name does not resolve here: correct the name or give its IP address',
  EBADID: 'what answers there does not speak DNS properly: look for a proxy or firewall in between',
}

/** Every wire error of a name server is weather: it is tried again, and the hint says what to look at if it stays. */
function unreachable(server: string, during: string, code: string, deadlineMs: number, cause: unknown): Failure {
  const text = code === 'ETIMEDOUT' ? `no answer from ${server} within ${deadlineMs} ms` : `name server ${server}`
  const hint = `Name server ${server}: ${hints[code] ?? 'it cannot be reached: check the network between here and there'}.`
  return new Failure({ verdict: 'transient', during, code, text, hint, cause })
}
