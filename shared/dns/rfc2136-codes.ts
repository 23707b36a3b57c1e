import { Failure, type Verdict } from '../errors.ts'

/** What is known when a server does not do as it was asked. `signed`: its answer carried a valid signature of our key. */
export type Refused = {
  server: string
  zone: string
  during: string
  key: { name: string; algorithm: string; secret: string }
  rcode: string
  tsigError: number
  signed: boolean
  /** It was asked to read, not to change. */
  reading: boolean
  /** Server's clock minus ours, in seconds, where it told. */
  skewSeconds?: number | undefined
}

type Row = { code: string; verdict: Verdict; hint: (refused: Refused) => string }

/** TSIG errors (RFC 8945 3) come first: they say more than the rcode that carries them. */
const byTsigError: Readonly<Record<number, Row>> = {
  16: {
    code: 'BADSIG',
    verdict: 'permanent',
    hint: ({ server, key }) =>
      `${server} knows the key ${key.name} but not with this secret: compare the secret ${key.secret} with the server's, then retry.`,
  },
  17: {
    code: 'BADKEY',
    verdict: 'permanent',
    hint: ({ server, zone, key }) =>
      `${server} has no key ${key.name} of ${key.algorithm} for this change: compare name and algorithm with the server's, ` +
      `and check that its policy lets the key change these names and types in ${zone}.`,
  },
  18: {
    code: 'BADTIME',
    verdict: 'permanent',
    hint: ({ server, skewSeconds }) =>
      `The clocks of ${server} and of this machine differ${skewSeconds === undefined ? '' : ` by ${Math.abs(skewSeconds)} s`}, more ` +
      'than the 300 s that a signature allows: set the one that is wrong (NTP), then retry.',
  },
  22: {
    code: 'BADTRUNC',
    verdict: 'permanent',
    hint: ({ server, key }) =>
      `${server} wants a longer signature than ${key.algorithm} gives: choose the algorithm it asks for.`,
  },
}

const byRcode: Readonly<Record<string, Row>> = {
  NOTAUTH: {
    code: 'NOTAUTH',
    verdict: 'permanent',
    hint: ({ server, zone, signed, key }) =>
      signed
        ? `${server} is not the primary of ${zone}: name the zone's apex and the server that takes its updates.`
        : `${server} does not accept the key ${key.name} for ${zone}: check the key, and that this server is the zone's primary.`,
  },
  REFUSED: {
    code: 'REFUSED',
    verdict: 'permanent',
    hint: ({ server, zone, signed, key }) =>
      signed
        ? `${server} accepts the key ${key.name} but not this change in ${zone}: let its update policy grant the key these names and types, ` +
          'and give an MX host inside the zone an address first (BIND insists on one).'
        : `${server} refuses the key ${key.name} or this address for ${zone}: compare the secret ${key.secret} with the server's, ` +
          'check that it serves the zone, and see its log.',
  },
  NOTZONE: {
    code: 'NOTZONE',
    verdict: 'permanent',
    hint: ({ zone }) => `A name of the change is not in ${zone} on that server: it may live below a zone cut; change it there.`,
  },
  NOTIMP: {
    code: 'NOTIMP',
    verdict: 'permanent',
    hint: ({ server }) => `${server} does not take dynamic updates: name the zone's primary, or choose another kind of routing.`,
  },
  FORMERR: {
    code: 'FORMERR',
    verdict: 'permanent',
    hint: ({ server }) =>
      `${server} could not read the update: look for a proxy or firewall that alters DNS in between, and at its log.`,
  },
  SERVFAIL: {
    code: 'SERVFAIL',
    verdict: 'transient',
    hint: ({ server, zone }) => `${server} could not do it now: see its log for ${zone} (disk full, journal, signing keys).`,
  },
}

/** The refusal of an update or of a read as a Failure; a code that is not in the tables counts as weather. */
export function refusal(refused: Refused): Failure {
  // Who accepts the key and still refuses to read does not serve the zone: it would answer an update with NOTAUTH.
  const rcode = refused.reading && refused.signed && refused.rcode === 'REFUSED' ? 'NOTAUTH' : refused.rcode
  const row = byTsigError[refused.tsigError] ?? byRcode[rcode]
  const text = `${refused.server} answered ${refused.rcode}${refused.signed ? '' : ', unsigned'}`
  return new Failure({
    verdict: row?.verdict ?? 'transient',
    during: refused.during,
    code: row?.code ?? refused.rcode,
    text,
    hint: row?.hint(refused) ?? `See the log of ${refused.server} for ${refused.zone}.`,
  })
}

/** An answer that anyone on the way could have written. Nothing in it is believed, so the change may or may not have been made. */
export function unproven(refused: Refused, code: 'UNSIGNED' | 'BADMAC' | 'STALE'): Failure {
  const what = {
    UNSIGNED: 'carries no signature',
    BADMAC: 'carries a signature that our key did not make',
    STALE: 'was signed at another time',
  }[code]
  return new Failure({
    verdict: 'permanent',
    during: refused.during,
    code,
    text: `the answer of ${refused.server} ${what}`,
    hint:
      `Do not trust what answers at ${refused.server}: look for a proxy or a stranger in between, and at the key ${refused.key.name} there. ` +
      'Then retry; a change that was made is recognised.',
  })
}
