import { z } from 'zod'
import { expected, expectedQuietly } from './faults.ts'

/** Names of waves, playbooks, notices and issuers: safe in URLs, table keys and file names. */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/

const named = 'a name of 1 to 63 letters, digits, - and _, beginning with a letter or digit'

/** The schema of such a name. */
export const name = z.string({ error: expected(named) }).regex(namePattern, { error: expected(named) })

/** One line of text for people: no control characters, not blank, at most `most` characters. */
export function line(what: string, most = 200) {
  const error = expected(`${what}: one line of at most ${most} characters`)
  return z.string({ error }).regex(new RegExp(`^(?=.*\\S)[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]{1,${most}}$`, 'u'), { error })
}

/** A login: like `line`, but what was given is never repeated, since people paste passwords beside logins. */
export function login(what: string) {
  const error = expectedQuietly(`${what}: text of at most 254 characters without spaces around it`)
  return z.string({ error }).regex(/^[^\s\p{Cc}\p{Cf}](?:[^\p{Cc}\p{Cf}\n]{0,252}[^\s\p{Cc}\p{Cf}])?$/u, { error })
}

/** Why somebody does what he does. */
export const why = z
  .string({ error: 'expected a reason, in words' })
  .trim()
  .min(3, { error: 'expected a reason of at least 3 characters' })
  .max(500)

/** A whole number between two bounds, both included. */
export function whole(what: string, least: number, most: number) {
  const error = expected(`${what}: a whole number from ${least} to ${most}`)
  return z.int({ error }).min(least, { error }).max(most, { error })
}

/** The languages that notices are written in. */
export const languages = ['fr', 'nl', 'de', 'en'] as const
export type Language = (typeof languages)[number]

const sku = 'the licence as its SKU part number, such as SPE_E3 or STANDARDPACK, or its id'

/** A Microsoft 365 licence by its SKU part number or its id. */
export const licence = z.string({ error: expected(sku) }).regex(/^[A-Za-z0-9_-]{1,64}$/, { error: expected(sku) })

const country = 'a country of two capital letters (ISO 3166-1), such as FR or BE'

/** Where a licence is used: Microsoft 365 assigns none without it. */
export const usageLocation = z.string({ error: expected(country) }).regex(/^[A-Z]{2}$/, { error: expected(country) })
