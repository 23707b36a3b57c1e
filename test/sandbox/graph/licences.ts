import { badRequest } from './answers.ts'
import type { Directory, SkuOption } from './directory.ts'
import { type Asked, page, type Route } from './routes.ts'

const writers = ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All']
const readers = [
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]
const ownReaders = ['LicenseAssignment.Read.All', 'User.Read.All', 'Directory.Read.All', ...writers]
/** EXCHANGE_S_STANDARD and EXCHANGE_S_ENTERPRISE. */
const mailboxPlans = ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'efb87545-963c-4e0d-99df-69c6916d9eb0']
/** Countries where the service sells nothing. */
const forbidden = ['CU', 'IR', 'KP', 'SY']

/** `/subscribedSkus`, `assignLicense` and `licenseDetails`; `licensed` is told of each change. */
export function licenceRoutes(clock: () => number, licensed: () => void): Route[] {
  return [
    {
      method: 'GET',
      path: 'subscribedSkus',
      permissions: readers,
      run: asked =>
        page(
          asked,
          'subscribedSkus',
          asked.tenant.skus.map(one => shown(one, asked.tenant)),
          1000,
        ),
    },
    { method: 'GET', path: 'users/{id}/licenseDetails', permissions: ownReaders, run: details },
    { method: 'POST', path: 'users/{id}/assignLicense', permissions: writers, run: asked => assign(asked, clock, licensed) },
  ]
}

function assign(asked: Asked, clock: () => number, licensed: () => void) {
  const { tenant } = asked
  const user = tenant.user(asked.id)
  const { add, remove } = wanted(asked.json())
  for (const { skuId, disabledPlans } of add) {
    const sku = tenant.skus.find(one => one.skuId === skuId)
    if (!sku) throw badRequest(`License ${skuId} does not correspond to a valid company License.`)
    const location = user.fields.usageLocation
    if (typeof location !== 'string' || forbidden.includes(location)) {
      throw badRequest('License assignment cannot be done for user with invalid usage location.')
    }
    if (disabledPlans.some(plan => !sku.servicePlans.some(one => one.servicePlanId === plan))) {
      throw badRequest(`License assignment failed because service plan ${disabledPlans.join(',')} is not part of ${skuId}.`)
    }
    const had = user.licences.some(one => one.skuId === skuId)
    if (!had && tenant.consumed(skuId) >= sku.enabled + (sku.warning ?? 0)) {
      throw badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`)
    }
  }
  for (const skuId of remove) {
    const had = user.licences.find(one => one.skuId === skuId)
    if (!had) throw badRequest('User does not have a corresponding license.')
    if (had.byGroup !== undefined)
      throw badRequest('User license is inherited from a group membership and it cannot be removed directly from the user.')
  }
  const kept = user.licences.filter(one => !remove.includes(one.skuId) && !add.some(other => other.skuId === one.skuId))
  const licences = [...kept, ...add]
  assertCompatible(tenant, licences)
  user.licences = licences
  if (!licences.some(one => exchangePlan(tenant, one))) user.mailboxSince = undefined
  else user.mailboxSince ??= clock()
  tenant.save()
  licensed()
  return { status: 200, body: { id: user.id, userPrincipalName: user.fields.userPrincipalName, assignedLicenses: user.licences } }
}

function details(asked: Asked) {
  const { tenant } = asked
  const user = tenant.user(asked.id)
  const value = user.licences.flatMap(({ skuId, disabledPlans }) => {
    const sku = tenant.skus.find(one => one.skuId === skuId)
    if (!sku) return []
    const servicePlans = sku.servicePlans.map(plan => ({
      ...plan,
      provisioningStatus: disabledPlans.includes(plan.servicePlanId) ? 'Disabled' : (plan.provisioningStatus ?? 'Success'),
      appliesTo: 'User',
    }))
    return [{ id: `${user.id}_${skuId}`, skuId, skuPartNumber: sku.skuPartNumber, servicePlans }]
  })
  return { status: 200, body: { value } }
}

type Wanted = { add: { skuId: string; disabledPlans: string[] }[]; remove: string[] }

function wanted(body: unknown): Wanted {
  const given: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const missing = ['addLicenses', 'removeLicenses'].filter(name => !Array.isArray(given[name]))
  if (missing.length > 0) {
    throw badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${missing.join(', ')}.`,
    )
  }
  const add = (given.addLicenses as { skuId?: unknown; disabledPlans?: unknown }[]).map(one => {
    if (typeof one.skuId !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(one.skuId)) {
      throw badRequest(
        "Cannot convert a primitive value to the expected type 'Edm.Guid'. See the inner exception for more details.",
      )
    }
    return {
      skuId: one.skuId.toLowerCase(),
      disabledPlans: Array.isArray(one.disabledPlans) ? one.disabledPlans.map(String) : [],
    }
  })
  return { add, remove: (given.removeLicenses as unknown[]).map(String) }
}

function assertCompatible(tenant: Directory, licences: Wanted['add']): void {
  const plans = new Set(licences.flatMap(one => exchangePlan(tenant, one) ?? []))
  if (plans.size < 2) return
  throw badRequest(
    `License assignment failed because service plans ${[...plans].join(' and ')} are mutually exclusive: conflicting service plans.`,
  )
}

function exchangePlan(tenant: Directory, { skuId, disabledPlans }: Wanted['add'][number]): string | undefined {
  const plans = tenant.skus.find(one => one.skuId === skuId)?.servicePlans ?? []
  return plans.find(one => mailboxPlans.includes(one.servicePlanId) && !disabledPlans.includes(one.servicePlanId))?.servicePlanId
}

function shown(sku: SkuOption, tenant: Directory) {
  return {
    appliesTo: 'User',
    capabilityStatus: sku.capabilityStatus ?? 'Enabled',
    consumedUnits: tenant.consumed(sku.skuId),
    id: `tenant_${sku.skuId}`,
    prepaidUnits: { enabled: sku.enabled, suspended: 0, warning: sku.warning ?? 0, lockedOut: 0 },
    servicePlans: sku.servicePlans.map(plan => ({ provisioningStatus: 'Success', appliesTo: 'User', ...plan })),
    skuId: sku.skuId,
    skuPartNumber: sku.skuPartNumber,
  }
}
