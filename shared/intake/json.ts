import { type Fault, Refusal } from '../errors.ts'
import { keysTwice } from './json-keys.ts'

/**
 * The value of a JSON text in UTF-8. Throws a Refusal that says where it stops being one, or which keys stand twice, without repeating the text.
 */
export function readJson(bytes: Uint8Array): unknown {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuse('(document)', 'expected JSON in UTF-8; this is another encoding')
  }
  if (text.trim() === '') throw refuse('(document)', 'is empty: expected JSON')
  const value = parsed(text)
  const faults = keysTwice(text)
  if (faults.length > 0) throw refused(faults)
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    const position = /at position (\d+)/.exec(said)?.[1]
    if (position === undefined) throw refuse('(document)', 'is not JSON: it ends too early')
    const before = text.slice(0, Number(position)).split('\n')
    const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
    throw refuse(
      `${place.line}:${place.column}`,
      `line ${place.line}, column ${place.column}: this is not JSON; a comma, a quote or a bracket may be missing or too much`,
    )
  }
}

function refuse(path: string, message: string): Refusal {
  return refused([{ path, message }])
}

function refused(faults: Fault[]): Refusal {
  return new Refusal(400, 'invalid-wave', 'what was sent cannot be read; nothing was stored', faults)
}
