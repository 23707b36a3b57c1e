import { encodedAddresses } from './address-words.ts'
import { bare, type Edit, measure } from './bytes.ts'
import { charsetOf, declaredCharset } from './charset.ts'
import { encodedWords, type Words } from './encoded-word.ts'
import type { Field } from './header.ts'
import { takeApart } from './mime.ts'
import { encodedParameters } from './parameter-words.ts'
import { type Changed, changeRegions } from './region.ts'
import { mostFieldBytes, syntaxOf } from './structured.ts'
import { encodedText } from './text-words.ts'

/**
 * Raw 8-bit bytes in headers become encoded words (RFC 2047), in parameters RFC 2231; where neither may stand they become `?`,
 * and the field as it was is kept beside.
 */
export function encodeHeaders(raw: Buffer): Changed {
  const declared = declaredCharset(takeApart(raw))
  return changeRegions(raw, region => {
    if (region.kind !== 'field' || measure(raw, region).eightBit === 0) return undefined
    return region.sealed || region.end - region.start > mostFieldBytes
      ? 'cannot'
      : encoded(raw, region.field, declaredCharset(region.part) || declared)
  })
}

function encoded(raw: Buffer, field: Field, declared: string): Edit[] | 'cannot' {
  const { start, end } = bare(raw, { start: field.value, end: field.end })
  const value = raw.toString('latin1', start, end)
  const { charset } = charsetOf(Buffer.from(value, 'latin1'), declared)
  const words: Words = text => {
    const known = charsetOf(Buffer.from(text, 'latin1'), charset === 'utf-8' ? declared : charset)
    return encodedWords(known.bytes, known.charset)
  }
  const syntax = field.name === '' ? 'other' : syntaxOf(field.name)
  if (syntax === 'text') return [{ start, end, by: Buffer.from(encodedText(value, words, field.value - field.start), 'latin1') }]
  const better =
    syntax === 'addresses'
      ? encodedAddresses(value, words)
      : syntax === 'parameters'
        ? encodedParameters(value, text => charsetOf(Buffer.from(text, 'latin1'), declared))
        : value
  if (better === undefined) return 'cannot'
  if (!/[\x80-\xff]/.test(better)) return [{ start, end, by: Buffer.from(better, 'latin1') }]
  const kept = Buffer.from(better.replaceAll(/[\x80-\xff]+/g, '?'), 'latin1')
  const eol = end < field.end ? '' : '\r\n'
  const whole = raw.toString('latin1', field.start, end).replaceAll(/\r?\n/g, '')
  const beside = Buffer.from(`${eol}X-Unparsable: ${words(whole)}\r\n`, 'latin1')
  return [
    { start, end, by: kept },
    { start: field.end, end: field.end, by: beside },
  ]
}
