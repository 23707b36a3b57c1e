import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftBehind } from '../../shared/calendar/missed.ts'
import { type Action, act, type calendarActions } from '../../shared/commands/act.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { rrset } from '../../shared/dns/records.ts'
import { Failure, Refusal } from '../../shared/errors.ts'
import { hasEnded } from '../../shared/life/wave.ts'
import { all } from '../../shared/store/store.ts'
import { between, type Chance, chance, oneOf } from '../fakes/chance.ts'
import { dnsWeather, type Sick } from '../fakes/dns-weather.ts'
import { endingOf } from '../fakes/ending.ts'
import { MortalGate } from '../fakes/gate.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

// People who give any order at any moment, in the middle of whatever is done, while name servers fail now and then. EVENINGS=1000 plays more,
// EVENING_SEED=7 one again.

type Order = Action | (typeof calendarActions)[number]
const orders = [
  ...(['hold', 'release', 'reschedule', 'cancel', 'approve'] as const),
  ...(['rollback', 'retry', 'postpone', 'send-now', 'skip'] as const),
]

const hour = 3_600_000
const carl = 'carl@port.example'
const people = ['anna@town.example', 'bob@town.example', carl]
const domains = ['town.example', 'port.example'] as const
const days = ['2026-03-03', '2026-03-04', '2026-03-05'] as const

