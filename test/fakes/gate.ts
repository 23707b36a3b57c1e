import { Failure } from '../../shared/errors.ts'

/** Every call on a port passes a gate: there it can be counted, cost time, or end. */
export type Gate = {
  call<T>(name: string, work: () => Promise<T>): Promise<T>
  readonly dead: boolean
  /** Resolves when the process stands still; it may go on later, as a zombie. */
  readonly frozen?: Promise<void>
  /** Does it stand still now? Then its timers do as well. */
  readonly stands?: boolean
}

/** The process has died: nothing may catch this and go on. */
export class Death extends Error {}

/** Where a process ends, or a wire is cut: before or after the n-th call. */
export type End = { at: number; when: 'before' | 'after' }

/** One blow: the process dies there, and every later call of it fails; or its wire is cut once: the effect may have happened, the answer is lost, it lives on. */
export type Blow = End & { by: 'death' | 'wire' }

/** Lets everything through. */
export const openGate: Gate = { call: (_, work) => work(), dead: false }

/** Counts calls, `names` has what each was, and strikes at some. `struck` is told in that moment. */
export class StrikingGate implements Gate {
  readonly names: string[] = []
  dead = false
  private readonly blows: readonly Blow[]
  private readonly pass: () => void
  private readonly struck: (when: End['when']) => void

  constructor(blows: readonly Blow[], pass: () => void = () => {}, struck: (when: End['when']) => void = () => {}) {
    this.blows = blows
    this.pass = pass
    this.struck = struck
  }

  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.check()
    const n = this.names.push(name)
    this.pass()
    this.strike(n, 'before')
    const result = await work()
    this.strike(n, 'after')
    this.check()
    return result
  }

  private check(): void {
    if (this.dead) throw new Death(`dead since ${this.names.at(-1)}`)
  }

  private strike(n: number, when: End['when']): void {
    const blow = this.blows.find(one => one.at === n && one.when === when)
    if (!blow) return
    this.struck(when)
    if (blow.by === 'wire') throw cut(this.names[n - 1] ?? '')
    this.dead = true
    throw new Death(`died ${when} call ${n}: ${this.names[n - 1]}`)
  }
}

/** Counts calls; `end`: the process dies there. */
export class MortalGate extends StrikingGate {
  constructor(end?: End, pass?: () => void) {
    super(end ? [{ ...end, by: 'death' }] : [], pass)
  }
}

/** A process that dies after the first call that makes something so. */
export class DeathAfter extends MortalGate {
  private readonly isSo: () => boolean

  constructor(isSo: () => boolean, pass: () => void) {
    super(undefined, pass)
    this.isSo = isSo
  }

  override async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    const result = await super.call(name, work)
    if (this.isSo()) this.dead = true
    return result
  }
}

/** Cuts the wire once, at one call. */
export class WeatherGate extends StrikingGate {
  constructor(end: End, pass?: () => void) {
    super([{ ...end, by: 'wire' }], pass)
  }
}

/** Lets a process stand still before its n-th call of one name, until it is thawed: then it goes on as if nothing had been. */
export class FreezingGate implements Gate {
  readonly dead = false
  readonly frozen: Promise<void>
  isFrozen = false
  stands = false
  private stand: () => void = () => {}
  private thawed: () => void = () => {}
  private readonly going: Promise<void>
  private readonly name: string
  private readonly pass: () => void
  private left: number

  constructor(name: string, nth: number, pass: () => void = () => {}) {
    this.name = name
    this.left = nth
    this.pass = pass
    this.frozen = new Promise(resolve => {
      this.stand = resolve
    })
    this.going = new Promise(resolve => {
      this.thawed = resolve
    })
  }

  thaw(): void {
    this.stands = false
    this.thawed()
  }

  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.isFrozen) await this.going
    if (name === this.name && --this.left === 0) {
      this.isFrozen = true
      this.stands = true
      this.stand()
      await this.going
    }
    this.pass()
    return work()
  }
}

function cut(during: string): Failure {
  return new Failure({ verdict: 'transient', during, code: 'ECONNRESET', hint: 'Nothing to do: it is tried again by itself.' })
}

/** Which methods of ports answer piece by piece; of those only an append is an effect at every piece. */
const listings = ['list', 'pick', 'messages', 'digests']

/** A port whose every call passes the gate. What is not a function, and `alive`, stays as it is. */
export function gated<T extends object>(name: string, port: T, gate: Gate): T {
  const wrapped = Object.entries(port).map(([method, value]: [string, unknown]) => {
    if (typeof value !== 'function' || method === 'alive') return [method, value]
    const call = (...given: unknown[]): unknown => value.apply(port, given)
    const label = `${name}.${method}`
    if (method === 'append') return [method, (...given: unknown[]) => each(label, call(...given), gate, true)]
    if (listings.includes(method)) return [method, (...given: unknown[]) => each(label, call(...given), gate, false)]
    return [method, (...given: unknown[]) => gate.call(label, async () => call(...given))]
  })
  return Object.fromEntries(wrapped) as T
}

async function* each(name: string, items: unknown, gate: Gate, everyPiece: boolean): AsyncIterable<unknown> {
  const iterator = (items as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  let first = true
  try {
    for (;;) {
      const step = everyPiece || first ? await gate.call(name, () => iterator.next()) : await iterator.next()
      first = false
      if (gate.dead) throw new Death(`dead in ${name}`)
      if (step.done) return
      yield step.value
    }
  } finally {
    await iterator.return?.()
  }
}
