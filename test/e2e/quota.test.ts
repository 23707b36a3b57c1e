import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDovecot } from '../sandbox/mail/dovecot.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const people = ['anna@full.test', 'bob@full.test']
let site: Site
let host: HostProcess

before(async () => {
  site = await startSite({ people, messages: 60, new: { quotaBytes: 250_000 } })
  host = await site.host({ QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' })
})

after(() => site?.close())

/** The administrator gives every mailbox room. */
async function raiseQuota(): Promise<void> {
  const { port, lmtpPort, master } = site.target
  await site.target.stop()
  const own = { dir: `${site.dir}/new`, port, lmtpPort, master, users: people, password: 'own-password-of-nobody' }
  site.target = await startDovecot({ ...own, layout: 'new' })
}

test('mailboxes that a server calls full are held with what they have; with more room a retry brings the rest, each message once', async () => {
  assert.equal((await host.call('PUT', 'playbooks/full', site.playbook('full'))).status, 201)
  const wave = { wave: 'full', playbook: 'full', mailboxes: people.map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  const first = await until(host, 'waves/full', ({ verdict }) => verdict !== null)
  assert.equal(first.verdict, 'incomplete')
  for (const address of people) {
    const { state, error } = (await host.call('GET', `waves/full/mailboxes/${address}`)).json as Record<string, { hint: string }>
    assert.equal(state, 'held')
    assert.match(error?.hint ?? '', /mailbox is full: raise its quota/)
    assert.deepEqual(await site.strays(address), [])
  }
  await raiseQuota()
  assert.equal((await host.call('POST', 'waves/full/retry', { why: 'there is more room' })).status, 202)
  await until(host, 'waves/full', ({ verdict }) => verdict === 'complete')
  for (const address of people) assert.deepEqual(await site.differences(address), [])
})
