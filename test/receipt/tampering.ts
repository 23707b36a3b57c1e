import { canonicalJson } from '../../shared/intake/canonical.ts'
import { nothingBefore, sha256 } from '../../shared/receipt/chain.ts'
import { receiptOf, receiptText, type WaveReceipt } from '../../shared/receipt/leaves.ts'
import { between, type Chance, oneOf } from '../fakes/chance.ts'
import { type Files, fileOf, linesOf } from './files.ts'

type Fields = Record<string, unknown>

/** Lines numbered and chained anew, as somebody does who knows the format. */
export function resealed(lines: readonly string[]): string[] {
  let prev = nothingBefore
  return lines.map((line, i) => {
    const text = canonicalJson({ ...(JSON.parse(line) as Fields), line: i + 1, prev })
    prev = sha256(text)
    return text
  })
}

/** A line with some of its fields changed, well formed. */
export function edited(line: string, change: (fields: Fields) => Fields): string {
  const fields = JSON.parse(line) as Fields
  return canonicalJson({ ...fields, ...change(fields) })
}

/** A manifest in which one message has gone and every sum was made to fit, sealed anew: nothing in the file itself gives it away. */
export function forgedWithout(bytes: Uint8Array, which: (fields: Fields) => boolean): Buffer {
  const lines = linesOf(bytes)
  const at = lines.findIndex(line => which(JSON.parse(line) as Fields))
  const gone = JSON.parse(lines[at] ?? '{}') as { folder: string; outcome: string; size: number }
  const less = (fields: Fields): Fields => {
    const { [gone.outcome]: had = 0, ...others } = fields.counts as Record<string, number>
    const counts = had > 1 ? { ...others, [gone.outcome]: had - 1 } : others
    const found = fields.kind === 'folder' ? { found: Number(fields.found) - 1 } : {}
    return { counts, ...found, messages: Number(fields.messages) - 1, size: Number(fields.size) - gone.size }
  }
  const concerned = ({ kind, folder }: Fields) => kind === 'end' || (kind === 'folder' && folder === gone.folder)
  const rest = lines.toSpliced(at, 1)
  return fileOf(resealed(rest.map(line => (concerned(JSON.parse(line) as Fields) ? edited(line, less) : line))))
}

/** One way to tamper: the files changed in place, or false where it does not apply. */
type Way = (files: Files, random: Chance) => unknown

const onLines =
  (change: (lines: string[], random: Chance) => string[]): Way =>
  (files, random) => {
    const address = oneOf(random, [...files.manifests.keys()])
    files.manifests.set(address, fileOf(change(linesOf(files.manifests.get(address) ?? Buffer.alloc(0)), random)))
  }
const onBytes =
  (change: (bytes: Buffer, at: number, random: Chance) => Buffer): Way =>
  (files, random) => {
    const address = oneOf(random, [...files.manifests.keys()])
    const bytes = Buffer.from(files.manifests.get(address) ?? Buffer.alloc(0))
    files.manifests.set(address, change(bytes, between(random, 0, bytes.length - 1), random))
  }
const onReceipt =
  (change: (receipt: WaveReceipt, random: Chance) => unknown): Way =>
  (files, random) => {
    const receipt = JSON.parse(files.receipt) as WaveReceipt
    change(receipt, random)
    files.receipt = receiptText(receipt)
  }
const any = (random: Chance, lines: readonly string[]) => between(random, 0, lines.length - 1)
const ofKind = (random: Chance, lines: readonly string[], kind: string) =>
  oneOf(
    random,
    lines.flatMap((line, i) => ((JSON.parse(line) as Fields).kind === kind ? [i] : [])),
  )
const swapped = (lines: string[], a: number, b: number) => lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '')

/** Another value of the same kind, so that the form of the line stays right. */
function other(value: unknown, random: Chance): unknown {
  if (typeof value === 'number') return value + between(random, 1, 9)
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : ['\\Answered']
  if (value === null) return sha256(`${random()}`)
  if (typeof value === 'object') {
    const keys = Object.keys(value)
    if (keys.length === 0) return { copied: 1 }
    const key = oneOf(random, keys)
    return { ...value, [key]: other((value as Fields)[key], random) }
  }
  const text = `${value}`
  return text.replace(/[0-9a-f](?=[^0-9a-f]*$)/, digit => (digit === '1' ? '2' : '1')) === text
    ? `${text}x`
    : text.replace(/[0-9a-f](?=[^0-9a-f]*$)/, digit => (digit === '1' ? '2' : '1'))
}

const fieldOf = (random: Chance, line: string) =>
  edited(line, fields => {
    const name = oneOf(random, Object.keys(fields))
    return { [name]: other(fields[name], random) }
  })

