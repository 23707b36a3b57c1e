import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { scanWave } from '../../shared/commands/inventory.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { waveList, waveStatus } from '../../shared/commands/status.ts'
import type { Holder, HolderKind } from '../../shared/graph/tenant.ts'
import { wantedMailbox } from '../../shared/intake/mailbox.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { addressesTaken } from '../../shared/inventory/addresses-taken.ts'
import { lookAtTenant } from '../../shared/inventory/tenant-ahead.ts'
import type { App } from '../../shared/ports.ts'
import { followTenants } from '../../shared/steps/tenants.ts'
import { all } from '../../shared/store/store.ts'
import { memoryTenant, type TenantScene } from '../fakes/tenant.ts'
import { World } from '../fakes/world.ts'
import { smallest } from '../playbooks/examples.ts'
import { e1, e3, flowFree } from '../sandbox/graph/skus.ts'

/*
 * What would cost an evening at the target’s tenant is told days ahead: domains, licences, addresses that something else has. Whatever the tenant answers,
 * the wave goes on.
 */
const playbook = smallest
  .replace('kind: exchange-server          # or exchange-online', 'kind: exchange-online')
  .replace('accounts: existing             # or graph, script', 'accounts: graph\n  licence: STANDARDPACK\n  usageLocation: FR')
  .replace('calendar: []', 'calendar: [{ at: "D-1 20:00", step: prestage }, { at: "D 20:00", step: cutover }]')

const ready = { verified: true, mail: true, mx: ['0 ready-example.mail.protection.example'] }
const sku = (option: ReturnType<typeof e1>, consumedUnits: number) => ({
  ...option,
  consumedUnits,
  prepaidUnits: { enabled: option.enabled },
})
const holder = (kind: HolderKind, address: string, more: Partial<Holder> = {}): Holder => ({
  kind,
  name: address,
  primary: address,
  addresses: [address],
  licences: [],
  ...(kind === 'user' ? { signIn: address } : {}),
  ...more,
})
const addresses = ['anna@ready.example', 'bob@ready.example', 'cleo@ready.example']

type Rows = (string | { address: string; [more: string]: unknown })[]

/** A world in which no wave begins before its day, and a tenant where all is well, but for what is given. */
function world(scene: Partial<TenantScene> = {}) {
  const tenant = memoryTenant({
    domains: { 'ready.example': ready },
    skus: [sku(e1(3), 0), sku(e3(1), 1), sku(flowFree(9), 0)],
    holders: [],
    ...scene,
  })
  const wave = { wave: 'w', playbook: 'lift', mailboxes: [] }
  const host = new World({ playbook, wave, sources: new Map(), targets: new Map(), tenant })
  return { host, app: host.app(), tenant }
}

async function post(app: App, rows: Rows = addresses, name = 'w', dryRun = false) {
  await storePlaybook(app, 'lift', playbook, undefined, 'jo')
  const mailboxes = rows.map(one => (typeof one === 'string' ? { address: one } : one))
  const day = new Date(app.now() + 22 * 86_400_000).toISOString().slice(0, 10)
  const body = JSON.stringify({ wave: name, playbook: 'lift', day, mailboxes })
  const request = await parseWave(Buffer.from(body), 'application/json', {})
  const { result } = await carryOut(app, String(dryRun), async on => {
    await enqueueWave(on, request, 'jo')
    return waveStatus(on, name)
  })
  return result
}

const then = ', then look again (POST …/inventory)'

