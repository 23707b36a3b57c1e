import type { Outcome } from '../copy/ledger.ts'
import type { Counts, EndLine, FolderLine, MessageLine } from './lines.ts'
import { outcomes } from './lines.ts'

/** What the messages of a folder come to, under the UIDVALIDITY that the source has now and under earlier ones. */
export type Sum = Pick<EndLine, 'messages' | 'size' | 'counts' | 'earlier'>

export function noSum(): Sum {
  return { messages: 0, size: 0, counts: {}, earlier: {} }
}

/** Counts one message in. */
export function addMessage(sum: Sum, { outcome, size }: Pick<MessageLine, 'outcome' | 'size'>, current: boolean): void {
  const counts = current ? sum.counts : sum.earlier
  counts[outcome] = (counts[outcome] ?? 0) + 1
  if (!current) return
  sum.messages++
  sum.size += size
}

/** Counts a folder into the whole. */
export function addFolder(sum: Sum, folder: Pick<FolderLine, keyof Sum>): void {
  sum.messages += folder.messages
  sum.size += folder.size
  for (const kind of ['counts', 'earlier'] as const) {
    for (const outcome of outcomes) {
      const n = folder[kind][outcome] ?? 0
      if (n > 0) sum[kind][outcome] = (sum[kind][outcome] ?? 0) + n
    }
  }
}

/** How many messages the counts are of, with certain outcomes only where these are given. */
export function total(counts: Counts, of: readonly Outcome[] = outcomes): number {
  return of.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0)
}
