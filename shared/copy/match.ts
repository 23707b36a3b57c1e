import { createHash, type Hash, hash } from 'node:crypto'
import { isAbsurd } from '../repair/date.ts'
import { type Body, type Message, passing } from '../source/source.ts'
import { foldedFlags } from './flags.ts'

/**
 * A message seen from both sides. `digest`: SHA-256 of its bytes. `print`: what survives when a server rebuilds the message. INTERNALDATE
 * in epoch ms. Flags where it matters which of two twins has them.
 */
export type Identity = { uid: number; digest: string; print: string; internalDate: number; flags?: readonly string[] }

/**
 * Which source messages are already on the target: source UID -> target UID. Counting: each target message serves one source message,
 * so that identical twins stay two. Equal bytes of the same second first, of these those with the same flags before the others, so that a twin
 * keeps its own date and flags; then equal bytes; then equal fingerprints in order, for targets that rebuild what they store; of these last those
 * without their date, where it is one that no mail can have and a target may have changed. `now`: epoch ms.
 */
export function match(sought: readonly Identity[], candidates: readonly Identity[], now: number): Map<number, number> {
  const undated = ({ print }: Identity) => print.replace(/^(no id .*) \S+$/, '$1')
  const absurd = sought.filter(({ internalDate }) => isAbsurd(internalDate, now))
  return paired(candidates, [
    [one => `${exact(one)} ${foldedFlags(one.flags ?? [])}`, sought.filter(({ flags }) => flags !== undefined)],
    [exact, sought],
    [({ digest }) => digest, sought],
    [({ print }) => print, sought],
    [undated, absurd],
  ])
}

/** Those of equal bytes and the same second alone. */
export function matchExactly(sought: readonly Identity[], candidates: readonly Identity[]): Map<number, number> {
  return paired(candidates, [[exact, sought]])
}

/** What twins of the same second have in common. */
export function exact({ digest, internalDate }: Pick<Identity, 'digest' | 'internalDate'>): string {
  return `${digest} ${Math.floor(internalDate / 1000)}`
}

function paired(
  candidates: readonly Identity[],
  steps: readonly [(one: Identity) => string, readonly Identity[]][],
): Map<number, number> {
  const found = new Map<number, number>()
  const used = new Set<number>()
  for (const [key, sought] of steps) {
    const some = sought.filter(({ uid }) => !found.has(uid))
    if (some.length === 0) continue
    const free = new Map<string, number[]>()
    for (const candidate of candidates) {
      if (used.has(candidate.uid)) continue
      const same = free.get(key(candidate))
      if (same) same.push(candidate.uid)
      else free.set(key(candidate), [candidate.uid])
    }
    for (const message of some) {
      const target = free.get(key(message))?.shift()
      if (target === undefined) continue
      found.set(message.uid, target)
      used.add(target)
    }
  }
  return found
}

/** SHA-256 of a message’s bytes, base64url. */
export function digestOf(raw: Uint8Array): string {
  return hash('sha256', raw, 'base64url')
}

/** The same bytes once more, their SHA-256 told when they have all passed. */
export function digesting(body: Body, told: (digest: string) => void): Body {
  const running: Hash = createHash('sha256')
  async function* chunks() {
    for await (const chunk of body.chunks()) {
      running.update(chunk)
      yield chunk
    }
    told(running.digest('base64url'))
  }
  return { ...passing(body), chunks }
}

/** Identity of a message whose bytes are at hand. */
export function identityOf(uid: number, raw: Buffer, internalDate: number, digest = digestOf(raw)): Identity {
  return { uid, digest, print: printOf(raw, internalDate), internalDate }
}

/** Identity of a message, read to its end: its digest, and what its header tells. */
export async function identify({ uid, raw, internalDate }: Pick<Message, 'uid' | 'raw' | 'internalDate'>): Promise<Identity> {
  if (Buffer.isBuffer(raw)) return identityOf(uid, raw, internalDate)
  const start: Buffer[] = []
  let digest = ''
  let bytes = 0
  const body = digesting(raw, told => {
    digest = told
  })
  for await (const chunk of body.chunks()) {
    if (bytes < headerBytes) start.push(chunk)
    bytes += chunk.length
  }
  return { uid, digest, print: printOf(Buffer.concat(start), internalDate), internalDate }
}

/** The first bytes of a body, in which its header is, and the same body, whole. */
export async function begun(body: Body): Promise<{ start: Buffer; raw: Body }> {
  const pieces = body.chunks()[Symbol.asyncIterator]()
  const first: Buffer[] = []
  for (let bytes = 0; bytes < headerBytes; bytes += first.at(-1)?.length ?? 0) {
    const next = await pieces.next()
    if (next.done) break
    first.push(next.value)
  }
  async function* chunks() {
    yield* first.splice(0)
    yield* { [Symbol.asyncIterator]: () => pieces }
  }
  return { start: Buffer.concat(first), raw: { ...passing(body), chunks } }
}

/** How much of a message is searched for its header. */
const headerBytes = 65_536

/** Message-ID with Date; or From, Subject, Date and INTERNALDATE where it has no Message-ID. */
function printOf(raw: Buffer, internalDate: number): string {
  const end = raw.indexOf('\r\n\r\n')
  const header = raw.subarray(0, end < 0 ? Math.min(raw.length, headerBytes) : end).toString('latin1')
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
  return of('message-id')
    ? `id ${of('message-id')} ${of('date')}`
    : `no id ${of('date')} ${of('from')} ${of('subject')} ${Math.floor(internalDate / 1000)}`
}
