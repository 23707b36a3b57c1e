import { Failure } from '../errors.ts'
import { exchange } from './exchange.ts'
import { decodeMessage, encodeMessage, TYPE } from './message.ts'

/** An answer to a plain question, read. */
export type Reply = ReturnType<typeof decodeMessage>

/** One plain question to one server. `recurse` only towards resolvers: an authoritative server is asked for what it knows itself. */
export type Question = {
  server: string
  name: string
  type: keyof typeof TYPE
  recurse?: boolean
  deadlineMs?: number | undefined
}

/** Asks over TCP and reads the answer. Throws a transient Failure naming the server when none comes that can be read. */
export async function ask({ server, name, type, recurse = false, deadlineMs }: Question): Promise<Reply> {
  const during = `asking ${server} for ${name} ${type}`
  const octets = encodeMessage({ opcode: 0, recurse, zone: { name, type: TYPE[type] } })
  const raw = await exchange({ server, octets, during, deadlineMs })
  try {
    return decodeMessage(raw)
  } catch (cause) {
    const hint = `What answers at ${server} does not speak DNS properly: look for a proxy or firewall in between, and at its log.`
    throw new Failure({ verdict: 'transient', during, code: 'UNREADABLE', text: `name server ${server}`, hint, cause })
  }
}
