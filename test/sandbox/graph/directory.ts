import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { unknownObject } from './answers.ts'

export type ServicePlan = { servicePlanId: string; servicePlanName: string; provisioningStatus?: string }

/** A product of the tenant; `consumed` counts seats taken by accounts that the stand-in does not hold. */
export type SkuOption = {
  skuId: string
  skuPartNumber: string
  enabled: number
  warning?: number
  consumed?: number
  capabilityStatus?: string
  servicePlans: ServicePlan[]
}

/** A domain of the tenant; `mx` is what Microsoft wants as its mail exchange, `mail: false`: Exchange is not switched on for it. */
export type DomainOption = { id: string; verified?: boolean; mail?: boolean; mx?: string; inOtherTenant?: boolean }

export type User = {
  id: string
  createdDateTime: string
  /** Everything else a user has, under the names of the documentation. */
  fields: Record<string, unknown> & { userPrincipalName: string }
  /** `byGroup`: he has it as a member of that group. */
  licences: { skuId: string; disabledPlans: string[]; byGroup?: string }[]
  proxyAddresses: string[]
  /** Since when a licence with an Exchange plan has been there, epoch ms. */
  mailboxSince: number | undefined
  mailboxOpen: boolean
  settings: Record<string, unknown>
}

export type Domain = { id: string; verified: boolean; mail?: boolean; mx: string; txt: string; inOtherTenant: boolean }

export type Directory = {
  users: User[]
  domains: Domain[]
  skus: SkuOption[]
  /** Writes everything to the state file, before the answer that reports the change. */
  save(): void
  user(idOrName: string): User
  domain(id: string): Domain
  /** Seats of a product in use. */
  consumed(skuId: string): number
  addUser(fields: User['fields'], more?: Partial<User>): User
}

type Saved = { users: User[]; domains: Domain[] }

/** The tenant's objects: those of the state file where there is one, else those of the options. */
export function directory(options: {
  domains: (DomainOption | string)[]
  skus: SkuOption[]
  stateFile: string | undefined
  clock: () => number
}): Directory {
  const saved = options.stateFile ? load(options.stateFile) : undefined
  const users = saved?.users ?? []
  const domains = options.domains.map(one => made(one))
  for (const old of saved?.domains ?? []) {
    const known = domains.find(one => one.id === old.id)
    if (known) known.verified ||= old.verified
    else domains.push(old)
  }
  const self: Directory = {
    users,
    domains,
    skus: options.skus,
    save: () => {
      if (!options.stateFile) return
      writeFileSync(`${options.stateFile}.new`, JSON.stringify({ users, domains } satisfies Saved))
      renameSync(`${options.stateFile}.new`, options.stateFile)
    },
    user: idOrName => {
      const name = idOrName.toLowerCase()
      const found = users.find(one => one.id === name || one.fields.userPrincipalName.toLowerCase() === name)
      if (!found) throw unknownObject(idOrName)
      return found
    },
    domain: id => {
      const found = domains.find(one => one.id === id.toLowerCase())
      if (!found) throw unknownObject(id)
      return found
    },
    consumed: skuId => {
      const before = options.skus.find(one => one.skuId === skuId)?.consumed ?? 0
      return before + users.filter(one => one.licences.some(licence => licence.skuId === skuId)).length
    },
    addUser: (fields, more) => {
      const user: User = {
        id: randomUUID(),
        createdDateTime: new Date(options.clock()).toISOString(),
        fields,
        licences: [],
        proxyAddresses: [],
        mailboxSince: undefined,
        mailboxOpen: false,
        settings: {},
        ...more,
      }
      users.push(user)
      self.save()
      return user
    },
  }
  return self
}

function made(option: DomainOption | string): Domain {
  const { id, verified = true, mail = true, mx, inOtherTenant = false } = typeof option === 'string' ? { id: option } : option
  const name = id.toLowerCase()
  const number = createHash('sha256').update(name).digest().readUInt32BE()
  return {
    id: name,
    verified,
    mail,
    mx: mx ?? `${name.replaceAll('.', '-')}.mail.protection.outlook.com`,
    txt: `MS=ms${number}`,
    inOtherTenant,
  }
}

function load(file: string): Saved | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Saved
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
