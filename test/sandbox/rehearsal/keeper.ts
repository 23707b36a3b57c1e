import { rrset } from '../../../shared/dns/records.ts'
import { rfc2136 } from '../../../shared/dns/rfc2136.ts'
import type { RRset } from '../../../shared/dns/zone.ts'
import type { World } from '../world.ts'

/** Is this what a domain says when somebody has to change its records by hand? */
export const asksKeeper = (words: string | undefined): words is string => words?.startsWith('Please change ') ?? false

/** Plays whoever keeps the DNS: does exactly what the text says, which is all that such a person gets. Throws where it cannot be understood. */
export async function keepRecords(world: World, words: string): Promise<void> {
  const { ports, secrets } = world.parts.kept
  const key = { name: 'releve', algorithm: 'hmac-sha256', secret: 'DNS_KEY' } as const
  const host = rfc2136({ server: `127.0.0.1:${ports.bind}`, key }, { secret: async () => secrets.update, now: Date.now })
  const zone = /in the zone (\S+):/.exec(words)?.[1]
  const changes = words
    .split('\n\n')
    .slice(1)
    .map(part => ({ before: linesIn(part, 'now'), after: linesIn(part, 'to be') }))
  if (zone === undefined || changes.length === 0) throw new Error(`what is to be changed?\n${words}`)
  const { outcome } = await host.replace(zone, changes)
  if (outcome !== 'applied' && outcome !== 'already') throw new Error(`the records of ${zone} could not be changed: ${outcome}`)
}

function linesIn(part: string, head: 'now' | 'to be'): RRset | null {
  const lines = new RegExp(`^ {2}${head}:\n((?: {4}.*\n?)+)`, 'm').exec(part)?.[1]?.trim().split('\n') ?? []
  const records = lines.flatMap(line => {
    const [, name = '', ttl = '', data = ''] = /^\s*(\S+)\. (\d+) IN MX (.+)$/.exec(line) ?? []
    return name ? [{ name, ttl: Number(ttl), data }] : []
  })
  const [first] = records
  return first
    ? rrset(
        first.name,
        'MX',
        first.ttl,
        records.map(({ data }) => data),
      )
    : null
}
