import { randomInt, randomUUID } from 'node:crypto'
import { badRequest, Problem } from './answers.ts'
import type { Asked, Route } from './routes.ts'
import { passwordsOf } from './users.ts'

/** The tenant’s policy for Temporary Access Passes. Microsoft’s own maximum is eight hours until an administrator raises it. */
export type PassPolicy = { enabled: boolean; maximumLifetimeInMinutes: number }

type Pass = { id: string; startsAt: number; lifetimeInMinutes: number; isUsableOnce: boolean; createdAt: number }

const writers = ['UserAuthenticationMethod.ReadWrite.All']
const path = 'users/{id}/authentication/temporaryAccessPassMethods'
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789+*&@#%'

/** Temporary Access Passes: made (the value is shown by the 201 only), and listed without it. A user has one; a new one ends it. */
export function passRoutes(clock: () => number, policy: () => PassPolicy): Route[] {
  const passes = new Map<string, Pass>()
  const make = (asked: Asked) => {
    const user = asked.tenant.user(asked.id)
    const { enabled, maximumLifetimeInMinutes } = policy()
    if (!enabled) throw new Problem(400, 'badRequest', 'Temporary Access Pass is not enabled by policy for this user.')
    const { startDateTime, lifetimeInMinutes = 60, isUsableOnce = false, ...more } = Object(asked.json())
    const unknown = Object.keys(more)[0]
    if (unknown) throw badRequest(`Invalid property '${unknown}'.`)
    if (!Number.isInteger(lifetimeInMinutes) || lifetimeInMinutes < 10 || lifetimeInMinutes > 43_200)
      throw badRequest("Invalid value specified for property 'lifetimeInMinutes' of resource 'TemporaryAccessPass'.")
    if (lifetimeInMinutes > maximumLifetimeInMinutes)
      throw new Problem(
        400,
        'badRequest',
        `The lifetime exceeds the maximum of ${maximumLifetimeInMinutes} minutes allowed by policy.`,
      )
    if (typeof isUsableOnce !== 'boolean') throw badRequest("Invalid value specified for property 'isUsableOnce'.")
    const startsAt = startDateTime === undefined ? clock() : Date.parse(String(startDateTime))
    if (!Number.isFinite(startsAt)) throw badRequest("Invalid value specified for property 'startDateTime'.")
    const pass = { id: randomUUID(), startsAt, lifetimeInMinutes, isUsableOnce, createdAt: clock() }
    passes.set(user.id, pass)
    const value = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
    passwordsOf(asked.tenant).set(user.id, value)
    return {
      status: 201,
      body: { '@odata.context': `${asked.base}/v1.0/$metadata#passes/$entity`, ...shown(pass, clock(), value) },
    }
  }
  const list = (asked: Asked) => {
    const pass = passes.get(asked.tenant.user(asked.id).id)
    return { status: 200, body: { value: pass ? [shown(pass, clock(), null)] : [] } }
  }
  return [
    { method: 'POST', path, permissions: writers, run: make },
    { method: 'GET', path, permissions: ['UserAuthenticationMethod.Read.All', ...writers], run: list },
  ]
}

function shown(
  { id, startsAt, lifetimeInMinutes, isUsableOnce, createdAt }: Pass,
  now: number,
  temporaryAccessPass: string | null,
) {
  const ended = now >= startsAt + lifetimeInMinutes * 60_000
  const methodUsabilityReason = ended ? 'Expired' : now < startsAt ? 'NotYetValid' : 'EnabledByPolicy'
  const isUsable = methodUsabilityReason === 'EnabledByPolicy'
  const times = { createdDateTime: new Date(createdAt).toISOString(), startDateTime: new Date(startsAt).toISOString() }
  return { id, isUsable, methodUsabilityReason, temporaryAccessPass, ...times, lifetimeInMinutes, isUsableOnce }
}
