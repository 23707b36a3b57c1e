import { type Command, says } from './exchange-words.ts'
import type { Inlet } from './inlet.ts'

/** What a message may be, and what becomes of it. */
export type MessageLimits = {
  maxMessageBytes: number
  maxLineBytes: number
  alter: ((raw: Buffer) => Buffer) | undefined
}

/**
 * Fetches the rest of a command whose first line is read, before the backend hears of it, so that a refusal never leaves the two out of step.
 * `consent` tells the client to send a literal; the pieces ask the backend for none (LITERAL+). Undefined: the client has gone.
 */
export async function gather(
  command: Command,
  inlet: Inlet,
  consent: () => Promise<void>,
  limits: MessageLimits,
): Promise<{ pieces: (string | Buffer)[] } | { refused: string } | undefined> {
  const pieces: (string | Buffer)[] = []
  let line = command.text
  let refused: string | undefined
  for (let count = 0; ; count += 1) {
    const literal = /\{(\d+)(\+?)\}$/.exec(line)
    if (literal === null) break
    const size = Number(literal[1])
    const isMessage = command.verb === 'APPEND' && !(count === 0 && /^\S+ \S+ \{\d+\+?\}$/.test(line))
    if (isMessage && size > limits.maxMessageBytes) refused = says.tooBig
    if (literal[2] === '') {
      if (refused !== undefined) return { refused }
      await consent()
    }
    const bytes = await inlet.take(size)
    const rest = await inlet.line()
    if (bytes === undefined || rest === undefined) return undefined
    // MULTIAPPEND is not to be had here.
    if (isMessage && (rest !== '' || longestLine(bytes) > limits.maxLineBytes)) refused ??= says.wrongArgument
    const kept = isMessage && refused === undefined ? (limits.alter?.(bytes) ?? bytes) : bytes
    pieces.push(`${line.slice(0, literal.index)}{${kept.length}+}\r\n`, kept)
    line = rest
  }
  return refused === undefined ? { pieces: [...pieces, `${line}\r\n`] } : { refused }
}

/** Reads past what the client sends without waiting for consent; a literal that needs consent is never sent. False: the client has gone. */
export async function drop(command: Command, inlet: Inlet): Promise<boolean> {
  for (let line: string | undefined = command.text; line !== undefined; line = await inlet.line()) {
    const literal = /\{(\d+)\+\}$/.exec(line)
    if (literal === null) return true
    for (let left = Number(literal[1]); left > 0; ) {
      const dropped = await inlet.some(left)
      if (dropped === undefined) return false
      left -= dropped.length
    }
  }
  return false
}

function longestLine(bytes: Buffer): number {
  let longest = 0
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at)
    const next = end < 0 ? bytes.length : end + 1
    longest = Math.max(longest, next - at)
    at = next
  }
  return longest
}
