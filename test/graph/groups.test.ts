import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { groupWith } from '../../shared/graph/groups.ts'
import { clientId, failure, permissions, secret, tenant } from './tenant.ts'

const may = [{ clientId, secret, permissions: [...permissions, 'Group.Read.All'] }]
const groups = [
  {
    displayName: 'Conseil',
    mail: 'Conseil@town.example',
    proxyAddresses: ['SMTP:Conseil@town.example', 'smtp:council@town.example'],
  },
  { displayName: '', mail: "fête.d'été@town.example", proxyAddresses: [] },
]

describe('the group that has an address', () => {
  const cases: [string, string, string | undefined][] = [
    ['by its own', 'conseil@town.example', 'Conseil'],
    ['by another of its addresses', 'Council@town.example', 'Conseil'],
    ['with an apostrophe and letters of all kinds', "fête.d'été@town.example", ''],
    ['is none where only the beginning is the same', 'conseil@town.example.test', undefined],
    ['is none that a quotation mark could ask for', "x' or displayName eq 'Conseil", undefined],
  ]
  for (const [what, address, name] of cases)
    test(`${what}: ${name}`, async t => {
      const { graph } = await tenant(t, { apps: may, groups })
      assert.equal(await groupWith(graph, address), name)
    })

  test('cannot be known without the permission, which the hint names', async t => {
    const { graph } = await tenant(t, { groups })
    const error = await failure(groupWith(graph, 'conseil@town.example'))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'Authorization_RequestDenied'])
    assert.match(error.hint, /Group\.Read\.All/)
  })

  test('is waited for as long as the service says', async t => {
    const { graph, service } = await tenant(t, { apps: may, groups })
    service.refuse({ times: 1, retryAfter: 17, only: /groups/ })
    const error = await failure(groupWith(graph, 'conseil@town.example'))
    assert.deepEqual([error.verdict, error.retryAfterMs], ['transient', 17_000])
    assert.equal(await groupWith(graph, 'conseil@town.example'), 'Conseil')
  })
})
