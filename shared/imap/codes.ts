import type { Verdict } from '../errors.ts'

/** What a response code (RFC 5530, RFC 9051) or a socket error means for us, and what a person should do. */
export type Meaning = { verdict: Verdict; hint: string }

const weather = 'Nothing to do: it is tried again by itself.'
const index = 'have the folder’s index rebuilt at the old server, or leave the folder out (`copy.folders.exclude`)'
const reach = 'Check host, port and firewall in the playbook; it is tried again by itself.'

const meanings: Readonly<Record<string, Meaning>> = {
  AUTHENTICATIONFAILED: {
    verdict: 'permanent',
    hint: 'Check the login and the secret that the playbook names, and that the mailbox exists on this server; then release the mailbox.',
  },
  AUTHORIZATIONFAILED: {
    verdict: 'permanent',
    hint: 'The account signs in but may not act for this mailbox: grant it master-user, proxy or FullAccess rights, then release the mailbox.',
  },
  EXPIRED: {
    verdict: 'permanent',
    hint: 'The password has expired: renew it, store it under the same secret name, then release the mailbox.',
  },
  PRIVACYREQUIRED: {
    verdict: 'permanent',
    hint: 'The server wants TLS: set `tls: starttls` or `tls: implicit` in the playbook.',
  },
  NO_AUTHZID: {
    verdict: 'permanent',
    hint: 'Have AUTH=PLAIN switched on at this server, or choose `master-user` or `passwords` in the playbook (`auth.kind`); then release the mailbox.',
  },
  SECRET: {
    verdict: 'permanent',
    hint: 'Store the secret again without a line end (many tools append one), then release the mailbox.',
  },
  CONTACTADMIN: { verdict: 'permanent', hint: 'The server asks for its administrator: call them, then release the mailbox.' },
  NOPERM: { verdict: 'permanent', hint: 'Give the migration account rights on this folder (ACL), then release the mailbox.' },
  OVERQUOTA: {
    verdict: 'permanent',
    hint: 'The target mailbox is full: raise its quota or its licence, then release the mailbox.',
  },
  CANNOT: {
    verdict: 'permanent',
    hint: 'The server will never do this: map the folder to another name in the playbook (`copy.folders.map`).',
  },
  NO_UIDVALIDITY: {
    verdict: 'permanent',
    hint: `Without it nobody can say of a message that it was copied: ${index}; then release the mailbox.`,
  },
  UIDVALIDITY: {
    verdict: 'transient',
    hint: `The folder was numbered anew while it was worked on; the next pass looks at all of it again. If it lasts, ${index}.`,
  },
  NONEXISTENT: { verdict: 'transient', hint: 'The folder has gone since it was listed; the next pass lists again.' },
  TRYCREATE: { verdict: 'transient', hint: 'The target folder has gone since it was made; the next pass makes it again.' },
  UNAVAILABLE: {
    verdict: 'transient',
    hint: `${weather} If it lasts, see whether the mailbox is full: Exchange says it in these words too.`,
  },
  SERVERBUG: { verdict: 'transient', hint: weather },
  BYE: { verdict: 'transient', hint: weather },
  INUSE: { verdict: 'transient', hint: weather },
  LIMIT: {
    verdict: 'transient',
    hint: 'The server limits connections or rate; lower `connections` in the playbook if this lasts.',
  },
  EXPUNGEISSUED: { verdict: 'transient', hint: weather },
  CORRUPTION: {
    verdict: 'permanent',
    hint: 'The server reports a corrupt mailbox: have it repaired there, then release the mailbox.',
  },
  ETHROTTLE: { verdict: 'transient', hint: 'The server asked us to slow down; we come back when it said.' },
  ECONNREFUSED: { verdict: 'transient', hint: `Nothing listens there. ${reach}` },
  ECONNRESET: { verdict: 'transient', hint: weather },
  ENOTFOUND: { verdict: 'transient', hint: `The host name does not resolve. ${reach}` },
  EHOSTUNREACH: { verdict: 'transient', hint: `The host is unreachable. ${reach}` },
  ETIMEDOUT: { verdict: 'transient', hint: `No answer in time. ${reach}` },
  CONNECT_TIMEOUT: { verdict: 'transient', hint: `No answer in time. ${reach}` },
  CERT_HAS_EXPIRED: {
    verdict: 'permanent',
    hint: 'The server’s TLS certificate has expired: have it renewed, then release the mailbox.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    verdict: 'permanent',
    hint: 'The server’s TLS certificate is self-signed: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    verdict: 'permanent',
    hint: 'The server’s TLS certificate has an unknown issuer: give the app its authority by NODE_EXTRA_CA_CERTS, then release the mailbox.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    verdict: 'permanent',
    hint: 'The server’s TLS certificate is for another name: use that name as `host` in the playbook.',
  },
}

/** How an old server fails that offers no TLS, key or digest of today. */
const oldTls =
  /^ERR_SSL_(?:TLSV1_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_VERSION_NUMBER|SSLV3_ALERT_HANDSHAKE_FAILURE|NO_PROTOCOLS_AVAILABLE|(?:DH|EE|CA)_KEY_TOO_SMALL|CA_MD_TOO_WEAK)$/

/** What a code means; unknown ones count as weather, and the tries are capped. */
export function meaningOf(code: string): Meaning {
  if (oldTls.test(code)) {
    const hint =
      'The server and we have no version or cipher of TLS in common. Check `port` and `tls` in the playbook; an old server that has nothing newer than TLS 1.0 or 1.1 is read with `source.imap.oldTls: true`. Then release the mailbox.'
    return { verdict: 'permanent', hint }
  }
  return (
    meanings[code] ?? { verdict: 'transient', hint: 'It is tried again by itself; look at the server’s own log if it lasts.' }
  )
}
