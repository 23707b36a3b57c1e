import { mailDate } from './message.ts'
import type { Prng } from './prng.ts'

/** A message that breaks a rule or an expectation, named for it. */
export type OddMessage = { name: string; raw: Buffer; internalDate?: Date; flags?: string[]; keywords?: string[] }

/** Folder names that are legal and that programs stumble over; none holds a separator. */
export const oddFolders: readonly (readonly string[])[] = [
  ['Odd'],
  ['Odd', 'a "quoted" name'],
  ['Odd', 'back\\slash'],
  ['Odd', 'A & B &- C'],
  ['Odd', '100 % sûr *'],
  ['Odd', '日本語 😀'],
  ['Odd', '~tilde'],
  ['Odd', 'ÉTÉ'],
  ['Odd', 'été'],
  ['Odd', `Un nom très long ${'x'.repeat(120)}`],
]

/** Odd messages, all of which an IMAP server can hand over byte for byte: bare LF, NUL and dates to come are not among them, since servers change those. */
export function oddMessages(prng: Prng, date: Date): OddMessage[] {
  const id = () => `Message-ID: <odd.${prng.bits().toString(36)}@odd.example>`
  const head = (subject: string) =>
    `From: Odd <odd@odd.example>\r\nTo: a@odd.example\r\n${id()}\r\nDate: ${mailDate(date, 60)}\r\nSubject: ${subject}`
  const odd = (name: string, text: string, more: Partial<OddMessage> = {}): OddMessage => ({
    name,
    raw: Buffer.from(text, 'latin1'),
    ...more,
  })
  const twin = `${head('same id, another body')}\r\n\r\n`
  return [
    odd('no body', `${head('no body')}\r\n\r\n`),
    odd('no end of header', `${head('no end of header')}\r\n`),
    odd('no header at all', '\r\nOnly a body, without any header.\r\n'),
    odd('a body that looks like no mail', 'just one line of text without colon\r\n'),
    odd('no last line end', `${head('no last line end')}\r\n\r\nThe last line is not ended`),
    odd('bare CR', `${head('bare CR')}\r\n\r\nOne\rtwo\rthree\r\n`),
    odd(
      'From line',
      `From odd@odd.example Thu Jan  1 00:00:00 2015\r\n${head('From line')}\r\n\r\nFrom here on\r\n>From there\r\n`,
    ),
    odd('lines of dots', `${head('dots')}\r\n\r\n.\r\n..\r\n.end\r\n`),
    odd('looks like a literal', `${head('literal {12}')}\r\n\r\n{12}\r\n{12+}\r\n* 1 FETCH (UID 1)\r\nA1 OK done {3}\r\n`),
    odd('only Bcc and Subject', 'Bcc: x@odd.example\r\nSubject: no date, no from\r\n\r\nText\r\n'),
    odd('Date that is none', 'From: a@odd.example\r\nDate: yesterday, about noon\r\nSubject: bad date\r\n\r\nText\r\n'),
    odd('a very long line', `${head('long')}\r\n\r\n${'0123456789'.repeat(2100)}\r\n`),
    odd('a very long header', `${head('long')}\r\nX-Long: ${'abcdefghi '.repeat(1500)}\r\n\r\nText\r\n`),
    odd(
      'many short headers',
      `${Array.from({ length: 800 }, (_, at) => `X-H${at}: ${at}`).join('\r\n')}\r\n${head('many')}\r\n\r\nText\r\n`,
    ),
    odd('8-bit UTF-8 header', `${Buffer.from(head('Été – 漢字'), 'utf8').toString('latin1')}\r\n\r\nText\r\n`),
    odd(
      'multipart without an end',
      `${head('open')}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nText\r\n`,
    ),
    odd('multipart without a boundary', `${head('none')}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\nText\r\n`),
    odd('unknown charset', `${head('=?x-none?Q?=FF?=')}\r\nContent-Type: text/plain; charset=x-none\r\n\r\n\xff\xfe\r\n`),
    odd(
      'binary bytes',
      `${head('binary')}\r\n\r\n${Array.from({ length: 255 }, (_, at) => String.fromCharCode(at + 1))
        .join('')
        .replace(/[\r\n]/g, '')}\r\n`,
    ),
    odd('same id, body one', `${twin}One\r\n`),
    odd('same id, body two', `${twin}Two\r\n`),
    odd('identical, first', 'From: a@odd.example\r\nSubject: identical\r\n\r\nTwin\r\n'),
    odd('identical, second', 'From: a@odd.example\r\nSubject: identical\r\n\r\nTwin\r\n'),
    odd('identical, other flags', 'From: a@odd.example\r\nSubject: identical\r\n\r\nTwin\r\n', {
      flags: ['\\Flagged'],
      keywords: ['$label1'],
    }),
    odd('one second after 1970', `${head('1970')}\r\n\r\nText\r\n`, { internalDate: new Date(1000) }),
    odd('before the mail of the time', `${head('1975')}\r\n\r\nText\r\n`, { internalDate: new Date('1975-03-02T11:12:13Z') }),
    odd('all flags', `${head('flags')}\r\n\r\nText\r\n`, {
      flags: ['\\Answered', '\\Draft', '\\Flagged', '\\Seen'],
      keywords: ['$Forwarded', '$MDNSent', 'NonJunk'],
    }),
  ]
}
