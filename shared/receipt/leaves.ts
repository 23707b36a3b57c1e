import { canonicalJson } from '../intake/canonical.ts'
import type { Verdict } from '../store/schema.ts'
import type { MailboxVerdict } from './lines.ts'
import { leafHash, proofOf, rootOf, tree } from './merkle.ts'

/** The format of a wave’s receipt. */
export const waveFormat = 'releve-wave-receipt-1'

/** The first leaf of the tree: the wave itself. */
export type WaveLeaf = {
  kind: 'wave'
  wave: string
  playbook: string
  playbookVersion: number
  day: string | null
  mailboxes: number
  verdict: Verdict
}

/** The other leaves: a mailbox and the seal of its manifest. */
export type MailboxLeaf = {
  kind: 'mailbox'
  wave: string
  mailbox: string
  messages: number
  verdict: MailboxVerdict
  seal: string
}

/** A leaf with its place in the tree and the siblings on its way to the root. What is hashed is its canonical JSON. */
export type Leaf<L> = { index: number; leaf: L; proof: string[] }

/** A wave’s receipt. `excerpt`: it shows one mailbox only, for its owner, who need not see the others. */
export type WaveReceipt = {
  format: string
  root: string
  size: number
  excerpt: boolean
  wave: Leaf<WaveLeaf>
  mailboxes: Leaf<MailboxLeaf>[]
}

/** The receipt over these leaves. */
export function receiptOf(wave: WaveLeaf, mailboxes: readonly MailboxLeaf[]): WaveReceipt {
  const levels = tree([wave, ...mailboxes].map(leaf => leafHash(canonicalJson(leaf))))
  const placed = <L>(leaf: L, index: number): Leaf<L> => ({ index, leaf, proof: proofOf(levels, index) })
  return {
    format: waveFormat,
    root: rootOf(levels),
    size: mailboxes.length + 1,
    excerpt: false,
    wave: placed(wave, 0),
    mailboxes: mailboxes.map((leaf, i) => placed(leaf, i + 1)),
  }
}

/** The part of a receipt that one mailbox’s owner needs; undefined where the mailbox is not of the wave. */
export function excerptOf(receipt: WaveReceipt, address: string): WaveReceipt | undefined {
  const mailboxes = receipt.mailboxes.filter(({ leaf }) => leaf.mailbox === address)
  return mailboxes.length === 0 ? undefined : { ...receipt, excerpt: true, mailboxes }
}

/** A receipt as it is handed out and checked, to the byte. */
export function receiptText(receipt: WaveReceipt): string {
  return `${canonicalJson(receipt)}\n`
}
