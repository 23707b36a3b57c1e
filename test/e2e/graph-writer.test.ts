import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientId, secret, settingsFor, tenantId } from '../graph/tenant.ts'
import { type GraphStandIn, startGraph } from '../sandbox/graph/start.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const people = ['anna@lift.test', 'bruno@lift.test']
let site: Site
let service: GraphStandIn
let host: HostProcess

before(async () => {
  site = await startSite({ people, messages: 40 })
  service = await startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: ['Mail.ReadWrite', 'Mail-Advanced.ReadWrite.All'] }],
    domains: ['lift.test'],
    skus: [],
    mailboxDelayMs: 0,
    deliver: async () => {},
  })
  for (const address of people) await service.addMailbox(address, { preferredLanguage: 'fr-FR' })
  host = await site.host(settingsFor(service))
})

after(async () => {
  await host?.stop()
  await service?.stop()
  await site?.close()
})

for (const [i, writer] of ['graph-import-mime', 'graph-json'].entries())
  test(`a wave through the deployed functions by ${writer}: each message is there once, and losses are named`, {
    timeout: 180_000,
  }, async () => {
    const user = people[i] ?? ''
    const target = `{ kind: exchange-online, writer: ${writer} }`
    const put = await host.call('PUT', `playbooks/${writer}`, site.playbook(writer, { target }))
    assert.equal(put.status, 201, put.text)
    const posted = await host.call('POST', 'waves', { wave: writer, playbook: writer, mailboxes: [{ address: user }] })
    assert.equal(posted.status, 202, posted.text)
    const wave = await until(host, `waves/${writer}`, ({ verdict }) => verdict !== null)
    const { found, copied, adopted, excepted } = wave.messages as {
      found: number
      copied: number
      adopted: number
      excepted: number
    }
    const { exceptions } = (await host.call('GET', `waves/${writer}/exceptions`)).json as {
      exceptions: { outcome: string; reason: string }[]
    }
    const there = service.mail.of(service.tenant.user(user)).messages
    const original = [...(await site.original(user)).values()].flat()
    const kept = original.filter(({ flags }) => !flags.includes('\\Deleted'))
    assert.equal(there.length, kept.length)
    assert.equal(copied + adopted + excepted, found)
    assert.ok(there.every(({ isDraft, fields }) => !isDraft || fields.subject !== undefined))
    if (writer === 'graph-json') {
      const altered = exceptions.filter(({ outcome, reason }) => outcome === 'altered' && /rebuilt|attached, whole/.test(reason))
      assert.equal(altered.length, there.length)
      assert.equal(wave.verdict, 'complete-with-exceptions')
    } else {
      const lost = exceptions.filter(({ outcome, reason }) => outcome !== 'deleted' && !/cannot hold/.test(reason))
      assert.deepEqual(lost, [])
      const imported = new Set(there.map(({ mime }) => mime?.toString('latin1')))
      assert.equal(imported.has(undefined), false)
      assert.ok(['complete', 'complete-with-exceptions'].includes(String(wave.verdict)), JSON.stringify(wave))
    }
  })
