import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { waveInventory } from '../../shared/commands/inventory.ts'
import { mailboxStatus } from '../../shared/commands/mailbox-status.ts'
import { waveRow, waveStatus } from '../../shared/commands/status.ts'
import { Failure } from '../../shared/errors.ts'
import { takeInventory } from '../../shared/inventory/take.ts'
import type { App } from '../../shared/ports.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter } from '../fakes/town.ts'
import { holding, house, people, playbook, sent } from './house.ts'
import { calcSaves } from './office.ts'

const anna = 'anna@aid.example'
const bruno = 'bruno@aid.example'
const gb = 2 ** 30

const roomWarnings = async (app: App) =>
  ((await waveStatus(app, 'aid')).warnings ?? []).filter(one => /fit at the target|nine tenths full/.test(one))

/** New mailboxes whose server tells their quota, with so many bytes of others in them. */
function targets(quotaBytes: number | undefined, others = 0) {
  return new Map(
    people.map(address => {
      const mailbox = new MemoryMailbox(quotaBytes === undefined ? {} : { quotaBytes })
      if (others > 0) mailbox.deliver('INBOX', letter('there before', 'before', 'x'.repeat(others)))
      return [address, mailbox]
    }),
  )
}

describe('room at the target, as its server tells it', () => {
  for (const [what, quotaBytes, others, said] of [
    ['there is enough', 20_000, 0, []],
    [
      'what others have put there counts',
      20_000,
      19_500,
      [/do not fit at the target: anna@aid\.example \(.* \/ .*\), .*\?again=true/, /nine tenths full at the target: chloe@/],
    ],
    ['what would be left is too little', 20_000, 17_800, [/nine tenths full at the target: anna@/]],
    ['it tells of no quota', undefined, 50_000, []],
  ] as const)
    test(what, async () => {
      const { app } = await house({ targets: targets(quotaBytes, others) })
      const warnings = await roomWarnings(app)
      assert.equal(warnings.length, said.length, warnings.join('\n'))
      for (const [i, one] of said.entries()) assert.match(warnings[i] ?? '', one)
      const { room } = await mailboxStatus(app, 'aid', anna)
      assert.deepEqual([room?.most, room?.of], quotaBytes === undefined ? [undefined, undefined] : [quotaBytes, 'server'])
    })

  test('what we have brought ourselves does not count twice', async () => {
    const { app } = await house({ targets: targets(20_000, 17_800) })
    const { row } = (await app.store.mailboxes.get('aid', anna)) ?? assert.fail()
    await app.store.mailboxes.put([{ ...row, copiedBytes: 17_000 }])
    await takeInventory(app, await waveRow(app, 'aid'), { again: true })
    assert.equal((await mailboxStatus(app, 'aid', anna)).room?.fits, 'yes')
  })

  test('a server that cannot be asked is no error, is not asked on and on, and what it told before stays', async () => {
    const { app } = await house({ targets: targets(20_000) })
    let asked = 0
    const down: App = {
      ...app,
      probeRoom: async () => {
        asked++
        throw new Failure({ verdict: 'permanent', during: 'opening', code: 'AUTHENTICATIONFAILED', hint: 'Wait.' })
      },
    }
    const { measured, failed, left } = await takeInventory(down, await waveRow(app, 'aid'), { again: true })
    assert.deepEqual([measured, failed, left], [people.length, 0, 0])
    assert.ok(asked >= 3 && asked < people.length + 1, String(asked))
    assert.equal((await mailboxStatus(app, 'aid', anna)).room?.most, 20_000)
  })
})

describe('room at the target, where only the playbook tells it', () => {
  test('of an Exchange server', async () => {
    const { app } = await house({ playbook: playbook.replace('kind: exchange-server', 'kind: exchange-server\n  quota: 80 MB') })
    await holding(app, anna, 81 * 2 ** 20)
    await holding(app, bruno, 75 * 2 ** 20)
    const [over, tight, ...more] = await roomWarnings(app)
    assert.match(over ?? '', /do not fit at the target: anna@aid\.example \(81 MB \/ 80 MB\);/)
    assert.match(tight ?? '', /nine tenths full at the target: bruno@aid\.example \(75 MB \/ 80 MB\);/)
    assert.deepEqual(more, [])
    const { entities } = await waveInventory(app, 'aid')
    const listed = entities[0]?.addresses.find(({ address }) => address === anna)
    assert.deepEqual(listed?.room, (await mailboxStatus(app, 'aid', anna)).room)
    assert.deepEqual(listed?.room, {
      needs: 81 * 2 ** 20,
      most: 80 * 2 ** 20,
      of: 'target.quota',
      fits: 'no',
    })
  })

  test('of a licence at Exchange Online; a licence of which it tells nothing is no warning', async () => {
    const online = playbook.replace(/kind: exchange-server/, 'kind: exchange-online')
    const mailboxes = [
      { address: anna, licence: 'E1' },
      { address: bruno, licence: 'E3' },
      { address: 'chloe@aid.example', licence: 'F9' },
      { address: 'contact@aid.example', kind: 'shared' },
    ]
    const { app } = await house({
      playbook: online,
      wave: { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes } as never,
    })
    for (const { address } of mailboxes) await holding(app, address, 60 * gb)
    const warnings = await roomWarnings(app)
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /: anna@aid\.example \(60 GB \/ 50 GB\), contact@aid\.example \(60 GB \/ 50 GB\);/)
    await app.store.waves.put([{ ...(await waveRow(app, 'aid')), state: 'closed' }])
    assert.deepEqual(await roomWarnings(app), [], 'a wave that has ended warns of nothing')
  })
})

describe('the workbook says how full the new mailbox will be', { timeout: 120_000 }, () => {
  const online = playbook.replace(/kind: exchange-server/, 'kind: exchange-online')

  test('by the licence that is chosen', async () => {
    const { app } = await house({ playbook: online })
    await holding(app, anna, 40 * gb)
    await holding(app, bruno, 75 * gb)
    await holding(app, 'contact@aid.example', 5 * gb)
    const table = (await calcSaves(await sent(app, 'en'), 'csv', 2)).toString().split('\n')
    const at = (table[0] ?? '').split(',').indexOf('New mailbox filled')
    const cell = (address: string) => table.find(line => line.startsWith(address))?.split(',')[at]
    assert.deepEqual(
      ['anna', 'bruno', 'contact'].map(name => cell(`${name}@aid.example`)),
      ['80%', '75%', '10%'],
    )
  })

  test('as its server tells it', async () => {
    const { app } = await house({ targets: targets(20_000) })
    await holding(app, anna, 15_000)
    const table = (await calcSaves(await sent(app, 'en'), 'csv', 2)).toString().split('\n')
    const at = (table[0] ?? '').split(',').indexOf('New mailbox filled')
    assert.equal(table.find(line => line.startsWith(anna))?.split(',')[at], '75%')
  })
})
