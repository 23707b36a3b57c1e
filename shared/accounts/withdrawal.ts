import { z } from 'zod'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import type { Accounts } from './accounts.ts'
import { assignmentShape, namedSku, skuShape } from './licence.ts'
import { refused } from './refused.ts'

const shape = z.object({
  id: z.string(),
  assignedLicenses: z.array(assignmentShape).nullish(),
  licenseAssignmentStates: z.array(z.object({ skuId: z.string(), assignedByGroup: z.string().nullish() })).nullish(),
})
const fields = '$select=id,assignedLicenses,licenseAssignmentStates'

/** Licences of accounts in Microsoft 365, taken back. Needs User.Read.All, LicenseAssignment.Read.All and LicenseAssignment.ReadWrite.All. */
export function graphWithdrawal(graph: Graph): Required<Pick<Accounts, 'licensed' | 'withdraw'>> {
  return {
    licensed: async (address, licence) => (await held(graph, address, licence)) !== undefined,
    withdraw: async (address, licence) => {
      const found = await held(graph, address, licence)
      if (!found) return
      const during = `taking ${licence} back from ${address}`
      const body = { addLicenses: [], removeLicenses: [found.skuId] }
      const ask = { during, permission: 'LicenseAssignment.ReadWrite.All' }
      await graph.post(`users/${segment(found.id)}/assignLicense`, body, z.object({ id: z.string() }), ask)
    },
  }
}

/** The account and the licence that it has itself; undefined where it has none, or is not there. Throws a permanent Failure where somebody has changed them since. */
async function held(graph: Graph, address: string, licence: string): Promise<{ id: string; skuId: string } | undefined> {
  const during = `reading the licences of ${address}`
  const user = await graph.find(`users/${segment(address)}?${fields}`, shape, { during, permission: 'User.Read.All' })
  if (!user) {
    const filter = encodeURIComponent(`mail eq '${odataQuoted(address)}'`)
    const renamed = await graph.list(`users?$filter=${filter}&${fields}`, shape, { during, permission: 'User.Read.All' })
    if (renamed.length === 0) return undefined
    const hint = 'See in the admin centre who uses it; take its licence back there.'
    throw refused(during, 'Renamed', 'the sign-in name of the account was changed since', hint)
  }
  const skus = await graph.list('subscribedSkus', skuShape, { during, permission: 'LicenseAssignment.Read.All' })
  const { skuId } = namedSku(skus, licence, during)
  const is = (one: { skuId: string }) => one.skuId.toLowerCase() === skuId.toLowerCase()
  if (!user.assignedLicenses?.some(is)) return undefined
  const states = user.licenseAssignmentStates?.filter(is) ?? []
  if (states.length === 0 || states.some(({ assignedByGroup }) => !assignedByGroup)) return { id: user.id, skuId }
  const hint = 'Take the account out of that group in the admin centre, if it is to lose the licence.'
  throw refused(during, 'LicenceOfGroup', 'it has the licence through a group, not from us', hint)
}
