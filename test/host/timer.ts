import { type Clock, hostTime } from './clock.ts'
import { reason } from './fault.ts'
import type { Schedule } from './ncrontab.ts'
import type { TimerStatus, TimerStatusStore } from './timer-status.ts'

/** What the handler gets, in the host's spelling; the library turns first letters small. */
export type TimerInput = {
  Schedule: { AdjustForDST: boolean }
  ScheduleStatus: { Last: string; Next: string; LastUpdated: string } | null
  IsPastDue: boolean
}

export type TimerOptions = {
  functionName: string
  schedule: Schedule
  /** False when the schedule fires more than once a minute or the function has `useMonitor: false`: no status is kept or shown. */
  monitored: boolean
  runOnStartup: boolean
  statuses: TimerStatusStore
  clock: Clock
  /** Runs the function. Never throws. */
  run: (input: TimerInput) => Promise<void>
  logError: (text: string) => void
}

/** Runs one function on its schedule: never two at once, once at the start if an occurrence was missed, whatever errors there are. */
export class Timer {
  readonly #options: TimerOptions
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  /** Is its function running now? What the function sends has left when it is not. */
  isRunning = false

  constructor(options: TimerOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#keepTime()
  }

  /** No further run; resolves when a running one has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
  }

  async #keepTime(): Promise<void> {
    const { clock, schedule, monitored, runOnStartup } = this.#options
    const now = clock.now()
    let status: TimerStatus = { last: null, next: schedule.next(now), lastUpdated: now }
    if (monitored) status = await this.#recall(status)
    const pastDue = monitored && now > status.next
    if (pastDue || runOnStartup) status = await this.#run(status, pastDue, false)
    while (!this.#stopping.signal.aborted) {
      const left = status.next - clock.now()
      if (left > 0) await clock.wait(left, this.#stopping.signal)
      // A wait may end a little early; the run below then counts as the occurrence that it was meant for.
      if (!this.#stopping.signal.aborted) status = await this.#run(status, false, true)
    }
  }

  /** The stored status, unless the schedule has changed since: then a `next` in the past says nothing. */
  async #recall(fresh: TimerStatus): Promise<TimerStatus> {
    const { functionName, schedule, statuses } = this.#options
    const stored = await statuses.load(functionName)
    if (stored && schedule.next(stored.lastUpdated) === stored.next) return stored
    await this.#save(fresh)
    return fresh
  }

  async #run(status: TimerStatus, isPastDue: boolean, scheduled: boolean): Promise<TimerStatus> {
    const { clock, schedule, monitored, run } = this.#options
    const started = clock.now()
    const { last, next, lastUpdated } = status
    const shown = { Last: last === null ? never : hostTime(last), Next: hostTime(next), LastUpdated: hostTime(lastUpdated) }
    this.isRunning = true
    await run({ Schedule: { AdjustForDST: true }, ScheduleStatus: monitored ? shown : null, IsPastDue: isPastDue })
    this.isRunning = false
    const occurrence = scheduled ? Math.max(started, next) : started
    const updated = { last: occurrence, next: schedule.next(occurrence), lastUpdated: occurrence }
    if (monitored) await this.#save(updated)
    return updated
  }

  async #save(status: TimerStatus): Promise<void> {
    const { functionName, statuses, logError } = this.#options
    try {
      await statuses.save(functionName, status)
    } catch (error) {
      logError(
        `${functionName}: its timer status could not be saved (${reason(error)}); after a restart a missed run would not be noticed.`,
      )
    }
  }
}

/** How .NET writes a moment that has not been. */
const never = '0001-01-01T00:00:00+00:00'
