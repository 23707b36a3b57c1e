import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccountWanted } from '../../shared/accounts/accounts.ts'
import { mailboxList, mailboxStatus } from '../../shared/commands/mailbox-status.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { forecastOf } from '../../shared/forecast/forecast.ts'
import { inventoriesOf } from '../../shared/inventory/inventory.ts'
import { takeInventory } from '../../shared/inventory/take.ts'
import { askForScan } from '../../shared/landing/ask.ts'
import { waveReceipt } from '../../shared/receipt/wave.ts'
import { all } from '../../shared/store/store.ts'
import { endingOf } from '../fakes/ending.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const team = 'team@town.example'
const list = { address: team, kind: 'list', members: ['anna@town.example', 'cleo@other.example'], owners: ['bob@town.example'] }
const row = async ({ store }: World) => (await store.mailboxes.get('town', team))?.row

const notices = (['begun', 'provisioned', 'switched', 'copied', 'completed', 'held'] as const).map(
  on => `  - { on: ${on}, notice: ${on} }`,
)
const texts = ['begun', 'provisioned', 'switched', 'copied', 'completed', 'held'].map(
  name => `  - { notice: ${name}, template: done, audience: owner, issuer: ict, channel: smtp }`,
)

/** A town whose owners are told of everything, by mail, which would reach the members of a list. */
function withList() {
  const scene = town({}, { happens: [] })
  scene.playbook = scene.playbook
    .replace('  - { on: copied, notice: done }', notices.join('\n'))
    .replace(/ {2}- \{ notice: done.*/, texts.join('\n'))
    .concat('channels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }\n')
  scene.wave.mailboxes.push(list)
  const world = new World(scene)
  const asked: AccountWanted[] = []
  const there = { made: true }
  const { ensure } = world.accounts
  world.accounts.ensure = (wanted, soFar) => {
    if (wanted.kind !== 'list') return ensure(wanted, soFar)
    asked.push(wanted)
    const why = 'the list is not there: run the script of GET /api/waves/{wave}/exchange.ps1'
    return Promise.resolve(
      there.made ? { ready: true, made: 'already' } : { ready: false, made: 'already', why, againInMs: 60_000 },
    )
  }
  return { world, asked, there }
}

describe('a list of a wave', () => {
  test('waits with what to run until it is there; then its wave goes on by itself and ends complete', async () => {
    const { world, there, asked } = withList()
    there.made = false
    await world.run({ until: async () => (await row(world))?.waitsFor !== undefined })
    assert.match((await row(world))?.waitsFor ?? '', /run the script of GET \/api\/waves\/town\/exchange\.ps1/)
    there.made = true
    assert.equal((await world.run()).verdict, 'complete')
    const { lost, twice } = await endingOf(world)
    assert.deepEqual([lost, twice, (await row(world))?.state], [[], [], 'completed'])
    const [wanted] = asked
    assert.deepEqual(wanted && [wanted.address, wanted.members, wanted.owners, wanted.opens], [
      team,
      list.members,
      list.owners,
      false,
    ])
  })

  test('has its members and an alias its owner as the target names them', async () => {
    const { world, asked } = withList()
    const [anna] = world.scene.wave.mailboxes
    Object.assign(anna ?? {}, { target: { user: 'anna.martin@town.example' } })
    world.targets.set('anna.martin@town.example', world.targets.get('anna@town.example') ?? assert.fail())
    await world.run()
    assert.deepEqual(asked[0]?.members, ['anna.martin@town.example', 'cleo@other.example'])
  })

  test('has no owner to tell: neither it nor its members nor its owners get a letter about it', async () => {
    const { world } = withList()
    await world.run()
    const told = (await all(world.store.notices.list({}))).map(({ address, to }) => [address, to])
    assert.ok(told.length >= 10)
    assert.deepEqual(
      told.flat().filter(one => one === team || one === 'cleo@other.example'),
      [],
    )
    assert.deepEqual(
      told.filter(([address, to]) => address !== to),
      [],
    )
    assert.ok(world.readers.letters.every(({ to }) => to === 'anna@town.example' || to === 'bob@town.example'))
  })

  test('alone in its entity is nothing to tell a coordinator of; operators hear of one that is held', async () => {
    const { world } = withList()
    const { scene } = world
    scene.playbook = scene.playbook
      .replace(
        /notice: (completed|held), template: done, audience: owner/g,
        'notice: $1, template: closing-report, audience: coordinator',
      )
      .concat('people: { coordinator: [all@house.example], operator: [night@house.example] }\n')
      .concat('entities: { harbour: { people: { coordinator: [chief@harbour.example] } } }\n')
      .replace('  - { on: held, notice: held }', '$&\n  - { on: held, notice: trouble }')
      .replace(
        'notices:',
        '$&\n  - { notice: trouble, template: closing-report, audience: operator, issuer: ict, channel: smtp }',
      )
    for (const one of scene.wave.mailboxes) if (one.address !== team) one.entity = 'harbour'
    await world.run({ until: async () => (await row(world))?.state === 'synced' })
    const stored = (await world.store.mailboxes.get('town', team)) ?? assert.fail()
    await world.store.mailboxes.put([{ ...stored.row, state: 'held', dueAt: undefined }])
    await world.run()
    const told = (await all(world.store.notices.list({}))).map(({ notice, to }) => `${notice} ${to}`)
    assert.ok(told.includes('completed chief@harbour.example') && told.includes('trouble night@house.example'), told.join())
    assert.deepEqual(
      told.filter(one => one.includes('all@house.example')),
      [],
    )
  })

  test('is not copied, forecast, looked into, asked after or sealed, and counts as no mailbox', async () => {
    const { world } = withList()
    await world.run()
    const app = world.app()
    const wave = (await world.wave()) ?? assert.fail()
    assert.equal((await forecastOf(app, wave)).mailboxes, 2)
    assert.equal((await takeInventory(app, wave)).mailboxes, 2)
    assert.deepEqual(
      (await inventoriesOf(app, wave)).flatMap(({ items }) => items.map(one => one.row.address)),
      ['anna@town.example', 'bob@town.example'],
    )
    assert.equal(await askForScan(app, wave), 2)
    const receipt = await waveReceipt(app, wave)
    assert.deepEqual([receipt.mailboxes.length, receipt.wave.leaf.mailboxes], [2, 2])
    assert.equal(wave.seal, receipt.root)
    assert.deepEqual((await row(world))?.sealed, undefined)
  })

  test('stands in the status and the report with its state, beside the mailboxes', async () => {
    const { world } = withList()
    await world.run()
    const app = world.app()
    const { mailboxes } = await waveStatus(app, 'town')
    assert.deepEqual(mailboxes, { total: 3, byState: { completed: 3 }, lists: 1 })
    const shown = (await mailboxList(app, 'town')).mailboxes.find(one => one.address === team)
    assert.deepEqual([shown?.kind, shown?.state], ['list', 'completed'])
    const { members, owners } = await mailboxStatus(app, 'town', team)
    assert.deepEqual([members, owners], [list.members, list.owners])
    const report = JSON.parse(String((await waveReport(app, 'town', 'json')).body))
    const [mine] = report.report.mailboxes.filter((one: { address: string }) => one.address === team)
    assert.deepEqual([mine.kind, mine.state, mine.verdict], ['list', 'completed', 'complete'])
  })

  test('that is held keeps the verdict from being complete', async () => {
    const { world } = withList()
    await world.run({ until: async () => (await row(world))?.state === 'synced' })
    const stored = (await world.store.mailboxes.get('town', team)) ?? assert.fail()
    await world.store.mailboxes.put([{ ...stored.row, state: 'held', dueAt: undefined }])
    const { verdict, reasons } = await world.run()
    assert.equal(verdict, 'incomplete')
    assert.match(reasons?.join() ?? '', /team@town\.example: held/)
  })
})
