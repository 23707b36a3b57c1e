import { act } from '../../shared/commands/act.ts'
import { Failure } from '../../shared/errors.ts'
import { between, type Chance, chance, oneOf } from '../fakes/chance.ts'
import { Death, type Gate } from '../fakes/gate.ts'
import { World } from '../fakes/world.ts'
import { meddle, meddling, sceneOf, wrongIn } from './wild-mail.ts'

/** What happens to a process, or to a call of it. `again`: storage did it and lost the answer, so its client asked once more. */
const blows = ['death', 'cut', 'again', 'freeze'] as const
type Struck = (typeof blows)[number]

/** What happens to the mail, and what an operator does. */
const happenings = [...meddling, 'hold'] as const
type Happening = (typeof happenings)[number]

/** How a play ended: what was not exact, and all that struck. */
export type Ended = { wrong: string[]; struck: string[] }

/** One play of a wave, all of it drawn from a seed. */
class Play {
  readonly struck: string[] = []
  readonly random: Chance
  readonly world: World
  readonly mirror: boolean
  private readonly due: { at: number; does: () => void }[]
  private calls = 0
  private left: number
  private readonly rare: number
  private readonly standing: WildGate[] = []
  private readonly orders: Promise<unknown>[] = []
  /** Letters that the targets refuse for now. */
  refused: readonly string[] = []
  /** Is a message being handled? Only then is a process that stands still followed by another. */
  handling = false

  constructor(seed: number) {
    const random = chance(seed)
    this.random = random
    const some = Array.from({ length: between(random, 0, 6) }, () => oneOf(random, happenings))
    this.mirror = some.includes('expunge')
    this.left = between(random, 0, 8)
    this.rare = between(random, 8, 80)
    this.due = some.map(what => ({ at: between(random, 30, 500), does: () => this.happen(what) }))
    this.world = new World(sceneOf(random, this.mirror))
    if (random() < 0.3) this.refused = ['letter 3\r', 'letter 7\r', 'letter 8\r', 'new 1 at'].map(name => `Subject: ${name}`)
    const refuses = ({ raw }: { raw: Buffer }) =>
      this.refused.some(one => raw.includes(one)) ? { code: 'NOPERM', text: 'not now' } : undefined
    for (const { manners } of this.world.targets.values()) manners.refuses = refuses
  }

  /** Called at each call of any process. */
  tick(): void {
    this.calls++
    for (const frozen of [...this.standing]) if (frozen.thawAt <= this.calls) this.thaw(frozen)
    for (const one of this.due.filter(({ at }) => at <= this.calls)) {
      this.due.splice(this.due.indexOf(one), 1)
      one.does()
    }
  }

  /** What strikes now; undefined for nothing. */
  strikes(name: string): Struck | undefined {
    if (this.left <= 0 || this.random() > 1 / this.rare) return undefined
    const found = oneOf(this.random, blows)
    if (found === 'again' && !/\.(save|insert|send)$/.test(name)) return undefined
    if (found === 'freeze' && !this.handling) return undefined
    this.left--
    this.say(`${found} ${name}`)
    return found
  }

  stands(gate: WildGate): void {
    gate.thawAt = this.calls + between(this.random, 1, 400)
    this.standing.push(gate)
  }

  private thaw(gate: WildGate): void {
    this.standing.splice(this.standing.indexOf(gate), 1)
    this.say('thaw')
    gate.thaw()
  }

  /** Nobody is called any more: what waits for a call happens now. */
  async hurry(): Promise<void> {
    while (this.due.length > 0) for (const { does } of this.due.splice(0)) does()
    await Promise.all(this.orders.splice(0))
  }

  /** The targets take everything, and there is more to come. */
  mend(): void {
    this.refused = []
    this.left += between(this.random, 0, 4)
  }

  /** Nobody stands still any more. */
  async end(): Promise<void> {
    for (const frozen of [...this.standing]) this.thaw(frozen)
    await Promise.all(this.world.zombies)
  }

  private happen(what: Happening): void {
    if (what === 'hold') this.hold()
    else this.say(meddle(this.random, this.world, what))
  }

