import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { between, chance } from '../fakes/chance.ts'
import { endingOf } from '../fakes/ending.ts'
import { MortalGate } from '../fakes/gate.ts'
import { letter, town } from '../fakes/town.ts'
import { type Happening, type Scene, World } from '../fakes/world.ts'

const anna = 'anna@town.example'
const source = ({ sources }: World) => sources.get(anna)?.folder('INBOX')
const target = ({ targets }: World) => targets.get(anna)?.folder('INBOX')
const copied = (count: number) => (world: World) => (target(world)?.messages.length ?? 0) >= count
const isSynced = async ({ store }: World) => (await store.mailboxes.get(keyPart('town'), keyPart(anna)))?.row.state === 'synced'

const renumber: Happening['does'] = ({ sources }) => sources.get(anna)?.renumber('INBOX', 40)
const recreate: Happening['does'] = ({ targets }) => targets.get(anna)?.recreate('INBOX')
/** New mail arrives, and its owner removes a message that is copied, one that is not yet, and one of the twins. */
const churn: Happening['does'] = world => {
  const { messages = [] } = source(world) ?? {}
  const uids = [messages[0], messages[2], messages.at(-2)].flatMap(message => message?.uid ?? [])
  for (const uid of uids) world.sources.get(anna)?.expunge('INBOX', uid)
  world.sources.get(anna)?.deliver('INBOX', letter('arrived meanwhile'), ['\\Seen'], world.clock.now())
}
/** An owner reads, flags, and takes back a deletion. */
const reflag: Happening['does'] = world => {
  const { messages = [] } = source(world) ?? {}
  for (const { uid, flags } of messages) {
    const now = flags.includes('\\Deleted') ? ['\\Seen'] : [...flags, '\\Flagged'].filter(flag => flag !== '$Label1')
    world.sources.get(anna)?.setFlags('INBOX', uid, now)
  }
}

const variants: Record<string, { scene: () => Scene; seeds: number }> = {
  'nothing special': { scene: () => town(), seeds: 100 },
  'a target that tells no UIDs': { scene: () => town({ uidPlus: false }), seeds: 15 },
  'a target that rebuilds what it stores': { scene: () => town({ rebuilds: true }), seeds: 15 },
  'a target that rebuilds and tells no UIDs': { scene: () => town({ rebuilds: true, uidPlus: false }), seeds: 15 },
  'a source folder whose index is built anew between passes': { scene: () => meanwhile(isSynced, renumber), seeds: 15 },
  'a source folder whose index is built anew in the middle of a pass': { scene: () => meanwhile(copied(6), renumber), seeds: 15 },
  'a target folder that is deleted and made anew between passes': { scene: () => meanwhile(isSynced, recreate), seeds: 15 },
  'a target folder that is deleted and made anew in the middle of a pass': {
    scene: () => meanwhile(copied(6), recreate),
    seeds: 15,
  },
  'a source that tells HIGHESTMODSEQ, receives and expunges': { scene: () => condstore(meanwhile(isSynced, churn)), seeds: 15 },
  'a source that tells HIGHESTMODSEQ, and a target folder made anew': {
    scene: () => condstore(meanwhile(isSynced, recreate)),
    seeds: 15,
  },
  'a source that receives and expunges while it is copied': { scene: () => meanwhile(copied(5), churn), seeds: 15 },
  'a source that receives and expunges between passes': { scene: () => meanwhile(isSynced, churn), seeds: 15 },
  'a source whose owner changes flags between passes': { scene: () => meanwhile(isSynced, reflag), seeds: 15 },
}

/*
 * Processes die at random calls, three to eight of them one after the other, while messages are delivered in random order. The same seed dies the
 * same deaths.
 */
describe('whatever dies whenever, everything arrives once', { timeout: 300_000 }, () => {
  for (const [name, { scene, seeds }] of Object.entries(variants)) {
    test(name, async () => {
      const wrong: string[] = []
      for (let seed = 1; seed <= seeds; seed++) {
        const fault = await faultOf(scene(), seed)
        if (fault) wrong.push(`seed ${seed}: ${fault}`)
      }
      assert.deepEqual(wrong, [])
    })
  }
})

function condstore(scene: Scene): Scene {
  for (const { manners } of scene.sources.values()) manners.condstore = true
  return scene
}

function meanwhile(when: Happening['when'], does: Happening['does']): Scene {
  const scene = town()
  return { ...scene, happens: [...(scene.happens ?? []), { when, does }] }
}

/** What is wrong with the end of a run with so many deaths; undefined where nothing is. */
async function faultOf(scene: Scene, seed: number): Promise<string | undefined> {
  const random = chance(seed)
  const crashes = between(random, 3, 8)
  const world = new World(scene)
  const born = (n: number, pass: () => void) =>
    new MortalGate(n < crashes ? { at: between(random, 1, 150), when: random() < 0.5 ? 'before' : 'after' } : undefined, pass)
  try {
    await world.run({ process: born, random })
  } catch (error) {
    return String(error)
  }
  const { verdict, reasons, lost, twice, mx, letters } = await endingOf(world)
  const right = verdict === 'complete' && mx[0] === '0 mx.new.example' && lost.length + twice.length === 0 && letters.length === 2
  return right ? undefined : JSON.stringify({ verdict, reasons, mx, lost, twice, letters: letters.length })
}
