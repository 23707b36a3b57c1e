import { z } from 'zod'
import { address } from '../intake/address.ts'
import { expected } from '../intake/faults.ts'
import { line, name, whole } from '../intake/words.ts'
import { templates } from '../notices/templates.ts'
import { imapEndpoint, smtpEndpoint } from './imap.ts'
import { languageList, layout } from './voice.ts'

/** Whom a notice is for: each mailbox's owner, or the people listed under `people`. */
export const audiences = ['owner', 'coordinator', 'technical-manager', 'operator', 'trustee'] as const
export type Audience = (typeof audiences)[number]

/** Whether a value is an audience. */
export function isAudience(value: unknown): value is Audience {
  return audiences.some(audience => audience === value)
}

/**
 * How a notice travels. `append`: put into the new mailbox; `source-append`: put into the inbox of the old one; `smtp`: through the mail server
 * under `channels`; `graph`: sent by Microsoft 365 from the sender under `channels`.
 */
export const ways = ['append', 'source-append', 'smtp', 'graph'] as const
export type Channel = (typeof ways)[number]

/** `auto`: the way to where the reader reads on that day, the old mailbox before the switch and the new one after it. */
export const channels = [...ways, 'auto'] as const

/** What may go along with a notice. `calendar`: its dates as calendar entries; `settings`: what is typed into a mail program; `inventory`: the workbook of an entity’s addresses. */
const attachable = ['calendar', 'settings', 'inventory'] as const

/** One notice: what is said, to whom, by whom, in which languages, by which way. */
export const notice = z.strictObject({
  notice: name.describe('its name, as the calendar calls it'),
  template: z.enum(Object.keys(templates)).describe('the words it is made of'),
  audience: z.enum(audiences),
  issuer: name.describe('who speaks, a key of issuers'),
  languages: languageList.exactOptional().describe('side by side, in this order; absent: those of the playbook'),
  layout: layout.exactOptional().describe('absent: side-by-side where the notice names its languages, else as the playbook says'),
  channel: z.enum(channels),
  desk: name.exactOptional().describe('the desk that answers to it, a key of desks: its address becomes Reply-To'),
  attach: z.array(z.enum(attachable)).default([]),
})

/** Who speaks in notices. */
export const issuer = z.strictObject({
  name: line('the name that readers see'),
  address: address.describe('the address in From'),
  replyTo: address.exactOptional(),
})

/** What the channels of notices need. */
export const channelSettings = z.strictObject({
  graph: z
    .strictObject({ sender: address.describe('a licensed or shared mailbox that Microsoft 365 sends from') })
    .exactOptional(),
  smtp: smtpEndpoint.exactOptional(),
  bounces: z
    .strictObject({
      address: address.describe('its address: the envelope sender of notices by smtp, and the login of imap'),
      imap: imapEndpoint.describe('where its INBOX is read; nothing in it is changed'),
    })
    .exactOptional()
    .describe('the mailbox to which undeliverable notices come back'),
  perMinute: whole('how many notices are handed over in a minute', 1, 10_000).default(30),
})

/** Whom readers may ask, named in each notice. */
export const contact = z.strictObject({
  name: line('a name').exactOptional(),
  address: address.exactOptional(),
  phone: line('a telephone number', 40).exactOptional(),
  link: z.url({ protocol: /^https?$/, error: expected('a link beginning with https://') }).exactOptional(),
})

const readers = z.array(address).min(1, { error: 'expected at least one address' }).exactOptional()

/** The readers that are not owners of a mailbox. */
export const people = z.strictObject({ coordinator: readers, 'technical-manager': readers, operator: readers, trustee: readers })

export type Notice = z.output<typeof notice>
/** The mailbox to which undeliverable notices come back. */
export type Bounces = NonNullable<ChannelSettings['bounces']>
export type ChannelSettings = z.output<typeof channelSettings>
