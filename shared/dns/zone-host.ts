import type { Tokens } from '../identity/tokens.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { azureDns } from './azure-dns.ts'
import { cloudflare } from './cloudflare.ts'
import { gandi } from './gandi.ts'
import { ovh } from './ovh.ts'
import { powerDns } from './powerdns.ts'
import { rfc2136 } from './rfc2136.ts'
import type { ZoneHost } from './zone.ts'

type Routing = Playbook['routing']
type Parts = { secret: (name: string) => Promise<string>; token: Tokens; now: () => number }

/** The host that a playbook’s routing names, one of each so that calls about a zone follow each other; `byHand` where a person changes the records. */
export function zoneHosts(parts: Parts, byHand: (routing: Routing) => ZoneHost): (routing: Routing) => ZoneHost {
  const known = new WeakMap<Routing, ZoneHost>()
  return routing => {
    const host = known.get(routing) ?? hostOf(routing, parts) ?? byHand(routing)
    known.set(routing, host)
    return host
  }
}

function hostOf(routing: Routing, parts: Parts): ZoneHost | undefined {
  switch (routing.kind) {
    case 'rfc2136':
      return rfc2136(routing, parts)
    case 'azure-dns':
      return azureDns(routing, parts)
    case 'ovh':
      return ovh(routing, parts)
    case 'gandi':
      return gandi(routing, parts)
    case 'cloudflare':
      return cloudflare(routing, parts)
    case 'powerdns':
      return powerDns(routing, parts)
    default:
      return undefined
  }
}
