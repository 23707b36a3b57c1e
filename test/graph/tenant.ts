import type { TestContext } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { type Graph, graphClient } from '../../shared/graph/client.ts'
import { graphScope, type Tokens, tokens } from '../../shared/identity/tokens.ts'
import { permissions } from '../sandbox/graph/login.ts'
import { e1, e3, flowFree } from '../sandbox/graph/skus.ts'
import { type GraphOptions, type GraphStandIn, startGraph } from '../sandbox/graph/start.ts'

export { permissions }

export const tenantId = '5f0e2a64-93a1-4c6e-8a0e-3c1d2b7f9e10'
export const clientId = 'c0ffee00-1111-4222-8333-444455556666'
export const secret = 'S3cr3t~of-the-app.value'

export type Tenant = { service: GraphStandIn; tokens: Tokens; graph: Graph; clock: { now: number }; start: Date }

/** A tenant on loopback with a clock that only the test moves, and the product's own clients of it. */
export async function tenant(test: TestContext, more: Partial<GraphOptions> = {}): Promise<Tenant> {
  const clock = { now: Date.now() }
  const service = await startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: [...permissions] }],
    domains: ['spf75.example', { id: 'unproven.example', verified: false }],
    skus: [e1(2), e3(1, { consumed: 1 }), flowFree(10_000)],
    mailboxDelayMs: 20 * 60_000,
    deliver: async () => {},
    clock: () => clock.now,
    ...more,
  })
  test.after(() => service.stop())
  return { service, clock, start: new Date(clock.now), ...clients(service, () => clock.now) }
}

/** The settings of an app whose tenant is a stand-in. */
export function settingsFor(service: GraphStandIn): Record<string, string> {
  return {
    GRAPH_BASE_URL: service.url,
    LOGIN_BASE_URL: service.loginUrl,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET_NAME: 'APP_SECRET',
    APP_SECRET: secret,
  }
}

/** The product's clients of a stand-in. */
export function clients(service: GraphStandIn, now: () => number, given = secret): { tokens: Tokens; graph: Graph } {
  const held = tokens({ tenantId, clientId, loginBaseUrl: service.loginUrl, clientSecret: async () => given, now })
  const graph = graphClient({
    baseUrl: service.url,
    token: () => held.token(graphScope),
    tokenRefused: () => held.forget(graphScope),
    now,
  })
  return { tokens: held, graph }
}

/** The Failure a promise ends in; anything else is the test's own failure. */
export async function failure(promise: Promise<unknown>): Promise<Failure> {
  const ended = await promise.then(
    value => new Error(`it succeeded with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (ended instanceof Failure) return ended
  throw ended
}
