import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Between, startProxy, type Trouble } from './proxy.ts'

/** What a server says, each four bytes another number, so that a hole in it shows. */
const said = Buffer.alloc(4_000_000)
for (let at = 0; at < said.length; at += 4) said.writeUInt32BE(at, at)

/** What reaches a client through the proxy until its wire ends. `during`: what is done meanwhile. */
async function heard(trouble: Trouble, during: (proxy: Between) => Promise<void> = async () => {}): Promise<Buffer> {
  const server = createServer(socket => {
    socket.on('error', () => {})
    for (let at = 0; at < said.length; at += 65_536) socket.write(said.subarray(at, at + 65_536))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await startProxy((server.address() as AddressInfo).port)
  proxy.trouble(trouble)
  const client = connect(proxy.port, '127.0.0.1')
  const pieces: Buffer[] = []
  client.on('data', piece => pieces.push(piece)).on('error', () => {})
  const ended = once(client, 'close')
  await during(proxy)
  await ended
  proxy.stop()
  server.close()
  return Buffer.concat(pieces)
}

// A wire that loses bytes and goes on is none that TCP knows, and what is read from it is nobody's fault but the proxy's.
describe('a wire that the proxy cuts', () => {
  test('carried what was sent up to there, and nothing from behind', async () => {
    for (let bytes = 1_000; bytes < said.length; bytes += 211_111) {
      const found = await heard({ kind: 'cut', bytes })
      assert.ok(found.length <= bytes, `${found.length} of ${bytes}`)
      assert.ok(found.equals(said.subarray(0, found.length)), `a hole before ${bytes}`)
    }
  })

  test('carries no answer any more once one was kept back, also when the trouble is over', async () => {
    const found = await heard({ kind: 'late', ms: 300 }, async proxy => {
      await delay(1)
      while (proxy.struck() === 0) await delay(1)
      proxy.trouble(undefined)
    })
    assert.equal(found.length, 0)
  })
})
