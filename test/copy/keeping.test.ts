import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasRoom, keep, LargeOnes } from '../../shared/copy/keeping.ts'
import type { Body } from '../../shared/source/source.ts'

const megabyte = 1024 * 1024

function body(pieces: readonly Buffer[], given: Buffer[] = []): Body {
  async function* chunks() {
    yield* pieces
  }
  return { sizeBytes: 8 * megabyte, chunks, give: piece => given.push(piece) }
}

test('large messages are kept as long as there is room, whoever sends them', async () => {
  const [one, other] = [new LargeOnes(), new LargeOnes()]
  const given: Buffer[] = []
  const pieces = [Buffer.from('a'), Buffer.from('b')]
  const kept = one.keeping(body(pieces, given))
  assert.equal(kept.give, undefined, 'whoever sends it does not give its pieces back')
  for await (const _ of kept.chunks());
  assert.deepEqual(one.of(kept)?.pieces, pieces)
  other.keeping(body([]))
  one.keeping(body([]))
  const late = body([])
  assert.equal(other.keeping(late), late, 'there is no room for a fourth')

  const told = one.of(kept)
  told?.release()
  told?.release()
  assert.deepEqual(given, pieces, 'given back once')
  assert.equal(one.of(kept), undefined)
  assert.notEqual(other.keeping(late), late, 'there is room again')
  assert.equal(other.keeping(late), late, 'and only once')

  one.drop()
  other.drop()
  assert.notEqual(one.keeping(late), late, 'what never arrived makes room')
  assert.deepEqual(given, pieces, 'but its memory is not given back: it may be on its way')
  one.drop()
})

test('small messages are kept as long as there is room', () => {
  let freed = 0
  const all = Array.from({ length: 8 }, () => keep(Buffer.alloc(megabyte), () => freed++))
  assert.equal(hasRoom(Buffer.alloc(1)), false)
  all.pop()?.release()
  assert.equal(hasRoom(Buffer.alloc(megabyte)), true)
  assert.equal(hasRoom(Buffer.alloc(megabyte + 1)), false)
  for (const { release } of all) release()
  assert.equal(freed, 8)
})
