import { z } from 'zod'
import { kinds } from '../intake/faults.ts'
import { line, name } from '../intake/words.ts'
import { duration } from './duration.ts'
import { secretName } from './secret.ts'

const sealWith = secretName
  .default('PASSWORD_SEAL')
  .describe('the secret, of 32 characters or more, that passwords are sealed with until they are handed over')
const life = (ms: string, what: string) => duration.default(ms).describe(what)

/** What happens to a link that nobody opens. */
const unopened = z
  .strictObject({
    nudgeAfter: duration.default('PT48H'),
    nudge: name.exactOptional().describe('the notice that reminds its reader; absent: nobody is reminded'),
    resetAfter: duration.exactOptional().describe('then the password is made anew; absent: only an operator does that'),
    reset: name.exactOptional().describe('the notice that brings the new link'),
  })
  .default({ nudgeAfter: 'PT48H' })

const secondFactor = z
  .enum(['none', 'code'])
  .default('none')
  .describe('code: the page asks for eight digits that an operator or trustee tells by telephone')

/** How people get the first password of an account that is made for them. */
export const passwords = kinds('mode', [
  z
    .strictObject({ mode: z.literal('none') })
    .describe('no password is ever made known, changed or reset: people sign in as before'),
  z
    .strictObject({
      mode: z.literal('one-time-link'),
      sealWith,
      life: life('P7D', 'how long a link can be opened'),
      secondFactor,
      unopened,
    })
    .describe('a link to a page that shows the password once'),
  z
    .strictObject({
      mode: z.literal('temporary-access-pass'),
      sealWith,
      life: life('P7D', 'how long a link can be opened'),
      secondFactor,
      unopened,
      lifetime: duration.default('PT8H').describe('how long the pass lets in; at most what the tenant’s policy allows'),
      usableOnce: z.boolean().default(false),
    })
    .describe('a Temporary Access Pass of Microsoft Entra, behind such a link'),
  z
    .strictObject({
      mode: z.literal('sealed-bundle'),
      sealWith,
      life: life('P14D', 'how long the bundle can be fetched'),
    })
    .describe('an encrypted archive with a list and a letter each, for a trustee who hands them out'),
  z
    .strictObject({
      mode: z.literal('mail'),
      sealWith,
      life: life('P7D', 'how long the password is kept for the mail'),
      acceptRisk: z
        .strictObject({ by: line('who accepts it'), why: line('the reason', 500) })
        .describe('a password in a mail can be read on its way and long after: somebody answers for it'),
    })
    .describe('the password stands in a mail'),
])

export type Passwords = z.output<typeof passwords>
/** A mode in which a password is made. */
export type MadePasswords = Exclude<Passwords, { mode: 'none' }>
