import type { SecureContextOptions } from 'node:tls'

/** What a server of the years before 2010 speaks: TLS 1.0 and 1.1 with keys and digests of that time. Its certificate is verified all the same. */
const old: SecureContextOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }

/** The options of a TLS connection to a server. */
export function tlsOptions({ oldTls }: { oldTls?: boolean }): SecureContextOptions {
  return oldTls ? old : {}
}
