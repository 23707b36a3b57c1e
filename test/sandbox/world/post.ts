import { randomUUID } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import { deliver } from '../mail/lmtp.ts'

/** Which side a message was handed to. */
export type Side = 'old' | 'new'

/** A message that was sent from outside, and where it went. */
export type Posted = { address: string; messageId: string; side: Side }

/** Asks one name server for the mail exchangers of a domain, best first; it is the server itself that answers, no resolver between. */
export async function mailExchangers(server: string, domain: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 3 })
  resolver.setServers([server])
  const records = await resolver.resolveMx(domain)
  return records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange.toLowerCase())
}

/** Where mail can be handed over: the host that an MX names, and the LMTP port of the server behind it. */
export type Exchangers = { nameServer: string; sideOf: (host: string) => Side | undefined; lmtpPort: (side: Side) => number }

/** Somebody outside who sends mail. One who `remembers` asks DNS once for each domain, as caches that ignore a TTL do. */
export type Sender = {
  /** Learns where the mail of these domains goes now. */
  learn(domains: readonly string[]): Promise<void>
  /** Writes a short letter and hands it over where MX says; throws the receiving server’s words where it is refused. */
  write(address: string, subject: string): Promise<Posted>
  /** Hands over a whole message. */
  send(from: string, address: string, raw: Buffer): Promise<Side>
}

/** Starts a sender, who goes by the MX of BIND. */
export function sender(where: Exchangers, { remembers = false } = {}): Sender {
  const known = new Map<string, string>()
  const exchangerOf = async (domain: string) => {
    const remembered = known.get(domain)
    if (remembered !== undefined) return remembered
    const [best] = await mailExchangers(where.nameServer, domain)
    if (best === undefined) throw new Error(`${domain} has no MX: nobody can write to it.`)
    if (remembers) known.set(domain, best)
    return best
  }
  const send = async (from: string, address: string, raw: Buffer) => {
    const host = await exchangerOf(address.slice(address.lastIndexOf('@') + 1))
    const side = where.sideOf(host)
    if (side === undefined) throw new Error(`The MX of ${address} is ${host}, and nothing here answers to that name.`)
    await deliver({ lmtpPort: where.lmtpPort(side), from, to: address, raw })
    return side
  }
  return {
    learn: async domains => void (await Promise.all(domains.map(exchangerOf))),
    send,
    async write(address, subject) {
      const messageId = `<${randomUUID()}@fournisseur.example>`
      return { address, messageId, side: await send('marc@fournisseur.example', address, letter(address, subject, messageId)) }
    },
  }
}

function letter(address: string, subject: string, messageId: string): Buffer {
  const lines = [
    'From: Marc Dubois <marc@fournisseur.example>',
    `To: ${address}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Bonjour,',
    '',
    'Ceci est un courrier écrit pendant le déménagement.',
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}
