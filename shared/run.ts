import { Failure, lastHint } from './errors.ts'
import type { Work } from './life/work.ts'
import { works } from './life/work.ts'
import { kickOf, type Living, recall, remember } from './lives.ts'
import type { Log } from './log.ts'
import { again, backoff, bug, claim, type Fact, free, isAwaited, type Life, next, park, type Trouble } from './machine.ts'
import type { Kick, Queues, Store, Stored } from './store/store.ts'
import { beAtWork, nudge } from './waiting.ts'

/** What moving rows needs. `quietMs`: how long a worker may be silent; `turnMs`: how long one invocation may go on in place. */
export type Runner = {
  store: Store
  queues: Queues
  log: Log
  now: () => number
  /** Calls `tick` every `ms` until the returned function is called. */
  every: (ms: number, tick: () => void) => () => void
  newId: () => string
  quietMs: number
  turnMs: number
}

/**
 * What work answers. A fact moves the row. `later`: nothing has happened yet, look again after that many ms. `more`: the time of
 * this invocation is spent, start me again at once. `rest`: all is done that this state owes. `set` is saved with each.
 */
export type Answer<F extends string, R> =
  | { fact: F; set?: Partial<R> }
  | { later: number; set?: Partial<R> }
  | { more: true; set?: Partial<R> }
  | { rest: true; set?: Partial<R> }

/** A worker's hold on its row. `save` throws `Superseded` once somebody else moved or took the row. */
export type Turn<R> = {
  readonly row: R
  save(set: Partial<R>): Promise<void>
  readonly signal: AbortSignal
  /** When this turn has to end, epoch ms; work may bring it forward. */
  until: number
}

/** Work by name. Idempotent; weather is thrown as `Failure`. */
export type Doing<W extends string, F extends string, R, A> = Readonly<
  Record<W, (app: A, turn: Turn<R>) => Promise<Answer<F, R>>>
>

/** The row was moved or taken over while we worked: stop, without a word. */
export class Superseded extends Error {}

/** Says a fact to a row from outside: load, decide, save, start. Returns the moved row; undefined where the fact moves nothing. `listed`: the row as just read. */
export async function tell<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  app: Runner,
  life: Living<S, F, W, R>,
  { partition, key }: { partition: string; key: string },
  fact: Fact<F, R>,
  listed?: Stored<R>,
): Promise<R | undefined> {
  const table = life.table(app.store)
  for (let read = listed; ; read = undefined) {
    const stored = read ?? (await table.get(partition, key))
    const moved = stored && next(life.machine, stored.row, fact, app.now(), app.quietMs)
    if (!moved) return undefined
    const saved = await table.save(moved, stored.etag)
    if (saved === 'conflict') continue
    remember(app.store, life, { row: moved, etag: saved.etag })
    await start(app, life, moved)
    return moved
  }
}

/** Sends the kick for what the row owes, not before it is due. */
export async function start<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  app: Runner,
  life: Living<S, F, W, R>,
  row: R,
): Promise<void> {
  const owed = kickOf(life, row)
  if (owed) await app.queues.send(owed.queue, owed.kick, Math.max(0, (row.notBefore ?? 0) - app.now()))
  if (life.machine[row.state].tells) await nudge(app, row.wave)
}

/**
 * Does what a kick asks for, and goes on in place while the next work is of the same queue. A stale kick, a row somebody works on and
 * a parked row are left alone: the row is the truth, a message only a kick.
 */
export async function perform<
  S extends string,
  F extends string,
  W extends Work,
  R extends Life<S> & { wave: string },
  A extends Runner,
>(app: A, life: Living<S, F, W, R>, doing: Doing<W, F, R, A>, kick: Kick): Promise<void> {
  const until = app.now() + app.turnMs
  const known = recall(app.store, life, kick)
  let held: Held<S, F, W, R> | undefined = known && new Held(app, life, known, until)
  if (!held?.exclusive || !(await held.take())) {
    const stored = await life.table(app.store).get(kick.partition, kick.key)
    if (!stored || stored.row.pass !== kick.pass) return
    held = new Held(app, life, stored, until)
    if (held.exclusive && !(await held.take())) return
  }
  const { wave } = held.row
  const leave = beAtWork(app.store, life.name, held)
  try {
    while (held) {
      held = await step(app, doing, held)
      if (held) await app.queues.flush()
    }
  } finally {
    if (leave()) await nudge(app, wave)
  }
}

