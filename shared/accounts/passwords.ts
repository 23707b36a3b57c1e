import { z } from 'zod'
import { type Graph, segment } from '../graph/client.ts'
import type { Accounts } from './accounts.ts'

/** Passwords of accounts in Microsoft 365, and Temporary Access Passes. */
export function graphPasswords(graph: Graph): Required<Pick<Accounts, 'setPassword' | 'temporaryPass'>> {
  return {
    setPassword: (address, password) => {
      const body = { passwordProfile: { password, forceChangePasswordNextSignIn: true } }
      const ask = {
        during: `setting a new password of ${address}`,
        permission: 'User-PasswordProfile.ReadWrite.All',
        hide: password,
      }
      return graph.patch(`users/${segment(address)}`, body, ask)
    },
    temporaryPass: async (address, { startsAt, lifetimeMinutes, usableOnce }) => {
      const path = `users/${segment(address)}/authentication/temporaryAccessPassMethods`
      const body = {
        startDateTime: new Date(startsAt).toISOString(),
        lifetimeInMinutes: lifetimeMinutes,
        isUsableOnce: usableOnce,
      }
      const ask = {
        during: `making a Temporary Access Pass for ${address}`,
        permission: 'UserAuthenticationMethod.ReadWrite.All',
      }
      const made = await graph.post(path, body, z.object({ temporaryAccessPass: z.string().min(8) }), ask)
      return made.temporaryAccessPass
    },
  }
}
