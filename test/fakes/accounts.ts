import type { Accounts } from '../../shared/accounts/accounts.ts'

/** Accounts in memory. `notYet`: how often an account that was just made says that it is not ready. */
export function memoryAccounts(
  existing: Iterable<string> = [],
  notYet = 0,
): Accounts & { readonly there: Set<string>; made: number } {
  const there = new Set(existing)
  const asked = new Map<string, number>()
  const accounts = {
    there,
    made: 0,
    async ensure({ address }: { address: string }, soFar: { made?: 'created' | 'already' } = {}) {
      if (!there.has(address)) {
        there.add(address)
        accounts.made++
        asked.set(address, 0)
      }
      const times = asked.get(address)
      const made = times === undefined ? (soFar.made ?? 'already') : 'created'
      if (times === undefined || times >= notYet) return { ready: true as const, made }
      asked.set(address, times + 1)
      return { ready: false as const, made, why: 'its mailbox is being made', againInMs: 30_000 }
    },
  }
  return accounts
}
