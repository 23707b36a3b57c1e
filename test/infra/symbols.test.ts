import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bodyOf, type Declaration, type Node, property, within } from './bicep/nodes.ts'
import { infra } from './files.ts'

/** The functions of Bicep that infra/ uses; one that is missing here is more likely misspelt than new. */
const functions = new Set(
  'allowed batchSize contains description empty guid maxLength maxValue minLength minValue resourceGroup string subscriptionResourceId tenant union uniqueString'.split(
    ' ',
  ),
)
const files = infra()

for (const [file, declared] of files) {
  describe(`infra/${file}`, () => {
    test('every name that is used is declared, once', () => {
      const known = new Set(declared.filter(each => each.kind !== 'output').map(each => each.name))
      for (const each of declared) {
        for (const root of valuesOf(each)) {
          const called = new Set([...within(root)].flatMap(node => (node.kind === 'call' ? [node.of] : [])))
          const loops = new Set([...within(root)].flatMap(node => (node.kind === 'for' ? node.names : [])))
          for (const node of within(root)) {
            if (node.kind !== 'name') continue
            const names = called.has(node) ? functions : known
            assert.ok(names.has(node.name) || loops.has(node.name), `line ${node.line}: ${node.name} is not known`)
          }
        }
      }
    })

    test('every parameter, variable and module is used', () => {
      const used = new Set(
        declared
          .flatMap(valuesOf)
          .flatMap(value => [...within(value)].flatMap(node => (node.kind === 'name' ? [node.name] : []))),
      )
      const idle = declared.filter(each => (each.kind === 'param' || each.kind === 'var') && !used.has(each.name))
      assert.deepEqual(
        idle.map(each => each.name),
        [],
      )
    })

    test('every module exists, is given what it asks for and nothing else, and has the outputs that are read', () => {
      for (const each of declared) {
        if (each.kind !== 'module') continue
        const inner = files.get(each.file)
        assert.ok(inner, `${each.file} is not there`)
        const params = inner.flatMap(one => (one.kind === 'param' ? [one] : []))
        const given = property(bodyOf(each.value), 'params')
        const names = given?.kind === 'object' ? given.properties.map(one => one.name ?? '') : []
        assert.deepEqual(
          names.filter(name => !params.some(one => one.name === name)),
          [],
          each.name,
        )
        assert.deepEqual(
          params.filter(one => !one.value && !names.includes(one.name)).map(one => one.name),
          [],
          each.name,
        )
        const outputs = new Set(inner.flatMap(one => (one.kind === 'output' ? [one.name] : [])))
        const read = declared.flatMap(valuesOf).flatMap(value => [...within(value)].flatMap(node => outputOf(node, each.name)))
        for (const name of read) assert.ok(outputs.has(name), `${each.file} has no output ${name}`)
      }
    })
  })
}

function valuesOf(declared: Declaration): Node[] {
  return [...declared.decorators, ...('value' in declared && declared.value ? [declared.value] : [])]
}

function outputOf(node: Node, module: string): string[] {
  if (node.kind !== 'member' || node.of.kind !== 'member' || node.of.name !== 'outputs') return []
  return node.of.of.kind === 'name' && node.of.of.name === module ? [node.name] : []
}
