import { z } from 'zod'
import { always, kinds, oneOf } from '../intake/faults.ts'
import { licence, usageLocation } from '../intake/words.ts'
import { imapEndpoint } from './imap.ts'
import { size } from './licences.ts'
import { limits } from './limits.ts'

const online = { host: 'outlook.office365.com', port: 993, tls: 'implicit', auth: { kind: 'oauth2' } } as const

/** The new side, and who makes the accounts there. */
export const target = kinds('kind', [
  z
    .strictObject({
      kind: z.literal('exchange-online'),
      accounts: z
        .enum(['existing', 'graph', 'script'])
        .default('existing')
        .describe(
          'existing: they are there; graph: made through Microsoft Graph; script: an operator runs the script that is written for him',
        ),
      admin: z
        .enum(['manual', 'invoke-command'])
        .default('manual')
        .describe(
          'who makes shared mailboxes, aliases and lists, and opens mailboxes to the app. manual: an administrator runs the script that is written for him; invoke-command: the app, by the calls of Exchange’s PowerShell module, which Microsoft does not document',
        ),
      licence: licence
        .exactOptional()
        .describe('what each user mailbox gets unless the wave says otherwise; absent: licences come by group'),
      usageLocation: usageLocation.exactOptional(),
      writer: z
        .enum(['imap', 'graph-json', 'graph-import-mime'])
        .default('imap')
        .describe(
          'imap: IMAP APPEND; graph-json: rebuilt through Microsoft Graph, with losses; graph-import-mime: a beta call of Graph that takes MIME',
        ),
      imap: imapEndpoint.default(online),
      limits: limits.exactOptional(),
    })
    .superRefine(graphNeedsCountry, always),
  z.strictObject({
    kind: z.literal('exchange-server'),
    accounts: z.enum(['existing', 'script'], { error: serverAccounts }).default('existing'),
    imap: imapEndpoint,
    quota: size.exactOptional().describe('how large each mailbox may grow there'),
    limits: limits.exactOptional(),
  }),
])

export type Target = z.output<typeof target>

function serverAccounts({ input }: { input?: unknown }): string {
  if (input === 'graph')
    return 'Microsoft Graph makes no mailboxes on an Exchange server: use script (a PowerShell script is written for you) or existing'
  return `expected ${oneOf(['existing', 'script'], input)}`
}

function graphNeedsCountry(value: unknown, ctx: z.RefinementCtx): void {
  const given: { accounts?: unknown; usageLocation?: unknown } = Object(value)
  if (given.accounts !== 'graph' || given.usageLocation !== undefined) return
  const message =
    'is missing: accounts: graph needs the country that licences are used in, such as FR; Microsoft assigns none without it'
  ctx.addIssue({ code: 'custom', path: ['usageLocation'], message })
}
