import type { Binding, RegisteredFunction, TypedData } from './core-types.ts'
import { HostFault } from './fault.ts'
import type { QueueSettings } from './host-json.ts'
import type { WriteOutputs } from './invocation.ts'
import { createAndSend } from './queue-listener.ts'
import { encodeMessage } from './queue-message.ts'
import { queueServiceFor, resolveSettings, type Settings } from './settings.ts'

/** The queue that a binding names, as the host reads it: settings filled in, lower case; a fault when storage would not take the name. */
export function queueNameOf(binding: Record<string, unknown>, settings: Settings): string {
  const name = resolveSettings(String(binding.queueName ?? ''), settings).toLowerCase()
  if (!/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new HostFault([`"${name}" is no queue name. Use 3 to 63 letters, digits and single hyphens between them.`])
  }
  return name
}

/** The connection that a binding names, if it names one. */
export function connectionOf(binding: Record<string, unknown>): string | undefined {
  return typeof binding.connection === 'string' ? binding.connection : undefined
}

/**
 * Writes what a handler returned or set into its output queues, one call a message; `wake` is told of each queue. An error leaves the
 * earlier messages sent.
 */
export function queueOutputs(
  settings: Settings,
  encoding: QueueSettings['messageEncoding'],
  wake: (queueName: string) => void,
): WriteOutputs {
  return async (fn, response) => {
    for (const [name, binding] of Object.entries(fn.metadata.bindings)) {
      if (!isQueueOutput(binding)) continue
      const data = name === returnBinding ? response.returnValue : response.outputData?.find(output => output.name === name)?.data
      const queueName = queueNameOf(binding, settings)
      const queue = queueServiceFor(connectionOf(binding), settings).getQueueClient(queueName)
      for (const message of messagesOf(data)) {
        await createAndSend(queue, encodeMessage(message, encoding))
        wake(queueName)
      }
    }
  }
}

/**
 * The messages in one output value, as the .NET host makes them: an array is one each, an object is indented JSON, a text that looks
 * like JSON is taken as it, booleans are `True` and `False`, nothing is nothing.
 */
export function messagesOf(data: TypedData | null | undefined): (string | Uint8Array)[] {
  if (!data) return []
  if (data.bytes !== undefined) return [data.bytes]
  if (data.int !== undefined) return [String(data.int)]
  if (data.double !== undefined) return [String(data.double)]
  if (data.json !== undefined) return messagesOfJson(JSON.parse(data.json))
  if (data.string === undefined) return []
  return /^\s*(\{[\s\S]*\}|\[[\s\S]*\])\s*$/.test(data.string) ? messagesOfJson(parsed(data.string)) : [data.string]
}

/** The sentences of all bindings of the function that the local host cannot carry. */
export function unknownBindings(fn: RegisteredFunction): string[] {
  return Object.entries(fn.metadata.bindings).flatMap(([name, { type, direction }]) => {
    const known = direction === 'in' ? inputs : outputs
    if (known.has(type.toLowerCase())) return []
    return [
      `Function ${fn.name}: the local host has no binding of type ${type} (${name}), only ${[...known].join(', ')}. Use a client in code instead.`,
    ]
  })
}

/** Whether the binding puts messages into a queue. */
export function isQueueOutput(binding: Binding): boolean {
  return binding.direction === 'out' && binding.type.toLowerCase() === 'queue'
}

const inputs = new Set(['httptrigger', 'queuetrigger', 'timertrigger'])
const outputs = new Set(['http', 'queue'])
const returnBinding = '$return'

function messagesOfJson(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(each => (each === null ? [] : [jsonText(each)]))
  return value === null ? [] : [jsonText(value)]
}

function jsonText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
