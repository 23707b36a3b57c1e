import MailComposer from 'nodemailer/lib/mail-composer'
import { type Language, languageNames, noticeHeader, type Words } from './words.ts'

/** A notice ready to be written: who speaks to whom, in which languages. Dates as epoch ms. */
export type Letter = {
  from: { name: string; address: string }
  replyTo?: string | undefined
  to: string
  messageId: string
  date: number
  /** Put into the old mailbox, to be read there: it is not moved along with the mail. */
  staysBehind: boolean
  blocks: readonly { language: Language; words: Words }[]
}

/** The notice as RFC 5322 bytes: plain text and accessible HTML of the same content, each language in its own block, equal in rank. */
export async function compose({ from, replyTo, to, messageId, date, staysBehind, blocks }: Letter): Promise<Buffer> {
  const mail = new MailComposer({
    from,
    to,
    ...(replyTo ? { replyTo } : {}),
    subject: blocks.map(({ words }) => words.subject).join(' – '),
    messageId,
    date: new Date(date),
    headers: {
      ...(staysBehind ? { [noticeHeader]: 'stays' } : {}),
      'Auto-Submitted': 'auto-generated',
      'Content-Language': blocks.map(({ language }) => language).join(', '),
    },
    text: textOf(blocks),
    html: htmlOf(blocks),
  })
  return mail.compile().build()
}

function textOf(blocks: Letter['blocks']): string {
  const one = ({ language, words }: Letter['blocks'][number]) => {
    const head = blocks.length > 1 ? [`${languageNames[language]} – ${words.subject}`] : []
    return [...head, ...words.paragraphs].join('\r\n\r\n')
  }
  return `${blocks.map(one).join('\r\n\r\n----------\r\n\r\n')}\r\n`
}

function htmlOf(blocks: Letter['blocks']): string {
  const parts = blocks.map(({ language, words }) => {
    const paragraphs = words.paragraphs.map(text => `<p>${escaped(text)}</p>`).join('\n')
    return `<section lang="${language}">\n<h1 style="font-size:1.25em">${escaped(words.subject)}</h1>\n${paragraphs}\n</section>`
  })
  const style = 'font-family:sans-serif;font-size:1em;line-height:1.5;color:#1a1a1a;background:#ffffff;max-width:40em'
  const [first] = blocks
  return [
    '<!DOCTYPE html>',
    `<html lang="${first?.language ?? 'en'}"><head><meta charset="utf-8"><title>${escaped(first?.words.subject ?? '')}</title></head>`,
    `<body style="${style}">`,
    parts.join('\n<hr>\n'),
    '</body></html>',
  ].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
