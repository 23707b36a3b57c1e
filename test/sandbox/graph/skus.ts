import type { SkuOption } from './directory.ts'

/** Office 365 E1, by the published ids of its parts. */
export function e1(enabled: number, more: Partial<SkuOption> = {}): SkuOption {
  return {
    skuId: '18181a46-0d4e-45cd-891e-60aabd171b4e',
    skuPartNumber: 'STANDARDPACK',
    enabled,
    servicePlans: [
      { servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c', servicePlanName: 'EXCHANGE_S_STANDARD' },
      { servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929', servicePlanName: 'TEAMS1' },
    ],
    ...more,
  }
}

/** Office 365 E3. */
export function e3(enabled: number, more: Partial<SkuOption> = {}): SkuOption {
  return {
    skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    skuPartNumber: 'ENTERPRISEPACK',
    enabled,
    servicePlans: [
      { servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0', servicePlanName: 'EXCHANGE_S_ENTERPRISE' },
      { servicePlanId: '57ff2da0-773e-42df-b2af-ffb7a2317929', servicePlanName: 'TEAMS1' },
    ],
    ...more,
  }
}

/** A product without a mailbox: Microsoft Power Automate Free, whose Exchange part is the foundation alone. */
export function flowFree(enabled: number): SkuOption {
  return {
    skuId: 'f30db892-07e9-47e9-837c-80727f46fd3d',
    skuPartNumber: 'FLOW_FREE',
    enabled,
    servicePlans: [
      { servicePlanId: '113feb6c-3fe4-4440-bddc-54d774bf0318', servicePlanName: 'EXCHANGE_S_FOUNDATION' },
      { servicePlanId: '50e68c76-46c6-4674-81f9-75456511b170', servicePlanName: 'FLOW_P2_VIRAL' },
    ],
  }
}
