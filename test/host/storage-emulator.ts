import { connect } from 'node:net'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { HostFault, reason } from './fault.ts'
import type { Settings } from './settings.ts'

export type StorageEmulator = Pick<Azurite, 'ended' | 'stop'>
export type Ports = { blob: number; queue: number; table: number }

/** Where `UseDevelopmentStorage=true` looks. */
const developmentPorts: Ports = { blob: 10_000, queue: 10_001, table: 10_002 }

/**
 * Starts the emulator with its data in that folder when the app's storage is the development one and nothing listens there yet;
 * otherwise undefined. An emulator that dies later takes the process with it, since nothing works without it.
 */
export async function ensureStorage(
  settings: Settings,
  folder: string,
  say: (line: string) => void,
  ports: Ports = developmentPorts,
): Promise<StorageEmulator | undefined> {
  if (!/^UseDevelopmentStorage=true;?$/i.test(settings.AzureWebJobsStorage?.trim() ?? '')) return undefined
  if (await listens(ports.queue)) return undefined
  let emulator: Azurite
  try {
    emulator = await startAzurite({ dir: folder, ports })
  } catch (error) {
    throw new HostFault([
      `${reason(error)}. Free the ports ${Object.values(ports).join(', ')}, or set AzureWebJobsStorage to another storage account.`,
    ])
  }
  let stopping = false
  emulator.ended.then(() => {
    if (stopping) return
    process.stderr.write('The storage emulator ended by itself; the host cannot go on. Start it again: npm start.\n')
    process.exit(1)
  })
  say(`storage: emulator on ports ${Object.values(ports).join(', ')}, data in ${folder}`)
  return {
    ended: emulator.ended,
    stop: () => {
      stopping = true
      return emulator.stop()
    },
  }
}

/** Whether something accepts connections at that port of this machine. */
function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
