import { z } from 'zod'
import { expectedQuietly } from '../intake/faults.ts'

const what = 'the *name* of a secret (letters, digits, - and _, beginning with a letter, at most 127), never the secret itself'
const patternWhat =
  'the *names* of the secrets, one per mailbox, as a pattern with {address}, {local} or {domain} such as imap-{address}, never a secret itself'

/** A reference to a secret: its name in the Key Vault or in the environment. What was given is never repeated. */
export const secretName = z
  .string({ error: expectedQuietly(what) })
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,126}$/, { error: expectedQuietly(what) })

/** A pattern that makes one secret's name for each mailbox. */
export const secretPattern = z
  .string({ error: expectedQuietly(patternWhat) })
  .regex(
    /^(?=.*\{(?:address|local|domain)\})(?:[A-Za-z]|\{(?:address|local|domain)\})(?:[A-Za-z0-9_-]|\{(?:address|local|domain)\}){0,126}$/,
    {
      error: expectedQuietly(patternWhat),
    },
  )

/**
 * The name that a pattern makes for an address: `imap-{address}` and `anna.b@town.example` make `imap-anna-b-town-example`. Whatever is neither
 * letter nor digit becomes `-`, which is all that a Key Vault allows; where two addresses meet in one name, the wave names the secret.
 */
export function secretNameFor(pattern: string, address: string): string {
  const at = address.lastIndexOf('@')
  const parts: Record<string, string> = { address, local: address.slice(0, at), domain: address.slice(at + 1) }
  return pattern.replaceAll(/\{(address|local|domain)\}/g, (_, part: string) =>
    (parts[part] ?? '').replaceAll(/[^A-Za-z0-9]/g, '-'),
  )
}
