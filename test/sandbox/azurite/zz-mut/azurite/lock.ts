import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Takes a directory for this process alone until it ends, however it ends; waits up to `patienceMs` for a predecessor to go, then throws. Two
 * emulators over one directory would each remove the other's journals. Only where the system has names that vanish with their process.
 */
export async function lockDirectory(dir: string, patienceMs: number): Promise<void> {
  const name = `releve-azurite-${createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32)}`
  const path = process.platform === 'linux' ? `\0${name}` : process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : undefined
  for (let waitedMs = 0; path !== undefined; waitedMs += 50) {
    try {
      const holder = createServer(socket => socket.destroy())
      holder.listen(path).unref()
      await once(holder, 'listening')
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      if (waitedMs >= patienceMs)
        throw new Error(`another storage emulator serves ${dir}: stop it, or give this one another directory`)
      await delay(50)
    }
  }
}
