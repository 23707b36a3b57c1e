/**
 * A machine is a plain table: state -> the work that the state starts, and which fact leads where. `next` decides and does nothing
 * else. What is not in the table does not happen.
 */
export type Machine<S extends string, F extends string, W extends string> = Readonly<Record<S, State<S, F, W>>>

/** One state. `start`: the work that is owed while the row is in it. `tells`: entering it may let the wave go on. */
export type State<S extends string, F extends string, W extends string> = {
  readonly start?: W
  readonly tells?: 'wave'
  readonly on: Readonly<Partial<Record<F, S | Back>>>
}

/** Where a released row goes: to the state that it was held in. */
export type Back = '<back>'

/** What every row that a machine moves carries. */
export type Life<S extends string = string> = {
  state: S
  /** Grows with every move. Work and its answers name it, so that a late answer moves nothing. */
  pass: number
  /** Grows with every claim: who writes with an older one is a zombie. */
  fence: number
  /** Failed attempts in a row in this state. */
  tries: number
  /** Who is at work on it now; absent: nobody. */
  claim?: string | undefined
  /** The fence of the last claim that was taken from its worker instead of given back: he may still be at it. Absent: every one was given back. */
  lost?: number | undefined
  /** When silence becomes suspicious and the sweeper starts the state's work again, epoch ms; absent: it owes nothing. */
  dueAt?: number | undefined
  /** Parked: its work is not to begin before this, epoch ms; absent: at any time. */
  notBefore?: number | undefined
  /** The state to go back to when released. */
  heldFrom?: S | undefined
  /** The last failure in words, and what to do. */
  error?: Trouble | undefined
  /** What it waits for in this state, in words. */
  waitsFor?: string | undefined
  /** Codes of all failures that it was ever held for. */
  heldBy?: string[] | undefined
  /** Milliseconds lost to servers that asked for patience. */
  waitedMs?: number | undefined
  since: number
}

export type Trouble = { code: string; message: string; hint: string; at: number }

/** Something that has happened. `pass` present: an answer to work of that pass. `set`: columns saved together with the move. */
export type Fact<F extends string, R> = { fact: F; pass?: number; set?: Partial<R> }

/** The row after the fact, due for the sweeper after `quietMs` of silence; undefined where the fact moves nothing (not in the table, or an answer from an earlier pass). */
export function next<S extends string, F extends string, W extends string, R extends Life<S>>(
  machine: Machine<S, F, W>,
  row: R,
  { fact, pass, set }: Fact<F, R>,
  now: number,
  quietMs: number,
): R | undefined {
  if (pass !== undefined && pass !== row.pass) return undefined
  const to: S | Back | undefined = machine[row.state].on[fact]
  const state = to === '<back>' ? row.heldFrom : to
  if (state === undefined) return undefined
  const held = state === 'held' ? row.state : undefined
  const failed = held && set?.error ? { heldBy: [...new Set([...(row.heldBy ?? []), set.error.code])].slice(-20) } : {}
  const dueAt = machine[state].start === undefined ? undefined : now + quietMs
  const life: Life<S> = { state, pass: row.pass + 1, fence: row.fence, tries: 0, since: now }
  const silent = { notBefore: undefined, error: undefined, waitsFor: undefined }
  const cleared = { ...silent, claim: undefined, lost: lostOf(row), heldFrom: held, dueAt }
  return { ...row, ...cleared, ...failed, ...set, ...life }
}

/** Retry delays in ms: 1 s, 2, 4 … up to ten minutes. After `maxTries` the row is held instead. */
export const backoff = { firstMs: 1_000, mostMs: 600_000, maxTries: 60 }

/** The row parked after weather: tried once more, due when the other side said or after the next delay. */
export function again<R extends Life>(row: R, trouble: Trouble, retryAfterMs: number | undefined, now: number): R {
  const delay = Math.min(backoff.firstMs * 2 ** Math.min(row.tries, 20), backoff.mostMs)
  // A server that names its wait is not failing: its patience costs time, not tries.
  if (retryAfterMs !== undefined) {
    const asked = Math.max(retryAfterMs, backoff.firstMs)
    // Waiting for our own sessions is no server's doing.
    const lost = trouble.code === 'CROWDED' ? 0 : asked
    return { ...park(row, asked, now), error: trouble, waitedMs: (row.waitedMs ?? 0) + lost }
  }
  return { ...park(row, delay, now), tries: row.tries + 1, error: trouble }
}

/** The row put aside for `ms`; nobody works on it until then. */
export function park<R extends Life>(row: R, ms: number, now: number): R {
  return { ...row, claim: undefined, notBefore: now + ms, dueAt: now + ms }
}

/** Is the row parked already, until no later than it would be now? */
export function isAwaited({ notBefore }: Life, ms: number, now: number): boolean {
  return notBefore !== undefined && now < notBefore && notBefore <= now + ms
}

/** The row taken by a worker, whose silence is suspicious after `quietMs`. */
export function claim<R extends Life>(row: R, worker: string, now: number, quietMs: number): R {
  return { ...row, claim: worker, lost: lostOf(row), fence: row.fence + 1, notBefore: undefined, dueAt: now + quietMs }
}

/** Which claim was lost, if the one that stands is taken away now. */
export function lostOf({ claim, fence, lost }: Pick<Life, 'claim' | 'fence' | 'lost'>): number | undefined {
  return claim === undefined ? lost : fence
}

/** May a worker take the row now? Not while another is heard of, and not while it is parked. */
export function free(row: Life, now: number): boolean {
  const taken = row.claim !== undefined && now < (row.dueAt ?? 0)
  return !taken && now >= (row.notBefore ?? 0)
}

/** An error that is a fault of the program, for whoever reads the row. */
export function bug(error: unknown, at: number): Trouble {
  return {
    code: 'BUG',
    message: (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1_000),
    hint: 'This is a fault of the program. It is tried a few times more, then held; the log has the whole error.',
    at,
  }
}

/** The machine as a Mermaid state diagram; the docs carry its output. */
export function draw<S extends string, F extends string, W extends string>(machine: Machine<S, F, W>): string {
  const states = Object.entries<State<S, F, W>>(machine)
  const lines = states.flatMap(([state, { start, on }]) => [
    ...(start ? [`  ${id(state)} : ${state}\\n(${start})`] : [`  ${id(state)} : ${state}`]),
    ...Object.entries<S | Back | undefined>(on).map(([fact, to]) =>
      to === '<back>' ? `  ${id(state)} --> back : ${fact}` : `  ${id(state)} --> ${id(String(to))} : ${fact}`,
    ),
  ])
  const back = lines.some(line => line.includes('--> back')) ? ['  back : where it was held'] : []
  return ['stateDiagram-v2', `  [*] --> ${id(states[0]?.[0] ?? '')}`, ...lines, ...back].join('\n')
}

function id(state: string): string {
  return state.replaceAll('-', '_')
}
