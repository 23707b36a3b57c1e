import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { type MailboxLeaf, receiptOf, type WaveReceipt } from './leaves.ts'
import { type Ledger, mailboxesOf, type Sealed, sealMailbox } from './manifest.ts'
import { waveVerdict } from './rules.ts'

/** How a mailbox’s seal is come by; by default its manifest is run through. */
export type Sealing = (ledger: Ledger, wave: WaveRow, mailbox: MailboxRow) => Promise<Sealed>

/** The seal of a wave: the root over its mailboxes’ seals. From the ledger alone: the same ledger, the same seal, before the wave is closed and after. */
export async function sealWave(ledger: Ledger, wave: string, sealing?: Sealing): Promise<string> {
  const stored = await ledger.store.waves.get('wave', keyPart(wave))
  if (!stored) throw new Error(`there is no wave ${wave} to seal`)
  return (await waveReceipt(ledger, stored.row, sealing)).root
}

/** The receipt of a whole wave. */
export async function waveReceipt(ledger: Ledger, row: WaveRow, sealing: Sealing = sealMailbox): Promise<WaveReceipt> {
  const { wave, playbook, playbookVersion, day = null } = row
  const rows = await mailboxesOf(ledger, wave)
  const sealed = new Map<string, MailboxLeaf>()
  await inParallel(
    rows,
    async mailbox => {
      const { address } = mailbox
      const { seal, header, messages } = await sealing(ledger, row, mailbox)
      sealed.set(address, { kind: 'mailbox', wave, mailbox: address, messages, verdict: header.verdict, seal })
    },
    4,
  )
  const leaves = rows.flatMap(({ address }) => sealed.get(address) ?? [])
  const verdict = waveVerdict(leaves.map(leaf => leaf.verdict))
  return receiptOf({ kind: 'wave', wave, playbook, playbookVersion, day, mailboxes: leaves.length, verdict }, leaves)
}
