import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { queueNames } from '../../shared/life/work.ts'
import { poisonQueues, tables } from '../../shared/store/schema.ts'
import { type Declaration, type Node, property, textOf } from './bicep/nodes.ts'
import { bicep, root, textAt } from './files.ts'

const storage = bicep('storage.bicep')
const functions = readdirSync(path.join(root, 'functions')).map(file => textAt(`functions/${file}`))
const matches = (pattern: RegExp) => functions.flatMap(text => [...text.matchAll(pattern)].map(([, name]) => name))

function listed(name: string): (string | undefined)[] {
  const found = storage.find(each => each.kind === 'var' && each.name === name) as (Declaration & { value: Node }) | undefined
  assert.ok(found?.value.kind === 'array', `infra/storage.bicep has no list ${name}`)
  return found.value.items.map(textOf)
}

test('the queues of infra are the queues of the code', () => assert.deepEqual(listed('queues'), [...queueNames]))

test('the tables of infra are the tables of the code', () =>
  assert.deepEqual(
    listed('tables'),
    Object.values(tables).map(each => each.name),
  ))

test('every queue has its poison queue, in infra as in the code', () => {
  assert.deepEqual(
    poisonQueues,
    queueNames.map(name => `${name}-poison`),
  )
  assert.match(
    textAt('infra/storage.bicep'),
    /resource poisonQueue [^[]*= \[\s*for each in queues: \{[^}]*name: '\$\{each\}-poison'/,
  )
})

test('one function listens to each queue, and to each poison queue', () => {
  assert.deepEqual(matches(/queueName: '([^']+)'/g).toSorted(), [...queueNames].toSorted())
  const poison = functions.filter(text => text.includes('of poisonQueues'))
  assert.equal(poison.length, 1)
  assert.match(poison[0] ?? '', /for \(const (\w+) of poisonQueues\) \{\s*app\.storageQueue\(\1, \{\s*\1,/)
})

test('every queue function names the connection that infra sets', () => {
  const declared = matches(/(app\.storageQueue\()/g).length
  assert.equal(matches(/connection: '(AzureWebJobsStorage)'/g).length, declared)
})

test('every HTTP function asks for a key, but for pages that know nothing of any wave and links that nobody can guess', () => {
  const declared = matches(/(app\.http\()/g).length
  assert.ok(declared > 0)
  assert.equal(matches(/authLevel: '(function|admin|anonymous)'/g).length, declared)
  const open = functions.filter(text => text.includes("authLevel: 'anonymous'"))
  // The token of 128 bits in its path is the key of such a link.
  const keyless = open.filter(text => [...text.matchAll(/route: '([^']+)'/g)].some(([, route]) => !route?.endsWith('/{token}')))
  assert.ok(open.length > keyless.length)
  for (const text of keyless) assert.doesNotMatch(text, /theApp|http\(async|shared\/(app|store|commands)|authLevel: 'function'/)
})

test('every timer has an alarm for its silence, and every alarm names a function that exists', () => {
  const alarms = textAt('infra/watch.bicep')
  const named = [...alarms.matchAll(/name == "([^"]+)"/g)].map(([, name]) => name)
  assert.deepEqual(named.toSorted(), matches(/app\.timer\('([^']+)'/g).toSorted())
  assert.match(alarms, /name endswith "-poison"/)
})

test('docs/deploying.md has a line for each alarm', () => {
  const alarms = bicep('watch.bicep').find(each => each.kind === 'var' && each.name === 'alarms')
  assert.ok(alarms?.kind === 'var' && alarms.value.kind === 'array')
  const names = alarms.value.items.map(item => textOf(property(item, 'name')))
  const lines = [...textAt('docs/deploying.md').matchAll(/^\| `([a-z-]+)` \| [^|]* \| [^|]* \|$/gm)].map(([, name]) => name)
  assert.deepEqual(
    lines.filter(name => names.includes(name)),
    names,
  )
})
