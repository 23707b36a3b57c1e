import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Ending, endingOf } from '../fakes/ending.ts'
import { type Blow, type End, type Gate, MortalGate } from '../fakes/gate.ts'
import { type Scene, World } from '../fakes/world.ts'

/** A way to stop: the process dies, or the wire is cut. */
type Way = new (end: End, pass: () => void) => Gate

/** A run in which nothing goes wrong: how it ended, and every call on a port that it made. */
export async function undisturbed(scene: () => Scene): Promise<{ ending: Ending; calls: string[] }> {
  const world = new World(scene())
  const gates: MortalGate[] = []
  await world.run({
    process: (_, pass) => {
      const gate = new MortalGate(undefined, pass)
      gates.push(gate)
      return gate
    },
  })
  return { ending: await endingOf(world), calls: gates[0]?.names ?? [] }
}

/** How and where a town’s wave is stopped: before or after each of these calls, counted from 1. */
export type Blows = { by: Blow['by']; when: End['when']; at: readonly number[] }

/** Stops the first process of a town’s wave at each of these calls in turn; every run must end as the calm one did. */
export async function assertStoppable(
  { by, when, which }: Omit<Blows, 'at'> & { which: (call: string) => boolean },
  { ending, calls }: Calm,
): Promise<void> {
  const at = calls.flatMap((name, i) => (which(name) ? [i + 1] : []))
  // A quarter faster in a thread of its own, since the test runner follows every promise in this one.
  const thread = new Worker(new URL('stopped.ts', import.meta.url), { workerData: { by, when, at } satisfies Blows })
  const [endings] = (await once(thread, 'message')) as [(Ending | string)[]]
  const wrong = at.flatMap((call, i) => {
    const found = JSON.stringify(endings[i])
    return found === JSON.stringify(ending) ? [] : [`${when} call ${call} (${calls[call - 1]}): ${found}`]
  })
  assert.deepEqual(wrong, [])
  assert.ok(endings.length > 100, `only ${endings.length} steps were tried`)
}

type Calm = Awaited<ReturnType<typeof undisturbed>>

const effects =
  /\.(insert|save|put|remove|send|ensure|replace|append|create|setFlags|removeOurs|withdraw|setPassword|temporaryPass)$/

/** Does the call change anything? */
export function isEffect(name: string): boolean {
  return effects.test(name)
}

/** How it ends when the first process is stopped there; the error where it does not end. */
export async function stopped(scene: Scene, way: Way, end: End): Promise<Ending | string> {
  const world = new World(scene)
  try {
    await world.run({ process: (n, pass) => (n === 0 ? new way(end, pass) : new MortalGate(undefined, pass)) })
  } catch (error) {
    return String(error)
  }
  return endingOf(world)
}

/** Brings a wave to where its next process is to die before or after each of its effects in turn; every run must end as the calm one did, `complete`. */
export async function assertDiesAlike(brought: () => Promise<World>, when: End['when']): Promise<void> {
  const play = async (at?: number) => {
    const world = await brought()
    const gates: MortalGate[] = []
    const { deaths } = world
    await world.run({
      process: (n, pass) => {
        const gate = new MortalGate(n === deaths && at !== undefined ? { at, when } : undefined, pass)
        gates.push(gate)
        return gate
      },
    })
    return { ending: await endingOf(world), calls: gates[0]?.names ?? [] }
  }
  const calm = await play()
  assert.equal(calm.ending.verdict, 'complete')
  const effects = [...calm.calls.entries()].filter(([, name]) => isEffect(name))
  assert.ok(effects.length > 20, `${effects.length} effects`)
  for (const [i, name] of effects) {
    const { ending } = await play(i + 1)
    assert.deepEqual(ending, calm.ending, `${when} call ${i + 1} (${name})`)
  }
}
