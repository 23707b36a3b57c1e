import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { leafHash, proofOf, rootFrom, rootOf, tree } from '../../shared/receipt/merkle.ts'

const sha = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The definition of RFC 9162 2.1.1, word for word. */
function mth(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return sha('')
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0] ?? '')
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)))
}

/** The audit path of RFC 9162 2.1.3.1. */
function path(m: number, leaves: readonly string[]): Buffer[] {
  if (leaves.length <= 1) return []
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return m < k
    ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))]
}

test('roots and proofs are those that the RFC defines, for every tree up to 40 leaves', () => {
  assert.equal(rootOf(tree([])), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  for (let size = 1; size <= 40; size++) {
    const leaves = Array.from({ length: size }, (_, i) => `leaf ${i}`)
    const levels = tree(leaves.map(leaf => leafHash(leaf)))
    const root = rootOf(levels)
    assert.equal(root, mth(leaves).toString('hex'))
    for (const [i, leaf] of leaves.entries()) {
      const proof = proofOf(levels, i)
      assert.deepEqual(
        proof,
        path(i, leaves).map(node => node.toString('hex')),
      )
      assert.equal(rootFrom(leafHash(leaf), i, size, proof), root)
    }
  }
})

test('the roots of certificate transparency’s own test data come out', () => {
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const leaves = inputs.map(hex => leafHash(Buffer.from(hex, 'hex')))
  assert.equal(rootOf(tree(leaves.slice(0, 1))), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  assert.equal(rootOf(tree(leaves)), '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
})

test('a proof holds for no other leaf, place, size or length', () => {
  for (let size = 1; size <= 20; size++) {
    const hashes = Array.from({ length: size }, (_, i) => leafHash(`leaf ${i}`))
    const levels = tree(hashes)
    const root = rootOf(levels)
    for (const [i, hash] of hashes.entries()) {
      const proof = proofOf(levels, i)
      for (let place = -1; place <= size; place++) assert.equal(rootFrom(hash, place, size, proof) === root, place === i)
      for (const [other, wrong] of hashes.entries()) assert.equal(rootFrom(wrong, i, size, proof) === root, other === i)
      assert.notEqual(rootFrom(hash, i, size, [...proof, hash]), root)
      if (proof.length > 0) assert.notEqual(rootFrom(hash, i, size, proof.slice(1)), root)
    }
  }
})

test('a node cannot be passed off as a leaf', () => {
  const [left, right] = [leafHash('a'), leafHash('b')]
  assert.notEqual(leafHash(Buffer.from(left + right, 'hex')), rootOf(tree([left, right])))
})