  /** An operator holds the wave or one mailbox of it, and releases it some calls later. */
  private hold(): void {
    const mailboxes = oneOf(this.random, [undefined, [oneOf(this.random, [...this.world.sources.keys()])]])
    const order = (action: 'hold' | 'release') => () => {
      this.say(`${action} ${mailboxes ?? ''}`)
      const given = act(this.world.app(), 'wild', action, { why: 'a look', ...(mailboxes ? { mailboxes } : {}) }, 'operator')
      this.orders.push(given.catch(error => this.say(`${action}: ${error}`)))
    }
    order('hold')()
    this.due.push({ at: this.calls + between(this.random, 1, 200), does: order('release') })
  }

  private say(what: string): void {
    this.struck.push(`${this.calls} ${what}`)
  }
}

/** Strikes a process as its play says. */
class WildGate implements Gate {
  dead = false
  readonly frozen: Promise<void>
  thawAt = 0
  private stand: () => void = () => {}
  private thawed: () => void = () => {}
  private going: Promise<void> | undefined
  private readonly play: Play
  private readonly pass: () => void

  constructor(play: Play, pass: () => void) {
    this.play = play
    this.pass = pass
    this.frozen = new Promise(resolve => {
      this.stand = resolve
    })
  }

  get stands(): boolean {
    return this.going !== undefined
  }

  thaw(): void {
    this.going = undefined
    this.thawed()
  }

  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.going
    if (this.dead) throw new Death('dead')
    const { play } = this
    this.pass()
    play.tick()
    for (let n = play.random() < 0.2 ? between(play.random, 1, 12) : 0; n > 0; n--) await undefined
    const blow = play.strikes(name)
    const before = play.random() < 0.5
    if (before) await this.struck(blow, name)
    const result = await work()
    await this.going
    if (blow === 'again') return work()
    if (!before) await this.struck(blow, name)
    if (this.dead) throw new Death('dead')
    return result
  }

  private async struck(blow: Struck | undefined, during: string): Promise<void> {
    if (blow === 'cut') throw new Failure({ verdict: 'transient', during, code: 'ECONNRESET', hint: 'Nothing to do.' })
    if (blow === 'death') {
      this.dead = true
      throw new Death(`died at ${during}`)
    }
    if (blow !== 'freeze' || this.going) return
    this.going = new Promise(resolve => {
      this.thawed = resolve
    })
    this.stand()
    this.play.stands(this)
    await this.going
  }
}

/** Plays a wave out of a seed: its first copy, its deltas, its switch; what was not exact in the end. */
export async function wild(seed: number): Promise<Ended> {
  const play = new Play(seed)
  const { world, random, struck } = play
  const process = (_: number, pass: () => void) => new WildGate(play, pass)
  try {
    const { lease } = world.queues
    world.queues.lease = (message, ms) => {
      play.handling = true
      lease(message, ms)
    }
    const run = (done: () => boolean | Promise<boolean>) => {
      play.handling = false
      const until = async () => {
        play.handling = false
        if (world.queues.waiting.length === 0) await play.hurry()
        return done()
      }
      const sweeping = () => {
        play.handling = false
      }
      return world.run({ process, random, sweeping, until })
    }
    const state = async () => (await world.wave())?.state
    await run(async () => (await state()) === 'ready')
    await play.hurry()
    // Now and then a delta is brought before the switch.
    const later = world.clock.now() + oneOf(random, [0, 7, 13]) * 3_600_000
    if (later > world.clock.now()) await run(() => world.clock.now() >= later)
    await play.hurry()
    const day = new Date(world.clock.now() + 2 * 86_400_000).toISOString().slice(0, 10)
    for (const action of ['release', 'reschedule'] as const)
      await act(world.app(), 'wild', action, { why: 'it is soon', ...(action === 'reschedule' ? { day } : {}) }, 'operator')
    await run(async () => (await state()) === 'closed')
    if (play.refused.length > 0) {
      play.mend()
      await act(world.app(), 'wild', 'retry', { why: 'the target takes them now' }, 'operator')
      await run(async () => (await state()) === 'closed')
    }
    await play.end()
  } catch (error) {
    return { wrong: [`${error instanceof Error ? error.stack : error}`.slice(0, 1500)], struck }
  }
  const ended = (await world.wave())?.state
  return {
    wrong: [...(ended === 'closed' ? [] : [`it did not close: ${await world.standing()}`]), ...(await wrongIn(world))],
    struck,
  }
}
