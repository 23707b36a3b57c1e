import type { Verdict } from '../errors.ts'

/** What Graph answered instead of success: `code` is the most specific one of its body, empty when the body is not Graph's. */
export type Refused = { status: number; code: string; text: string }

/** What a person can be told about the call that was refused: the least application permission it needs. */
export type About = { permission?: string | undefined }

type Hint = string | ((about: About) => string)
type Row = { status?: readonly number[]; code?: RegExp; says?: RegExp; verdict: Verdict; hint: Hint }

const weather = 'Nothing to do: the work goes on by itself. If it lasts for hours, look at the Microsoft 365 service health page.'
const consent: Hint = about =>
  `Grant the application permission ${about.permission ?? 'this call needs'} to the app (admin consent), or for sending mail ` +
  'assign its role in Exchange; then retry. A new grant shows only in a new token: an hour, up to a day for a managed identity.'

/** First row that fits decides; Graph's own codes before bare statuses, so that a proxy's page is never read as Graph's word. */
const rows: readonly Row[] = [
  { status: [429, 503, 504], verdict: 'transient', hint: weather },
  {
    code: /^(ApplicationThrottled|TooManyRequests|activityLimitReached|MailboxConcurrency)$/,
    verdict: 'transient',
    hint: weather,
  },
  {
    code: /^(ServiceNotAvailable|ServiceUnavailable|ErrorServerBusy|ErrorTimeoutExpired)$/i,
    verdict: 'transient',
    hint: weather,
  },
  { code: /^(Directory_ConcurrencyViolation|ErrorMailboxStoreUnavailable)$/, verdict: 'transient', hint: weather },
  {
    status: [401],
    verdict: 'transient',
    hint: 'A new token is fetched by itself. If it stays: check AZURE_TENANT_ID, GRAPH_BASE_URL and the clock of this machine.',
  },
  {
    code: /^Directory_QuotaExceeded$/,
    verdict: 'permanent',
    hint: 'The tenant may hold no more objects: delete unused ones or ask Microsoft support for a larger directory quota, then retry.',
  },
  {
    code: /^ErrorSendAsDenied$/,
    verdict: 'permanent',
    hint: 'Let the From address be the sender mailbox itself, or grant that mailbox Send As for it, then retry.',
  },
  { status: [403], code: /./, verdict: 'permanent', hint: consent },
  {
    code: /^MailboxNotEnabledForRESTAPI$/,
    verdict: 'permanent',
    hint: 'This account has no mailbox in Exchange Online yet: give it a licence with an Exchange plan, wait for the mailbox, then retry.',
  },
  {
    code: /^(ObjectConflict|ConflictingObjects|PropertyConflict)$/,
    verdict: 'permanent',
    hint: 'Another user, group or contact has this address: find it in the Entra admin centre, rename or remove it, then retry.',
  },
  {
    says: /password complexity|banned password|password.*(weak|policy)/i,
    verdict: 'permanent',
    hint: "The tenant's password policy refuses random passwords: look at its custom banned password list, then retry.",
  },
  {
    says: /verified domain|domain portion of the userPrincipalName/i,
    verdict: 'permanent',
    hint: "Add and verify the address's domain in the tenant (Microsoft 365 admin centre, Domains), then retry.",
  },
  {
    says: /usage location/i,
    verdict: 'permanent',
    hint: 'Give the account a usage location (two-letter country) where this licence may be used, then retry.',
  },
  {
    says: /does not have any available licenses/i,
    verdict: 'permanent',
    hint: 'No licence of this kind is free: buy seats or take one back from an unused account, then retry.',
  },
  {
    says: /does not correspond to a valid company license/i,
    verdict: 'permanent',
    hint: 'Name a licence the tenant has: compare with Billing, Licences in the Microsoft 365 admin centre, or GET /subscribedSkus.',
  },
  {
    says: /conflicting service plans|MutuallyExclusive/i,
    verdict: 'permanent',
    hint: 'The account already has a licence with another Exchange plan: remove that one, or keep it and leave the licence out here.',
  },
  {
    says: /service plan.*depend|DependencyViolation/i,
    verdict: 'permanent',
    hint: 'This licence needs another one first: assign the product it depends on, then retry.',
  },
  {
    status: [404],
    code: /./,
    verdict: 'permanent',
    hint: 'Graph does not know this object: check the address or the id, and that it is in this tenant, then retry.',
  },
  {
    status: [413],
    verdict: 'permanent',
    hint: 'Graph takes about 4 MB in one request: make the message smaller (leave out attachments), then retry.',
  },
  {
    status: [400, 405, 406, 409, 410, 411, 412, 415, 422],
    code: /./,
    verdict: 'permanent',
    hint: 'Graph refuses this request as it stands: read its text, correct the row or the playbook, then retry.',
  },
  {
    status: [403, 404, 407],
    verdict: 'permanent',
    hint: 'This answer is not from Graph: a proxy or firewall stands between. Let this app reach GRAPH_BASE_URL, then retry.',
  },
]

/** What to do about a refusal of Graph; a code nobody has seen is weather, whose tries the caller counts. */
export function classify(refused: Refused, about: About): { verdict: Verdict; hint: string } {
  const row = rows.find(row => fits(row, refused))
  const hint = row?.hint ?? weather
  return { verdict: row?.verdict ?? 'transient', hint: typeof hint === 'string' ? hint : hint(about) }
}

function fits(row: Row, { status, code, text }: Refused): boolean {
  return (row.status?.includes(status) ?? true) && (row.code?.test(code) ?? true) && (row.says?.test(text) ?? true)
}