/** One work done and its answer saved. The hold to go on with, or undefined where this invocation is over. */
async function step<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }, A extends Runner>(
  app: A,
  doing: Doing<W, F, R, A>,
  held: Held<S, F, W, R>,
): Promise<Held<S, F, W, R> | undefined> {
  const work = held.work
  if (!work) return undefined
  const began = app.now()
  const stop = app.every(app.quietMs / 3, () => held.renew())
  try {
    const answer = await doing[work](app, held)
    stop()
    app.log({
      ...held.names,
      work,
      took: app.now() - began,
      answer: 'fact' in answer ? answer.fact : 'later' in answer ? 'later' : 'rest' in answer ? 'rest' : 'more',
    })
    return await held.answer(answer)
  } catch (error) {
    stop()
    if (error instanceof Superseded) return undefined
    app.log({ ...held.names, work, took: app.now() - began, error: String(error instanceof Error ? error.message : error) })
    await held.fail(error)
    return undefined
  }
}

/** What is forgotten after work that did not fail and is not gone on with here. */
const rested = { claim: undefined, error: undefined, tries: 0 }

/** One worker's hold on one row: every save of it goes through here, one after the other, on the ETag of the last. */
class Held<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }> implements Turn<R> {
  row: R
  until: number
  private etag: string
  private overtaken = false
  private saving: Promise<void> = Promise.resolve()
  private readonly gone = new AbortController()
  private readonly app: Runner
  private readonly life: Living<S, F, W, R>

  constructor(app: Runner, life: Living<S, F, W, R>, stored: Stored<R>, until: number) {
    this.app = app
    this.life = life
    this.row = stored.row
    this.etag = stored.etag
    this.until = until
  }

  get signal(): AbortSignal {
    return this.gone.signal
  }

  get work(): W | undefined {
    return this.life.machine[this.row.state].start
  }

  get exclusive(): boolean {
    return this.work !== undefined && works[this.work].exclusive
  }

  get names(): { wave: string; mailbox?: string; domain?: string; step?: string; pass: number } {
    const { key } = this.life.at(this.row)
    const { name } = this.life
    const of = name === 'wave' ? {} : { [name === 'domain' || name === 'step' ? name : 'mailbox']: key }
    return { wave: this.row.wave, ...of, pass: this.row.pass }
  }

  /** Takes the row if nobody has it; false where somebody does. */
  async take(): Promise<boolean> {
    if (!free(this.row, this.app.now())) return false
    return this.store(claim(this.row, this.app.newId(), this.app.now(), this.app.quietMs))
  }

  async save(set: Partial<R>): Promise<void> {
    const mine = this.saving.then(() => this.write(set))
    this.saving = mine.catch(() => {})
    return mine
  }

  /** Shows that the worker lives; a lost row aborts the work through `signal`. */
  renew(): void {
    this.save({}).catch(() => {})
  }

