import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { copyRound } from '../../shared/copy/round.ts'
import { Failure } from '../../shared/errors.ts'
import type { App } from '../../shared/ports.ts'
import type { Turn } from '../../shared/run.ts'
import { keyPart } from '../../shared/store/columns.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import type { Appended, Outgoing } from '../../shared/targets/target.ts'
import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const address = 'anna@town.example'
const folders = ['INBOX', 'Sent', 'One', 'Two', 'Three', 'Four', 'Five', 'Six']
const each = 160

/** What further sessions come to; `begun` resolves when the first is at work. */
type Answer = (begun: Promise<void>) => void | Promise<void>
const given: Answer = begun => begun
const refusedLate: Answer = begun => begun.then(crowded)

function crowded(): never {
  throw new Failure({ verdict: 'transient', during: 'opening a further session', code: 'CROWDED', hint: 'Nothing to do.' })
}

/** A mailbox of eight folders, as a wave begins with it. */
async function mailbox() {
  const scene = town()
  const source = new MemoryMailbox()
  for (const path of folders) {
    if (path !== 'INBOX') source.make(path)
    for (let n = 0; n < each; n++) source.deliver(path, letter(`${path} ${n}`))
  }
  const target = new MemoryMailbox()
  scene.sources.set(address, source)
  scene.targets.set(address, target)
  const world = new World(scene)
  await world.enqueue()
  const row = (await world.store.mailboxes.get(keyPart('town'), keyPart(address)))?.row as MailboxRow
  const turn: Turn<MailboxRow> = {
    row,
    save: async () => {},
    signal: new AbortController().signal,
    until: Number.MAX_SAFE_INTEGER,
  }
  const arrived = () => folders.map(path => target.folders.get(path)?.messages.length ?? 0)
  return { source, target, world, turn, arrived }
}

/** One round over eight folders; how many folders each session listed at a time. */
async function listedBy(further: number, answer: Answer) {
  const begun = Promise.withResolvers<void>()
  const { source, target, world, turn, arrived } = await mailbox()
  const listings: number[][] = []
  const open = () => {
    const mine: number[] = []
    listings.push(mine)
    const from = memorySource(source)
    const list: typeof from.list = wants => {
      mine.push(wants.length)
      begun.resolve()
      return from.list(wants)
    }
    return { source: { ...from, list }, target: memoryTarget(target) }
  }
  const app: App = {
    ...world.app(),
    sessions: async () => ({
      further: () => further,
      open: async ({ beside } = {}) => {
        if (beside) await answer(begun.promise)
        return open()
      },
      giveBack: async () => {},
    }),
  }
  assert.equal((await copyRound(app, turn, 'all')).current, true)
  assert.deepEqual(
    arrived(),
    folders.map(() => each),
  )
  return listings
}

/** One round in which the first session sends its last chunk in time, and is through when the time of the others was spent. */
async function spentBeside() {
  const sent = Promise.withResolvers<void>()
  const spent = Promise.withResolvers<void>()
  const { source, target, world, turn, arrived } = await mailbox()
  let now = 0
  const app: App = {
    ...world.app(),
    now: () => now,
    sessions: async () => ({
      further: () => 3,
      open: async ({ beside } = {}) => {
        const from = memorySource(source)
        const to = memoryTarget(target)
        if (beside) {
          await sent.promise
          now = 1_000
          setImmediate(spent.resolve)
          return { source: from, target: to }
        }
        async function* append<T extends Outgoing>(outgoing: AsyncIterable<T>): AsyncIterable<Appended<T>> {
          yield* to.append(outgoing)
          sent.resolve()
          await spent.promise
        }
        return { source: from, target: { ...to, append } }
      },
      giveBack: async () => {},
    }),
  }
  const { current } = await copyRound(app, { ...turn, until: 1_000 }, 'all')
  return { current, whole: arrived().filter(count => count === each).length }
}

describe('the folders of a mailbox are shared by the sessions that it gets', () => {
  test('four take a quarter each', async () => assert.deepEqual(await listedBy(3, given), [[2], [2], [2], [2]]))

  test('two take half each where one may be had', async () => assert.deepEqual(await listedBy(1, given), [[4], [4]]))

  test('one that may have no other takes them as one stream', async () => assert.deepEqual(await listedBy(0, crowded), [[8]]))

  test('one that is refused the others takes what is left as one', async () =>
    assert.deepEqual(await listedBy(3, refusedLate), [[2, 6]]))

  test('one that is through after the time of the others was spent does not make the round current', async () =>
    assert.deepEqual(await spentBeside(), { current: false, whole: 2 }))
})
