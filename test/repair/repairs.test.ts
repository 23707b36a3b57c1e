import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { oddMail, unheardOf } from '../fixtures/odd.ts'
import { attempts, narrow, now, open, strict } from './properties.ts'

/**
 * The rungs for each oddity: against a target whose limits are known, and one that only says no. Where one name is given twice,
 * both attach.
 */
const table: Record<string, [strict: string, open: string]> = {
  empty: ['separator enveloped', 'separator enveloped'],
  '1 byte': ['separator enveloped', 'separator enveloped'],
  'no header': ['separator enveloped', 'separator enveloped'],
  'header only': ['separator enveloped', 'separator enveloped'],
  'no empty line before the body': ['separator enveloped', 'separator enveloped'],
  'mbox line first': ['unparsable-header enveloped', 'unparsable-header enveloped'],
  'a stray line in the header': ['unparsable-header enveloped', 'unparsable-header enveloped'],
  'NUL in the body': ['nul enveloped', 'nul enveloped'],
  'NUL in header and body': ['nul enveloped', 'nul enveloped'],
  'NUL in an attachment': ['nul enveloped', 'nul enveloped'],
  'bare LF': ['line-ends enveloped', 'line-ends enveloped'],
  'bare LF everywhere': ['line-ends enveloped', 'line-ends enveloped'],
  'bare CR': ['line-ends enveloped', 'line-ends enveloped'],
  'bare LF in binary data': ['line-ends enveloped', 'line-ends enveloped'],
  'a line of 200,000 characters': ['long-lines enveloped', 'long-lines enveloped'],
  'a line of 20,000 characters in a forwarded message': ['long-lines enveloped', 'long-lines enveloped'],
  'a header of 100 kB': ['long-lines enveloped', 'long-lines enveloped'],
  'a header line of 20,000 characters without a space': ['long-lines enveloped', 'long-lines enveloped'],
  'an identifier of 20,000 characters': ['enveloped', 'enveloped'],
  'identical twin 1': ['enveloped enveloped', 'enveloped enveloped'],
  'invalid base64': ['enveloped', 'enveloped'],
  '8-bit in koi8-r': ['eight-bit-headers enveloped', 'eight-bit-headers enveloped'],
  '8-bit names and addresses': ['eight-bit-headers enveloped', 'eight-bit-headers enveloped'],
  '8-bit in a line that is no header field': [
    'eight-bit-headers unparsable-header enveloped',
    'eight-bit-headers unparsable-header unparsable-header enveloped',
  ],
  'date in 1601': ['date enveloped enveloped', 'date enveloped enveloped'],
  'date in 2099': ['date enveloped enveloped', 'date enveloped enveloped'],
  keywords: ['flags enveloped enveloped', 'flags enveloped enveloped enveloped'],
  'Content-Type that cannot be read': ['content-type enveloped', 'content-type enveloped'],
  'multipart without a boundary': ['content-type enveloped', 'content-type enveloped'],
  'multipart that is not closed': ['content-type enveloped', 'content-type enveloped'],
  'nested 50 deep with a long line': ['long-lines enveloped', 'long-lines enveloped'],
  'S/MIME opaque': ['enveloped enveloped', 'enveloped enveloped'],
  'S/MIME opaque in one long line': ['enveloped', 'enveloped'],
  'S/MIME detached, 8-bit subject outside': ['eight-bit-headers enveloped', 'eight-bit-headers enveloped'],
  'S/MIME detached over a long line': ['enveloped', 'enveloped'],
  'S/MIME detached over NUL and bare LF': ['enveloped', 'enveloped'],
  'PGP inline over a long line': ['enveloped', 'enveloped'],
  'PGP/MIME encrypted': ['enveloped', 'enveloped'],
  'TNEF in one long line': ['enveloped', 'enveloped'],
}

for (const { name, raw, flags = [], internalDate } of oddMail) {
  const more = { flags, ...(internalDate === undefined ? {} : { internalDate }) }
  test(`${name}: each attempt is within the limits and leaves the rest as it was`, () => {
    const names = [strict, open].map(limits => attempts(raw(), limits, undefined, more).map(({ rung }) => rung))
    const expected = table[name]
    if (expected)
      assert.deepEqual(
        names.map(list => list.join(' ')),
        expected,
      )
    attempts(raw(), narrow, undefined, more)
  })
}

test('every row of the table is a fixture', () => {
  const names = new Set(oddMail.map(({ name }) => name))
  assert.deepEqual(
    Object.keys(table).filter(name => !names.has(name)),
    [],
  )
})

test('2,000 messages that nobody would think of: never an error, always the original at the end, in bounded time', () => {
  const from = oddMail.map(({ raw }) => raw()).filter(raw => raw.length < 5000)
  const started = performance.now()
  for (let seed = 0; seed < 2000; seed++) {
    const limits = [open, strict, narrow][seed % 3] ?? open
    try {
      attempts(unheardOf(seed, from), limits)
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  }
  assert.ok(performance.now() - started < 60_000)
})

const corpus = process.env.RELEVE_CORPUS ? join(process.env.RELEVE_CORPUS, 'public') : ''
const found = corpus && existsSync(corpus) ? readdirSync(corpus).filter(name => name.endsWith('.eml')) : []
test(`${found.length} messages of the corpus: each attempt is within the limits and leaves the rest as it was`, () => {
  for (const name of found) {
    const raw = readFileSync(join(corpus, name))
    for (const limits of [open, strict, narrow]) {
      try {
        attempts(raw, limits, undefined, { internalDate: now })
      } catch (error) {
        throw new Error(name, { cause: error })
      }
    }
  }
})