/** Every way that is tried. */
export const ways: Readonly<Record<string, Way>> = {
  'change a byte': onBytes((bytes, at, random) => {
    bytes[at] = ((bytes[at] ?? 0) + between(random, 1, 255)) % 256
    return bytes
  }),
  'drop a byte': onBytes((bytes, at) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])),
  'insert a byte': onBytes((bytes, at, random) =>
    Buffer.concat([bytes.subarray(0, at), Buffer.of(between(random, 0, 255)), bytes.subarray(at)]),
  ),
  truncate: onBytes((bytes, at) => bytes.subarray(0, at)),
  append: onBytes((bytes, at) => Buffer.concat([bytes, bytes.subarray(at)])),
  'drop a row': onLines((lines, random) => lines.toSpliced(any(random, lines), 1)),
  'drop the last rows': onLines((lines, random) => lines.slice(0, any(random, lines))),
  'swap two rows': onLines((lines, random) => {
    const a = any(random, lines)
    return swapped(lines, a, (a + between(random, 1, lines.length - 1)) % lines.length)
  }),
  'duplicate a row': onLines((lines, random) => {
    const at = any(random, lines)
    return lines.toSpliced(any(random, lines), 0, lines[at] ?? '')
  }),
  'alter the header': onLines((lines, random) => lines.with(0, fieldOf(random, lines[0] ?? ''))),
  'alter a message': onLines((lines, random) => {
    const at = ofKind(random, lines, 'message')
    return lines.with(at, fieldOf(random, lines[at] ?? ''))
  }),
  'forge a count': onLines((lines, random) => {
    const at = ofKind(random, lines, oneOf(random, ['folder', 'end']))
    return lines.with(at, fieldOf(random, lines[at] ?? ''))
  }),
  'forge and seal anew': onLines((lines, random) => {
    const at = any(random, lines)
    const changed = lines.with(at, fieldOf(random, lines[at] ?? ''))
    const fresh = resealed(changed)
    // Only its number or link was changed: sealing it anew is the way back.
    return fresh.join() === lines.join() ? changed : fresh
  }),
  'drop a message with all its sums and seal anew': (files, random) => {
    const address = oneOf(random, [...files.manifests.keys()])
    const bytes = files.manifests.get(address) ?? Buffer.alloc(0)
    const lines = linesOf(bytes)
    const current = lines.filter(line => {
      const { kind, uidValidity } = JSON.parse(line) as Fields
      return kind === 'message' && uidValidity === '77'
    })
    const victim = oneOf(random, current)
    files.manifests.set(
      address,
      forgedWithout(bytes, fields => canonicalJson(fields) === victim),
    )
  },
  'exchange two manifests': (files, random) => {
    const addresses = [...files.manifests.keys()]
    const a = between(random, 0, addresses.length - 1)
    const b = (a + between(random, 1, addresses.length - 1)) % addresses.length
    const receipt = JSON.parse(files.receipt) as WaveReceipt
    const [one, two] = [receipt.mailboxes[a], receipt.mailboxes[b]]
    if (one && two) [one.leaf.seal, two.leaf.seal] = [two.leaf.seal, one.leaf.seal]
    files.receipt = receiptText(receipt)
  },
  'drop a mailbox': onReceipt((receipt, random) => receipt.mailboxes.splice(between(random, 0, receipt.mailboxes.length - 1), 1)),
  'swap two mailboxes': onReceipt((receipt, random) => {
    const a = between(random, 0, receipt.mailboxes.length - 2)
    receipt.mailboxes.splice(a, 2, ...receipt.mailboxes.slice(a, a + 2).reverse())
  }),
  'alter a leaf or a proof': onReceipt((receipt, random) => {
    const at = between(random, 0, receipt.mailboxes.length - 1)
    const placed = receipt.mailboxes[at]
    if (placed) receipt.mailboxes[at] = other(placed, random) as typeof placed
  }),
  'alter the wave': onReceipt((receipt, random) => {
    receipt.wave = other(receipt.wave, random) as typeof receipt.wave
  }),
  'change a byte of the receipt': (files, random) => {
    const bytes = Buffer.from(files.receipt)
    const at = between(random, 0, bytes.length - 1)
    bytes[at] = between(random, 0, 127)
    if (bytes.toString() === files.receipt) bytes[at] = ((bytes[at] ?? 0) + 1) % 128
    files.receipt = bytes.toString()
  },
  'forge a mailbox, seal it and the wave anew': (files, random) => {
    const receipt = JSON.parse(files.receipt) as WaveReceipt
    const leaves = receipt.mailboxes.map(({ leaf }) => leaf)
    const at = between(random, 0, leaves.length - 1)
    const leaf = leaves[at]
    const bytes = leaf && files.manifests.get(leaf.mailbox)
    if (!leaf || !bytes) return
    const forged = forgedWithout(bytes, ({ kind, uidValidity, uid }) => kind === 'message' && uidValidity === '77' && uid === 2)
    files.manifests.set(leaf.mailbox, forged)
    leaves[at] = { ...leaf, messages: leaf.messages - 1, seal: sha256(linesOf(forged).at(-1) ?? '') }
    files.receipt = receiptText(receiptOf(receipt.wave.leaf, leaves))
  },
}
