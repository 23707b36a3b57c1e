import assert from 'node:assert/strict'
import { type Ending, endingOf } from '../fakes/ending.ts'
import { type End, type Gate, MortalGate } from '../fakes/gate.ts'
import { type Scene, World } from '../fakes/world.ts'

/** A way to stop: the process dies, or the wire is cut. */
export type Way = new (end: End, pass: () => void) => Gate

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

/** Stops the first process at each of these calls in turn; every run must end as the calm one did. */
export async function assertStoppable(
  scene: () => Scene,
  { way, when, which }: { way: Way; when: End['when']; which: (call: string) => boolean },
  { ending, calls }: Calm,
): Promise<void> {
  const wrong: string[] = []
  let tried = 0
  for (const [i, name] of calls.entries()) {
    if (!which(name)) continue
    tried++
    const found = await stopped(scene(), way, { at: i + 1, when })
    if (JSON.stringify(found) !== JSON.stringify(ending)) wrong.push(`${when} call ${i + 1} (${name}): ${JSON.stringify(found)}`)
  }
  assert.deepEqual(wrong, [])
  assert.ok(tried > 100, `only ${tried} steps were tried`)
}

type Calm = Awaited<ReturnType<typeof undisturbed>>

const effects = /\.(insert|save|put|remove|send|ensure|replace|append|create|setFlags|removeOurs|setPassword|temporaryPass)$/

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
