import { z } from 'zod'
import { address } from '../intake/address.ts'
import { expected } from '../intake/faults.ts'
import { languages, line, name } from '../intake/words.ts'
import { contrast } from '../notices/contrast.ts'
import { faultsOf } from '../notices/markup.ts'
import { host, port } from './host.ts'
import { localised, localisedLink } from './localised.ts'
import { signature } from './signature.ts'

/** Which languages stand in one notice: that of its reader alone, or all of them beside one another. */
export const layout = z.enum(['single', 'side-by-side'])

/** The languages of notices, the first for whoever has named none. */
export const languageList = z
  .array(z.enum(languages))
  .min(1, { error: `expected at least one of ${languages.join(', ')} (got an empty list)` })
  .refine(list => new Set(list).size === list.length, { error: 'expected each language once' })

const hex = 'a colour as #rrggbb'

/** A colour that white text can be read on. */
const colour = z
  .string({ error: expected(hex) })
  .regex(/^#[0-9a-fA-F]{6}$/, { error: expected(hex) })
  .refine(value => !/^#[0-9a-fA-F]{6}$/.test(value) || contrast(value, '#ffffff') >= 4.5, {
    error: ({ input }) =>
      `white text on ${input} has a contrast of ${contrast(String(input), '#ffffff').toFixed(1)}: take a darker colour, of at least 4.5`,
  })

/** Whose house a notice comes from. No picture: many mail programs do not show them, and nobody can read text in them. */
const branding = z.strictObject({
  name: localised('the name of the house').exactOptional(),
  colour: colour.default('#0b3d66').describe('of the bar at the top and of buttons'),
  footer: localised('a line at the foot', 400).exactOptional(),
})

/** Where a question goes: several desks where each answers for something else. */
const desk = z.strictObject({
  about: localised('what it answers for'),
  name: localised('its name').exactOptional(),
  address: address.exactOptional(),
  phone: line('a telephone number', 40).exactOptional(),
  link: localisedLink.exactOptional(),
  hours: localised('when it is open').exactOptional(),
})

const links = z.strictObject({
  webmail: localisedLink.exactOptional().describe('the new mailbox in a browser'),
  help: localisedLink.exactOptional().describe('the page with questions and answers'),
  training: localisedLink.exactOptional().describe('where courses are'),
  rules: localisedLink.exactOptional().describe('the rules that must be acknowledged'),
  booking: localisedLink.exactOptional().describe('where coordinators choose a date'),
  answers: localisedLink.exactOptional().describe('where the workbook is sent back'),
  bundle: localisedLink.exactOptional().describe('where a trustee fetches the passwords'),
  status: localisedLink.exactOptional().describe('where one sees how far it is'),
})

const security = z.enum(['tls', 'starttls'])
const server = z.strictObject({ host, port, security })

/** What people type into their mail programs. */
const programs = z.strictObject({
  incoming: server.exactOptional().describe('IMAP'),
  outgoing: server.exactOptional().describe('SMTP submission'),
  exchange: host.exactOptional().describe('the server for Outlook and for mobile phones, where one has to be named'),
  user: z.enum(['address', 'login']).default('address').describe('what is entered as the user name'),
})

const words = (what: string, most: number) => {
  const error = expected(`${what}, at most ${most} characters`)
  return z.string({ error }).min(1, { error }).max(most, { error })
}

/** Own words for a template, in the notation of docs/notices.md. */
const ownWords = z
  .strictObject({
    subject: line('a subject', 150).exactOptional(),
    body: words('the text below the subject', 8_000).exactOptional().describe('instead of ours'),
    before: words('a text', 2_000).exactOptional().describe('put before ours'),
    after: words('a text', 2_000).exactOptional().describe('put behind ours'),
  })
  .superRefine((value, ctx) => {
    for (const [key, text] of Object.entries(Object(value)))
      if (typeof text === 'string')
        for (const message of faultsOf(key === 'subject' ? `${text}\n\nx` : `x\n\n${text}`))
          ctx.addIssue({ code: 'custom', path: [key], message })
  })

const inEach = z.strictObject({
  fr: ownWords.exactOptional(),
  nl: ownWords.exactOptional(),
  de: ownWords.exactOptional(),
  en: ownWords.exactOptional(),
})

/** How a playbook, or one of its entities, speaks to people. */
export const voice = {
  languages: languageList.exactOptional().describe('of notices; the first for whoever has named none'),
  layout: layout.exactOptional().describe('single: in the reader’s language; side-by-side: in all of them, equal in rank'),
  wording: z.enum(['inclusive', 'plain']).default('plain').describe('French: with or without points inside words (prêt·e)'),
  branding: branding.default({ colour: '#0b3d66' }).describe('whose house it is'),
  classification: localised('a marking', 40)
    .exactOptional()
    .describe('such as INTERNE, on every notice, page, workbook and report'),
  desks: z.record(name, desk).default({}).describe('who answers what; beside or instead of contact'),
  links: links.default({}).describe('the pages that notices lead to'),
  tutorials: z
    .array(z.strictObject({ title: localised('a title'), url: localisedLink }))
    .default([])
    .describe('the instructions that notices name'),
  programs: programs.exactOptional().describe('what people type into their mail programs'),
  signature: signature
    .exactOptional()
    .describe('what Exchange appends to what people send, with placeholders such as {name} {jobTitle} {phone}'),
  hideAddress: z.boolean().default(false).describe('true: a mailbox’s address is not written out in notices'),
  texts: z.record(name, inEach).default({}).describe('own words, by template and language'),
}
