import type { Accounts, AccountWanted, Identity, PassWanted, SoFar } from '../../shared/accounts/accounts.ts'

/** Accounts in memory. `notYet`: how often an account that was just made says that it is not ready. `passwords`: what lets one in, by address. */
export function memoryAccounts(
  existing: Iterable<string> = [],
  notYet = 0,
): Required<Accounts> & {
  readonly there: Set<string>
  readonly passwords: Map<string, string>
  /** What accounts are called otherwise than their addresses. */
  readonly names: Map<string, Identity>
  /** Whose mailboxes are other than persons’ own, or none. */
  readonly holders: Map<string, { purpose?: string }>
  /** Whose licence was taken back, in order. */
  readonly withdrawn: string[]
  made: number
  passes: PassWanted[]
} {
  const there = new Set(existing)
  const passwords = new Map<string, string>()
  const asked = new Map<string, number>()
  const accounts = {
    there,
    passwords,
    names: new Map<string, Identity>(),
    holders: new Map<string, { purpose?: string }>(),
    withdrawn: [] as string[],
    made: 0,
    passes: [] as PassWanted[],
    async ensure({ address, password }: Pick<AccountWanted, 'address' | 'password'>, soFar: Pick<SoFar, 'made'> = {}) {
      if (!there.has(address)) {
        const first = await password?.()
        if (first !== undefined) passwords.set(address, first)
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
    async identity(signIn: string, address: string) {
      return accounts.names.get(address) ?? { signIn, primary: address }
    },
    async holder(address: string) {
      return accounts.holders.get(address) ?? (there.has(address) ? { purpose: 'user' } : undefined)
    },
    async licensed(address: string) {
      return there.has(address) && !accounts.withdrawn.includes(address)
    },
    async withdraw(address: string) {
      if (await accounts.licensed(address)) accounts.withdrawn.push(address)
    },
    async setPassword(address: string, password: string) {
      if (!there.has(address)) throw new Error(`there is no account ${address}`)
      passwords.set(address, password)
    },
    async temporaryPass(address: string, wanted: PassWanted) {
      if (!there.has(address)) throw new Error(`there is no account ${address}`)
      accounts.passes.push(wanted)
      const pass = `PASS${accounts.passes.length}x7wq`
      passwords.set(address, pass)
      return pass
    },
  }
  return accounts
}
