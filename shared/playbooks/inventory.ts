import { z } from 'zod'
import { expected } from '../intake/faults.ts'
import { name } from '../intake/words.ts'
import { duration } from './duration.ts'

const codeWhat = 'a code as it is written, # for any digit and the identifier in braces, such as "ANT CE ### # ##### {######}"'
const code = z
  .string({ error: expected(codeWhat) })
  .regex(/^[A-Za-z0-9# ._/-]{0,60}\{#{1,20}\}[A-Za-z0-9# ._/-]{0,60}$/, { error: expected(codeWhat) })

const addressWhat = 'an address with an attribute in braces, such as "ec00{FASE}@adm.town.example"'
const pattern = z
  .string({ error: expected(addressWhat) })
  .regex(/^[A-Za-z0-9._-]{0,40}\{[A-Z][A-Z0-9_]{0,30}\}[A-Za-z0-9._-]{0,40}@[A-Za-z0-9.-]{3,200}$/, {
    error: expected(addressWhat),
  })

const share = z
  .int({ error: expected('a whole number of parts, such as 2') })
  .min(0)
  .max(1000)

/** Where mail addresses of a function, not of a person, usually begin; the whole local part counts, without digits and separators at its end. */
const genericNames =
  'accueil achat administration boekhouding bureau buchhaltung comptabilite compta communication contact direction directie dons empfang facturation federation formation info infos informatique kontakt logistique mairie noreply onthaal personeel postmaster presidence presse rh sekretariat secretaire secretariaat secretariat secretary service support tresorerie tresorier urgence webmaster'

/** How the inventory is judged, and what its workbook asks beside the usual. */
export const inventory = z.strictObject({
  inactiveAfter: duration.default('P90D').describe('a mailbox of which nothing was read or sent for so long counts as inactive'),
  mix: z
    .record(name, share)
    .default({})
    .describe('the licences that were reckoned with, in parts: { E1: 2, E3: 1 }; more is a surcharge'),
  generic: z
    .array(z.string().regex(/^[a-z][a-z0-9._-]{0,40}$/, { error: expected('the part before the @, in lower case') }))
    .default(genericNames.split(' '))
    .describe('names before the @ of mailboxes that belong to a function'),
  identifiers: z
    .record(name, z.array(code).min(1))
    .default({})
    .describe('structure codes that are asked for, and where the identifier stands in them'),
  addressPatterns: z
    .record(name, pattern)
    .default({})
    .describe('addresses made from an attribute that is asked for, by class: { EC: "ec00{FASE}@adm.town.example" }'),
  calendarShares: z.boolean().default(false).describe('the workbook asks who may see or change whose calendar'),
})

export type InventoryRules = z.output<typeof inventory>
