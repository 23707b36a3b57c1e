import { z } from 'zod'
import { line, whole } from '../intake/words.ts'

const folder = line('a folder path', 250)

/** What is copied, and in which portions. What is absent is the copy engine's own default. */
export const copy = z.strictObject({
  chunkMessages: whole('messages in one row of the ledger', 1, 500).exactOptional(),
  chunkBytes: whole('bytes in one row of the ledger', 65_536, 1_073_741_824).exactOptional(),
  folders: z
    .strictObject({
      exclude: z.array(folder).default([]).describe('paths at the source that are left out, with what lies below them'),
      map: z.record(folder, folder).default({}).describe('path at the source: path at the target'),
    })
    .default({ exclude: [], map: {} }),
  largestMessageBytes: whole('bytes of a message', 1_000, 1_000_000_000)
    .exactOptional()
    .describe('what the target takes where it does not tell (Exchange: 36 MB unless raised); the look ahead reckons with it'),
  calendars: z
    .enum(['copy', 'left', 'elsewhere', 'none'])
    .default('left')
    .describe(
      'calendars, contacts and tasks, which IMAP does not carry. copy: they are read at source.dav and brought into Exchange Online; left: their owners are told to take them along; elsewhere: somebody else brings them, and people are told so; none: there are none',
    ),
  trash: z.enum(['copy', 'leave']).default('copy'),
  junk: z.enum(['copy', 'leave']).default('copy'),
  sourceDeletions: z
    .enum(['keep', 'mirror'])
    .default('keep')
    .describe('what a copy becomes whose original its owner deletes before the mailbox opens: kept, or removed as well'),
})

/** How many connections may be open at once, to each side and for one mailbox. */
export const connections = z.strictObject({
  source: whole('a number of connections', 1, 1000).exactOptional(),
  target: whole('a number of connections', 1, 1000).exactOptional(),
  perMailbox: whole('a number of connections', 1, 20).exactOptional(),
})

export type Connections = z.output<typeof connections>