const calendar = `calendar:
  - { at: "D-1 09:00", step: confirm }
  - { at: "D 08:00", step: cutover }
  - { at: "D 10:00", notice: in }
  - { at: "D 20:00", step: close }
  - { on: held, notice: trouble }
  - { on: rolled-back, notice: back }
  - { on: cancelled, notice: off }
  - { on: rescheduled, notice: other }
`
const notices = `notices:
  - { notice: in, template: day-j, audience: owner, issuer: ict, languages: [en], channel: append }
  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: smtp }
  - { notice: back, template: moved-back, audience: owner, issuer: ict, channel: auto }
  - { notice: off, template: withdrawn, audience: owner, issuer: ict, channel: auto }
  - { notice: other, template: rescheduled, audience: owner, issuer: ict, channel: auto }
`
const more = `people: { operator: [odile@help.example] }
channels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }
links: { webmail: "https://mail.new.example/" }
contact: { address: help@town.example }
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

/** Lets somebody do something before any call on a port, but not while he does; and ends now and then, where `dies` says so. */
class Meddling extends MortalGate {
  private isBusy = false
  private readonly meddle: () => Promise<void>
  private readonly dies: () => boolean

  constructor(pass: () => void, meddle: () => Promise<void>, dies: () => boolean) {
    super(undefined, pass)
    this.meddle = meddle
    this.dies = dies
  }

  override async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (!this.isBusy) {
      this.isBusy = true
      await this.meddle()
      this.isBusy = false
    }
    if (this.dies()) this.dead = true
    return super.call(name, work)
  }
}

function evening(random: Chance, isApart: boolean): { world: World; seen: ReturnType<typeof watched> } {
  const { playbook, wave, sources, targets } = town()
  const text = playbook.replace('calendar:\n', calendar).replace('notices:\n', notices).concat(more)
  const scene = { playbook: text, wave: { ...wave, day: days[0] }, start: Date.UTC(2026, 2, 1, 12), turns: 60_000 }
  const carls = new MemoryMailbox()
  carls.deliver('INBOX', letter('a letter'), [], Date.UTC(2024, 2, 1))
  const apart = {
    wave: { ...scene.wave, mailboxes: [...wave.mailboxes, { address: carl }] },
    sources: new Map([...sources, [carl, carls]]),
    targets: new Map([...targets, [carl, new MemoryMailbox()]]),
    zone: { name: 'example', records: domains.map(name => rrset(name, 'MX', 90, ['10 mx.old.example'])) },
  }
  const world = new World(town({}, { ...scene, ...(isApart ? apart : {}) }))
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
  const seen = watched(world)
  refusing(world, random)
  dnsWeather(
    world,
    n => spans.find(({ from, to, who }) => from <= now() && now() < to && who.includes(`${n}`))?.how,
    () => random() < 0.5,
  )
  return { world, seen }
}

/** The host of the second domain refuses now and then whatever is to be changed there. */
function refusing(world: World, random: Chance): void {
  const { host } = world.zone
  const { replace } = host
  const spans = Array.from({ length: between(random, 0, 2) }, () => {
    const from = Date.UTC(2026, 2, 3, 4) + random() * 5 * hour
    return { from, to: from + random() ** 2 * 8 * hour }
  })
  host.replace = async (zone, changes) => {
    const now = world.clock.now()
    const isIts = changes.some(({ before, after }) => (before ?? after)?.name === domains[1])
    if (isIts && spans.some(({ from, to }) => from <= now && now < to))
      throw new Failure({ verdict: 'permanent', during: 'changing', code: 'REFUSED', hint: 'Grant it to the key.' })
    return replace(zone, changes)
  }
}

/** Whose new mail has led to the new side before; and what is done that must not be. */
function watched(world: World): { switched: Set<string>; wrong: string[] } {
  const { host } = world.zone
  const { replace } = host
  const seen = { switched: new Set<string>(), wrong: [] as string[] }
  host.replace = async (zone, changes) => {
    const wave = await world.wave()
    const news = changes.flatMap(({ after }) => (after?.data[0] === '0 mx.new.example' ? [after.name] : []))
    const written = await replace(zone, changes)
    for (const name of written.outcome === 'applied' ? news : []) {
      seen.switched.add(name)
      if (wave && leftBehind(wave).includes(name)) seen.wrong.push(`${name} was left behind, and is switched`)
    }
    return written
  }
  const { letters } = world.readers
  const push = letters.push.bind(letters)
  letters.push = (...all) => {
    for (const { to, mime } of all) {
      const subject = /^Subject: .*$/m.exec(mime.toString('latin1'))?.[0] ?? ''
      const domain = to.split('@')[1] ?? ''
      if (/the day|prête|klaar|ready/i.test(subject) && !seen.switched.has(domain))
        seen.wrong.push(`${to} is told “${subject}” and not switched`)
    }
    return push(...all)
  }
  return seen
}

function body(random: Chance, action: Order, isApart: boolean): object {
  const given: Partial<Record<Order, object>> = {
    approve: { step: oneOf(random, ['confirm', 'cutover', 'cutover', 'postpone', 'freeze', 'pilot']) },
    reschedule: { day: oneOf(random, days) },
    postpone: { day: oneOf(random, days) },
  }
  const some = ['hold', 'release', 'cancel', 'retry'].includes(action) && random() < 0.4
  if (isApart && action === 'approve' && random() < 0.6)
    return { why: 'the others first', step: 'cutover', without: [oneOf(random, [domains[0], domains[1], domains[1]])] }
  return { why: 'a long evening', ...given[action], ...(some ? { mailboxes: [oneOf(random, people)] } : {}) }
}

/** Plays an evening until the wave has ended and nobody has a word left. What went wrong, and what was said. */
async function play(seed: number): Promise<{ world: World; said: string[]; wrong: string[] }> {
  const random = chance(seed)
  const isApart = random() < 0.6
  const { world, seen } = evening(random, isApart)
  const [said, wrong]: [string[], string[]] = [[], []]
  let left = between(random, 1, 12)
  let deadly = between(random, 0, 3)

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
    await say(action, body(random, action, isApart), oneOf(random, ['Odile', 'Otto']))
  }
  const meddle = async () => {
    const state = (await world.wave())?.state
    if (state !== undefined && left > 0 && random() < (rates[state] ?? 0)) await any(state)
  }
  /** An operator who does what the wave says that it waits for. */
  const mend = async (waitsFor = '') => {
    if (/approval of its cutover/.test(waitsFor)) await say('approve', { why: 'all agree', step: 'confirm' })
    if (/was missed|left behind/.test(waitsFor)) await say('approve', { why: 'now, then', step: 'cutover' })
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
    .run({
      random,
      process: (_, pass) => new Meddling(pass, meddle, () => deadly > 0 && random() < 0.0005 && deadly-- > 0),
      until,
    })
    .catch(error => wrong.push(String(error instanceof Error ? error.stack : error)))
  wrong.push(...seen.wrong)
  return { world, said, wrong }
}

/** What is not as it must be when all is over. */
async function faults(world: World): Promise<string[]> {
  const wave = (await world.wave()) ?? assert.fail('there is no wave')
  const { lost, twice, mx, mailboxes, letters } = await endingOf(world)
  const boxes = await all(world.store.mailboxes.list({}))
  const isNew = (name: string) => world.zone.read(name, 'MX')?.data[0] === '0 mx.new.example'
  const away = domains.filter(isNew)
  const behind = boxes.filter(({ address, state }) => state !== 'cancelled' && !away.some(name => address.endsWith(`@${name}`)))
  const through = boxes.filter(({ state }) => state === 'completed').map(({ address }) => address)
  const missed = lost.filter(one => through.some(address => one.startsWith(address)))
  const again = letters.filter((one, i) => letters.indexOf(one) !== i)
  const { toDo = [] } = await waveStatus(world.app(), 'town')
  const found: [boolean, string][] = [
    [!hasEnded(wave.state), `it has not ended: ${await world.standing()}`],
    [twice.length > 0, `twice: ${twice.join()}`],
    [wave.state === 'closed' && missed.length > 0, `lost: ${missed.join()}`],
    [wave.state === 'closed' && behind.length > 0, `closed, and the MX is ${mx}; ${mailboxes}`],
    [wave.state === 'closed' && wave.verdict === undefined, 'closed without a verdict'],
    [wave.state === 'rolled-back' && away.length > 0, `rolled back, and the MX is ${mx}`],
    [
      wave.state === 'cancelled' && away.length > 0 && !toDo.some(one => /rollback/.test(one)),
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
    if (found.length > 0)
      wrong.push(`seed ${seed}: ${found.join('\n')}\n  ${played.said.filter(one => !/mended/.test(one)).join('\n  ')}`)
  }
  assert.deepEqual(wrong, [])
  if (count >= 40) assert.deepEqual([...ends.keys()].sort(), ['cancelled', 'closed', 'rolled-back'])
})
