import { Failure } from '../errors.ts'
import type { Endpoint } from './session.ts'

type Login = Awaited<ReturnType<Endpoint['login']>>

/**
 * A failure to sign in without the server’s words where they repeat what it was sent, in clear or as base64 (RFC 4616), whole or in part:
 * some servers quote the line that they refuse, and errors are stored, logged and shown.
 */
export function hush(failed: Failure, { user, authzid = '', pass, accessToken }: Login): Failure {
  const sent = [
    `${authzid}\0${user}\0${pass}`,
    `user=${user}\u0001auth=Bearer ${accessToken}\u0001\u0001`,
    user,
    pass,
    accessToken,
  ]
  const encoded = sent.flatMap(text => (text === undefined ? [] : [Buffer.from(text).toString('base64')]))
  const plain = [pass, accessToken].filter(secret => secret !== undefined && secret !== '')
  const words = failed.message.slice(failed.during.length)
  const repeated =
    plain.some(secret => words.includes(secret ?? '')) ||
    words.split(/[^A-Za-z0-9+/]+/).some(word => word.length >= 8 && encoded.some(text => text.includes(word)))
  if (!repeated) return failed
  const { verdict, during, code, hint, retryAfterMs } = failed
  return new Failure({ verdict, during, code, hint, retryAfterMs, text: 'its words repeat the sign-in and are left out' })
}
