import type { Language } from '../intake/words.ts'
import { letterWords } from './letter-words.ts'

/** One person’s letter. `contact`: whom to ask, one line. */
export type PasswordLetter = { address: string; name: string; password: string; language: Language; contact: string | undefined }

/** One page a person, in his language, as PDF. What it is made of lives only in memory. */
export async function lettersPdf(letters: readonly PasswordLetter[], title: string): Promise<Buffer> {
  // Large, and wanted seldom: loaded where a letter is written.
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({
    size: 'A4',
    margin: 64,
    autoFirstPage: false,
    info: { Title: title },
    lang: letters[0]?.language ?? 'fr',
  })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  for (const letter of letters) write(document, letter)
  if (letters.length === 0) document.addPage()
  document.end()
  await ended
  return Buffer.concat(parts)
}

function write(document: PDFKit.PDFDocument, { address, name, password, language, contact }: PasswordLetter): void {
  const words = letterWords[language]
  document.addPage()
  document.font('Helvetica-Oblique').fontSize(11).text(words.confidential).moveDown(2)
  document.font('Helvetica').text(words.greeting(name)).moveDown(2)
  document.font('Helvetica-Bold').fontSize(16).text(words.subject).moveDown(1.5)
  document.font('Helvetica').fontSize(11).text(words.account)
  document.font('Courier-Bold').fontSize(14).text(address).moveDown(1)
  document.font('Helvetica').fontSize(11).text(words.password)
  document.font('Courier-Bold').fontSize(20).text(password, { characterSpacing: 1 }).moveDown(0.5)
  document.font('Helvetica').fontSize(11)
  for (const text of [words.typing, words.first, words.keep]) document.moveDown(0.75).text(text)
  if (contact) document.moveDown(0.75).text(`${words.lost} ${contact}`)
}
