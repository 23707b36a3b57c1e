import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { type Ending, endingOf } from '../fakes/ending.ts'
import { FreezingGate, openGate } from '../fakes/gate.ts'
import type { Manners } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const anna = 'anna@town.example'
const stateOf = async ({ store }: World) => (await store.mailboxes.get(keyPart('town'), keyPart(anna)))?.row.state
const arrived = ({ targets }: World) => targets.get(anna)?.folder('INBOX').messages.length ?? 0

/** When a process that stood still goes on: while its successor copies, or after. */
const thaws: Record<string, (world: World) => boolean | Promise<boolean>> = {
  'while its successor copies': world => arrived(world) >= 10,
  'when its successor has copied everything': async world => (await stateOf(world)) === 'synced',
  'when the MX is switched': async world => (await stateOf(world)) === 'final-delta',
}

/*
 * A worker stands still in the middle of its work (a paused machine), loses its claim, and goes on later with its sessions still open. The ledger
 * refuses its writes; what it appended meanwhile it takes back, or the comparison finds it.
 */
describe('a zombie worker', { timeout: 60_000 }, () => {
  for (const [when, thawed] of Object.entries(thaws)) {
    test(`that goes on appending ${when} ends with no surplus`, async () => {
      let removed = 0
      for (let nth = 1; nth <= 24; nth++) {
        const { ending, surplus } = await haunted('target.append', nth, thawed)
        assert.deepEqual([ending.verdict, ending.lost, ending.twice], ['complete', [], []], `frozen before append ${nth}`)
        assert.equal(ending.letters.length, 2)
        removed += surplus
      }
      assert.ok(removed > 0, 'no zombie ever appended: the test shows nothing')
    })
  }

  test('that answers late moves nothing', async () => {
    for (let nth = 1; nth <= 16; nth++) {
      const { ending } = await haunted('mailboxes.save', nth, async world => (await stateOf(world)) === 'final-delta')
      assert.deepEqual([ending.verdict, ending.lost, ending.twice], ['complete', [], []], `frozen before save ${nth}`)
    }
  })

  test('whose copies cannot be removed by UID keeps the verdict from being complete', async () => {
    let surplus = 0
    for (let nth = 1; nth <= 24; nth++) {
      const { ending } = await haunted('target.append', nth, async world => (await stateOf(world)) === 'synced', {
        uidPlus: false,
      })
      assert.deepEqual(ending.lost, [])
      if (ending.twice.length === 0) continue
      surplus++
      assert.equal(ending.verdict, 'incomplete', `frozen before append ${nth}`)
      assert.match(ending.reasons.join(), /a second copy of a message of ours/)
    }
    assert.ok(surplus > 0, 'no zombie ever appended: the test shows nothing')
  })
})

/** A run whose first process stands still before its n-th call of that name, and goes on as a zombie. */
async function haunted(
  call: string,
  nth: number,
  when: (world: World) => boolean | Promise<boolean>,
  manners: Partial<Manners> = {},
): Promise<{ ending: Ending; surplus: number }> {
  const scene = town({ heedless: true, ...manners })
  const gates: FreezingGate[] = []
  const thaw = { when: async (world: World) => gates[0]?.isFrozen === true && (await when(world)), does: () => gates[0]?.thaw() }
  const world = new World({ ...scene, happens: [...(scene.happens ?? []), thaw] })
  await world.run({
    process: (n, pass) => {
      if (n > 0) return openGate
      const gate = new FreezingGate(call, nth, pass)
      gates.push(gate)
      return gate
    },
  })
  gates[0]?.thaw()
  await Promise.all(world.zombies)
  return {
    ending: await endingOf(world),
    surplus: world.targets.get(anna)?.removed.length ?? 0,
  }
}
