import type { DequeuedMessageItem } from '@azure/storage-queue'
import { hostTime } from './clock.ts'
import type { TypedData } from './core-types.ts'
import type { QueueSettings } from './host-json.ts'

/** The text inside a message, or undefined when it is not base64 although the app's encoding is; invalid UTF-8 is replaced, as in .NET. */
export function decodeMessage(stored: string, encoding: QueueSettings['messageEncoding']): string | undefined {
  if (encoding === 'none') return stored
  const packed = stored.replaceAll(/[ \t\r\n]/g, '')
  const valid = packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)
  return valid ? Buffer.from(packed, 'base64').toString('utf8') : undefined
}

/** The text as it is stored. */
export function encodeMessage(text: string | Uint8Array, encoding: QueueSettings['messageEncoding']): string {
  return encoding === 'none' ? Buffer.from(text).toString('utf8') : Buffer.from(text).toString('base64')
}

/** The queue for messages given up on; undefined where the host makes none: of a poison queue, or beyond 63 characters. */
export function poisonQueueOf(queue: string): string | undefined {
  const name = `${queue}-poison`
  return queue.endsWith('-poison') || name.length > 63 ? undefined : name
}

/**
 * What becomes `context.triggerMetadata`: the message's system properties, and over them, without regard to case, the top-level
 * properties of a JSON object in the message (not arrays, not null; plain values as text).
 */
export function queueMetadata(message: DequeuedMessageItem, text: string): Record<string, TypedData> {
  const metadata: Record<string, TypedData> = {
    QueueTrigger: { string: text },
    DequeueCount: { int: message.dequeueCount },
    ExpirationTime: time(message.expiresOn),
    Id: { string: message.messageId },
    InsertionTime: time(message.insertedOn),
    NextVisibleTime: time(message.nextVisibleOn),
    PopReceipt: { string: message.popReceipt },
  }
  const keys = new Map(Object.keys(metadata).map(key => [key.toLowerCase(), key]))
  for (const [name, value] of Object.entries(topLevel(text))) {
    if (value === null || Array.isArray(value)) continue
    const key = keys.get(name.toLowerCase()) ?? name
    keys.set(name.toLowerCase(), key)
    metadata[key] = typeof value === 'object' ? { json: JSON.stringify(value) } : { string: dotNetText(value) }
  }
  return metadata
}

function time(moment: Date): TypedData {
  return { json: JSON.stringify(hostTime(moment)) }
}

function topLevel(text: string): object {
  if (!text.trimStart().startsWith('{')) return {}
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? parsed : {}
  } catch {
    return {}
  }
}

/** .NET writes booleans with a capital, which JSON.parse then refuses: they reach the handler as the texts `True` and `False`. */
function dotNetText(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)
}
