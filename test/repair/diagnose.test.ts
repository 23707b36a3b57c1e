import assert from 'node:assert/strict'
import test from 'node:test'
import { diagnose, inWords, obstacles } from '../../shared/repair/diagnose.ts'
import { takeApart } from '../../shared/repair/mime.ts'
import { regionsOf } from '../../shared/repair/region.ts'
import { oddMail, sixtyMegabytes, unheardOf } from '../fixtures/odd.ts'
import { open, strict } from './properties.ts'

const table: [name: string, words: string[]][] = [
  ['empty', ['not one byte', 'no empty line after the header', 'no Message-ID', 'no Date']],
  ['no header', ['no header', 'no empty line after the header', 'no Message-ID', 'no Date']],
  ['NUL in header and body', ['1 NUL byte in header', '1 NUL byte in body']],
  ['NUL in an attachment', ['1 NUL byte in part 2']],
  ['bare LF', ['2 bare LF in body']],
  ['bare CR', ['2 bare CR in body']],
  ['a line of 200,000 characters', ['a line of 200,000 bytes in body']],
  ['a line of 20,000 characters before the parts', ['a line of 20,000 bytes between the parts']],
  ['identical twin 1', []],
  ['no Message-ID', ['no Message-ID']],
  ['invalid base64', ['3 bytes that no base64 has in body']],
  ['8-bit in utf-8', ['7 raw 8-bit bytes in the header']],
  ['multipart that is not closed', ['a multipart that is not closed in the message']],
  ['encoding that does not exist', ['a broken Content-Type or encoding in the header']],
  ['S/MIME opaque', ['signed: the message']],
  ['PGP/MIME encrypted', ['encrypted: the message', '1 bare LF in part 2']],
  ['TNEF in one long line', ['TNEF: part 2', 'a line of 40,000 bytes in part 2']],
]
for (const [name, words] of table) {
  test(`${name}: ${words.join('; ') || 'nothing odd'}`, () => {
    const raw = oddMail.find(odd => odd.name === name)?.raw() ?? assert.fail()
    assert.deepEqual(diagnose(raw).map(inWords), words)
  })
}

test('facts within a sealed part say so', () => {
  const raw = oddMail.find(({ name }) => name === 'S/MIME detached over NUL and bare LF')?.raw() ?? assert.fail()
  assert.deepEqual(
    diagnose(raw).map(({ odd, sealed }) => [odd, sealed]),
    [
      ['signed', true],
      ['nul', true],
      ['bare-lf', true],
    ],
  )
})

test('a long line lands where lines may be long, and not where they may not', () => {
  const raw = oddMail.find(({ name }) => name === 'a line of 20,000 characters in data')?.raw() ?? assert.fail()
  assert.deepEqual(obstacles(diagnose(raw), open), [])
  assert.deepEqual(obstacles(diagnose(raw), strict).map(inWords), ['a line of 20,000 bytes in body'])
  assert.deepEqual(obstacles(diagnose(raw), { ...strict, mostLineBytes: 50_000 }), [])
})

test('regions lie side by side and are the whole message', () => {
  const from = oddMail.map(({ raw }) => raw())
  for (let seed = 0; seed < 500; seed++) {
    const raw = from[seed] ?? unheardOf(seed, from)
    let at = 0
    for (const { start, end } of regionsOf(raw)) {
      assert.ok(start === at && end >= start, `seed ${seed}: ${start} after ${at}`)
      at = end
    }
    assert.equal(at, raw.length)
  }
})

test('50 messages within each other are told apart', () => {
  let part = takeApart(oddMail.find(({ name }) => name === 'nested 50 deep')?.raw() ?? assert.fail())
  let deep = 0
  for (; part.parts[0]; deep++) part = part.parts[0]
  assert.equal(deep, 50)
})

test('60 MB are looked through in seconds', async () => {
  const chunks: Buffer[] = []
  for await (const chunk of sixtyMegabytes.chunks()) chunks.push(chunk)
  const raw = Buffer.concat(chunks)
  assert.equal(raw.length, sixtyMegabytes.sizeBytes)
  const started = performance.now()
  assert.deepEqual(diagnose(raw), [])
  assert.ok(performance.now() - started < 5000)
})
