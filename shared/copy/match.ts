import { createHash } from 'node:crypto'

/** A message seen from both sides. `digest`: SHA-256 of its bytes. `print`: what survives when a server rebuilds the message. */
export type Identity = { uid: number; digest: string; print: string }

/**
 * Which source messages are already on the target: source UID -> target UID. Counting: each target message serves one source message,
 * so that identical twins stay two. Equal bytes first; then equal fingerprints in order, for targets that rebuild what they store.
 */
export function match(sought: readonly Identity[], candidates: readonly Identity[]): Map<number, number> {
  const found = new Map<number, number>()
  const used = new Set<number>()
  for (const by of ['digest', 'print'] as const) {
    const free = new Map<string, number[]>()
    for (const candidate of candidates) {
      if (!used.has(candidate.uid)) free.set(candidate[by], [...(free.get(candidate[by]) ?? []), candidate.uid])
    }
    for (const message of sought) {
      const target = found.has(message.uid) ? undefined : free.get(message[by])?.shift()
      if (target === undefined) continue
      found.set(message.uid, target)
      used.add(target)
    }
  }
  return found
}

/** SHA-256 of a message’s bytes, base64url. */
export function digestOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('base64url')
}

/** Identity of a message: its digest, and Message-ID with Date, or From, Subject, Date and INTERNALDATE where it has no Message-ID. */
export function identify(uid: number, raw: Buffer, internalDate: number): Identity {
  const end = raw.indexOf('\r\n\r\n')
  const header = raw.subarray(0, end < 0 ? Math.min(raw.length, 65_536) : end).toString('latin1')
  const fields = new Map<string, string>()
  for (const line of header.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (name && !fields.has(name))
      fields.set(
        name,
        line
          .slice(colon + 1)
          .replaceAll(/\s+/g, ' ')
          .trim(),
      )
  }
  const of = (name: string) => fields.get(name) ?? ''
  const print = of('message-id')
    ? `id ${of('message-id')} ${of('date')}`
    : `no id ${of('date')} ${of('from')} ${of('subject')} ${Math.floor(internalDate / 1000)}`
  return { uid, digest: digestOf(raw), print }
}
