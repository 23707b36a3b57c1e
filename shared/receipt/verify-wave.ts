import { canonicalJson } from '../intake/canonical.ts'
import { type Leaf, type MailboxLeaf, receiptText, type WaveLeaf, type WaveReceipt, waveFormat } from './leaves.ts'
import { leafHash, rootFrom, rootOf, tree } from './merkle.ts'
import { byPath } from './path-order.ts'
import { waveVerdict } from './rules.ts'
import { wrongIn } from './shape.ts'
import type { Verified } from './verify.ts'

/** What is wrong with a wave's receipt: which mailbox it concerns, where it is one. */
export type WaveFault = { mailbox?: string; message: string }

/** A receipt that could be read, and its faults. */
export type WaveVerified = { receipt?: WaveReceipt; faults: WaveFault[] }

/** Checks a wave's receipt by itself, and against the root that was noted elsewhere where that is given. */
export function verifyWave(text: string, notedRoot?: string): WaveVerified {
  const receipt = parse(text)
  if (!receipt) return { faults: [{ message: `is not a wave receipt of the format ${waveFormat}` }] }
  const { excerpt, mailboxes, root, size, wave } = receipt
  const faults: WaveFault[] = []
  const fault = (message: string, mailbox?: string) => faults.push({ ...(mailbox ? { mailbox } : {}), message })
  if (receiptText(receipt) !== text.replace(/\r\n$/, '\n'))
    fault('is not written as it was handed out: other layout, order or spelling')
  if (notedRoot !== undefined && notedRoot.toLowerCase() !== root)
    fault(`its root is ${root}; the one that was noted is ${notedRoot.toLowerCase()}: this is not the receipt that was sealed`)
  if (!isProven(wave, receipt)) fault('what it says of the wave itself does not lead to the root')
  if (wave.index !== 0 || wave.leaf.mailboxes + 1 !== size)
    fault(`a wave of ${wave.leaf.mailboxes} mailboxes has a tree of ${wave.leaf.mailboxes + 1} leaves, not ${size}`)
  for (const [i, placed] of mailboxes.entries()) {
    const { leaf, index } = placed
    const before = mailboxes[i - 1]?.leaf.mailbox
    if (!isProven(placed, receipt))
      fault('what it says of this mailbox does not lead to the root: it was changed or exchanged', leaf.mailbox)
    if (leaf.wave !== wave.leaf.wave) fault(`belongs to wave ${leaf.wave}, not ${wave.leaf.wave}`, leaf.mailbox)
    if (before !== undefined && byPath(before, leaf.mailbox) >= 0)
      fault(`stands after ${before}: twice, or out of order`, leaf.mailbox)
    if (!excerpt && index !== i + 1) fault(`is leaf ${index}, but stands as ${i + 1}: one is missing or was moved`, leaf.mailbox)
  }
  if (excerpt && mailboxes.length !== 1) fault(`an excerpt shows one mailbox, not ${mailboxes.length}`)
  if (!excerpt) {
    const leaves = [wave.leaf, ...mailboxes.map(({ leaf }) => leaf)]
    if (mailboxes.length !== wave.leaf.mailboxes)
      fault(`shows ${mailboxes.length} of the wave’s ${wave.leaf.mailboxes} mailboxes`)
    if (rootOf(tree(leaves.map(leaf => leafHash(canonicalJson(leaf))))) !== root) fault('its leaves do not come to its root')
    const verdict = waveVerdict(mailboxes.map(({ leaf }) => leaf.verdict))
    if (verdict !== wave.leaf.verdict) fault(`the wave’s verdict is ${wave.leaf.verdict}; that of its mailboxes is ${verdict}`)
  }
  return { receipt, faults }
}

/** Checks that manifests are those that a wave's receipt seals; undefined for one that is. */
export function verifyBelongs({ header, end, seal }: Verified, receipt: WaveReceipt): string | undefined {
  if (!header) return 'it has no header, so nobody can say whose it is'
  const { mailbox, wave, verdict } = header
  const found = receipt.mailboxes.find(({ leaf }) => leaf.mailbox === mailbox)
  if (wave !== receipt.wave.leaf.wave) return `it is of wave ${wave}; the receipt is that of ${receipt.wave.leaf.wave}`
  if (!found) return `the wave’s receipt does not show ${mailbox}`
  if (found.leaf.seal !== seal) {
    const other = receipt.mailboxes.find(({ leaf }) => leaf.seal === seal)
    const whose = other ? `; it is the seal of ${other.leaf.mailbox}` : ': the manifest is not the one that was sealed'
    return `its seal is ${seal}, the wave’s receipt has ${found.leaf.seal} for ${mailbox}${whose}`
  }
  if (found.leaf.verdict !== verdict || found.leaf.messages !== end?.messages)
    return `the wave’s receipt has ${found.leaf.messages} messages and ${found.leaf.verdict}, the manifest ${end?.messages} and ${verdict}`
  return undefined
}

function isProven({ leaf, index, proof }: Leaf<WaveLeaf | MailboxLeaf>, { root, size }: WaveReceipt): boolean {
  return rootFrom(leafHash(canonicalJson(leaf)), index, size, proof) === root
}

const text = (value: unknown) => typeof value === 'string'
const whole = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
const hash = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const fits = (tests: Readonly<Record<string, (value: unknown) => boolean>>) => (value: unknown) =>
  wrongIn(tests, value).length === 0
const placed = (leaf: (value: unknown) => boolean) =>
  fits({ index: whole, leaf, proof: value => Array.isArray(value) && value.length < 64 && value.every(hash) })
const common = { kind: text, wave: text, verdict: text }
const waveLeaf = fits({
  ...common,
  kind: value => value === 'wave',
  playbook: text,
  playbookVersion: whole,
  day: value => value === null || text(value),
  mailboxes: whole,
})
const mailboxLeaf = fits({ ...common, kind: value => value === 'mailbox', mailbox: text, messages: whole, seal: hash })
const isReceipt = fits({
  format: value => value === waveFormat,
  root: hash,
  size: whole,
  excerpt: value => typeof value === 'boolean',
  wave: placed(waveLeaf),
  mailboxes: value => Array.isArray(value) && value.every(placed(mailboxLeaf)),
})

function parse(text: string): WaveReceipt | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isReceipt(value) ? (value as WaveReceipt) : undefined
  } catch {
    return undefined
  }
}
