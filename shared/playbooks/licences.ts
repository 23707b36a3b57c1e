import { z } from 'zod'
import { expected } from '../intake/faults.ts'
import { name, licence as sku } from '../intake/words.ts'

const quotaWhat = 'a size such as 50 GB or 80 MB'
const units: Readonly<Record<string, number>> = { MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 }

/** Bytes of a size such as `50 GB` (binary units, as mail servers count); undefined where it is none. */
export function sizeBytes(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?) ?(MB|GB|TB)$/.exec(text) ?? []
  return amount === undefined ? undefined : Math.round(Number(amount) * (units[unit] ?? 0))
}

/** A size for people: `63.4 GB`. */
export function sizeText(bytes: number): string {
  const [unit, name] = bytes >= 2 ** 30 ? [2 ** 30, 'GB'] : [2 ** 20, 'MB']
  return `${Math.round((bytes / unit) * 10) / 10} ${name}`
}

/** The schema of such a size. */
export const size = z
  .string({ error: expected(quotaWhat) })
  .refine(text => (sizeBytes(text) ?? 0) > 0, { error: expected(quotaWhat) })

/** What one kind of licence is and costs. */
const licenceTerms = z.strictObject({
  sku: sku.exactOptional().describe('its SKU part number or id in the tenant; absent: its name here'),
  price: z
    .number({ error: expected('a price per month, such as 2.76') })
    .min(0, { error: expected('a price of 0 or more') })
    .max(10_000, { error: expected('a price per month of at most 10000') }),
  currency: z
    .string({ error: expected('a currency of three letters (ISO 4217), such as EUR') })
    .regex(/^[A-Z]{3}$/, { error: expected('a currency of three letters (ISO 4217), such as EUR') })
    .default('EUR'),
  quota: size.exactOptional().describe('how large its mailbox may grow'),
  browserOnly: z.boolean().exactOptional().describe('no mail program: read in a browser only'),
})

/** The licences that a coordinator can choose from, by the name he knows. */
export const licences = z.record(name, licenceTerms)

export type Licences = z.output<typeof licences>

/** The licence of a mailbox, as the playbook names it or else as it was asked for: its own, or what every user gets; undefined where it has none. */
export function licenceOf(
  { target, licences }: Licensed,
  { licence, kind }: { licence?: string; kind: string },
): string | undefined {
  const asked = licence ?? (kind === 'user' ? target.licence : undefined)
  return asked === undefined ? undefined : (licenceName(licences, asked) ?? asked)
}

/** The SKU part number or id of a licence that was asked for by its name in the playbook, or by itself. */
export function skuOf(licences: Licences, asked: string): string {
  const name = licenceName(licences, asked)
  return name === undefined ? asked : (licences[name]?.sku ?? name)
}

/** As much of a playbook as says which licences there are. */
export type Licensed = { target: { kind: string; licence?: string }; licences: Licences }

/** The name under which the playbook knows a licence that a mailbox has, by name, SKU part number or id. */
function licenceName(known: Licences, wanted: string): string | undefined {
  const lower = wanted.toLowerCase()
  return Object.entries(known).find(([name, { sku }]) => name.toLowerCase() === lower || sku?.toLowerCase() === lower)?.[0]
}
