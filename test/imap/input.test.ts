import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Input, LargeLiteral } from '../../shared/imap/input.ts'

const sizes = [0, 57, 5_000, 17_000, 200_000, 2 * 1024 * 1024, 3_000_001]
const literals = sizes.map((size, i) => Buffer.alloc(size, String.fromCharCode(97 + i)))
const stream = Buffer.concat([
  ...literals.flatMap((literal, i) => [
    Buffer.from(`* ${i + 1} FETCH (UID ${i + 1} BODY[] {${literal.length}}\r\n`),
    literal,
    Buffer.from(')\r\n'),
  ]),
  Buffer.from('* OK a\rbare CR\r\nR1 OK done\r\n'),
])

/** What comes out when the stream is read in pieces of at most this size, into memory that is overwritten after each, or into what is asked for. */
async function through(most: number): Promise<{ texts: string[]; bodies: Promise<Buffer>[]; direct: number }> {
  const texts: string[] = []
  const bodies: Promise<Buffer>[] = []
  const input = new Input(
    ({ text, literals: [literal] }) => {
      texts.push(text)
      if (literal instanceof LargeLiteral) bodies.push(whole(literal))
      else if (Buffer.isBuffer(literal)) bodies.push(Promise.resolve(literal))
    },
    () => {},
  )
  const shared = Buffer.alloc(most)
  let direct = 0
  for (let at = 0; at < stream.length; ) {
    const into = input.room() ?? shared
    const read = stream.copy(into, 0, at, at + Math.min(into.length, most))
    input.feed(into.subarray(0, read))
    if (into !== shared) direct += read
    shared.fill(0)
    at += read
  }
  return { texts, bodies, direct }
}

async function whole(literal: LargeLiteral): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of literal.chunks()) pieces.push(piece)
  return Buffer.concat(pieces)
}

for (const most of [4_099, 65_536, 128 * 1024, 4 * 1024 * 1024])
  test(`responses and their literals come out whole, read ${most} bytes at a time`, async () => {
    const { texts, bodies, direct } = await through(most)
    const fetches = sizes.map((_, i) => `* ${i + 1} FETCH (UID ${i + 1} BODY[] `)
    assert.deepEqual(
      texts.map(text => text.replace(/\{\d+\}\)?$|\)$/, '')),
      [...fetches, '* OK a\rbare CR', 'R1 OK done'],
    )
    for (const [i, body] of (await Promise.all(bodies)).entries()) assert.ok(body.equals(literals[i] as Buffer), `literal ${i}`)
    assert.equal(bodies.length, literals.length)
    assert.ok(direct > 0, 'nothing was read into a literal itself')
  })
