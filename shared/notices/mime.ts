import { createHash } from 'node:crypto'
import type { Attachment } from './attachment.ts'
import { noticeHeader } from './header.ts'
import { type Dress, htmlOf, languageNames, type Part } from './html.ts'
import { plainOf } from './plain.ts'

/** A notice ready to be written: who speaks to whom, in which languages, in which dress. Dates as epoch ms. */
export type Letter = {
  from: { name: string; address: string }
  replyTo?: string | undefined
  to: string
  messageId: string
  date: number
  /** Put into the old mailbox, to be read there: it is not moved along with the mail. */
  staysBehind: boolean
  parts: readonly Part[]
  dress: Dress
  attachments: readonly Attachment[]
}

/** The subject in every language of a notice. */
export function subjectOf(parts: readonly Part[]): string {
  return parts.map(({ words }) => words.subject).join(' – ')
}

/** Plain text of all languages, one after the other, equal in rank. */
export function textOf(parts: readonly Part[], { name, marking }: Dress): string {
  const several = parts.length > 1
  const one = ({ language, words }: Part) => {
    const head = several ? [`${languageNames[language]} – ${words.subject}`] : [words.subject]
    return [marking[language], name[language], ...head, plainOf(words, language)]
      .filter(line => line !== undefined)
      .join('\r\n\r\n')
  }
  return `${parts.map(one).join('\r\n\r\n==========\r\n\r\n')}\r\n`
}

/** The notice as RFC 5322 bytes, the same for the same letter: plain text and accessible HTML of the same content, then what is attached. */
export async function compose(letter: Letter): Promise<Buffer> {
  const { from, replyTo, to, messageId, date, staysBehind, parts, dress, attachments } = letter
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const mail = new MailComposer({
    from,
    to,
    ...(replyTo ? { replyTo } : {}),
    subject: subjectOf(parts),
    messageId,
    date: new Date(date),
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    headers: {
      ...(staysBehind ? { [noticeHeader]: 'stays' } : {}),
      'Auto-Submitted': 'auto-generated',
      'Content-Language': parts.map(({ language }) => language).join(', '),
    },
    text: textOf(parts, dress),
    // A bare LF is no end of a line in a message (RFC 5322 2.3): servers mend or refuse it.
    html: htmlOf(parts, dress).replaceAll(/\r?\n/g, '\r\n'),
    attachments: attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content })),
  })
  return mail.compile().build()
}

/** A letter of text alone, addresses bare. */
export type PlainLetter = {
  from: string
  to: string
  messageId: string
  date: number
  subject: string
  text: string
  headers: Record<string, string>
}

/** That letter as RFC 5322 bytes. */
export async function composePlain({ date, ...letter }: PlainLetter): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  return new MailComposer({ ...letter, date: new Date(date) }).compile().build()
}
