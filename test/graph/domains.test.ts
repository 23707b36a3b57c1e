import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domains } from '../../shared/graph/domains.ts'
import { failure, tenant } from './tenant.ts'

test('mail records are those Microsoft names, word for word, and only those of mail', async t => {
  const { graph } = await tenant(t, { domains: [{ id: 'spf75.example', mx: 'spf75-example.k-v1.mx.microsoft.test' }] })
  const { mx, others } = await domains(graph).mailRecords('spf75.example')
  assert.deepEqual(mx, [
    { name: 'spf75.example', exchange: 'spf75-example.k-v1.mx.microsoft.test', preference: 0, ttlSeconds: 3600 },
  ])
  assert.deepEqual(
    others.map(({ type, name, value }) => `${type} ${name} ${value}`),
    [
      'TXT spf75.example v=spf1 include:spf.protection.outlook.com -all',
      'CNAME autodiscover.spf75.example autodiscover.outlook.com',
    ],
  )
})

test('a domain Microsoft has no records for is a permanent Failure', async t => {
  const { graph, service } = await tenant(t)
  const error = await failure(domains(graph).mailRecords('unproven.example'))
  assert.equal(error.verdict, 'permanent')
  service.refuse({ times: 1, status: 200, html: JSON.stringify({ value: [] }) })
  const empty = await failure(domains(graph).mailRecords('spf75.example'))
  assert.deepEqual([empty.code, empty.verdict], ['NoMailExchange', 'permanent'])
})
