import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deliver } from '../sandbox/mail/lmtp.ts'
import { startSmtp } from '../sandbox/mail/smtp.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const [anna, bob] = ['anna@split.test', 'bob@split.test']
const trace = Buffer.from('Received: from gate.old.example by mail.old.example; Thu, 1 Jan 2026 08:00:00 +0000\r\n'.repeat(80))
let site: Site
let post: Awaited<ReturnType<typeof startSmtp>>
let host: HostProcess
/** Whose mail the old mail system leads to the new side. */
const led = new Set<string>()
const sent: string[] = []

before(async () => {
  site = await startSite({ people: [anna, bob], messages: 20 })
  post = await startSmtp({
    tls: 'none',
    take: async ({ from, to, data }) => {
      for (const address of to) {
        sent.push(address)
        const { lmtpPort } = led.has(address) ? site.target : site.source
        await deliver({ lmtpPort, from, to: address, raw: Buffer.concat([trace, data]) })
      }
    },
  })
  host = await site.host({ QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' })
})

after(async () => {
  await site?.close()
  await post?.stop()
})

test('new mail of each mailbox of a split domain is led over by itself, and a letter through the mail system proves it', async () => {
  const routing = `{ kind: recipient, deliverTo: "{local}@tenant.mail.example", probe: { host: 127.0.0.1, port: ${post.port}, tls: none, from: check@outside.test } }`
  const put = await host.call('PUT', 'playbooks/split', site.playbook('split', { routing }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'split', playbook: 'split', mailboxes: [anna, bob].map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  await until(
    host,
    'waves/split',
    ({ state, waitsFor }) => state === 'cutting-over' && /led to the new side/.test(String(waitsFor)),
  )
  const map = await host.call('GET', 'waves/split/routing.map')
  assert.match(map.text, /^anna@split\.test anna@tenant\.mail\.example\nbob@split\.test bob@tenant\.mail\.example$/m)

  led.add(anna)
  const ask = async () => assert.equal((await host.call('POST', 'waves/split/retry', { why: 'anna is led over' })).status, 202)
  await until(host, `waves/split/mailboxes/${bob}`, ({ waitsFor }) => /led to the new side/.test(String(waitsFor)))
  await ask()
  await until(host, `waves/split/mailboxes/${anna}`, ({ state }) => state === 'completed')
  await until(host, `waves/split/mailboxes/${bob}`, ({ waitsFor }) => /arrived at the old server/.test(String(waitsFor)))
  led.add(bob)
  await ask()
  await until(host, 'waves/split', ({ verdict }) => verdict === 'complete')

  // Bob's first letter stays in his old mailbox alone; in the new ones is what was in the old ones, and nothing of ours.
  for (const address of [anna, bob]) assert.deepEqual(await site.strays(address), [], address)
  const old = (await site.differences(bob)).join('\n')
  assert.deepEqual([await site.differences(anna), old.split('\n').length], [[], 1], old)
  assert.deepEqual(sent.sort(), [anna, bob, bob])
})
