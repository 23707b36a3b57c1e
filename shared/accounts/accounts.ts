/** An account a mailbox's row wants on the target. `licence` is a skuId or a skuPartNumber the customer's tenant has. */
export type AccountWanted = {
  address: string
  kind: 'user' | 'shared' | 'alias' | 'list'
  /** alias: whose it is. */
  aliasOf?: string
  /** list: who gets its mail; shared: who opens it. As the target names them. */
  members?: string[]
  /** list: who looks after it, as the target names them. */
  owners?: string[]
  /** list: who may write to it. */
  senders?: 'anyone' | 'members' | 'organisation'
  /** list: does it open a mailbox or a calendar, so that it must be a security group? */
  opens?: boolean
  displayName?: string
  givenName?: string
  surname?: string
  jobTitle?: string
  department?: string
  officeLocation?: string
  /** As the address book and signatures show it: the business telephone. */
  phone?: string
  /** ISO 3166 two letters; without it Microsoft gives no licence. */
  usageLocation?: string
  licence?: string
  /** BCP 47, such as `fr-BE`: the language of a new mailbox's folders. */
  language?: string
  /** The first password of a new account, to be changed at the first sign-in. Asked for only when none was found; absent: one that nobody knows. */
  password?: () => Promise<string>
}

/** A Temporary Access Pass to be made. Microsoft takes 10 to 43200 minutes, and no more than the tenant’s policy. */
export type PassWanted = { startsAt: number; lifetimeMinutes: number; usableOnce: boolean }

/** Whether this project made the account or found it; what was found is left as it is. */
export type Made = 'created' | 'already'

/** What making a mailbox’s account has come to: how often it was looked for, and whether this project made it. */
export type Provisioning = { tries: number; made?: Made }

/** Whom orders let into a shared mailbox and out of it, until somebody says that the last one was carried out; `at`: when that was given. */
export type MembersChange = { at: number; added: string[]; removed: string[] }

/**
 * A licence that an order takes back from an account which this project made: who, why and when that began, and was done. `gone`: somebody else had taken
 * it already.
 */
export type Withdrawal = { licence: string; who: string; why: string; at: number; doneAt?: number; gone?: true }

/** What earlier calls came to: how often `ensure` said "not yet", since when, and whether one of them made the account. */
export type SoFar = { tries: number; elapsedMs: number; made?: Made }

export type AccountState = { ready: true; made: Made } | { ready: false; made: Made; why: string; againInMs: number }

/** What an account is called: by what its person signs in, and its primary SMTP address, where it has one. */
export type Identity = { signIn: string; primary?: string }

/**
 * Makes target accounts exist, or sees that they do. Repeatable: twice equals once, from whatever point an earlier call was
 * stopped at. `ready: false` is to be asked again after `againInMs`; what waiting cannot cure is a permanent Failure with its hint.
 */
export type Accounts = {
  ensure(wanted: AccountWanted, soFar?: SoFar): Promise<AccountState>
  /** The account with a sign-in name, else the one that has the address among its own. Absent: nobody can be asked. */
  identity?(signIn: string, address: string): Promise<Identity | undefined>
  /** Whose mailbox an address is: `purpose` as Graph has it (`user`, `shared` …), absent where the account has none; undefined: nobody’s. Absent: nobody can be asked. */
  holder?(address: string): Promise<{ purpose?: string } | undefined>
  /** Does an account have this licence itself? Absent: nobody can be asked. */
  licensed?(address: string, licence: string): Promise<boolean>
  /** Takes a licence back; once it has none nothing happens. Its mailbox is deleted thirty days later. */
  withdraw?(address: string, licence: string): Promise<void>
  /** Sets another password, to be changed at the next sign-in. Absent: whoever makes these accounts does that. */
  setPassword?(address: string, password: string): Promise<void>
  /** Makes a Temporary Access Pass; an earlier one ends. Its value is told this once. */
  temporaryPass?(address: string, wanted: PassWanted): Promise<string>
}
