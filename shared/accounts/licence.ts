import { z } from 'zod'
import { refused } from './refused.ts'

const plan = z.object({
  servicePlanId: z.string(),
  servicePlanName: z.string().nullish(),
  provisioningStatus: z.string().nullish(),
})

/** One product of the tenant, as `GET /subscribedSkus` lists it. */
export const skuShape = z.object({
  skuId: z.string(),
  skuPartNumber: z.string(),
  capabilityStatus: z.string().nullish(),
  consumedUnits: z.number(),
  prepaidUnits: z.object({ enabled: z.number(), warning: z.number().nullish() }),
  servicePlans: z.array(plan),
})
export type Sku = z.infer<typeof skuShape>

/** One licence of a user, as its `assignedLicenses` lists it. */
export const assignmentShape = z.object({ skuId: z.string(), disabledPlans: z.array(z.string()).nullish() })
export type Assignment = z.infer<typeof assignmentShape>

/** One service of a user, own or through a group, as its `assignedPlans` lists it. */
export const assignedPlanShape = z.object({ servicePlanId: z.string(), capabilityStatus: z.string().nullish() })
export type AssignedPlan = z.infer<typeof assignedPlanShape>

/** EXCHANGE_S_STANDARD and EXCHANGE_S_ENTERPRISE; EXCHANGE_S_FOUNDATION alone makes no mailbox. */
const mailboxPlans = ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'efb87545-963c-4e0d-99df-69c6916d9eb0']
const mailboxPlanNames = ['EXCHANGE_S_STANDARD', 'EXCHANGE_S_ENTERPRISE']

/** Whether a product makes a mailbox: an Exchange plan is in it and not switched off. */
export function hasMailboxPlan({ servicePlans }: Pick<Sku, 'servicePlans'>): boolean {
  return servicePlans.some(plan => isMailboxPlan(plan) && plan.provisioningStatus !== 'Disabled')
}

/** Whether a user's own licence of this product leaves its Exchange plan on. */
export function givesMailbox({ servicePlans }: Sku, { disabledPlans }: Assignment): boolean {
  return servicePlans.some(plan => isMailboxPlan(plan) && !disabledPlans?.includes(plan.servicePlanId))
}

/** Whether a service of a user is a mailbox. */
export function servesMailbox({ servicePlanId, capabilityStatus }: AssignedPlan): boolean {
  return mailboxPlans.includes(servicePlanId.toLowerCase()) && capabilityStatus !== 'Deleted'
}

function isMailboxPlan({ servicePlanId, servicePlanName }: Sku['servicePlans'][number]): boolean {
  return mailboxPlans.includes(servicePlanId.toLowerCase()) || mailboxPlanNames.includes(servicePlanName ?? '')
}

/** The seats of a product nobody has; units in their warning period can still be given. */
function freeSeats({ prepaidUnits, consumedUnits }: Sku): number {
  return prepaidUnits.enabled + (prepaidUnits.warning ?? 0) - consumedUnits
}

/** The product that is meant by an id or a part number. */
export function findSku(skus: readonly Sku[], licence: string): Sku | undefined {
  const name = licence.trim().toLowerCase()
  return skus.find(one => one.skuId.toLowerCase() === name || one.skuPartNumber.toLowerCase() === name)
}

/** The product a row's licence names, by id or part number; throws a permanent Failure that says what is wrong with it. */
export function namedSku(skus: readonly Sku[], licence: string, during: string): Sku {
  const sku = findSku(skus, licence)
  if (!sku) {
    const had = skus.filter(hasMailboxPlan).map(one => one.skuPartNumber)
    throw refused(
      during,
      'UnknownLicence',
      `the tenant has no licence ${licence}`,
      `Name one the tenant has (${had.join(', ') || 'it has none with Exchange'}), then retry.`,
    )
  }
  if (!hasMailboxPlan(sku)) {
    throw refused(
      during,
      'NoExchangePlan',
      `${sku.skuPartNumber} makes no mailbox`,
      'Choose a licence that holds an Exchange Online plan, switched on, then retry.',
    )
  }
  return sku
}

/** Refuses a product of which no seat can be given now. */
export function assertInStock(sku: Sku, during: string): void {
  if (sku.capabilityStatus && !['Enabled', 'Warning'].includes(sku.capabilityStatus)) {
    throw refused(
      during,
      'LicenceSuspended',
      `${sku.skuPartNumber} is ${sku.capabilityStatus}`,
      'Renew the subscription (Billing, Your products), then retry.',
    )
  }
  if (freeSeats(sku) > 0) return
  const text = `all ${sku.consumedUnits} of ${sku.skuPartNumber} are taken`
  throw refused(during, 'OutOfLicences', text, 'Buy seats or take one back from an unused account, then retry.')
}
