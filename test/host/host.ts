import { loadApp } from './app-loading.ts'
import { type Clock, wallClock } from './clock.ts'
import { CoreModule, inject } from './core-module.ts'
import type { Binding, RegisteredFunction } from './core-types.ts'
import { HostFault, oneLine } from './fault.ts'
import { readHostJson } from './host-json.ts'
import { HttpFront, routesOf } from './http.ts'
import { type Invoke, invoker, type Logs, triggerNameOf } from './invocation.ts'
import { isSubMinute, parseSchedule } from './ncrontab.ts'
import { QueueListener } from './queue-listener.ts'
import { queueMetadata } from './queue-message.ts'
import { connectionOf, isQueueOutput, queueNameOf, queueOutputs, unknownBindings } from './queue-output.ts'
import { isDisabled, queueServiceFor, resolveSettings, type Settings } from './settings.ts'
import { Timer } from './timer.ts'
import { type TimerStatusStore, timerStatusFolder, timerStatusMemory } from './timer-status.ts'

export type HostOptions = {
  /** The folder with the app's package.json and host.json. */
  appRoot: string
  /** Of 127.0.0.1; 0 takes any. */
  port: number
  /** Opens functions of level `function` and `admin`; without it they answer 401. */
  hostKey?: string
  settings: Settings
  clock?: Clock
  /** How long a received message is invisible, and how often that is renewed; Azure's 10 and 5 minutes unless given. */
  leaseMs?: number
  renewMs?: number
  random?: () => number
  /** Where timers are remembered; without it they are not, and nothing is past due. */
  timerFolder?: string
  /** Takes what handlers log, line by line; `logError` what went wrong. */
  log?: (line: string) => void
  logError?: (text: string) => void
}

export type Host = {
  url: string
  port: number
  /** The names of the functions that run, sorted. */
  functions: string[]
  /** Stops receiving, lets what runs end and be completed, answers what is being answered, then closes. Idempotent. */
  drain: () => Promise<void>
}

/**
 * Runs the unmodified app of a folder as Azure would run it. One host a process, since the app's modules load once. Rejects with a
 * HostFault, all faults at once, when the app cannot run.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { settings } = options
  const logs: Logs = {
    log: options.log ?? (line => void process.stdout.write(`${line}\n`)),
    logError: options.logError ?? (text => void process.stderr.write(`${text}\n`)),
  }
  const hostJson = await readHostJson(options.appRoot, settings)
  const core: CoreModule = new CoreModule((level, _category, message) => {
    if (level !== 'trace' && level !== 'debug') logs.log(`host: ${level}: ${oneLine(message)}`)
  })
  inject(core)
  await loadApp(options.appRoot, core)
  await refuseStreaming(core)

  const listeners: QueueListener[] = []
  const wake = (queueName: string) => {
    for (const listener of listeners) if (listener.queueName === queueName) listener.wake()
  }
  const invoke = invoker(core, logs, queueOutputs(settings, hostJson.queues.messageEncoding, wake))
  const functions = [...core.functions.values()]
    .filter(fn => !isDisabled(fn.name, settings))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const timers: Timer[] = []
  const statuses = options.timerFolder ? timerStatusFolder(options.timerFolder) : timerStatusMemory()

  const faults = functions.flatMap(fn => [
    ...unknownBindings(fn),
    ...faultsOf(fn, () => {
      const trigger = fn.metadata.bindings[triggerNameOf(fn)]
      if (trigger?.type.toLowerCase() === 'timertrigger') timers.push(timerOf(fn, trigger, options, statuses, invoke, logs))
      if (trigger?.type.toLowerCase() !== 'queuetrigger') return
      listeners.push(
        new QueueListener({
          functionName: fn.name,
          service: queueServiceFor(connectionOf(trigger), settings),
          queueName: queueNameOf(trigger, settings),
          settings: hostJson.queues,
          times: { leaseMs: options.leaseMs ?? 600_000, renewMs: options.renewMs ?? (options.leaseMs ?? 600_000) / 2 },
          clock: options.clock ?? wallClock,
          random: options.random ?? Math.random,
          run: async (text, message) =>
            (await invoke(fn, { input: { string: text }, metadata: queueMetadata(message, text) })).ok,
          logError: logs.logError,
          onPoison: wake,
        }),
      )
    }),
    ...faultsOf(fn, () => void routesOf([fn], hostJson.routePrefix)),
    ...Object.values(fn.metadata.bindings)
      .filter(isQueueOutput)
      .flatMap(binding =>
        faultsOf(fn, () => void queueServiceFor(connectionOf(binding), settings).getQueueClient(queueNameOf(binding, settings))),
      ),
  ])
  if (faults.length > 0) throw new HostFault(faults)

  const running = () => ({
    running: listeners.reduce((sum, each) => sum + each.running, 0),
    timers: timers.filter(each => each.isRunning).length,
  })
  const http = new HttpFront(routesOf(functions, hostJson.routePrefix), options.hostKey, invoke, running)
  await core.runHooks('appStart', {
    hookData: core.appOnlyHookData,
    appHookData: core.hookData,
    functionAppDirectory: options.appRoot,
  })
  const port = await http.open(options.port)
  for (const each of [...listeners, ...timers]) each.start()

  let draining: Promise<void> | undefined
  const drain = async () => {
    await Promise.all([http.close(), ...listeners.map(each => each.stop()), ...timers.map(each => each.stop())])
    await core.runHooks('appTerminate', { hookData: core.appOnlyHookData, appHookData: core.hookData })
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    functions: functions.map(fn => fn.name),
    drain: () => {
      draining ??= drain()
      return draining
    },
  }
}

function timerOf(
  fn: RegisteredFunction,
  trigger: Binding,
  options: HostOptions,
  statuses: TimerStatusStore,
  invoke: Invoke,
  logs: Logs,
): Timer {
  const clock = options.clock ?? wallClock
  const schedule = parseSchedule(resolveSettings(String(trigger.schedule ?? ''), options.settings))
  return new Timer({
    functionName: fn.name,
    schedule,
    monitored: trigger.useMonitor !== false && !isSubMinute(schedule, clock.now()),
    runOnStartup: trigger.runOnStartup === true,
    statuses,
    clock,
    run: async input => void (await invoke(fn, { input: { json: JSON.stringify(input) }, metadata: {} })),
    logError: logs.logError,
  })
}

/** Locks the library's settings, as the worker does once the app has loaded. */
async function refuseStreaming(core: CoreModule): Promise<void> {
  const capabilities = await core.model?.getCapabilities({})
  if (capabilities?.HttpUri) {
    throw new HostFault([
      'The local host carries no HTTP streams. Take enableHttpStream out of app.setup, or read bodies that state their length.',
    ])
  }
}

function faultsOf(fn: RegisteredFunction, make: () => void): string[] {
  try {
    make()
    return []
  } catch (error) {
    if (error instanceof HostFault)
      return error.faults.map(fault => (fault.startsWith('Function ') ? fault : `Function ${fn.name}: ${fault}`))
    throw error
  }
}
