import path from 'node:path'
import { HostFault, reason } from './fault.ts'
import { startHost } from './host.ts'
import { hostKeyOf } from './host-key.ts'
import { readLocalSettings } from './local-settings.ts'
import { ensureStorage, type StorageEmulator } from './storage-emulator.ts'

export type ServeOptions = {
  /** The folder of the app; its `.releve` keeps storage, timers and the host key. */
  appRoot: string
  /** Wins over local.settings.json, and receives what only stands there. */
  env: NodeJS.ProcessEnv
  leaseMs: number
  renewMs: number
  /** A drain that takes longer ends the process with 1. */
  drainLimitMs: number
}

/**
 * The whole life of an `npm start`: settings, storage, host, `ready`, drain at a signal, exit. Never returns to its caller in another
 * way than by the end of the process: 0 after a whole drain, else 1.
 */
export async function serve(options: ServeOptions): Promise<void> {
  let storage: StorageEmulator | undefined
  try {
    const stateFolder = path.join(options.appRoot, '.releve')
    const settings = await readLocalSettings(options.appRoot, options.env)
    for (const [name, value] of Object.entries(settings)) options.env[name] ??= value
    const port = portOf(settings.PORT)
    const hostKey = await hostKeyOf(settings.FUNCTIONS_HOST_KEY, path.join(stateFolder, 'host-key'), say)
    storage = await ensureStorage(settings, path.join(stateFolder, 'storage'), say)
    const host = await startHost({
      appRoot: options.appRoot,
      port,
      hostKey,
      settings,
      leaseMs: options.leaseMs,
      renewMs: options.renewMs,
      timerFolder: path.join(stateFolder, 'timers'),
      log: say,
    })
    endAtSignal(options.drainLimitMs, async () => {
      await host.drain()
      await storage?.stop()
    })
    say(`functions: ${host.functions.join(', ')}`)
    say(`ready ${host.url}`)
  } catch (error) {
    complain(
      error instanceof HostFault
        ? error.message
        : `The host could not start: ${error instanceof Error ? error.stack : String(error)}`,
    )
    await storage?.stop()
    process.exit(1)
  }
}

/** Under npm one press of Ctrl-C arrives twice, from the terminal and from npm; later than this a signal is a second wish. */
const samePressMs = 1000

function endAtSignal(limitMs: number, drain: () => Promise<void>): void {
  let askedAt: number | undefined
  const end = () => {
    if (askedAt !== undefined) {
      if (Date.now() - askedAt < samePressMs) return
      complain('Asked to stop a second time: stopping without waiting. What was running is done again after the next start.')
      process.exit(1)
    }
    askedAt = Date.now()
    setTimeout(() => {
      complain(
        `The running functions did not end within ${limitMs / 1000} s. What was running is done again after the next start.`,
      )
      process.exit(1)
    }, limitMs)
    drain().then(
      () => process.exit(0),
      error => {
        complain(`The host did not stop cleanly: ${reason(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

function portOf(text = '7071'): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new HostFault([`PORT: expected a port number, got "${text}". Set PORT to a free port, such as 7071.`])
  return port
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}
