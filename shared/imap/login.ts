import { exchangeScope, type Tokens } from '../identity/tokens.ts'
import type { ImapAuth } from '../playbooks/imap.ts'
import { secretNameFor } from '../playbooks/secret.ts'
import type { Endpoint } from './session.ts'

/** What a login may draw on. `resource`: the base address that mail tokens are for. */
export type LoginParts = { secret: (name: string) => Promise<string>; token: Tokens; resource: string }

/** How one mailbox is signed in to: secrets and tokens are read at each sign-in, so that rotated ones are taken up. */
export function loginFor(
  auth: ImapAuth,
  user: string,
  ownSecret: string | undefined,
  { secret, token, resource }: LoginParts,
): Endpoint['login'] {
  switch (auth.kind) {
    case 'master-user':
      return async () => ({ user: `${user}${auth.separator}${auth.user}`, pass: await secret(auth.secret) })
    case 'authzid':
      return async () => ({ user: auth.user, authzid: user, pass: await secret(auth.secret) })
    case 'passwords':
      return async () => ({ user, pass: await secret(ownSecret ?? secretNameFor(auth.secret, user)) })
    case 'oauth2':
      return async () => ({ user, accessToken: await token.token(exchangeScope(resource)) })
  }
}
