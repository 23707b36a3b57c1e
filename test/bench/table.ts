import type { Result } from './round.ts'
import type { Runner } from './runner.ts'
import type { Workload } from './workloads.ts'

/** One line of the table: medians over the rounds of one runner with one load. */
export type Row = {
  runner: string
  messagesPerSecond: number
  mbPerSecond: number
  wallMs: number
  /** The wall time of each round that came to its end. */
  walls: ReadonlyMap<number, number>
  clientCpuMs: number
  serverCpuMs: number
  peakMb: number
  /** Of the wall time: how long at least one storage request was under way; it may have cost nothing, where the copy went on. */
  stateShare?: number
  /** Of the wall time: what was neither copying nor verifying. */
  hopShare?: number
  fidelity: string
}

/** The rows of one load, in the runners’ order. A runner that failed in a round says so. */
export function rowsOf(workload: Workload, runners: readonly Runner[], results: readonly Result[]): Row[] {
  return runners.flatMap(({ name, exact }) => {
    const mine = results.filter(result => result.runner === name && result.workload === workload.name)
    const [first] = mine
    if (!first) return []
    const good = mine.filter(({ error }) => error === undefined)
    const of = (value: (result: Result) => number) => median(good.map(value))
    const wallMs = of(result => result.wallMs)
    const inside = good.some(result => result.inside)
    const row: Row = {
      runner: name,
      messagesPerSecond: (first.messages / wallMs) * 1000,
      mbPerSecond: first.bytes / 1000 / wallMs,
      wallMs,
      walls: new Map(good.map(result => [result.round, result.wallMs])),
      clientCpuMs: of(({ clientCpuMs }) => clientCpuMs) / first.messages,
      serverCpuMs: of(({ serverCpuMs }) => serverCpuMs) / first.messages,
      peakMb: of(({ peakMb }) => peakMb),
      fidelity: good.length < mine.length ? `failed in ${mine.length - good.length} of ${mine.length}` : fidelity(good, exact),
    }
    const state = of(result => (result.inside?.stateMs ?? 0) / result.wallMs)
    const hops = of(result => 1 - workMs(result) / result.wallMs)
    return inside ? [{ ...row, stateShare: state, hopShare: Math.max(0, hops) }] : [row]
  })
}

/** The table as Markdown, with each rate as a multiple of the peers’: the median of the rounds, whose runs lie close together, and the least and the most. */
export function markdown(rows: readonly Row[]): string {
  const peers = ['imapsync', 'mbsync'].filter(peer => rows.some(({ runner }) => runner === peer))
  const head = ['runner', 'msgs/s', 'MB/s', ...peers.map(peer => `x ${peer}`)]
  const tail = ['wall s', 'client CPU ms/msg', 'servers’ CPU ms/msg', 'peak MB', 'state %', 'hops %', 'fidelity']
  const names = [...head, ...tail]
  const percent = (share: number | undefined) => (share === undefined ? '' : String(Math.round(share * 100)))
  const lines = rows.map(row => {
    const ratios = peers.map(peer => timesAsFast(row, rows.find(({ runner }) => runner === peer) as Row))
    const rates = [row.runner, row.messagesPerSecond.toFixed(0), row.mbPerSecond.toFixed(1), ...ratios]
    const cost = [(row.wallMs / 1000).toFixed(2), row.clientCpuMs.toFixed(2), row.serverCpuMs.toFixed(2), row.peakMb.toFixed(0)]
    return [...rates, ...cost, percent(row.stateShare), percent(row.hopShare), row.fidelity]
  })
  const dashes = names.map((_, i) => (i === 0 || i === names.length - 1 ? '---' : '---:'))
  return [names, dashes, ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function timesAsFast(row: Row, peer: Row): string {
  const ratios = [...row.walls].flatMap(([round, ms]) => (peer.walls.has(round) ? [(peer.walls.get(round) ?? 0) / ms] : []))
  const text = (ratio: number) => ratio.toFixed(2)
  const spread = ratios.length > 1 && row !== peer ? ` (${text(Math.min(...ratios))} to ${text(Math.max(...ratios))})` : ''
  return text(median(ratios)) + spread
}

function fidelity(results: readonly Result[], exact: boolean): string {
  const sum = (kind: keyof Result['differences']) => Math.max(0, ...results.map(({ differences }) => differences[kind] ?? 0))
  // A message that came with other bytes and other flags is both lost and a stranger to the comparison.
  const changed = Math.min(sum('lost'), sum('stray'))
  const found = {
    lost: sum('lost') - changed,
    duplicated: sum('duplicated'),
    altered: sum('altered') + changed,
    'with other flags': sum('flags') + (exact ? 0 : changed),
    'with other dates': sum('dates'),
    'folders missing': sum('no folder'),
  }
  const told = Object.entries(found).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []))
  return told.join(', ') || 'exact'
}

/** What the host logged as work on the mailboxes themselves; several at once count as the longest. */
function workMs({ inside }: Result): number {
  return inside?.longestMailboxMs ?? Number.NaN
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return (low + high) / 2
}
