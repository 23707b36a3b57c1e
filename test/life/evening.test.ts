import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Action, act, type calendarActions } from '../../shared/commands/act.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Refusal } from '../../shared/errors.ts'
import { hasEnded } from '../../shared/life/wave.ts'
import { all } from '../../shared/store/store.ts'
import { between, type Chance, chance, oneOf } from '../fakes/chance.ts'
import { dnsWeather, type Sick } from '../fakes/dns-weather.ts'
import { endingOf } from '../fakes/ending.ts'
import type { Gate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

// People who give any order at any moment, in the middle of whatever is done, while name servers fail now and then. EVENINGS=1000 plays more,
// EVENING_SEED=7 one again.

type Order = Action | (typeof calendarActions)[number]
const orders = [
  ...(['hold', 'release', 'reschedule', 'cancel', 'approve'] as const),
  ...(['rollback', 'retry', 'postpone', 'send-now', 'skip'] as const),
]

const hour = 3_600_000
const people = ['anna@town.example', 'bob@town.example']
const days = ['2026-03-03', '2026-03-04', '2026-03-05'] as const

const calendar = `calendar:
  - { at: "D-1 09:00", step: confirm }
  - { at: "D 08:00", step: cutover }
  - { at: "D 20:00", step: close }
  - { on: held, notice: trouble }
  - { on: rolled-back, notice: back }
  - { on: cancelled, notice: off }
  - { on: rescheduled, notice: other }
`
const notices = `notices:
  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: smtp }
  - { notice: back, template: moved-back, audience: owner, issuer: ict, channel: auto }
  - { notice: off, template: withdrawn, audience: owner, issuer: ict, channel: auto }
  - { notice: other, template: rescheduled, audience: owner, issuer: ict, channel: auto }
`
const more = `people: { operator: [odile@help.example] }
channels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }
`

/** How likely an order is at each call of a port, by the state of the wave: nobody waits as long in one as in another. */
const rates: Readonly<Record<string, number>> = {
  planned: 0.001,
  preparing: 0.002,
  ready: 0.006,
  held: 0.05,
  'cutting-over': 0.02,
  finishing: 0.01,
  closing: 0.1,
  closed: 0.2,
  'rolling-back': 0.05,
}

/** Lets somebody do something before any call on a port, but not while he does. */
function meddling(pass: () => void, meddle: () => Promise<void>): Gate {
  let isBusy = false
  return {
    dead: false,
    async call(_, work) {
      pass()
      if (!isBusy) {
        isBusy = true
        await meddle()
        isBusy = false
      }
      return work()
    },
  }
}

function evening(random: Chance): World {
  const { playbook, wave } = town()
  const text = playbook.replace('calendar:\n', calendar).replace('notices:\n', notices).concat(more)
  const scene = { playbook: text, wave: { ...wave, day: days[0] }, start: Date.UTC(2026, 2, 1, 12), turns: 60_000 }
  const world = new World(town({}, scene))
  const spans = Array.from({ length: between(random, 0, 3) }, () => {
    const from = Date.UTC(2026, 2, 3, 6) + random() * 3 * hour
    return {
      from,
      to: from + random() ** 3 * 8 * hour,
      who: oneOf(random, ['0', '1', '01']),
      how: oneOf<Sick>(random, ['SERVFAIL', 'REFUSED', 'ETIMEDOUT']),
    }
  })
  const now = () => world.clock.now()
  dnsWeather(
    world,
    n => spans.find(({ from, to, who }) => from <= now() && now() < to && who.includes(`${n}`))?.how,
    () => random() < 0.5,
  )
  return world
}

function body(random: Chance, action: Order): object {
  const given: Partial<Record<Order, object>> = {
    approve: { step: oneOf(random, ['confirm', 'cutover', 'postpone', 'freeze', 'pilot']) },
    reschedule: { day: oneOf(random, days) },
    postpone: { day: oneOf(random, days) },
  }
  const some = ['hold', 'release', 'cancel', 'retry'].includes(action) && random() < 0.4
  return { why: 'a long evening', ...given[action], ...(some ? { mailboxes: [oneOf(random, people)] } : {}) }
}

/** Plays an evening until the wave has ended and nobody has a word left. What went wrong, and what was said. */
async function play(seed: number): Promise<{ world: World; said: string[]; wrong: string[] }> {
  const random = chance(seed)
  const world = evening(random)
  const [said, wrong]: [string[], string[]] = [[], []]
  let left = between(random, 1, 12)

  const say = async (action: Order, given: object, who = 'Odile') => {
    const line = `${new Date(world.clock.now()).toISOString()} ${(await world.wave())?.state} ${action} ${JSON.stringify(given)}`
    for (const dryRun of random() < 0.2 ? ['true', null] : [null])
      try {
        const { result } = await carryOut(world.app(), dryRun, app => act(app, 'town', action, given, who))
        said.push(`${line}: ${dryRun ? 'dry ' : ''}${result.changed}`)
      } catch (error) {
        if (error instanceof Refusal) said.push(`${line}: ${error.message}`)
        else wrong.push(`${line}: ${error instanceof Error ? error.stack : error}`)
      }
  }
  const any = async (state: string) => {
    left--
    const isAsked = state === 'ready' || state === 'planned'
    const action = isAsked && random() < 0.4 ? 'approve' : oneOf(random, orders)
    await say(action, body(random, action), oneOf(random, ['Odile', 'Otto']))
  }
  const meddle = async () => {
    const state = (await world.wave())?.state
    if (state !== undefined && left > 0 && random() < (rates[state] ?? 0)) await any(state)
  }
  /** An operator who does what the wave says that it waits for. */
  const mend = async (waitsFor = '') => {
    if (/approval of its cutover/.test(waitsFor)) await say('approve', { why: 'all agree', step: 'confirm' })
    if (/was missed/.test(waitsFor)) await say('approve', { why: 'now, then', step: 'cutover' })
    const { waves, domains, mailboxes } = world.store
    const rows = [...(await all(waves.list({}))), ...(await all(domains.list({}))), ...(await all(mailboxes.list({})))]
    if (rows.some(({ state }) => state === 'held')) await say('release', { why: 'it is mended' })
  }
  const until = async () => {
    for (let wave = await world.wave(); wave; wave = await world.wave()) {
      await meddle()
      const isQuiet = world.queues.visible().length === 0
      if (isQuiet && hasEnded(wave.state) && left <= 0) return true
      if (isQuiet && hasEnded(wave.state)) await any(wave.state)
      else if (isQuiet && wave.state === 'held') await mend()
      else {
        if (random() < (left > 0 ? 0.02 : 0.1)) await mend(wave.waitsFor)
        return false
      }
    }
    return false
  }
  await world
    .run({ random, process: (_, pass) => meddling(pass, meddle), until })
    .catch(error => wrong.push(String(error instanceof Error ? error.stack : error)))
  return { world, said, wrong }
}

/** What is not as it must be when all is over. */
async function faults(world: World): Promise<string[]> {
  const wave = (await world.wave()) ?? assert.fail('there is no wave')
  const { lost, twice, mx, mailboxes, letters } = await endingOf(world)
  const boxes = await all(world.store.mailboxes.list({}))
  const isOld = mx[0] === '10 mx.old.example'
  const through = boxes.filter(({ state }) => state === 'completed').map(({ address }) => address)
  const missed = lost.filter(one => through.some(address => one.startsWith(address)))
  const again = letters.filter((one, i) => letters.indexOf(one) !== i)
  const { toDo = [] } = await waveStatus(world.app(), 'town')
  const found: [boolean, string][] = [
    [!hasEnded(wave.state), `it has not ended: ${await world.standing()}`],
    [twice.length > 0, `twice: ${twice.join()}`],
    [wave.state === 'closed' && missed.length > 0, `lost: ${missed.join()}`],
    [
      wave.state === 'closed' && isOld && boxes.some(({ state }) => state !== 'cancelled'),
      `closed, and the MX is ${mx}; ${mailboxes}`,
    ],
    [wave.state === 'closed' && wave.verdict === undefined, 'closed without a verdict'],
    [wave.state === 'rolled-back' && !isOld, `rolled back, and the MX is ${mx}`],
    [
      wave.state === 'cancelled' && !isOld && !toDo.some(one => /rollback/.test(one)),
      `cancelled, the MX is ${mx}, and nothing to do`,
    ],
    [again.length > 0, `told twice: ${again.join()}`],
  ]
  return found.flatMap(([isWrong, what]) => (isWrong ? [what] : []))
}

test('an evening on which anybody gives any order ends, with nothing lost, nothing twice and no order that fails', async () => {
  const from = Number(process.env.EVENING_SEED ?? 1)
  const count = process.env.EVENING_SEED ? 1 : Number(process.env.EVENINGS ?? 40)
  const wrong: string[] = []
  const ends = new Map<string, number>()
  for (let seed = from; seed < from + count; seed++) {
    const played = await play(seed)
    const found = [...played.wrong, ...(played.wrong.length > 0 ? [] : await faults(played.world))]
    const state = (await played.world.wave())?.state ?? 'none'
    ends.set(state, (ends.get(state) ?? 0) + 1)
    if (found.length > 0) wrong.push(`seed ${seed}: ${found.join('\n')}\n  ${played.said.join('\n  ')}`)
  }
  assert.deepEqual(wrong, [])
  if (count >= 40) assert.deepEqual([...ends.keys()].sort(), ['cancelled', 'closed', 'rolled-back'])
})
