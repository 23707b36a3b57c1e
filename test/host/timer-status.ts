import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What is remembered of a timer, in epoch milliseconds; `last` and `lastUpdated` are null before the first run. */
export type TimerStatus = { last: number | null; next: number; lastUpdated: number }

/** Where the statuses of timers survive the process. */
export type TimerStatusStore = {
  load: (functionName: string) => Promise<TimerStatus | undefined>
  save: (functionName: string, status: TimerStatus) => Promise<void>
}

/** One JSON file a function in a folder, replaced whole, so that a crash leaves the old or the new one. An unreadable one counts as none. */
export function timerStatusFolder(folder: string): TimerStatusStore {
  const fileOf = (name: string) => path.join(folder, `${encodeURIComponent(name)}.json`)
  return {
    load: async name => {
      try {
        const found: unknown = JSON.parse(await readFile(fileOf(name), 'utf8'))
        return isStatus(found) ? found : undefined
      } catch {
        return undefined
      }
    },
    save: async (name, status) => {
      await mkdir(folder, { recursive: true })
      const written = `${fileOf(name)}.${process.pid}`
      await writeFile(written, JSON.stringify(status))
      await rename(written, fileOf(name))
    },
  }
}

/** Statuses that end with the process: nothing is ever past due. */
export function timerStatusMemory(): TimerStatusStore {
  const statuses = new Map<string, TimerStatus>()
  return {
    load: async name => statuses.get(name),
    save: async (name, status) => {
      statuses.set(name, status)
    },
  }
}

function isStatus(found: unknown): found is TimerStatus {
  if (typeof found !== 'object' || found === null) return false
  const { last, next, lastUpdated } = found as Record<string, unknown>
  return (last === null || typeof last === 'number') && typeof next === 'number' && typeof lastUpdated === 'number'
}
