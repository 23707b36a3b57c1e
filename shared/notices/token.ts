import { createHash } from 'node:crypto'
import type { App } from '../ports.ts'

/** A token for a link that nobody can guess: 192 bits of two random identifiers, in 32 characters. Only its hash is kept. */
export function newToken(app: Pick<App, 'newId'>): string {
  return createHash('sha256').update(`${app.newId()} ${app.newId()}`).digest('base64url').slice(0, 32)
}

/** What is kept of a token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
