import { z } from 'zod'
import { always, expected } from '../intake/faults.ts'
import { nearest } from '../intake/nearest.ts'
import { type Language, languages } from '../intake/words.ts'

/** What a signature can say of its sender, and the directory’s attribute that Exchange puts there (New-TransportRule, ApplyHtmlDisclaimerText). */
export const attributes = {
  name: 'DisplayName',
  givenName: 'FirstName',
  surname: 'LastName',
  jobTitle: 'Title',
  department: 'Department',
  company: 'Company',
  office: 'Office',
  street: 'Street',
  zip: 'ZipCode',
  city: 'City',
  phone: 'PhoneNumber',
  mobile: 'MobileNumber',
  address: 'Email',
} as const

/** What is the same for many: the house of `branding`, the title of the entity. */
export const fixed = ['house', 'entity'] as const

/** What a rule takes, in characters; some are kept for the names of house and entity. */
const most = 5_000 - 1_000
const known: readonly string[] = [...Object.keys(attributes), ...fixed]
const wanted = 'the lines of a signature, at most 2000 characters'

const text = z
  .string({ error: expected(wanted) })
  .min(1, { error: expected(wanted) })
  .max(2_000, { error: expected(wanted) })
  .superRefine((value, ctx) => {
    for (const [, name = ''] of value.matchAll(/\{([^{}\n]*)\}/g)) {
      if (known.includes(name)) continue
      const near = nearest(name, known)
      const message = `there is no {${name}}${near ? `; did you mean {${near}}?` : ''} (there are ${known.map(one => `{${one}}`).join(' ')})`
      ctx.addIssue({ code: 'custom', message })
    }
    const { length } = signatureHtml(value, 'fr', {})
    if (length > most)
      ctx.addIssue({ code: 'custom', message: `is ${length} characters as HTML; Exchange takes ${most} beside the names` })
  })

/** A signature in some languages. A sender gets that of his language, else the first that is given of the playbook’s. */
export const signature = z
  .strictObject({ fr: text.exactOptional(), nl: text.exactOptional(), de: text.exactOptional(), en: text.exactOptional() })
  .superRefine((value, ctx) => {
    if (languages.some(language => Object(value)[language] !== undefined)) return
    ctx.addIssue({ code: 'custom', message: `expected ${wanted}, for at least one of ${languages.join(', ')}` })
  }, always)

export type Signature = z.output<typeof signature>

/** A signature as Exchange takes it. Nothing that is written in a playbook becomes markup or an attribute: only its placeholders do. */
export function signatureHtml(text: string, language: Language, names: { house?: string; entity?: string }): string {
  const filled = (part: string, i: number): string => {
    if (i % 2 === 0) return escaped(part)
    if (Object.hasOwn(attributes, part)) return `%%${attributes[part as keyof typeof attributes]}%%`
    return escaped((part === 'house' || part === 'entity' ? names[part] : undefined) ?? '')
  }
  const lines = text.trimEnd().split(/\r?\n/)
  const html = lines
    .map(line =>
      line
        .split(/\{([^{}\n]*)\}/)
        .map(filled)
        .join(''),
    )
    .join('<br>')
  return `<div lang="${language}" style="font-family:sans-serif;font-size:10pt"><br>${html}</div>`
}

/** Percent signs too: between two of them Exchange would look for an attribute. */
function escaped(text: string): string {
  return text.replaceAll(
    /[&<>"'%\p{Cc}\u2028\u2029]/gu,
    sign => `&#${/[\p{Cc}\u2028\u2029]/u.test(sign) ? 32 : sign.charCodeAt(0)};`,
  )
}
