import { Failure } from '../../shared/errors.ts'
import type { World } from './world.ts'

/** How a name server fails: an answer that says so, or none. */
export type Sick = 'SERVFAIL' | 'REFUSED' | 'ETIMEDOUT'

/**
 * Name servers of a world that fail: `sick` says how the n-th does now (0 is the primary, which is written to), undefined: it answers. What times out while
 * it is written is written all the same where `written` says so.
 */
export function dnsWeather(world: World, sick: (n: number) => Sick | undefined, written: () => boolean = () => false): void {
  const { dns, zone } = world
  const { authorities, askAll } = dns
  const { replace } = zone.host
  Object.assign(dns, {
    authorities: async (domain: string) => {
      const found = await authorities(domain)
      const how = found.servers.map((_, n) => sick(n))
      if (how[0] && how.every(Boolean)) throw failure(how[0], `asking for ${domain} SOA`)
      return found
    },
    askAll: async (...given: Parameters<typeof askAll>) =>
      (await askAll(...given)).map((one, n) => {
        const [how, { server }] = [sick(n), one]
        if (how === undefined) return one
        if (how === 'ETIMEDOUT') return { server, failure: failure(how, `asking ${server}`) }
        return { server, aa: false, rcode: how, serial: undefined, rrset: null, ms: 1 }
      }),
  } satisfies Partial<World['dns']>)
  zone.host.replace = async (...given) => {
    const how = sick(0)
    if (how === undefined) return replace(...given)
    if (how === 'ETIMEDOUT' && written()) await replace(...given)
    throw failure(how, 'changing the records')
  }
}

function failure(code: Sick, during: string): Failure {
  return new Failure({ verdict: 'transient', during, code, hint: 'See the log of the name server.' })
}
