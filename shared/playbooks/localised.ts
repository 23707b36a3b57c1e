import { z } from 'zod'
import { always, expected } from '../intake/faults.ts'
import { languages, line } from '../intake/words.ts'

/** A text for people: one for all languages, or one for each of some. */
export function localised(what: string, most = 200) {
  return inLanguages(line(what, most), what)
}

const link = z.url({ protocol: /^https?$/, error: expected('a link beginning with https://') })

/** A link: one for all languages, or one for each of some. */
export const localisedLink = inLanguages(link, 'a link beginning with https://')

function inLanguages<S extends z.ZodType<string>>(one: S, what: string) {
  const each = z
    .strictObject({ fr: one.exactOptional(), nl: one.exactOptional(), de: one.exactOptional(), en: one.exactOptional() })
    .superRefine((value, ctx) => {
      if (languages.some(language => Object(value)[language] !== undefined)) return
      ctx.addIssue({ code: 'custom', message: `expected ${what}, for at least one of ${languages.join(', ')}` })
    }, always)
  return z.union([one, each], { error: expected(`${what}, or { fr, nl, de, en } with one for each`) })
}
