import { type Part, plainly } from '../repair/mime.ts'

/** A message's parts in order, without those of messages that are attached to it. */
export function* outerParts(part: Part): Iterable<Part> {
  yield part
  if (part.holds === 'parts') for (const inner of part.parts) yield* outerParts(inner)
}

/**
 * The bytes of attachments as they were sent. `parsed`: as a parser gave them, in the order of the parts, which ends lines of text by LF; base64
 * has no lines and is right already.
 */
export function attachedBytes(raw: Buffer, parts: readonly Part[], parsed: readonly Buffer[]): Buffer[] {
  const leaves = parts.filter(({ holds, encoding }) => holds !== 'parts' && encoding !== 'base64')
  let at = 0
  return parsed.map(bytes => {
    const wanted = folded(bytes)
    for (let i = at; i < leaves.length; i++) {
      const exact = decoded(raw, leaves[i] as Part)
      if (!exact || !folded(exact).equals(wanted)) continue
      at = i + 1
      return exact
    }
    return bytes
  })
}

function decoded(raw: Buffer, part: Part): Buffer | undefined {
  const body = raw.subarray(part.body.start, part.body.end)
  if (plainly(part)) return body
  return part.encoding === 'quoted-printable' ? unquoted(body) : undefined
}

/** Quoted-printable decoded (RFC 2045 6.7), its line ends as they are. */
function unquoted(body: Buffer): Buffer {
  const text = body
    .toString('latin1')
    .replaceAll(/[ \t]+(?=\r?\n)/g, '')
    .replaceAll(/=\r?\n/g, '')
  return Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

/** Without what tells one way to end lines from another. */
function folded(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r', '').trimEnd(), 'latin1')
}
