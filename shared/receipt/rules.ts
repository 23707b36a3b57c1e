import { byPolicy, type Outcome } from '../copy/ledger.ts'
import type { Verdict } from '../store/schema.ts'
import { arrived, type FolderLine, type Header, type MailboxVerdict, type MessageLine, outcomes } from './lines.ts'
import { total } from './sums.ts'

/** Outcomes of which a verdict may be `complete`: it arrived as it was, or policy or the owner decided. */
const clean: readonly Outcome[] = ['copied', 'adopted', ...byPolicy]
const spoilt = outcomes.filter(outcome => !clean.includes(outcome) && outcome !== 'intended')

/** A wave’s verdict is that of its worst mailbox; those taken out of it do not count, unless that is all of them. */
export function waveVerdict(verdicts: readonly MailboxVerdict[]): Verdict {
  const counted = verdicts.filter(verdict => verdict !== 'cancelled')
  if (counted.length === 0 && verdicts.length > 0) return 'incomplete'
  const worst = (['incomplete', 'complete-with-exceptions'] as const).find(verdict => counted.includes(verdict))
  return worst ?? 'complete'
}

/** What a message’s line says against itself. */
export function messageFaults({ outcome, sha256, reread, target, keptDate }: MessageLine): string[] {
  const faults: string[] = []
  if (outcome === 'copied' && sha256 === null) faults.push('is said to be copied, but has no SHA-256')
  if (outcome === 'copied' && reread !== null && reread !== sha256)
    faults.push('is said to be copied unchanged, but was read again with another SHA-256')
  if (keptDate !== undefined && (outcome === 'copied' || outcome === 'adopted'))
    faults.push(`is said to be ${outcome}, but has another date at the target`)
  if (target !== null && !arrived.includes(outcome) && outcome !== 'intended')
    faults.push(`has a place at the target although its outcome is ${outcome}`)
  return faults
}

/** Why the verdict does not follow from what the lines say of a folder; nothing where it may. */
export function folderFaults({ verdict }: Header, folder: FolderLine): string[] {
  if (folder.state === 'gone' || (verdict !== 'complete' && verdict !== 'complete-with-exceptions')) return []
  const { counts, checked, found, state, messages } = folder
  const faults: string[] = []
  const against = (what: string) => faults.push(`the verdict is ${verdict}, but ${what}`)
  if (state !== 'current') against(`this folder is ${state}`)
  if (found !== messages) against(`the source had ${found} messages here and ${messages} have a line`)
  if (total(counts, ['intended']) > 0) against(`${total(counts, ['intended'])} messages have no outcome`)
  if (checked === null) against('this folder was not compared')
  else if (checked.differing > 0) against(`${checked.differing} differences were found when it was compared`)
  if (verdict === 'complete' && total(counts, spoilt) > 0)
    against(`${total(counts, spoilt)} messages did not arrive as they were`)
  return faults
}

/** What the header says against itself. */
export function headerFaults({ state, verdict, reasons }: Header): string[] {
  const done = verdict === 'complete' || verdict === 'complete-with-exceptions'
  if (done && state !== 'completed') return [`the verdict is ${verdict}, but the mailbox is ${state}`]
  if ((verdict === 'cancelled') !== (state === 'cancelled')) return [`the verdict is ${verdict}, but the mailbox is ${state}`]
  if ((verdict === 'complete' || verdict === 'cancelled') !== (reasons.length === 0))
    return [`the verdict is ${verdict}, but there are ${reasons.length} reasons against it`]
  return []
}
