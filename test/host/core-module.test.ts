import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CoreModule } from './core-module.ts'

type Exports = {
  registerFunction: (metadata: { name: string; bindings: object }, callback: () => void) => { dispose: () => void }
  registerHook: (name: string, callback: () => void) => { dispose: () => void }
}

function opened() {
  const core = new CoreModule(() => {})
  return { core, exports: core.exports as Exports }
}

test('a name is registered once', () => {
  const { exports } = opened()
  exports.registerFunction({ name: 'one', bindings: {} }, () => {})
  assert.throws(() => exports.registerFunction({ name: 'one', bindings: {} }, () => {}), /"one" is registered already/)
})

test('a function that is disposed of while the app loads is not there', () => {
  const { core, exports } = opened()
  exports.registerFunction({ name: 'one', bindings: {} }, () => {}).dispose()
  assert.equal(core.functions.size, 0)
})

test('after the app has loaded nothing can be registered', () => {
  const { core, exports } = opened()
  core.close()
  assert.throws(() => exports.registerFunction({ name: 'late', bindings: {} }, () => {}), /only be registered during app startup/)
})

test('hooks run in their order until disposed of; an unknown name is a RangeError', async () => {
  const { core, exports } = opened()
  const ran: string[] = []
  exports.registerHook('appStart', () => ran.push('first'))
  const second = exports.registerHook('appStart', () => ran.push('second'))
  await core.runHooks('appStart', {})
  second.dispose()
  await core.runHooks('appStart', {})
  assert.deepEqual(ran, ['first', 'second', 'first'])
  assert.throws(() => exports.registerHook('dinner', () => {}), RangeError)
})
