import { badRequest, Problem } from './answers.ts'
import type { Directory, User } from './directory.ts'
import { type Asked, page, type Route } from './routes.ts'
import { changedUserFields, newUserFields } from './user-body.ts'

const writers = ['User.ReadWrite.All', 'Directory.ReadWrite.All']
export const userReaders = ['User.Read.All', 'Directory.Read.All', ...writers]
const usual = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
]

/** `/users`: create, read, list, change. */
export const userRoutes: Route[] = [
  { method: 'POST', path: 'users', permissions: writers, run: create },
  { method: 'GET', path: 'users', permissions: userReaders, run: list },
  {
    method: 'GET',
    path: 'users/{id}',
    permissions: userReaders,
    run: asked => ({ status: 200, body: shown(asked.tenant.user(asked.id), asked) }),
  },
  { method: 'PATCH', path: 'users/{id}', permissions: [...writers, 'User-PasswordProfile.ReadWrite.All'], run: change },
]

/** What lets each user in, by id; kept in memory only, as nothing gives a password back. */
const kept = new WeakMap<Directory, Map<string, string>>()

export function passwordsOf(tenant: Directory): Map<string, string> {
  const known = kept.get(tenant) ?? new Map<string, string>()
  kept.set(tenant, known)
  return known
}

/** Microsoft lets an app set the password of a user that is there only with a permission of its own. */
const passwordSetters = ['User-PasswordProfile.ReadWrite.All', 'Directory.ReadWrite.All']

function create(asked: Asked) {
  const fields = newUserFields(asked.json(), asked.tenant)
  assertFree(asked.tenant, fields.userPrincipalName)
  const { passwordProfile, ...kept } = fields
  const user = asked.tenant.addUser({ ...kept, userPrincipalName: fields.userPrincipalName })
  passwordsOf(asked.tenant).set(user.id, String(Object(passwordProfile).password))
  return {
    status: 201,
    body: { '@odata.context': `${asked.base}/v1.0/$metadata#users/$entity`, ...pick(user, usual, asked.tenant) },
  }
}

function change(asked: Asked) {
  const user = asked.tenant.user(asked.id)
  const { passwordProfile, ...fields } = changedUserFields(asked.json(), asked.tenant)
  if (passwordProfile !== undefined) {
    if (!passwordSetters.some(one => asked.caller.roles.includes(one)))
      throw new Problem(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
    passwordsOf(asked.tenant).set(user.id, String(Object(passwordProfile).password))
  }
  if (typeof fields.userPrincipalName === 'string') assertFree(asked.tenant, fields.userPrincipalName, user)
  Object.assign(user.fields, fields)
  asked.tenant.save()
  return { status: 204 }
}

function list(asked: Asked) {
  const filter = asked.query.get('$filter')
  const users = filter ? asked.tenant.users.filter(predicate(filter)) : asked.tenant.users
  return page(
    asked,
    'users',
    users.map(user => shown(user, asked)),
    100,
  )
}

/** The name of a user, and every address of one, is unique among users. */
function assertFree(tenant: Directory, name: string, but?: User): void {
  for (const user of tenant.users) {
    if (user === but) continue
    const target = user.fields.userPrincipalName.toLowerCase() === name.toLowerCase() ? 'userPrincipalName' : 'proxyAddresses'
    if (target === 'proxyAddresses' && !user.proxyAddresses.some(one => one.toLowerCase() === `smtp:${name.toLowerCase()}`))
      continue
    const message = `Another object with the same value for property ${target} already exists.`
    throw badRequest(message, [{ code: 'ObjectConflict', target, message }])
  }
}

/** The few filters spoken here; the service takes many more, and so says of those it does not. */
function predicate(filter: string): (user: User) => boolean {
  const property = /^(userPrincipalName|mail) eq '((?:[^']|'')*)'$/.exec(filter)
  const proxy = /^proxyAddresses\/any\((\w+):\1 eq '((?:[^']|'')*)'\)$/.exec(filter)
  const wanted = (property?.[2] ?? proxy?.[2] ?? '').replaceAll("''", "'").toLowerCase()
  if (property) return user => String(user.fields[property[1] ?? ''] ?? '').toLowerCase() === wanted
  if (proxy) return user => user.proxyAddresses.some(one => one.toLowerCase() === wanted)
  throw new Problem(400, 'Request_UnsupportedQuery', `Unsupported or invalid query filter clause specified: '${filter}'.`)
}

function shown(user: User, asked: Asked): Record<string, unknown> {
  return pick(user, asked.query.get('$select')?.split(',') ?? usual, asked.tenant)
}

function pick(user: User, names: string[], tenant: Directory): Record<string, unknown> {
  const all: Record<string, unknown> = {
    businessPhones: [],
    userType: 'Member',
    ...user.fields,
    id: user.id,
    createdDateTime: user.createdDateTime,
    proxyAddresses: user.proxyAddresses,
    assignedLicenses: user.licences.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
    licenseAssignmentStates: user.licences.map(({ skuId, disabledPlans, byGroup = null }) => ({
      ...{ skuId, disabledPlans, assignedByGroup: byGroup },
      ...{ state: 'Active', error: 'None' },
    })),
    assignedPlans: plans(user, tenant),
  }
  return Object.fromEntries(['id', ...names].map(name => [name, all[name] ?? null]))
}

/** The services of a user's licences, as far as they are switched on. */
function plans(user: User, tenant: Directory): object[] {
  return user.licences.flatMap(({ skuId, disabledPlans }) => {
    const all = tenant.skus.find(one => one.skuId === skuId)?.servicePlans ?? []
    const on = all.filter(plan => !disabledPlans.includes(plan.servicePlanId))
    return on.map(({ servicePlanId, servicePlanName }) => ({
      assignedDateTime: user.createdDateTime,
      capabilityStatus: 'Enabled',
      service: servicePlanName.startsWith('EXCHANGE') ? 'exchange' : 'other',
      servicePlanId,
    }))
  })
}
