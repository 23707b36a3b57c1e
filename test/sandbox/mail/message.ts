import { bytesOf, type Charset, headerText } from './charsets.ts'
import { people, places, type Vocabulary } from './languages.ts'
import { assemble, attachment, type Entity, inlineImage, multipart, nestedMessage, type TextCoding, textEntity } from './mime.ts'
import type { Prng } from './prng.ts'

/** A person by display name and address. */
export type Person = readonly [name: string, address: string]

/** What a later message can answer. */
export type Thread = { messageId: string; references: readonly string[]; subject: string; writer: Person }

/** One message to be written. */
export type Letter = {
  from: Person
  to: readonly Person[]
  date: Date
  sizeBytes: number
  answers?: Thread | undefined
  /** What differs from a regular message. */
  quirk?: 'no-message-id' | '8-bit-header' | 'long-line' | undefined
  /** Another message's id, taken over. */
  messageId?: string | undefined
}

/** What the older charsets lack; they have the quotation marks, or write them in ASCII. */
const beyondLatin = /[^\0-\xff\u0152\u0153\u2010-\u2026]/

const zones = [0, 60, 120, -300, 330, 540, -210]

/** Writes a letter: realistic headers and one of the common MIME trees, about `sizeBytes` in all. */
export function writeMessage(prng: Prng, words: Vocabulary, letter: Letter): { raw: Buffer; thread: Thread } {
  const coding = pickCoding(prng, [letter.from, ...letter.to, ...(letter.answers === undefined ? [] : [letter.answers.writer])])
  const messageId =
    letter.messageId ?? `<${prng.letters(12).replace(/[+/]/g, '.')}.${letter.date.getTime()}@${domainOf(letter.from)}>`
  const subject = letter.answers === undefined ? subjectOf(prng, words) : replySubject(words, letter.answers.subject)
  const references = letter.answers === undefined ? [] : [...letter.answers.references.slice(-6), letter.answers.messageId]
  const heading = (text: string) => headerText(text, coding.charset, coding.transfer === 'base64' ? 'B' : 'Q')
  const person = ([name, address]: Person) => `${nameOf(heading(name))} <${address}>`
  const lines = [
    `Return-Path: <${letter.from[1]}>`,
    ...received(prng, letter),
    ...(letter.quirk === 'no-message-id' ? [] : [`Message-ID: ${messageId}`]),
    `Date: ${mailDate(letter.date, prng.pick(zones))}`,
    letter.quirk === '8-bit-header'
      ? bytesOf(`From: ${letter.from[0]} <${letter.from[1]}>`, 'iso-8859-1')
      : `From: ${person(letter.from)}`,
    `To: ${letter.to.map(person).join(',\r\n ')}`,
    letter.quirk === '8-bit-header' ? bytesOf(`Subject: ${subject} – é è ç`, 'windows-1252') : `Subject: ${heading(subject)}`,
    ...(references.length > 0 ? [`In-Reply-To: ${references.at(-1)}`, `References: ${references.join('\r\n ')}`] : []),
    ...(prng.chance(0.05) ? [`Disposition-Notification-To: ${person(letter.from)}`] : []),
    `X-Mailer: ${prng.pick(['Thunderbird 115.6', 'Microsoft Outlook 16.0', 'Roundcube Webmail/1.6.5', 'MDaemon 13.0.4', 'Lotus Notes 8.5'])}`,
  ]
  const header = lines.join('\r\n')
  const entity = body(prng, words, letter, coding, Math.max(300, letter.sizeBytes - header.length))
  return { raw: assemble(header, entity), thread: { messageId, references, subject, writer: letter.from } }
}

/** A header's date (RFC 5322 3.3) in a zone so many minutes east of Greenwich. */
export function mailDate(date: Date, zoneMinutes: number): string {
  const local = new Date(date.getTime() + zoneMinutes * 60_000).toUTCString()
  const minutes = Math.abs(zoneMinutes)
  const zone = `${Math.floor(minutes / 60)}`.padStart(2, '0') + `${minutes % 60}`.padStart(2, '0')
  return local.replace('GMT', `${zoneMinutes < 0 ? '-' : '+'}${zone}`)
}

/** A subject of this vocabulary. */
export const subjectOf = (prng: Prng, words: Vocabulary): string => filled(prng, prng.pick(words.subjects))

