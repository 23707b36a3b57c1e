import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { digesting, digestOf, type Identity, identify, match } from '../../shared/copy/match.ts'
import { between, chance } from '../fakes/chance.ts'

const now = Date.UTC(2026, 0)

/** `3 d p @7`: UID 3, digest d, print p, INTERNALDATE in second 7. */
function identity(line: string): Identity {
  const [uid, digest = '', print = '', date = '@0'] = line.split(' ')
  return { uid: Number(uid), digest, print, internalDate: Number(date.slice(1)) * 1000 }
}

const matched = (sought: string[], candidates: string[]) =>
  Object.fromEntries(match(sought.map(identity), candidates.map(identity), now))

describe('a source message finds its copy', () => {
  const cases: [what: string, sought: string[], candidates: string[], wanted: Record<number, number>][] = [
    ['by its bytes', ['1 a p'], ['7 a q'], { 1: 7 }],
    ['by its fingerprint where the target rebuilt it', ['1 a p'], ['7 x p'], { 1: 7 }],
    ['not at all where neither is the same', ['1 a p'], ['7 x q'], {}],
    ['twins one for one, in order', ['1 a p', '2 a p', '3 a p'], ['7 a p', '8 a p', '9 a p'], { 1: 7, 2: 8, 3: 9 }],
    ['of three twins two have arrived', ['1 a p', '2 a p', '3 a p'], ['7 a p', '8 a p'], { 1: 7, 2: 8 }],
    ['of two twins three have arrived: one is left', ['1 a p', '2 a p'], ['7 a p', '8 a p', '9 a p'], { 1: 7, 2: 8 }],
    ['a twin by its own date', ['1 a p @5', '2 a p @6'], ['7 a p @6', '8 a p @5'], { 1: 8, 2: 7 }],
    ['a twin of another date where its own is not there', ['1 a p @5', '2 a p @6'], ['7 a p @6', '8 a p @9'], { 1: 8, 2: 7 }],
    ['dates to the second', ['1 a p @5.9'], ['7 a p @5'], { 1: 7 }],
    ['bytes before fingerprints', ['1 a p', '2 b p'], ['7 b p', '8 a p'], { 1: 8, 2: 7 }],
    ['the same fingerprint with other bytes, in order', ['1 a p', '2 b p'], ['7 x p', '8 y p'], { 1: 7, 2: 8 }],
    ['an exact one is not taken away by a fingerprint', ['1 x p', '2 a p'], ['7 a p'], { 2: 7 }],
    ['nothing among nothing', [], [], {}],
  ]
  for (const [what, sought, candidates, wanted] of cases) test(what, () => assert.deepEqual(matched(sought, candidates), wanted))

  test('whatever arrived: each copy serves one message, as many as there are in common', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = chance(seed)
      const some = (count: number) =>
        Array.from({ length: count }, (_, i) =>
          identity(`${i + 1} ${between(random, 1, 4)} p${between(random, 1, 3)} @${between(random, 0, 1)}`),
        )
      const [sought, candidates] = [some(between(random, 0, 12)), some(between(random, 0, 12))]
      const found = match(sought, candidates, now)
      assert.equal(new Set(found.values()).size, found.size, `seed ${seed}`)
      for (const digest of ['1', '2', '3', '4']) {
        const of = (list: Identity[]) => list.filter(one => one.digest === digest)
        const pairs = of(sought).filter(({ uid }) => of(candidates).some(other => other.uid === found.get(uid)))
        assert.equal(pairs.length, Math.min(of(sought).length, of(candidates).length), `seed ${seed}, bytes ${digest}`)
      }
    }
  })
})

const identified = (text: string, internalDate = 0) => identify({ uid: 1, raw: Buffer.from(text), internalDate })

describe('an identity', () => {
  const print = async (text: string, date = 0) => (await identified(text, date)).print

  test('is the Message-ID and the date, however folded and spaced', async () => {
    const plain = await print('Message-ID: <a@b>\r\nDate: Mon, 5 Jan 2026\r\n\r\nText')
    assert.equal(await print('message-id:\r\n\t<a@b>\r\nX: y\r\nDATE:  Mon,  5 Jan\r\n 2026\r\n\r\nOther'), plain)
    assert.notEqual(await print('Message-ID: <a@b>\r\nDate: Tue, 6 Jan 2026\r\n\r\nText'), plain)
  })

  test('without Message-ID is date, sender, subject and the second it arrived', async () => {
    const text = 'From: a@b\r\nSubject: s\r\nDate: d\r\n\r\n'
    assert.equal(await print(text, 5_100), await print(text, 5_900))
    assert.notEqual(await print(text, 5_100), await print(text, 6_100))
    assert.notEqual(await print(text), await print(text.replace('Subject: s', 'Subject: t')))
  })

  test('is of the header, not of what a body quotes', async () => {
    assert.equal(await print('Subject: s\r\n\r\nMessage-ID: <quoted@b>\r\n'), await print('Subject: s\r\n\r\n'))
  })

  test('knows messages without an end of header, without anything, and with bytes that are no text', async () => {
    for (const text of ['', 'Subject: s', '\r\n\r\n', '\u0000\u00ff']) assert.ok(await identified(text))
  })

  test('of a message that arrives in pieces is that of the whole', async () => {
    const raw = Buffer.from(`Message-ID: <a@b>\r\nDate: d\r\n\r\n${'x'.repeat(200_000)}`)
    async function* chunks() {
      for (let at = 0; at < raw.length; at += 1_000) yield raw.subarray(at, at + 1_000)
    }
    const pieces = { uid: 1, internalDate: 0, raw: { sizeBytes: raw.length, chunks } }
    assert.deepEqual(await identify(pieces), await identify({ uid: 1, internalDate: 0, raw }))
  })

  test('is told when all bytes have passed, and not before', async () => {
    const told: string[] = []
    async function* chunks() {
      yield Buffer.from('ab')
      yield Buffer.from('c')
    }
    const passed: Buffer[] = []
    for await (const chunk of digesting({ sizeBytes: 3, chunks }, digest => told.push(digest)).chunks()) {
      assert.deepEqual(told, [])
      passed.push(chunk)
    }
    assert.deepEqual([told, Buffer.concat(passed).toString()], [[digestOf(Buffer.from('abc'))], 'abc'])
  })
})
