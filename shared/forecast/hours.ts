import { type Copied, copyHours } from '../playbooks/hours.ts'
import { newMailFirst } from '../steps/new-mail-first.ts'
import type { WaveRow } from '../store/schema.ts'

/** After so many spans of hours, some two years of them, the rest counts as if none were shut. */
const mostSpans = 1_500

/** The hours that the first copy of a wave keeps: those of its playbook, none where it follows the switch. */
export function hoursOf(row: Pick<WaveRow, 'gates'>, playbook: Copied): Copied {
  return newMailFirst(row) ? { source: {}, target: {}, timeZone: playbook.timeZone } : playbook
}

/** The instant (a whole ms) at which `ms` of work are done that begins at `start` and goes on only while both servers may be copied between. */
export function doneAt(start: number, ms: number, playbook: Copied): number {
  let [at, left] = [start, ms]
  for (const [from, until] of spans(start, playbook)) {
    if (until - from >= left) return Math.ceil(from + left)
    left -= until - from
    at = until
  }
  return Math.ceil(at + left)
}

/** How much of the time between two instants mail may be copied in, ms. */
export function openMs(start: number, end: number, playbook: Copied): number {
  let open = 0
  for (const [from, until] of spans(start, playbook)) {
    if (from >= end) break
    open += Math.min(until, end) - from
  }
  return open
}

/** The spans from `start` on in which both servers are open, in order. */
function* spans(start: number, playbook: Copied): Iterable<[number, number]> {
  let at = start
  for (let n = 0; n < mostSpans; n++) {
    const hours = copyHours(playbook, at)
    if (hours.open) yield [at, hours.until]
    at = hours.open ? hours.until : hours.from
    if (at === Number.POSITIVE_INFINITY) return
  }
}
