import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from './errors.ts'
import { name as entityName } from './intake/words.ts'

const name = z.string('expected a name').min(1, 'expected a name').max(254, 'expected a name of at most 254 characters')
const operator = z.strictObject({
  name,
  role: z.enum(['operator', 'reader'], 'expected operator or reader'),
  tokenSha256: z
    .string('expected the SHA-256 of a token')
    .regex(/^[0-9a-f]{64}$/i, 'expected the SHA-256 of a token: 64 hexadecimal digits')
    .toLowerCase()
    .exactOptional(),
  entities: z
    .array(entityName, 'expected a list of entities')
    .min(1, 'expected at least one entity; leave it out for who acts for all')
    .exactOptional(),
})
const list = z
  .array(operator, 'expected a list of operators')
  .min(1, 'expected at least one operator')
  .superRefine((all, { addIssue }) => {
    for (const [i, one] of all.entries()) {
      const before = all.slice(0, i)
      if (before.some(other => same(other.name, one.name)))
        addIssue({ code: 'custom', path: [i, 'name'], message: 'expected another name: it stands above already' })
      if (one.tokenSha256 !== undefined && before.some(other => other.tokenSha256 === one.tokenSha256))
        addIssue({ code: 'custom', path: [i, 'tokenSha256'], message: 'expected another token: somebody above has it' })
    }
  })

/**
 * A person who is known: by the token whose SHA-256 this is, or signed in under this name. A `reader` looks and gives no order. `entities`: those of
 * playbooks whose mailboxes alone he sees and acts for; absent: all.
 */
export type Operator = z.output<typeof operator>

/** The setting OPERATORS, a JSON list; all its faults at once, without its values. */
export const operators = z.string().transform((text, context): Operator[] => {
  const fault = (message: string) => {
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return fault('a JSON list of { name, role, tokenSha256, entities }')
  }
  const { data, error } = list.safeParse(json)
  const at = (path: readonly PropertyKey[]) =>
    path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return (
    data ??
    fault(
      error.issues
        .map(({ path, message }) => `${at(path)} ${message}`.trim())
        .join('; ')
        .replace(/^expected /, ''),
    )
  )
})

/** What the settings say of who is known: by `SIGN_IN` the platform’s word, by `OPERATORS` a list. Neither: a name is what a caller says. */
export type Known = { SIGN_IN?: 'platform' | undefined; OPERATORS?: Operator[] | undefined }

/** Who asks, for the audit; `entities`: for which alone he acts; `refusal`: why he may not. */
export type Asking = { who: string; entities?: readonly string[]; refusal?: Refusal }

/**
 * Who asks, and whether he may: anybody with the key may `look`; an `order`, or a secret, wants an operator where the settings say who they are. Where
 * they limit one of these, nobody looks unknown, or the key alone would show what his name does not.
 */
export function asking(known: Known, headers: Pick<Headers, 'get'>, wants: 'look' | 'order'): Asking {
  const signedIn = (known.SIGN_IN && headers.get('x-ms-client-principal-name')) || undefined
  const token = (known.OPERATORS && headers.get('x-operator-token')) || undefined
  if (!known.SIGN_IN && !known.OPERATORS) return told(headers.get('x-operator') || keyHolder, wants)
  if (token !== undefined) {
    const digest = createHash('sha256').update(token).digest('hex')
    const owner = known.OPERATORS?.find(one => one.tokenSha256 === digest)
    return owner ? inRole(owner, wants) : { who: keyHolder, refusal: refused(401, 'unknown-token', unknownToken) }
  }
  if (signedIn === undefined) {
    const both = known.SIGN_IN && known.OPERATORS
    const way = both ? `${signIn}, or ${sendToken}` : known.SIGN_IN ? signIn : sendToken
    const message = `this is for operators who are known by name: ${way}. Nothing was done`
    const isRefused = wants === 'order' || limits(known)
    return { who: keyHolder, ...(isRefused ? { refusal: refused(401, 'unknown-operator', message) } : {}) }
  }
  if (!known.OPERATORS) return told(signedIn, wants)
  const listed = known.OPERATORS.find(one => same(one.name, signedIn))
  if (listed) return inRole(listed, wants)
  if (!limits(known)) return inRole({ name: signedIn, role: 'reader' }, wants)
  const message = `${signedIn} is not among those who may look here: ask an operator to add you (OPERATORS in the settings). Nothing was done`
  return { who: signedIn, refusal: refused(403, 'no-operator', message) }
}

function limits({ OPERATORS = [] }: Known): boolean {
  return OPERATORS.some(({ entities }) => entities !== undefined)
}

const keyHolder = 'holder of the host key'
const signIn = 'sign in (/.auth/login/aad)'
const sendToken = 'send your token as x-operator-token'
const unknownToken =
  'nobody has this x-operator-token: send the one you were given, or ask for another (OPERATORS in the settings). Nothing was done'

function inRole({ name, role, entities }: Omit<Operator, 'tokenSha256'>, wants: 'look' | 'order'): Asking {
  if (role === 'operator' || wants === 'look') return { who: name, ...(entities ? { entities } : {}) }
  const message = `${name} may look, and neither give orders nor be shown passwords: ask an operator (OPERATORS in the settings says who they are). Nothing was done`
  return { who: name, refusal: refused(403, 'no-operator', message) }
}

/** A name as a caller or the platform tells it; one without end is not kept with an order. */
function told(who: string, wants: 'look' | 'order'): Asking {
  if (who.length <= 254 || wants === 'look') return { who }
  const details = [{ path: 'x-operator', message: `expected a name of at most 254 characters (got ${who.length})` }]
  const message = 'who asks is kept with what he does: a shorter name is needed; nothing was stored'
  return { who: keyHolder, refusal: new Refusal(400, 'invalid-operator', message, details) }
}

function refused(status: 401 | 403, code: string, message: string): Refusal {
  return new Refusal(status, code, message)
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
