import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { HostFault, reason } from './fault.ts'
import type { Settings } from './settings.ts'

/** `extensions.queues` of host.json with the host's defaults filled in. */
export type QueueSettings = {
  batchSize: number
  newBatchThreshold: number
  maxDequeueCount: number
  /** The delay before a failed message is visible again; not the lease. */
  visibilityTimeoutMs: number
  maxPollingIntervalMs: number
  messageEncoding: 'base64' | 'none'
}

/** What the local host takes from host.json. */
export type HostJson = { routePrefix: string; queues: QueueSettings }

/**
 * Reads host.json; a missing file is all defaults. Settings such as `AzureFunctionsJobHost__extensions__queues__batchSize` override it,
 * as in Azure. All faults at once.
 */
export async function readHostJson(appRoot: string, settings: Settings): Promise<HostJson> {
  const file = path.join(appRoot, 'host.json')
  let found: unknown = {}
  try {
    found = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!missing) throw new HostFault([`${file} cannot be read (${reason(error)}). Repair its JSON.`])
  }
  const parsed = schema.safeParse(withOverrides(found, settings))
  if (!parsed.success)
    throw new HostFault(parsed.error.issues.map(issue => `host.json: ${issue.path.join('.')}: ${issue.message}.`))
  const queues = parsed.data.extensions.queues
  const development = settings.AZURE_FUNCTIONS_ENVIRONMENT === 'Development'
  return {
    routePrefix: parsed.data.extensions.http.routePrefix.replaceAll(/^\/+|\/+$/g, ''),
    queues: {
      batchSize: queues.batchSize,
      newBatchThreshold: queues.newBatchThreshold ?? Math.floor(queues.batchSize / 2) * availableParallelism(),
      maxDequeueCount: queues.maxDequeueCount,
      visibilityTimeoutMs: queues.visibilityTimeout,
      maxPollingIntervalMs: queues.maxPollingInterval ?? (development ? 2_000 : 60_000),
      messageEncoding: queues.messageEncoding,
    },
  }
}

/** Milliseconds of a .NET time span, `hh:mm:ss`, `hh:mm:ss.fff` or `d.hh:mm:ss`; undefined when it is none. */
export function parseTimeSpan(text: string): number | undefined {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/.exec(text.trim())
  if (!match) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 5).map(part => Number(part ?? 0))
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + Math.floor(Number(`0.${match[5] ?? 0}`) * 1000)
}

const timeSpan = z.string().transform((text, context) => {
  const ms = parseTimeSpan(text)
  if (ms === undefined) context.addIssue({ code: 'custom', message: `expected hh:mm:ss or hh:mm:ss.fff, got "${text}"` })
  return ms ?? 0
})

const queuesSchema = z.object({
  batchSize: z.coerce.number().int().min(1).max(32).default(16),
  newBatchThreshold: z.coerce.number().int().min(0).optional(),
  maxDequeueCount: z.coerce.number().int().min(1).default(5),
  visibilityTimeout: timeSpan.default(0),
  maxPollingInterval: timeSpan.refine(ms => ms >= 100, 'expected at least 00:00:00.100').optional(),
  messageEncoding: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['base64', 'none']))
    .default('base64'),
})

const schema = z.object({
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      queues: queuesSchema.prefault({}),
    })
    .prefault({}),
})

function withOverrides(found: unknown, settings: Settings): unknown {
  const prefix = 'AzureFunctionsJobHost__'
  for (const [name, value] of Object.entries(settings)) {
    if (!name.startsWith(prefix)) continue
    const keys = name.slice(prefix.length).split('__')
    const last = keys.pop() ?? ''
    let at = found as Record<string, unknown>
    for (const key of keys) {
      at[key] ??= {}
      at = at[key] as Record<string, unknown>
    }
    at[last] = value
  }
  return found
}
