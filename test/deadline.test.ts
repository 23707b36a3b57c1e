import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { TableClient } from '@azure/data-tables'
import { QueueClient } from '@azure/storage-queue'
import { deadline } from '../shared/deadline.ts'
import { graphScope, tokens } from '../shared/identity/tokens.ts'
import { storageQueues } from '../shared/store/queues.ts'
import { all } from '../shared/store/store.ts'
import { tableStore } from '../shared/store/tables.ts'
import { waveRow } from './fakes/rows.ts'

/** Takes connections and says no more on them than this. */
async function mute(t: TestContext, says: string): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {}).on('data', () => void socket.write(says))
  })
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const waitMs = 150
const half = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"value":['

for (const [name, says] of Object.entries({ 'never answers': '', 'stops in the middle of its answer': half }))
  describe(`a storage that ${name}`, { timeout: 20_000 }, () => {
    test('is weather after a while', async t => {
      const port = await mute(t, says)
      const connection = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:${port}/a;`
      const options = { allowInsecureConnection: true, additionalPolicies: [deadline(waitMs)] }
      const store = tableStore(table => TableClient.fromConnectionString(connection, table, options))
      const row = waveRow()
      const queues = storageQueues(queue => new QueueClient(`http://127.0.0.1:${port}/a/${queue}`), waitMs)
      const calls: Record<string, () => Promise<unknown>> = {
        get: () => store.waves.get('wave', 'w'),
        insert: () => store.waves.insert(row),
        save: () => store.waves.save(row, '*'),
        'put many': () => store.waves.put([row, { ...row, wave: 'v' }]),
        list: () => all(store.waves.list({})),
        send: () => queues.send('waves', { machine: 'wave', partition: 'wave', key: 'w', pass: 0 }),
      }
      for (const [call, made] of Object.entries(calls))
        await assert.rejects(
          made(),
          { name: 'Failure', verdict: 'transient', code: /^(ETIMEDOUT|PARSE_ERROR)$/, hint: /storage account/ },
          call,
        )
    })
  })

test('an authority that never answers is weather after a while', { timeout: 20_000 }, async t => {
  const loginBaseUrl = `http://127.0.0.1:${await mute(t, '')}`
  const of = { tenantId: '00000000-0000-0000-0000-000000000001', clientId: 'app', clientSecret: async () => 'a-secret' }
  await assert.rejects(tokens({ ...of, loginBaseUrl, now: Date.now, waitMs }).token(graphScope), {
    name: 'Failure',
    verdict: 'transient',
    hint: /check LOGIN_BASE_URL and the network/,
  })
})
