import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { TableClient } from '@azure/data-tables'
import { Failure } from '../../shared/errors.ts'
import type { AuditRow } from '../../shared/store/schema.ts'
import { tableOptions, tableStore } from '../../shared/store/tables.ts'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'

let azurite: Azurite
let store: ReturnType<typeof tableStore>
const row: AuditRow = { subject: 'w', key: 'k', at: 1, who: 'a person', action: 'hold' }

before(async () => {
  azurite = await startAzurite({ dir: 'memory' })
  const { connectionString } = azurite
  const options = { ...tableOptions, allowInsecureConnection: true }
  store = tableStore(name => TableClient.fromConnectionString(connectionString, name, options))
  await store.make()
  assert.notEqual(await store.audit.insert(row), 'exists')
})

after(() => azurite?.stop())

test('a row that is not there is undefined, a row that is there already is `exists`', async () => {
  assert.equal(await store.audit.get('w', 'other'), undefined)
  assert.equal(await store.audit.insert(row), 'exists')
  assert.equal(await store.audit.save({ ...row, key: 'other' }, '*'), 'conflict')
})

test('a storage that does not answer is a transient failure for every call, never a row that is absent or there', async () => {
  const stored = await store.audit.get('w', 'k')
  await azurite.stop()
  const list = async () => {
    for await (const _ of store.audit.list({ partition: 'w' }));
  }
  const calls: Record<string, () => Promise<unknown>> = {
    get: () => store.audit.get('w', 'k'),
    insert: () => store.audit.insert({ ...row, key: 'new' }),
    save: () => store.audit.save(row, stored?.etag ?? ''),
    put: () => store.audit.put([row, { ...row, key: 'new' }]),
    remove: () => store.audit.remove(row),
    list,
  }
  await Promise.all(
    Object.entries(calls).map(async ([name, call]) => {
      const weather = (error: unknown) => error instanceof Failure && error.verdict === 'transient' && error.hint !== ''
      await assert.rejects(call, weather, name)
    }),
  )
})
