import type { Measured, Quota } from '../../shared/inventory/measured.ts'
import type { MemoryMailbox } from './mailbox.ts'

/** What a look at a mailbox in memory finds. Passes the contract of test/contracts/measure.ts. */
export function memoryMeasure({ folders }: MemoryMailbox): Measured {
  const real = [...folders.values()].filter(({ container, virtual }) => !container && !virtual)
  const all = real.flatMap(({ messages }) => messages)
  const last = (messages: typeof all) =>
    messages.length > 0 ? Math.max(...messages.map(({ internalDate }) => internalDate)) : undefined
  const seen = real.find(({ role }) => role === '\\Inbox')?.messages.filter(({ flags }) => flags.includes('\\Seen')) ?? []
  const read = seen.at(-1)?.internalDate
  const sent = last(real.find(({ role }) => role === '\\Sent')?.messages ?? [])
  const newest = last(all)
  return {
    folders: real.length,
    messages: all.length,
    unread: all.filter(({ flags }) => !flags.includes('\\Seen')).length,
    sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    ...(newest === undefined ? {} : { newestAt: newest }),
    ...(read === undefined ? {} : { lastReadAt: read }),
    ...(sent === undefined ? {} : { lastSentAt: sent }),
  }
}

/** The quota of a mailbox in memory, where its server tells it. Passes the contract of the same file. */
export function memoryQuota(mailbox: MemoryMailbox): Quota | undefined {
  const { quotaBytes } = mailbox.manners
  return quotaBytes === undefined ? undefined : { usedBytes: memoryMeasure(mailbox).sizeBytes, mostBytes: quotaBytes }
}
