import { z } from 'zod'
import { always, oneOf } from '../intake/faults.ts'
import { licence, usageLocation } from '../intake/words.ts'
import { imapEndpoint } from './imap.ts'

const online = { host: 'outlook.office365.com', port: 993, tls: 'implicit', auth: oauth2() } as const

/** The new side, and who makes the accounts there. */
export const target = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('exchange-online'),
      accounts: z
        .enum(['existing', 'graph', 'script'])
        .default('existing')
        .describe(
          'existing: they are there; graph: made through Microsoft Graph; script: an operator runs the script that is written for him',
        ),
      licence: licence.exactOptional().describe('what each user mailbox gets unless the wave says otherwise'),
      usageLocation: usageLocation.exactOptional(),
      imap: imapEndpoint.default(online),
    })
    .superRefine(graphNeedsLicence, always),
  z.strictObject({
    kind: z.literal('exchange-server'),
    accounts: z.enum(['existing', 'script'], { error: serverAccounts }).default('existing'),
    imap: imapEndpoint,
  }),
])

export type Target = z.output<typeof target>

function oauth2() {
  return { kind: 'oauth2', scope: 'https://outlook.office365.com/.default' } as const
}

function serverAccounts({ input }: { input?: unknown }): string {
  if (input === 'graph')
    return 'Microsoft Graph makes no mailboxes on an Exchange server: use script (a PowerShell script and a CSV are written) or existing'
  return `expected ${oneOf(['existing', 'script'], input)}`
}

function graphNeedsLicence(value: unknown, ctx: z.RefinementCtx): void {
  const given: { accounts?: unknown; licence?: unknown; usageLocation?: unknown } = Object(value)
  if (given.accounts !== 'graph') return
  const missing = (path: string, message: string) =>
    ctx.addIssue({ code: 'custom', path: [path], message: `is missing: ${message}` })
  if (given.licence === undefined)
    missing('licence', 'accounts: graph needs the licence of a user mailbox (its SKU part number, or none)')
  if (given.usageLocation === undefined)
    missing('usageLocation', 'accounts: graph needs the country that licences are used in, such as FR')
}
