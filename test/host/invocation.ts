import { randomUUID } from 'node:crypto'
import type { CoreModule } from './core-module.ts'
import type {
  FunctionCallback,
  InvocationResponse,
  InvocationState,
  LogCategory,
  LogLevel,
  RegisteredFunction,
  TypedData,
} from './core-types.ts'
import { oneLine } from './fault.ts'

/** What a trigger hands over: the value of its binding, and the metadata beside it. */
export type TriggerData = { input: TypedData; metadata: Record<string, TypedData> }

/** How an invocation ended; the error of a failed one has already been logged. */
export type Outcome = { ok: true; response: InvocationResponse } | { ok: false }

export type Invoke = (fn: RegisteredFunction, trigger: TriggerData) => Promise<Outcome>

/** Where lines go: `log` takes what handlers say, `logError` what went wrong. */
export type Logs = { log: (line: string) => void; logError: (text: string) => void }

export type WriteOutputs = (fn: RegisteredFunction, response: InvocationResponse) => Promise<void>

/**
 * One invocation as the worker makes it: arguments, preInvocation hooks, handler, postInvocation hooks, response; then as the host
 * ends it: the outputs are written, and an output that cannot be written fails the invocation.
 */
export function invoker(core: CoreModule, logs: Logs, writeOutputs: WriteOutputs): Invoke {
  return async (fn, trigger) => {
    try {
      const response = await run(core, logs, fn, trigger)
      await writeOutputs(fn, response)
      return { ok: true, response }
    } catch (error) {
      logs.logError(`${fn.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      return { ok: false }
    }
  }
}

/** The name of the binding that triggers the function. */
export function triggerNameOf(fn: RegisteredFunction): string {
  const entry = Object.entries(fn.metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type))
  if (!entry) throw new Error(`Function ${fn.name} has no trigger.`)
  return entry[0]
}

async function run(core: CoreModule, logs: Logs, fn: RegisteredFunction, trigger: TriggerData): Promise<InvocationResponse> {
  if (!core.model) throw new Error('The library set no programming model.')
  const invocationId = randomUUID()
  let state: InvocationState = 'preInvocationHooks'
  let invocationContext: object | undefined
  const model = core.model.getInvocationModel({
    invocationId,
    request: { invocationId, inputData: [{ name: triggerNameOf(fn), data: trigger.input }], triggerMetadata: trigger.metadata },
    metadata: fn.metadata,
    get state() {
      return state
    },
    log: (level, category, message) => logFrom(core, logs, fn.name, { level, category, message, invocationContext }),
  })
  const { context, inputs } = await model.getArguments()
  invocationContext = context
  const shared = { hookData: {}, appHookData: core.hookData, invocationContext: context }
  const before = { ...shared, inputs, functionCallback: fn.callback }
  await core.runHooks('preInvocation', before)
  state = 'invocation'
  const after: { inputs: unknown[]; result: unknown; error: unknown } = {
    ...shared,
    inputs: before.inputs,
    result: null,
    error: null,
  }
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback satisfies FunctionCallback)
  } catch (error) {
    after.error = error ?? new Error('The handler threw nothing at all.')
  }
  state = 'postInvocationHooks'
  await core.runHooks('postInvocation', after)
  if (after.error) throw after.error
  return model.getResponse(context, after.result)
}

function logFrom(
  core: CoreModule,
  logs: Logs,
  name: string,
  entry: { level: LogLevel; category: LogCategory; message: string; invocationContext: object | undefined },
): void {
  core.runLogHooks(entry)
  if (entry.category === 'system' && (entry.level === 'trace' || entry.level === 'debug')) return
  const level = entry.level === 'information' ? '' : `${entry.level}: `
  logs.log(`${name}: ${level}${oneLine(entry.message)}`)
}
