/// <reference lib="dom" />

export type Poll = { now(): void }

/** Calls `ask` now and again after the ms that it answers; a new round ends the one under way. Nothing is asked while the tab is hidden. */
export function poll(ask: (signal: AbortSignal) => Promise<number>): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = new AbortController()
  const pause = () => {
    clearTimeout(timer)
    round.abort()
  }
  const now = async () => {
    pause()
    if (document.hidden) return
    round = new AbortController()
    const { signal } = round
    const waitMs = await ask(signal)
    if (!signal.aborted) timer = setTimeout(now, waitMs)
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? pause() : void now()))
  return { now: () => void now() }
}
