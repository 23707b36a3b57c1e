import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MortalGate } from '../fakes/gate.ts'
import { World } from '../fakes/world.ts'
import { isOver, sceneOf, told } from './played.ts'

const secours = () =>
  sceneOf({ playbook: 'secours', wave: 'spf00', day: '2025-04-07', mailboxes: [{ address: 'anna@spf00.example' }] })

/** One step in so many is tried; EVERY=1 tries all, some hundreds of whole calendars. */
const every = Number(process.env.EVERY ?? 12)

/** What changes something in the calendar, its notices, its wave, or for a reader. */
const effect = /^(steps|notices|waves|slots|channel)\.(insert|save|send)$/

type Ending = { diary: string[]; letters: string[]; verdict: string | undefined }

async function played(gate?: MortalGate): Promise<Ending> {
  const world = new World(secours())
  await world.run({
    until: isOver,
    process: (n, pass) => {
      if (n > 0 || !gate) return new MortalGate(undefined, pass)
      return gate
    },
  })
  const letters = world.readers.letters.map(({ to, messageId }) => `${to} ${messageId}`).sort()
  return { diary: (await told(world)).sort(), letters, verdict: (await world.wave())?.verdict }
}

/*
 * The process dies after each thing that it does for the calendar of `secours`, from its wave’s request to its last report. Another goes on: the
 * same people are told the same at the same hours, and nobody twice.
 */
describe('a calendar whose process dies at any step is played the same', { timeout: 900_000 }, async () => {
  const whole = new MortalGate()
  const calm = await played(whole)
  const steps = whole.names.flatMap((name, i) => (effect.test(name) ? [{ name, at: i + 1 }] : []))

  test('undisturbed, all are told once', () => {
    assert.equal(calm.verdict, 'complete')
    assert.equal(calm.letters.length, 11)
    assert.equal(new Set(calm.letters).size, 11)
  })

  test('dead after any effect', async () => {
    const wrong: string[] = []
    for (const { name, at } of steps.filter((_, i) => i % every === 0)) {
      const found = await played(new MortalGate({ at, when: 'after' })).catch(error => String(error))
      if (JSON.stringify(found) !== JSON.stringify(calm)) wrong.push(`after call ${at} (${name}): ${JSON.stringify(found)}`)
    }
    assert.deepEqual(wrong, [])
    assert.ok(steps.length > 100, `only ${steps.length} steps were tried`)
  })
})
