import type { Clock } from './clock.ts'

type Wait = { ms: number; until: number; end: () => void }

/** A clock that stands until a test moves it. */
export class FakeClock implements Clock {
  #now: number
  readonly #waits = new Set<Wait>()
  #watchers: (() => void)[] = []

  constructor(now: string | number = 0) {
    this.#now = new Date(now).getTime()
  }

  now = (): number => this.#now

  wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise(resolve => {
      const end = () => {
        this.#waits.delete(wait)
        resolve()
      }
      const wait: Wait = { ms, until: this.#now + ms, end }
      if (signal.aborted) return end()
      signal.addEventListener('abort', end, { once: true })
      this.#waits.add(wait)
      for (const watcher of this.#watchers.splice(0)) watcher()
    })

  /** The length of the shortest wait that somebody is in, as soon as there is one. */
  async waiting(): Promise<number> {
    while (this.#waits.size === 0) await new Promise<void>(resolve => this.#watchers.push(resolve))
    return Math.min(...[...this.#waits].map(wait => wait.ms))
  }

  /** Moves time forward and lets whoever waited until then go on. */
  async advance(ms: number): Promise<void> {
    this.#now += ms
    for (const wait of [...this.#waits].sort((a, b) => a.until - b.until)) if (wait.until <= this.#now) wait.end()
    await settled()
  }
}

/** Lets everything go on that needs no time. */
export function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(() => setImmediate(resolve)))
}
