import { inParallel } from '../steps/in-parallel.ts'
import { type Judgement, judge } from '../steps/verdict.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { type MailboxLeaf, receiptOf, type WaveReceipt } from './leaves.ts'
import { type Ledger, mailboxesOf, type Sealed, sealMailbox } from './manifest.ts'
import { waveVerdict } from './rules.ts'

/**
 * The verdict of a wave and its seal, the root over its mailboxes’ seals. From the ledger alone, which is read once: the same ledger, the same seal,
 * before the wave is closed and after.
 */
export async function sealWave(ledger: Ledger, row: WaveRow): Promise<Judgement & { seal: string }> {
  const rows = await mailboxesOf(ledger, row.wave)
  const judged = new Map<string, Judgement>()
  const { root } = await receiptOver(ledger, row, rows, ({ header, judged: one }) => judged.set(header.mailbox, one))
  return { ...judge(rows, judged), seal: root }
}

/** The receipt of a whole wave. */
export async function waveReceipt(ledger: Ledger, row: WaveRow): Promise<WaveReceipt> {
  return receiptOver(ledger, row, await mailboxesOf(ledger, row.wave), () => {})
}

async function receiptOver(
  ledger: Ledger,
  row: WaveRow,
  rows: readonly MailboxRow[],
  told: (sealed: Sealed) => void,
): Promise<WaveReceipt> {
  const { wave, playbook, playbookVersion, day = null } = row
  const sealed = new Map<string, MailboxLeaf>()
  await inParallel(
    rows,
    async mailbox => {
      const { address } = mailbox
      const one = await sealMailbox(ledger, row, mailbox)
      told(one)
      const { seal, header, messages } = one
      sealed.set(address, { kind: 'mailbox', wave, mailbox: address, messages, verdict: header.verdict, seal })
    },
    4,
  )
  const leaves = rows.flatMap(({ address }) => sealed.get(address) ?? [])
  const verdict = waveVerdict(leaves.map(leaf => leaf.verdict))
  return receiptOf({ kind: 'wave', wave, playbook, playbookVersion, day, mailboxes: leaves.length, verdict }, leaves)
}
