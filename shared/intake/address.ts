import { z } from 'zod'
import { show } from './faults.ts'

const atom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * Why a text is not a mail address that both sides can hold, or undefined where it is one: RFC 5321 dot-atom of at most 64 characters, a domain
 * of two labels or more, 254 characters in all, ASCII.
 */
export function addressFault(text: string): string | undefined {
  const got = `(got ${show(text)})`
  const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.exec(text)?.[0]
  if (invisible !== undefined)
    return `expected a mail address, but it holds the invisible character ${codePoint(invisible)}: type it again`
  if (text === '') return 'is empty: expected a mail address such as anna@town.example'
  if (/<.*>/.test(text)) return `expected the bare address, without the name and the angle brackets ${got}`
  if (/\s/.test(text)) return `expected a mail address without spaces ${got}`
  const at = text.lastIndexOf('@')
  if (at < 0) return `expected a mail address such as anna@town.example; this has no @ ${got}`
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  if (/[^ -~]/.test(text))
    return `addresses with letters outside ASCII (RFC 6531) are not moved; give the mailbox's ASCII address ${got}`
  if (local === '') return `expected something before the @ ${got}`
  if (local.startsWith('"')) return `quoted local parts are not moved; give the mailbox's plain address ${got}`
  if (local.includes('@')) return `expected one @ ${got}`
  if (local.length > 64) return `expected at most 64 characters before the @ (got ${local.length})`
  if (!atom.test(local)) return `the part before the @ holds a character or a dot that cannot stand there ${got}`
  if (domain.startsWith('[')) return `expected a domain name after the @, not an IP address ${got}`
  const labels = domain.split('.')
  if (labels.length < 2) return `expected a domain of two parts or more after the @, such as town.example ${got}`
  if (!labels.every(part => label.test(part)) || /^\d+$/.test(labels.at(-1) ?? ''))
    return `expected a domain of letters, digits and inner hyphens after the @ ${got}`
  return text.length > 254 ? `expected at most 254 characters (got ${text.length})` : undefined
}

/** The schema of an address, brought to lower case. */
export const address = z
  .string({ error: ({ input }) => `${input === undefined ? 'is missing: ' : ''}expected a mail address (got ${show(input)})` })
  .superRefine((text, ctx) => {
    const fault = addressFault(text)
    if (fault !== undefined) ctx.addIssue({ code: 'custom', message: fault })
  })
  .overwrite(text => text.toLowerCase())

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