function body(prng: Prng, words: Vocabulary, letter: Letter, coding: TextCoding, sizeBytes: number): Entity {
  const textBytes = Math.min(sizeBytes, prng.between(600, 5000))
  const text = letterText(prng, words, letter, textBytes)
  const kind = prng.unit()
  if (letter.quirk === 'long-line') {
    const long = `${text}\r\n${filled(prng, prng.pick(words.sentences)).repeat(40)}`
    return textEntity(long, 'plain', { charset: 'utf-8', transfer: '8bit' })
  }
  if (sizeBytes < 6000 && kind < 0.5) return textEntity(letterText(prng, words, letter, sizeBytes), 'plain', coding)
  if (sizeBytes < 20_000 && kind < 0.7) {
    const half = letterText(prng, words, letter, sizeBytes / 2.4)
    return multipart(prng, 'alternative', [textEntity(half, 'plain', coding), textEntity(asHtml(half), 'html', coding)])
  }
  const rest = Math.max(400, sizeBytes - textBytes)
  if (kind < 0.78) {
    const contentId = `${prng.letters(10).replace(/[+/]/g, 'x')}@${domainOf(letter.from)}`
    const page = textEntity(asHtml(`${text}\r\n<img src="cid:${contentId}">`), 'html', coding)
    return multipart(prng, 'related; type="text/html"', [page, inlineImage(prng, contentId, rest)])
  }
  const main = textEntity(text, 'plain', coding)
  if (kind < 0.85) {
    const inner = writeMessage(prng, words, { ...letter, answers: undefined, messageId: undefined, sizeBytes: rest })
    return multipart(prng, 'mixed', [main, nestedMessage(inner.raw)])
  }
  const count = prng.between(1, 3)
  const files = Array.from({ length: count }, () => attachment(prng, prng.pick(words.files), rest / count))
  return multipart(prng, 'mixed', [main, ...files], 'This is a message in MIME format.\r\n')
}

function letterText(prng: Prng, words: Vocabulary, letter: Letter, sizeBytes: number): string {
  const paragraphs = [filled(prng, prng.pick(words.greetings)), '']
  let length = 120
  while (length < sizeBytes * 0.9) {
    const paragraph = Array.from({ length: prng.between(1, 4) }, () => filled(prng, prng.pick(words.sentences))).join(' ')
    const quoting = letter.answers !== undefined && length > sizeBytes / 2
    if (quoting && !paragraphs.some(line => line.startsWith('> '))) {
      paragraphs.push(prng.pick(words.closings), letter.from[0], '', words.wrote.replace('@', letter.answers?.writer[0] ?? ''))
    }
    paragraphs.push(wrapped(quoting ? `> ${paragraph}` : paragraph), quoting ? '>' : '')
    length += paragraph.length * 1.1 + 4
  }
  return [...paragraphs, '-- ', letter.from[0], letter.from[1], `${prng.bits()}`].join('\r\n')
}

/** A paragraph in lines of at most 72 characters, quoted where it is a quotation. */
function wrapped(paragraph: string): string {
  const lines: string[] = []
  let rest = paragraph
  while (rest.length > 72) {
    const space = rest.lastIndexOf(' ', 72)
    if (space < 2) break
    lines.push(rest.slice(0, space))
    rest = rest.slice(space + 1)
  }
  return [...lines, rest].join(paragraph.startsWith('> ') ? '\r\n> ' : '\r\n')
}

const asHtml = (text: string) =>
  `<html><body>\r\n${text.replaceAll('& ', '&amp; ').replaceAll('\r\n\r\n', '\r\n<p>\r\n')}\r\n</body></html>`

function filled(prng: Prng, sentence: string): string {
  return sentence.replace(/[#§@%]/g, slot => {
    if (slot === '#') return `${prng.between(1, 23)}`
    if (slot === '§') return `${prng.between(100, 9999)}`
    return slot === '@' ? prng.pick(latinPeople)[0] : prng.pick(places)
  })
}

/** Whom a text can name in any of the charsets. */
const latinPeople = people.filter(([name]) => !beyondLatin.test(name))

function pickCoding(prng: Prng, named: readonly Person[]): TextCoding {
  const picked: Charset = prng.pick(['utf-8', 'utf-8', 'utf-8', 'iso-8859-1', 'iso-8859-15', 'windows-1252'])
  const charset = named.some(([name]) => beyondLatin.test(name)) ? 'utf-8' : picked
  return { charset, transfer: prng.pick(['8bit', 'quoted-printable', 'quoted-printable', 'base64']) }
}

const replySubject = (words: Vocabulary, subject: string) => (subject.startsWith(words.reply) ? subject : words.reply + subject)

/** A display name that is not an encoded word is quoted where it holds a dot or another special. */
const nameOf = (name: string) => (/^=\?|^[A-Za-z ]+$/.test(name) ? name : `"${name}"`)

const domainOf = ([, address]: Person) => address.slice(address.indexOf('@') + 1)

function received(prng: Prng, letter: Letter): string[] {
  return Array.from({ length: prng.between(1, 3) }, (_, hop) => {
    const at = mailDate(new Date(letter.date.getTime() + (3 - hop) * 1000), 60)
    const from = `mx${prng.between(1, 4)}.${domainOf(letter.from)} ([192.0.2.${prng.between(1, 250)}])`
    return `Received: from ${from}\r\n\tby mail.${domainOf(letter.to[0] ?? letter.from)} (Postfix) with ESMTPS id ${prng.bits().toString(16).toUpperCase()};\r\n\t${at}`
  })
}
