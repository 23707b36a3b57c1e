import type { Ground, Seed } from './ground.ts'

/** What a runner works with in one round: mailboxes of the source, empty ones of the target in the same order, and where to connect. */
export type Job = {
  ground: Ground
  seeds: readonly Seed[]
  targets: readonly string[]
  /** The ports to connect to; through the lag where there is one. */
  ports: { source: number; target: number }
  /** A directory of its own for this round. */
  dir: string
  /** What came before is not counted: the clock starts now. */
  start(): void
}

/** What a round cost its runner, beyond what can be seen from outside. */
export type Cost = {
  wallMs: number
  clientCpuMs: number
  /** All its processes at their highest. */
  peakMb: number
  /** Only ours: what the state layer and the hops took. */
  inside?: Inside
}

/** `stateMs`: time with a storage request under way. `requests`: by kind, without idle looks. `works`: ms by work, as the host logged them. */
export type Inside = {
  azuriteCpuMs: number
  stateMs: number
  requestMs: number
  requests: Record<string, number>
  works: Record<string, number>
  /** What the slowest mailbox was worked on, ms: the rest of the wall time went into hops between steps. */
  longestMailboxMs: number
  stallMs: number
  memory: { at: number; rssMb: number; heapMb: number; buffersMb: number }[]
}

/** Somebody who copies mailboxes. `prepare` is not timed. `exact` false: known to alter what it copies; then only what is lost or doubled counts. */
export type Runner = {
  name: string
  exact: boolean
  /** Does it copy over IMAP on both sides? One that does not is a bound, not a peer. */
  peer: boolean
  /** Why it cannot run this load; undefined where it can. */
  refuses?(job: Pick<Job, 'seeds'>): string | undefined
  run(job: Job): Promise<Cost>
}
