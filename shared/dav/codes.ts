import { Failure, type Verdict } from '../errors.ts'

type Meaning = { verdict: Verdict; hint: string }

const weather = 'Nothing to do: it is tried again by itself. If it lasts, look into the log of the calendar server.'
const thenRetry = 'then retry the mailbox (POST …/retry with `mailboxes`)'
const authority = `Give the app the authority that signed its certificate by NODE_EXTRA_CA_CERTS, ${thenRetry}.`

const meanings: Readonly<Record<string, Meaning>> = {
  'HTTP 401': {
    verdict: 'permanent',
    hint: `Check the login and the secret of \`source.dav.auth\` (absent: those of \`source.imap.auth\`) at this server, ${thenRetry}.`,
  },
  'HTTP 403': {
    verdict: 'permanent',
    hint: `This login may not read there: give it the right to read this person’s calendars and address books, ${thenRetry}.`,
  },
  'HTTP 404': {
    verdict: 'permanent',
    hint: `Nothing is at this address. Has this person ever had a calendar here? If so, check \`source.dav.url\`, ${thenRetry}.`,
  },
  'HTTP 408': { verdict: 'transient', hint: weather },
  'HTTP 425': { verdict: 'transient', hint: weather },
  'HTTP 429': { verdict: 'transient', hint: weather },
  'HTTP 501': { verdict: 'permanent', hint: `This is no CalDAV server: check \`source.dav.url\`, ${thenRetry}.` },
  REDIRECT: {
    verdict: 'permanent',
    hint: `The login is not taken to another host. If it is yours, name it in \`source.dav.url\`, ${thenRetry}.`,
  },
  'NO-DAV': {
    verdict: 'permanent',
    hint: `What answers there is no CalDAV server, or a page stands before it: check \`source.dav.url\`, ${thenRetry}.`,
  },
  'NO-HOME': {
    verdict: 'permanent',
    hint: `The server names no home of calendars and address books. Give its address in \`source.dav.url\`, with {user} in it, ${thenRetry}.`,
  },
  'TOO-LARGE': { verdict: 'permanent', hint: 'Look at this entry at the old server: what is attached to it?' },
  CERT_HAS_EXPIRED: { verdict: 'permanent', hint: `Its TLS certificate has expired: have it renewed, ${thenRetry}.` },
  DEPTH_ZERO_SELF_SIGNED_CERT: { verdict: 'permanent', hint: authority },
  SELF_SIGNED_CERT_IN_CHAIN: { verdict: 'permanent', hint: authority },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { verdict: 'permanent', hint: authority },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { verdict: 'permanent', hint: authority },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    verdict: 'permanent',
    hint: `Its TLS certificate is for another name: use that name in \`source.dav.url\`, ${thenRetry}.`,
  },
}

/** A failure of the calendar server by its status or the network’s code; unknown statuses below 500 are for a person, all else is weather. */
export function failure(
  code: string,
  during: string,
  more: { text?: string; retryAfterMs?: number | undefined; cause?: unknown } = {},
): Failure {
  const refused = /^HTTP 4/.test(code)
  const hint = refused ? `The server refuses this request: look into its log, check \`source.dav.url\`, ${thenRetry}.` : weather
  return new Failure({ during, code, ...(meanings[code] ?? { verdict: refused ? 'permanent' : 'transient', hint }), ...more })
}
