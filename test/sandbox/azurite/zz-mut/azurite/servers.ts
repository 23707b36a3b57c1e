import { join } from 'node:path'
import { azuriteModule } from './loki.ts'

/** The three services' ports on the loopback address. */
export type Ports = { blob: number; queue: number; table: number }

/** One of Azurite's services. */
export type Server = { start(): Promise<void>; close(): Promise<void>; getHttpServerAddress(): string }

type Module = { default: new (...args: unknown[]) => Server }

/** Makes the three services, in the order of `Ports`: loopback only, no log, no telemetry, any API version. A port of 0 is a free one. */
export function makeServers(dir: string | 'memory', ports: Ports): Server[] {
  const telemetry = azuriteModule('common/Telemetry.js') as {
    AzuriteTelemetryClient: { init(place: string, on: boolean, environment: undefined): void }
  }
  telemetry.AzuriteTelemetryClient.init('', false, undefined)
  return [withExtents('Blob', dir, ports.blob, 50), withExtents('Queue', dir, ports.queue, 1), tables(dir, ports.table)]
}

const host = '127.0.0.1'
const keepAliveSeconds = 5
const loose = false
const skipApiVersionCheck = true
const http = [loose, skipApiVersionCheck, '', '', '', undefined, false]

function withExtents(service: 'Blob' | 'Queue', dir: string, port: number, writers: number): Server {
  const name = service.toLowerCase()
  const extents = [{ locationId: 'Default', locationPath: file(dir, `__${name}storage__`), maxConcurrency: writers }]
  const accessLog = [false, undefined]
  const debugLog = [false, undefined]
  return make(service, [
    host,
    port,
    keepAliveSeconds,
    file(dir, `__azurite_db_${name}__.json`),
    file(dir, `__azurite_db_${name}_extent__.json`),
    extents,
    ...accessLog,
    ...debugLog,
    ...http,
    dir === 'memory',
  ])
}

function tables(dir: string, port: number): Server {
  const debugLog = false
  const accessLog = [false, undefined]
  const database = file(dir, '__azurite_db_table__.json')
  return make('Table', [host, port, keepAliveSeconds, database, debugLog, ...accessLog, undefined, ...http, dir === 'memory'])
}

const file = (dir: string, name: string) => (dir === 'memory' ? name : join(dir, name))

function make(service: 'Blob' | 'Queue' | 'Table', settings: readonly unknown[]): Server {
  const Configuration = (azuriteModule(`${service.toLowerCase()}/${service}Configuration.js`) as Module).default
  const Service = (azuriteModule(`${service.toLowerCase()}/${service}Server.js`) as Module).default
  return new Service(new Configuration(...settings))
}