  /** Saves the answer. Returns the hold to go on with in this invocation, or undefined. */
  async answer(answer: Answer<F, R>): Promise<Held<S, F, W, R> | undefined> {
    await this.saving
    const looks = !this.exclusive
    if ('more' in answer) {
      const goesOn = (row: R) => ({ ...row, ...rested, ...answer.set, dueAt: this.app.now() + this.app.quietMs })
      if (await this.replace(goesOn, looks)) await start(this.app, this.life, this.row)
      return undefined
    }
    if ('rest' in answer) {
      await this.replace(row => ({ ...row, ...answer.set, ...rested, notBefore: undefined, dueAt: undefined }), looks)
      return undefined
    }
    if ('later' in answer) {
      // What only looks may be kicked while it waits: its kick is on its way already, and each more would go round for ever.
      let owed = true
      const waiting = (row: R) => {
        const now = this.app.now()
        const looked = { ...row, ...rested, ...answer.set }
        owed = this.exclusive || !isAwaited(row, answer.later, now)
        return owed ? park(looked, answer.later, now) : looked
      }
      if ((await this.replace(waiting, looks)) && owed) await this.kick()
      return undefined
    }
    const [from, before] = [this.work, this.row]
    const fact = { pass: this.row.pass, fact: answer.fact, set: answer.set ?? {} }
    let goesOn = false
    const move = (row: R) => {
      const now = this.app.now()
      const moved = next(this.life.machine, { ...row, claim: undefined }, fact, now, this.app.quietMs)
      const to = moved && this.life.machine[moved.state].start
      goesOn = from !== undefined && to !== undefined && works[to].queue === works[from].queue && now < this.until
      return moved && to && goesOn && works[to].exclusive ? claim(moved, this.app.newId(), now, this.app.quietMs) : moved
    }
    if (!(await this.replace(move, looks))) return undefined
    const moved = this.life.name === 'mailbox' ? { from: before.state, to: this.row.state } : undefined
    if (this.life.machine[this.row.state].tells) await nudge(this.app, this.row.wave, moved)
    if (goesOn) return this
    remember(this.app.store, this.life, { row: this.row, etag: this.etag })
    await this.kick()
    return undefined
  }

  /** Weather parks the row, what a person must mend moves it to `held`, a bug flies on to the queue's retries. */
  async fail(error: unknown): Promise<void> {
    await this.saving
    const now = this.app.now()
    if (!(error instanceof Failure)) {
      await this.replace(row => ({ ...row, claim: undefined, error: bug(error, now) }))
      throw error
    }
    // A message at which connections end is given up after some: that is no server that fails for hours.
    const tries = error.counted ? Math.min(this.row.tries, 1) : this.row.tries
    const weather = error.verdict === 'transient' && tries < backoff.maxTries
    const trouble: Trouble = { code: error.code, message: error.message, hint: weather ? error.hint : lastHint(error), at: now }
    const fact = { fact: 'gave-up' as F, pass: this.row.pass, set: { error: trouble } as Partial<R> }
    const held = (row: R) =>
      weather ? undefined : next(this.life.machine, { ...row, claim: undefined }, fact, now, this.app.quietMs)
    if (!(await this.replace(row => held(row) ?? again({ ...row, tries }, trouble, error.retryAfterMs, now)))) return
    if (this.row.pass !== fact.pass) await start(this.app, this.life, this.row)
    else await this.kick()
  }

  private async kick(): Promise<void> {
    const owed = kickOf(this.life, this.row)
    if (owed) await this.app.queues.send(owed.queue, owed.kick, Math.max(0, (this.row.notBefore ?? 0) - this.app.now()))
  }

  private async write(set: Partial<R>): Promise<void> {
    const dueAt = this.app.now() + this.app.quietMs
    if (await this.replace(row => ({ ...row, ...set, dueAt }))) return
    this.gone.abort(new Superseded())
    throw new Superseded()
  }

  /** Saves `change(row)` while the row is ours, loading again after a lost ETag. `looks`: one that somebody has changed since is looked at again instead. */
  private async replace(change: (row: R) => R | undefined, looks = false): Promise<boolean> {
    for (;;) {
      if (looks && this.overtaken) return this.kick().then(() => false)
      const changed = change(this.row)
      if (!changed) return false
      if (await this.store(changed)) return true
      const { partition, key } = this.life.at(this.row)
      const stored = await this.life.table(this.app.store).get(partition, key)
      if (!stored || stored.row.pass !== this.row.pass || stored.row.claim !== this.row.claim) return false
      this.row = stored.row
      this.etag = stored.etag
      this.overtaken = true
    }
  }

  private async store(row: R): Promise<boolean> {
    const saved = await this.life.table(this.app.store).save(row, this.etag)
    if (saved === 'conflict') return false
    this.row = row
    this.etag = saved.etag
    return true
  }
}
