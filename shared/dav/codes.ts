import { Failure } from '../errors.ts'

const weather = 'Nothing to do: it is tried again by itself.'
const thenRetry = 'Then retry the mailbox (POST …/retry).'
const noDav = `What answers there is no CalDAV server. Check \`source.dav.url\`. ${thenRetry}`
const authority = `Give the app the authority that signed the certificate of this server by NODE_EXTRA_CA_CERTS. ${thenRetry}`

/** What a person should do; what is not here passes by itself. */
const hints: Readonly<Record<string, string>> = {
  'HTTP 401': `Check the login and the secret of \`source.dav.auth\`, or else of \`source.imap.auth\`, at this server. ${thenRetry}`,
  'HTTP 403': `Give this login the right to read this person’s calendars and address books. ${thenRetry}`,
  'HTTP 404': `Has this person ever had a calendar here? If so, check \`source.dav.url\`. ${thenRetry}`,
  'HTTP 501': noDav,
  REDIRECT: `The login is not taken to another host. If it is yours, name it in \`source.dav.url\`. ${thenRetry}`,
  'NO-DAV': noDav,
  'NO-HOME': `The server names no home of calendars and address books. Give the address of each person’s in \`source.dav.url\`. ${thenRetry}`,
  'TOO-LARGE': 'Look at this entry at the old server, and at what is attached to it.',
  CERT_HAS_EXPIRED: `Have the TLS certificate of this server renewed. ${thenRetry}`,
  DEPTH_ZERO_SELF_SIGNED_CERT: authority,
  SELF_SIGNED_CERT_IN_CHAIN: authority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: authority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: authority,
  ERR_TLS_CERT_ALTNAME_INVALID: `The TLS certificate of this server is for another name. Use that one in \`source.dav.url\`. ${thenRetry}`,
}

/** Other refusals (4xx) are for a person; these pass. */
const passing = ['HTTP 408', 'HTTP 425', 'HTTP 429']
const refused = `The server refuses this request. Look into its log, and check \`source.dav.url\`. ${thenRetry}`

/** A failure of the calendar server by its status or the network’s code. */
export function failure(
  code: string,
  during: string,
  more: { text?: string; retryAfterMs?: number | undefined; cause?: unknown } = {},
): Failure {
  const hint = hints[code] ?? (/^HTTP 4/.test(code) && !passing.includes(code) ? refused : undefined)
  return new Failure({ during, code, verdict: hint === undefined ? 'transient' : 'permanent', hint: hint ?? weather, ...more })
}
