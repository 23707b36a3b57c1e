import type { Email } from 'postal-mime'

/** An address as in a pattern. Its bounds (RFC 5321 4.5.3.1) also keep a long line of `@`, which anybody may send, from taking minutes to read. */
export const addressForm = "[^\\s<>@]{1,320}@[^\\s<>@']{1,255}"

/** A form in which servers say in words alone that a letter did not arrive. `each`: a recipient, and what is said of him. */
type Form = { says: RegExp; each: RegExp }

/** By the server that writes so, in text with LF. */
const forms: Readonly<Record<string, Form>> = {
  qmail: {
    says: /This is the qmail-send program/,
    each: new RegExp(`^<(${addressForm})>:\\n(.+?)(?=\\n\\n|\\n--- |$(?![\\s\\S]))`, 'gms'),
  },
  exim: {
    says: /could not be delivered to one or more of its\s+recipients\. This is a permanent error/,
    each: new RegExp(`^ {2}(${addressForm})\\n((?: {4}.+\\n?)+)`, 'gm'),
  },
  sendmail: {
    says: /The following addresses had permanent (?:fatal|delivery) errors/,
    each: new RegExp(`^<(${addressForm})>\\n\\s+\\(reason: (.+)\\)$`, 'gm'),
  },
  'Exchange 2003': {
    says: /Your message did not reach some or all of the intended recipients/,
    each: new RegExp(`^[ \\t]*'?(${addressForm})'? on [^\\n]+\\n((?:[ \\t]*\\S[^\\n]*\\n?)+)`, 'gm'),
  },
}

/** What such a mail says: of which letters, as far as their header came back, and of whom. Undefined where no form is recognised. */
export function freeForm(
  mail: Email,
): { messageIds: string[]; subject: string | undefined; recipients: { recipient: string; text: string }[] } | undefined {
  const text = (mail.text ?? '').replaceAll('\r\n', '\n')
  const form = Object.values(forms).find(({ says }) => says.test(text))
  if (!form) return undefined
  const recipients = [...text.matchAll(form.each)].map(([, address = '', said = '']) => ({
    recipient: address.toLowerCase(),
    text: said.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim(),
  }))
  if (recipients.length === 0) return undefined
  const messageIds = [...text.matchAll(/^message-id:\s*(<[^<>\s]+>)/gim)].map(([, id = '']) => id)
  const subject = /^[ \t]*Subject:[ \t]*(.+)$/m.exec(text)?.[1]?.trim()
  return { messageIds, subject, recipients }
}

/** Whether a mail comes from a server’s own hand, so that it most likely says what became of another. */
export function fromServer({ from }: Email): boolean {
  return /^(?:mailer-daemon|postmaster|microsoftexchange[0-9a-f]*)@/i.test(from?.address ?? '')
}
