import { splitLines } from '../../shared/receipt/chain.ts'
import type { WaveReceipt } from '../../shared/receipt/leaves.ts'
import { receiptText } from '../../shared/receipt/leaves.ts'
import { type Ledger, mailboxesOf, manifest } from '../../shared/receipt/manifest.ts'
import { type Verified, verifyManifest } from '../../shared/receipt/verify.ts'
import { verifyBelongs, verifyWave } from '../../shared/receipt/verify-wave.ts'
import { waveReceipt } from '../../shared/receipt/wave.ts'
import { keyPart } from '../../shared/store/columns.ts'
import type { WaveRow } from '../../shared/store/schema.ts'

/** What an auditor holds: the wave’s receipt, a manifest for each mailbox by address, and the root he noted. */
export type Files = { receipt: string; manifests: Map<string, Buffer>; root: string }

/** The files of a wave, as they are handed out. */
export async function filesOf(ledger: Ledger, wave = 'w1'): Promise<Files> {
  const row = await rowOf(ledger, wave)
  const manifests = new Map<string, Buffer>()
  for (const mailbox of await mailboxesOf(ledger, wave)) {
    const lines: string[] = []
    for await (const line of manifest(ledger, row, mailbox)) lines.push(line)
    manifests.set(mailbox.address, Buffer.from(lines.join('')))
  }
  const receipt: WaveReceipt = await waveReceipt(ledger, row)
  return { receipt: receiptText(receipt), manifests, root: receipt.root }
}

export async function rowOf({ store }: Ledger, wave = 'w1'): Promise<WaveRow> {
  const stored = await store.waves.get('wave', keyPart(wave))
  if (!stored) throw new Error(`no wave ${wave}`)
  return stored.row
}

/** Checks one manifest’s bytes. */
export function verifyBytes(bytes: Uint8Array): Promise<Verified> {
  return verifyManifest(splitLines([bytes]))
}

/** Every fault of an auditor’s files, in words. */
export async function faultsOf({ receipt, manifests, root }: Files): Promise<string[]> {
  const wave = verifyWave(receipt, root)
  const faults = wave.faults.map(({ mailbox, message }) => `wave: ${mailbox ?? ''}: ${message}`)
  for (const [address, bytes] of manifests) {
    const verified = await verifyBytes(bytes)
    faults.push(...verified.faults.map(({ line, folder, uid, message }) => `${address}: ${line} ${folder} ${uid}: ${message}`))
    const foreign = wave.receipt && verifyBelongs(verified, wave.receipt)
    if (foreign) faults.push(`${address}: ${foreign}`)
  }
  return faults
}

/** The lines of a file, each without its LF. */
export function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString().split('\n').slice(0, -1)
}

/** Lines as a file. */
export function fileOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map(line => `${line}\n`).join(''))
}
