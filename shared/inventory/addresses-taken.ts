import type { Holder, HolderKind } from '../graph/tenant.ts'
import { placeOf, type WantedMailbox } from '../intake/mailbox.ts'

/** An address of a wave that something else of the tenant has already. */
export type Taken = { address: string; by: HolderKind; name: string }

/** Addresses of a wave that the target’s tenant has given to something else than what the wave makes or finds there, in the order of the wave. */
export function addressesTaken(wanted: readonly WantedMailbox[], holders: readonly Holder[]): Taken[] {
  const byAddress = new Map<string, Holder[]>()
  for (const one of holders) for (const address of one.addresses) byAddress.set(address, [...(byAddress.get(address) ?? []), one])
  const owners = new Map(wanted.map(one => [one.address, placeOf(one).toLowerCase()]))
  return wanted.flatMap(one => {
    const address = placeOf(one).toLowerCase()
    const found = byAddress.get(address) ?? []
    // What is there as it should be has replaced whatever was deleted.
    if (found.some(holder => isMeant(one, address, holder, owners))) return []
    const [first] = found
    return first ? [{ address, by: first.kind, name: nameOf(first) }] : []
  })
}

/** Is this what the wave wants at that address? */
function isMeant(one: WantedMailbox, address: string, holder: Holder, owners: ReadonlyMap<string, string>): boolean {
  switch (one.kind) {
    case 'user':
    case 'shared':
      return holder.kind === 'user' && (holder.signIn === address || holder.primary === address)
    case 'alias': {
      const owner = one.aliasOf === undefined ? undefined : (owners.get(one.aliasOf) ?? one.aliasOf)
      return holder.kind === 'user' && owner !== undefined && holder.addresses.includes(owner)
    }
    case 'list':
      return holder.kind === 'list' && holder.primary === address
  }
}

function nameOf({ signIn, primary, name }: Holder): string {
  return signIn ?? primary ?? name
}
