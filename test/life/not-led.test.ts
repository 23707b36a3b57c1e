import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { heardTown, splitTown } from '../fakes/split-town.ts'
import { World } from '../fakes/world.ts'

const [anna, bob] = ['anna@town.example', 'bob@town.example']
const odile = 'odile@help.example'
const hours = 3_600_000
const eight = Date.UTC(2026, 2, 2, 7) // 08:00 in Brussels

/** A split town whose cutover is on 2 March at 08:00, and whose operator hears of what is held. */
const heard = () => new World(heardTown(odile))

const told = ({ readers }: World) => readers.letters.filter(({ to }) => to === odile).map(({ mime }) => mime.toString())
const at = (world: World, when: number) => world.run({ until: () => world.clock.now() >= when })
const order = (world: World, action: 'retry' | 'hold' | 'release' | 'rollback', mailboxes?: string[]) =>
  act(world.app(), 'town', action, { why: 'a long evening', ...(mailboxes ? { mailboxes } : {}) }, 'Odile')

describe('of mailboxes whose mail is not led over an hour after the cutover the operator is told', () => {
  test('once: which they are, where their mail is to go, what to do; and once more when it is over', async () => {
    const world = heard()
    await at(world, eight + 0.9 * hours)
    assert.deepEqual(told(world), [])
    world.post.led.add(anna)
    await order(world, 'retry')
    await at(world, eight + 20 * hours)
    assert.equal(told(world).length, 1)
    const [letter = ''] = told(world)
    assert.match(letter, /Subject: .*an operator is needed/)
    assert.match(letter, /bob@town\.example/)
    assert.match(letter, /bob@tenant\.mail\.example/)
    assert.doesNotMatch(letter, /anna@/)
    assert.match(letter, /routing\.csv/)
    await at(world, eight + 70 * hours)
    assert.equal(told(world).length, 1, 'nothing has changed')
    world.post.led.add(bob)
    await order(world, 'retry')
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(told(world).length, 2)
    assert.match(told(world)[1] ?? '', /Subject: .*nothing waits for an operator any more/)
    assert.doesNotMatch(told(world)[1] ?? '', /bob@/)
  })

  test('a day later again where others are left, not at each that is led over', async () => {
    const scene = heard().scene
    const more = ['carl', 'dora', 'emil'].map(name => `${name}@town.example`)
    for (const address of more) {
      scene.sources.set(address, new MemoryMailbox())
      scene.targets.set(address, new MemoryMailbox())
      scene.wave.mailboxes.push({ address })
    }
    const world = new World(scene)
    await at(world, eight + 2 * hours)
    assert.equal(told(world).length, 1)
    for (const [n, address] of [anna, bob, ...more.slice(0, 2)].entries()) {
      world.post.led.add(address)
      await order(world, 'retry')
      await at(world, eight + (3 + n) * hours)
    }
    assert.equal(told(world).length, 1)
    await at(world, eight + 24 * hours)
    assert.equal(told(world).length, 1)
    await at(world, eight + 48 * hours)
    assert.equal(told(world).length, 2)
    assert.match(told(world)[1] ?? '', /emil@town\.example/)
    assert.doesNotMatch(told(world)[1] ?? '', /dora@/)
  })

  test('nothing where they are led over in time, and of one that was held meanwhile an hour after it is asked', async () => {
    const world = heard()
    await at(world, eight - 0.1 * hours)
    await order(world, 'hold', [bob])
    world.post.led.add(anna)
    const ofIt = () => told(world).filter(letter => letter.includes('not led to the new side'))
    await at(world, eight + 5 * hours)
    await order(world, 'release', [bob])
    await at(world, eight + 5.8 * hours)
    assert.deepEqual(ofIt(), [])
    await at(world, eight + 7 * hours)
    assert.equal(ofIt().length, 1)
    assert.match(ofIt()[0] ?? '', /bob@town\.example/)
  })
})

test('who is told of a roll-back is not promised that his mail is back: somebody has yet to lead it', async () => {
  const scene = splitTown({ calendar: '  - { on: rolled-back, notice: back }\n  - { at: "D 08:00", step: cutover }' })
  const back =
    'notices:\n  - { notice: back, template: moved-back, audience: owner, issuer: ict, languages: [en], channel: source-append }\n'
  const world = new World({ ...scene, playbook: scene.playbook.replace('notices:\n', back), turns: 60_000 })
  world.post.led.add(anna)
  await at(world, eight + 0.5 * hours)
  await order(world, 'rollback')
  const said = () =>
    world.readers.letters.flatMap(({ to, mime }) => (to === anna ? [mime.toString().replaceAll('=\r\n', '')] : []))
  await world.run({ until: () => said().some(letter => letter.includes('has been undone')) })
  const letter = said().at(-1) ?? ''
  assert.match(letter, /being led back to your old mailbox/)
  assert.doesNotMatch(letter, /arrive in your old mailbox again/)
})