describe('the tenant, looked at ahead', () => {
  test('where all is well nothing is warned of, and the MX at Microsoft is told', async () => {
    const { app } = world()
    const { warnings, tenant } = await post(app)
    assert.equal(warnings, undefined)
    assert.deepEqual(tenant?.domains, [{ domain: 'ready.example', state: 'ready', mx: ready.mx }])
    assert.deepEqual(tenant?.licences, [{ licence: 'STANDARDPACK', wave: 3, all: 3, free: 3 }])
    assert.deepEqual([tenant?.addressesTaken, tenant?.taken, tenant?.unread], [0, [], []])
  })

  test('a POST, and its dry run, tell what is to be put right; once it is, a look takes the warning away', async () => {
    const { app, tenant, host } = world({
      domains: {
        'ready.example': ready,
        'mute.example': { verified: true, mail: false, mx: [] },
        'unproven.example': { verified: false, mail: false, mx: [], proof: 'MS=ms42' },
      },
      holders: [holder('contact', 'bob@ready.example'), holder('deleted user', 'cleo@ready.example')],
    })
    const rows = [...addresses, 'a@mute.example', 'a@unproven.example', { address: 'a@gone.example', licence: 'FLOW_FREE' }]
    const told = [
      `domains that the tenant does not have: gone.example; add and verify them (Microsoft 365 admin centre, Settings, Domains)${then}`,
      `domains that are not verified in the tenant: unproven.example (TXT MS=ms42); publish the TXT record of each, verify it (Microsoft 365 admin centre, Settings, Domains)${then}`,
      `domains for which Exchange is not switched on in the tenant, so that they carry no mail: mute.example; switch it on (Microsoft 365 admin centre, Settings, Domains, Manage DNS)${then}`,
      `the licence FLOW_FREE, which 1 mailboxes of the wave are to get, makes no mailbox: choose one with an Exchange plan that is switched on, in the wave or the playbook${then}`,
      `licences STANDARDPACK: 3 are free, this wave needs 5, all planned waves together 5, so 2 lack: buy them, or take them back from accounts that are not used${then}`,
      `addresses of the wave that something else in the tenant has: bob@ready.example (the contact bob@ready.example); rename or remove that, or take the address from it (Microsoft 365 admin centre)${then}`,
      `addresses of the wave that something deleted in the tenant had: cleo@ready.example (the deleted user cleo@ready.example); restore what is to be gone on with, delete the rest for good (Microsoft 365 admin centre, Deleted users, Deleted groups)${then}`,
    ]
    const dry = await post(app, rows, 'w', true)
    assert.deepEqual(dry.warnings, told)
    assert.ok('effect' in dry && dry.effect.rows.every(({ table }) => table !== 'Tenants'))
    assert.deepEqual(await all(host.store.tenants.list({})), [], 'a dry run keeps nothing')

    assert.deepEqual((await post(app, rows)).warnings, told)
    assert.equal((await waveList(app)).waves[0]?.needs?.warnings, told.length)

    tenant.scene.domains = Object.fromEntries(['ready', 'mute', 'unproven', 'gone'].map(one => [`${one}.example`, ready]))
    tenant.scene.skus = [sku(e1(5), 0), sku({ ...e3(1), skuPartNumber: 'FLOW_FREE' }, 0)]
    tenant.scene.holders = []
    assert.deepEqual((await scanWave(app, 'w', false)).tenant?.taken, [])
    assert.equal((await waveStatus(app, 'w')).warnings, undefined)
  })

  test('licences are counted over all planned waves, without who has one already and what is not to be made', async () => {
    const { app, host } = world({ holders: [holder('user', 'anna@ready.example', { licences: [e1(1).skuId] })] })
    const more = [
      'dora@ready.example',
      { address: 'x@ready.example', kind: 'shared' },
      { address: 'y@ready.example', licence: 'NOSUCH' },
    ]
    assert.deepEqual((await post(app, addresses, 'first')).tenant?.licences, [
      { licence: 'STANDARDPACK', wave: 2, all: 2, free: 3 },
    ])
    const second = await post(app, [...more, 'emil@ready.example'], 'second')
    assert.deepEqual(second.tenant?.licences, [
      { licence: 'NOSUCH', wave: 1, all: 1 },
      { licence: 'STANDARDPACK', wave: 2, all: 4, free: 3 },
    ])
    assert.deepEqual(second.warnings, [
      `the tenant has no licence NOSUCH, which 1 mailboxes of the wave are to get: correct its name in the wave or the playbook, or buy it${then}`,
      `licences STANDARDPACK: 3 are free, this wave needs 2, all planned waves together 4, so 1 lack: buy them, or take them back from accounts that are not used${then}`,
    ])
    const stored = await host.store.waves.get('wave', 'first')
    assert.ok(stored)
    await host.store.waves.save({ ...stored.row, state: 'cancelled' }, stored.etag)
    await scanWave(app, 'second', false)
    assert.deepEqual((await waveStatus(app, 'second')).tenant?.licences[1], { licence: 'STANDARDPACK', wave: 2, all: 2, free: 3 })
  })

  test('what the app may not read is said with what to do, and keeps nothing else from being told', async () => {
    const { app } = world({ denied: ['groups', 'contacts'], domains: {} })
    assert.deepEqual((await post(app)).warnings, [
      `domains that the tenant does not have: ready.example; add and verify them (Microsoft 365 admin centre, Settings, Domains)${then}`,
      'the app may not look at this in the tenant: groups, contacts; grant it (sh infra/grant-graph.sh OBJECT_ID tenant), or look there by hand before the evening',
    ])
  })

  test('a tenant that does not answer stops no wave: what was known stays, that is said, and it is asked little', async () => {
    const { app, tenant, host } = world({ domains: {}, skus: [sku(e1(9), 0)], holders: [holder('guest', 'anna@ready.example')] })
    const before = (await post(app)).warnings ?? []
    assert.equal(before.length, 2)
    tenant.scene.weather = true
    tenant.asked = 0
    const weather =
      'this could not be looked at in the tenant: licences, users, groups, contacts, deleted users, deleted groups, domains (TooManyRequests). Nothing to do: the work goes on by itself. It is looked at again within the hour, or by POST …/inventory.'
    assert.equal((await scanWave(app, 'w', false)).tenant?.unread.length, 7)
    assert.deepEqual((await waveStatus(app, 'w')).warnings, [...before, weather])
    assert.ok(tenant.asked <= 4, `${tenant.asked}`)
    assert.deepEqual((await post(app, ['dora@ready.example'], 'other')).warnings, [weather], 'a POST is taken all the same')

    tenant.scene.weather = false
    tenant.scene.domains = { 'ready.example': ready }
    host.clock.moveTo(app.now() + 59 * 60_000)
    assert.equal(await followTenants(app), false)
    host.clock.moveTo(app.now() + 60_000)
    assert.deepEqual([await followTenants(app), await followTenants(app), await followTenants(app)], [true, true, false])
    assert.deepEqual((await waveStatus(app, 'w')).warnings, before.slice(1))
  })

  test('one that is silent ends the look in time', async () => {
    const { app, tenant } = world()
    await post(app)
    const [row] = await all(app.store.waves.list({ partition: 'wave' }))
    assert.ok(row)
    tenant.holders = () => new Promise(() => {})
    const { seen } = (await lookAtTenant(app, row, 20)) ?? {}
    assert.deepEqual(
      seen?.unread.map(({ what, code }) => [what, code]),
      ['users', 'groups', 'contacts', 'deleted users', 'deleted groups', 'domains'].map(what => [what, 'ETIMEDOUT']),
    )
    assert.deepEqual(seen?.domains, [{ domain: 'ready.example', state: 'ready', mx: ready.mx }])
  })

  test('it is looked at again every six hours until the switch, one wave a time, and afterwards never', async () => {
    const { app, tenant, host } = world()
    await post(app, addresses.slice(0, 1), 'first')
    host.clock.moveTo(app.now() + 60_000)
    await post(app, addresses.slice(1), 'second')
    host.clock.moveTo(app.now() + 6 * 3_600_000 - 60_000)
    assert.deepEqual([await followTenants(app), await followTenants(app)], [true, false])
    const stored = await host.store.waves.get('wave', 'second')
    assert.ok(stored)
    await host.store.waves.save({ ...stored.row, state: 'finishing', switchedAt: app.now() }, stored.etag)
    host.clock.moveTo(app.now() + 60_000)
    tenant.asked = 0
    assert.equal(await followTenants(app), false)
    assert.equal((await waveStatus(app, 'second')).tenant, undefined)
    assert.equal(tenant.asked, 0)
  })
})

