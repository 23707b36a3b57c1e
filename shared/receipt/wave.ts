import { inParallel } from '../steps/in-parallel.ts'
import { type Judgement, judge, judgeMailbox } from '../steps/verdict.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import type { Stored } from '../store/store.ts'
import { type MailboxLeaf, receiptOf, type WaveReceipt } from './leaves.ts'
import { byAddress, isSealed, type Ledger, mailboxesOf } from './manifest.ts'
import { waveVerdict } from './rules.ts'
import { judgementOf, type KeptSeal, sealOf } from './sealed.ts'

/** How many mailboxes are looked at together: of one whose seal must be made anew the whole ledger is read. */
const atOnce = 4

/**
 * The verdict of a wave, its lists included, and its seal, the root over its mailboxes’ seals: the same ledger, the same seal, before the wave is closed and after. What
 * had to be sealed anew is kept on its mailbox’s row. `goesOn` false: the time is spent, and undefined is answered; it goes on from there.
 */
export async function sealWave(
  ledger: Ledger,
  row: WaveRow,
  goesOn: () => boolean = () => true,
): Promise<(Judgement & { seal: string }) | undefined> {
  const { mailboxes } = ledger.store
  const stored: Stored<MailboxRow>[] = []
  const lists: MailboxRow[] = []
  for await (const one of mailboxes.list({ partition: keyPart(row.wave) }))
    if (isSealed(one.row)) stored.push(one)
    else lists.push(one.row)
  const seals = new Map<string, KeptSeal>()
  await inParallel(
    stored,
    async ({ row: mailbox, etag }) => {
      if (!goesOn()) return
      const sealed = await sealOf(ledger, row, mailbox)
      seals.set(mailbox.address, sealed)
      if (sealed !== mailbox.sealed) await mailboxes.save({ ...mailbox, sealed }, etag)
    },
    atOnce,
  )
  if (seals.size < stored.length) return undefined
  const rows = stored.map(one => one.row).sort(byAddress)
  const judged = new Map([...seals].map(([address, one]) => [address, judgementOf(one)]))
  for (const list of lists) judged.set(list.address, await judgeMailbox(ledger.store, list))
  return { ...judge([...rows, ...lists], judged), seal: receiptOver(row, rows, seals).root }
}

/** The receipt of a whole wave. */
export async function waveReceipt(ledger: Ledger, row: WaveRow): Promise<WaveReceipt> {
  const rows = await mailboxesOf(ledger, row.wave)
  const seals = new Map<string, KeptSeal>()
  await inParallel(rows, async mailbox => seals.set(mailbox.address, await sealOf(ledger, row, mailbox)), atOnce)
  return receiptOver(row, rows, seals)
}

function receiptOver(row: WaveRow, mailboxes: readonly MailboxRow[], seals: ReadonlyMap<string, KeptSeal>): WaveReceipt {
  const { wave, playbook, playbookVersion, day = null } = row
  const leaves = mailboxes.flatMap(({ address }): MailboxLeaf[] => {
    const one = seals.get(address)
    return one ? [{ kind: 'mailbox', wave, mailbox: address, messages: one.messages, verdict: one.verdict, seal: one.seal }] : []
  })
  const verdict = waveVerdict(leaves.map(leaf => leaf.verdict))
  return receiptOf({ kind: 'wave', wave, playbook, playbookVersion, day, mailboxes: leaves.length, verdict }, leaves)
}
