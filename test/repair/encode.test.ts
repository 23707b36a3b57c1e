import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import test from 'node:test'
import { base64Lines, quotedPrintable } from '../../shared/repair/encode.ts'
import { encodedWords } from '../../shared/repair/encoded-word.ts'
import { mendLineEnds } from '../../shared/repair/line-ends.ts'
import { between, chance, oneOf } from '../fakes/chance.ts'

/** RFC 2045 6.7, read the other way. */
const decoded = (text: string) =>
  text.replaceAll(/=\r\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

test('quoted-printable and base64 decode to the same bytes, in lines of 76', () => {
  for (let seed = 0; seed < 300; seed++) {
    const random = chance(seed)
    const pieces = ['=', ' ', '\t', '\r\n', '\r', '\n', '-', '--', 'text', '\xe9', '\0', '.', 'x'.repeat(80)]
    const bytes = Buffer.from(Array.from({ length: between(random, 0, 60) }, () => oneOf(random, pieces)).join(''), 'latin1')
    const written = quotedPrintable(bytes).toString('latin1')
    assert.equal(decoded(written), bytes.toString('latin1'), `seed ${seed}`)
    assert.match(written, /^[\t\r\n -~]*$/)
    for (const line of [...written.split('\r\n'), ...base64Lines(bytes).toString().split('\r\n')]) {
      assert.ok(line.length <= 76 && !/[ \t]$/.test(line) && !line.startsWith('--'), `seed ${seed}: ${line}`)
    }
    assert.deepEqual(Buffer.from(base64Lines(bytes).toString(), 'base64'), bytes)
  }
})

test('encoded words are at most 75 characters, hold whole characters, and decode to the same bytes', () => {
  for (const text of [
    'été '.repeat(60),
    `a${'日本語'.repeat(50)}`,
    'a long subject with some é and è '.repeat(9),
    '日本語'.repeat(50),
    '€',
    'a_b=c?d é',
  ]) {
    const words = encodedWords(Buffer.from(text), 'utf-8').split('\r\n ')
    const parts = words.map(word => {
      const [, encoding, inside = ''] = /^=\?utf-8\?([QB])\?([^? ]*)\?=$/.exec(word) ?? assert.fail(word)
      assert.ok(word.length <= 75)
      return encoding === 'B' ? Buffer.from(inside, 'base64') : Buffer.from(decoded(inside.replaceAll('_', ' ')), 'latin1')
    })
    for (const part of parts) assert.ok(isUtf8(part))
    assert.equal(Buffer.concat(parts).toString(), text)
  }
})

const lineEnds: [before: string, after: string][] = [
  ['S: x\r\n\r\none\ntwo\r\n', 'S: x\r\n\r\none\r\ntwo\r\n'],
  ['S: x\r\n\r\none\rtwo\r', 'S: x\r\n\r\none\r\ntwo\r\n'],
  ['S: x\r\n\r\none\r\r\ntwo\r\r\r\n', 'S: x\r\n\r\none\r\ntwo\r\n'],
  ['S: x\r\n\r\none\n\rtwo\n\n', 'S: x\r\n\r\none\r\n\r\ntwo\r\n\r\n'],
  ['S: x\n\none\ntwo', 'S: x\r\n\r\none\r\ntwo'],
  ['S: x\r\rone\rtwo', 'S: x\r\n\r\none\r\ntwo'],
  ['S: x\ry\r\n\r\none\r\n', 'S: x y\r\n\r\none\r\n'],
]
for (const [before, after] of lineEnds) {
  test(`${JSON.stringify(before)} becomes ${JSON.stringify(after)}`, () => {
    const mended = mendLineEnds(Buffer.from(before))
    assert.equal(mended.toString(), after)
    assert.equal(mendLineEnds(Buffer.from(after)), 'fine')
  })
}
