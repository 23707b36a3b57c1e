import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { teamsUse } from '../../shared/graph/teams-use.ts'
import type { GraphOptions } from '../sandbox/graph/start.ts'
import { clientId, failure, permissions, secret, tenant } from './tenant.ts'

const may = [{ clientId, secret, permissions: [...permissions, 'Reports.Read.All'] }]
const people = [
  { name: 'Anna@police.example', team: 3, chat: 40, calls: 2, meetings: 5 },
  { name: 'jan@police.example' },
  { name: 'gone@police.example', chat: 900, deleted: true },
]

describe('the use of Teams', () => {
  test('is what people did, each act once, by the name they sign in with; who was deleted is left out', async t => {
    const { graph, service, clock } = await tenant(t, { apps: may, usage: { people } })
    const { until, acts } = await teamsUse(graph)
    const expected: [string, number][] = [
      ['anna@police.example', 50],
      ['jan@police.example', 0],
    ]
    assert.deepEqual([...acts], expected)
    assert.equal(until, new Date(clock.now - 2 * 86_400_000).toISOString().slice(0, 10))
    assert.equal(service.requests.filter(one => one.startsWith('GET /data/download/')).length, 1)
  })

  const rows: [string, Partial<GraphOptions>, string, RegExp][] = [
    ['without the permission', { usage: { people } }, 'Authorization_RequestDenied', /Reports\.Read\.All/],
    ['in a tenant that hides names', { apps: may, usage: { people, concealed: true } }, 'CONCEALED-NAMES', /uncheck/],
    ['that nobody is in', { apps: may, usage: { people: [] } }, 'EMPTY-REPORT', /sequence\.waves/],
  ]
  for (const [what, options, code, hint] of rows)
    test(`${what} is a Failure that says what to do`, async t => {
      const { graph } = await tenant(t, options)
      const error = await failure(teamsUse(graph))
      assert.deepEqual([error.code, error.verdict], [code, 'permanent'])
      assert.match(error.hint, hint)
    })

  for (const only of [/getTeams/, /download/])
    test(`waits as long as the service says (${only.source})`, async t => {
      const { graph, service } = await tenant(t, { apps: may, usage: { people } })
      service.refuse({ times: 1, retryAfter: 17, only })
      const error = await failure(teamsUse(graph))
      assert.deepEqual([error.verdict, error.retryAfterMs], ['transient', 17_000])
      assert.equal((await teamsUse(graph)).acts.size, 2)
    })

  test('a file that was cut off, or is another one, is read again later', async t => {
    const { graph, service } = await tenant(t, { apps: may, usage: { people } })
    for (const html of ['User Principal Name,"Report Ref', 'Name,Acts\r\nanna@police.example,3']) {
      service.refuse({ times: 1, status: 200, html, only: /download/ })
      const error = await failure(teamsUse(graph))
      assert.deepEqual([error.code, error.verdict], ['UnexpectedAnswer', 'transient'])
    }
  })
})
