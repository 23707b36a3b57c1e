import type { Verdict } from '../errors.ts'

type Row = { code: string; verdict: Verdict; hint: string }

const weather = 'Nothing to do: a new token is asked for again by itself.'

/** Entra's AADSTS codes and OAuth error names (RFC 6749 5.2), the more specific first. */
const rows: readonly Row[] = [
  {
    code: '7000215',
    verdict: 'permanent',
    hint: "Store the client secret's value (not its id) under the configured secret name, then retry.",
  },
  {
    code: '7000222',
    verdict: 'permanent',
    hint: 'The client secret has expired: make a new one at the app registration, store it, then retry.',
  },
  {
    code: '7000216',
    verdict: 'permanent',
    hint: 'The configured client secret is empty: store its value under the configured secret name.',
  },
  {
    code: '700016',
    verdict: 'permanent',
    hint: 'No such app in this tenant: check AZURE_CLIENT_ID, or let the tenant consent to the app.',
  },
  {
    code: '7000112',
    verdict: 'permanent',
    hint: 'The app is disabled in this tenant: enable it under Enterprise applications, then retry.',
  },
  { code: '90002', verdict: 'permanent', hint: 'No such tenant at this authority: check AZURE_TENANT_ID and LOGIN_BASE_URL.' },
  {
    code: '900023',
    verdict: 'permanent',
    hint: 'AZURE_TENANT_ID is neither an id nor a domain: copy it from the Entra admin centre.',
  },
  {
    code: '500011',
    verdict: 'permanent',
    hint: 'The tenant does not have that resource: buy or enable Exchange Online in it, then retry.',
  },
  { code: '1002012', verdict: 'permanent', hint: 'Ask for a scope that ends in /.default.' },
  {
    code: '53003',
    verdict: 'permanent',
    hint: 'A Conditional Access policy blocks the app: exempt this workload identity, then retry.',
  },
  { code: '90033', verdict: 'transient', hint: weather },
  { code: '90055', verdict: 'transient', hint: weather },
  { code: 'temporarily_unavailable', verdict: 'transient', hint: weather },
  { code: 'server_error', verdict: 'transient', hint: weather },
  { code: 'invalid_client', verdict: 'permanent', hint: 'Check AZURE_CLIENT_ID and the stored client secret, then retry.' },
  {
    code: 'unauthorized_client',
    verdict: 'permanent',
    hint: 'Check AZURE_CLIENT_ID, and that the tenant has consented to the app.',
  },
  { code: 'invalid_scope', verdict: 'permanent', hint: 'Ask for a scope that ends in /.default.' },
  {
    code: 'invalid_resource',
    verdict: 'permanent',
    hint: 'The tenant does not have that resource: enable Exchange Online in it, then retry.',
  },
  { code: 'invalid_request', verdict: 'permanent', hint: 'Check AZURE_TENANT_ID, AZURE_CLIENT_ID and LOGIN_BASE_URL.' },
]

/** What to do about a refused token; a code nobody has seen, or none at all, is weather. */
export function classifyLogin(codes: readonly string[], status: number | undefined): { verdict: Verdict; hint: string } {
  const busy = status !== undefined && (status === 429 || status >= 500)
  const row = busy ? undefined : rows.find(row => codes.includes(row.code))
  return row ?? { verdict: 'transient', hint: busy ? weather : `${weather} If it stays: check LOGIN_BASE_URL and the network.` }
}