test('an address is taken by whatever is not what the wave makes or finds there', () => {
  const [anna, old] = ['anna@ready.example', 'old@ready.example']
  const of = (kind: string, address = anna, more = {}) => wantedMailbox.parse({ address, kind, ...more })
  const rows: [string, ReturnType<typeof of>[], Holder[], HolderKind[]][] = [
    ['the account itself', [of('user')], [holder('user', anna)], []],
    ['an account signed in by another name', [of('user')], [holder('user', anna, { signIn: 'a@org.example' })], []],
    ['an alias of somebody else', [of('user')], [holder('user', old, { addresses: [old, anna] })], ['user']],
    ['a guest', [of('user')], [holder('guest', anna)], ['guest']],
    ['a group', [of('user')], [holder('group', anna)], ['group']],
    ['a list', [of('shared')], [holder('list', anna)], ['list']],
    ['a shared mailbox that is there', [of('shared')], [holder('user', anna)], []],
    ['who was deleted', [of('user')], [holder('deleted user', anna)], ['deleted user']],
    ['who was deleted and is there again', [of('user')], [holder('deleted user', anna), holder('user', anna)], []],
    ['an old account where an alias goes', [of('user'), of('alias', old, { aliasOf: anna })], [holder('user', old)], ['user']],
    [
      'an alias that its owner has',
      [of('user'), of('alias', old, { aliasOf: anna })],
      [holder('user', anna, { addresses: [anna, old] })],
      [],
    ],
    [
      'an alias of an owner who is called otherwise there',
      [of('user', anna, { target: { user: 'a@org.example' } }), of('alias', old, { aliasOf: anna })],
      [holder('user', 'a@org.example', { addresses: ['a@org.example', old] })],
      [],
    ],
    ['the list itself', [of('list', anna, { members: [old] })], [holder('list', anna)], []],
    [
      'another address of a list',
      [of('list', anna, { members: [old] })],
      [holder('list', old, { addresses: [old, anna] })],
      ['list'],
    ],
    ['a group where a list goes', [of('list', anna, { members: [old] })], [holder('group', anna)], ['group']],
    ['a person where a list goes', [of('list', anna, { members: [old] })], [holder('user', anna)], ['user']],
  ]
  for (const [what, wanted, holders, by] of rows)
    assert.deepEqual(
      addressesTaken(wanted, holders).map(one => one.by),
      by,
      what,
    )
})
