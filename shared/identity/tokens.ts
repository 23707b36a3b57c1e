import type { TokenCredential, TokenCredentialOptions } from '@azure/identity'
import { z } from 'zod'
import { answerMs, deadline } from '../deadline.ts'
import { Failure } from '../errors.ts'
import { retryAfterMs } from '../graph/retry-after.ts'
import { baseUrl } from './base-url.ts'
import { classifyLogin } from './codes.ts'

/** The app's own tokens, one per scope. */
export type Tokens = {
  /** A token for `scope`, from memory until five minutes before its end. Throws a Failure that never holds a secret. */
  token(scope: string): Promise<string>
  /** Drops the token of `scope`, when its resource refused it or a new permission is to show. */
  forget(scope: string): void
}

export type TokensOptions = {
  tenantId: string
  /** The app, or the user-assigned identity; a system-assigned one needs none. */
  clientId?: string
  /** The authority; by default Microsoft's public cloud. Plain http for a loopback host only. */
  loginBaseUrl?: string
  /** Reads the client secret anew each time, so that a rotated one is used; absent: managed identity and its kin. */
  clientSecret?: () => Promise<string>
  /** How long each answer may take, ms. */
  waitMs?: number
  /** Stands in for the managed identity, which only Azure has. */
  identity?: () => TokenCredential
  now: () => number
}

export const graphScope = 'https://graph.microsoft.com/.default'

/** The scope of tokens for Exchange Online, mail and cmdlets, whose base address is `resource`. */
export function exchangeScope(resource: string): string {
  return `${resource.replace(/\/$/, '')}/.default`
}

const publicCloud = 'https://login.microsoftonline.com'
const earlyMs = 5 * 60_000
const problem = z.object({
  error: z.string(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number()).optional(),
})

/** Tokens by client secret where one is configured, else by managed identity. */
export function tokens(options: TokensOptions): Tokens {
  const authority = baseUrl('LOGIN_BASE_URL', options.loginBaseUrl ?? publicCloud)
  const held = new Map<string, { token: string; until: number }>()
  const asked = new Map<string, Promise<string>>()

  async function fetchToken(scope: string): Promise<string> {
    const secret = await options.clientSecret?.()
    const seen: Seen = { codes: [], wire: authority.startsWith('http:') ? authority : undefined, now: options.now }
    try {
      const answer = await (await credential(options, authority, secret, seen)).getToken(scope)
      if (!answer) throw new Error('no token in the answer')
      held.set(scope, { token: answer.token, until: answer.expiresOnTimestamp - earlyMs })
      return answer.token
    } catch (error) {
      throw refusal(error, seen, { scope, clientId: options.clientId, authority, secret, byIdentity: secret === undefined })
    }
  }

  return {
    token: scope => {
      const has = held.get(scope)
      if (has && options.now() < has.until) return Promise.resolve(has.token)
      const open = asked.get(scope)
      if (open) return open
      const asking = fetchToken(scope).finally(() => asked.delete(scope))
      asked.set(scope, asking)
      return asking
    },
    forget: scope => void held.delete(scope),
  }
}

/** What the authority last said to one credential; the library keeps neither status nor Retry-After of it. */
type Seen = {
  codes: string[]
  text?: string
  status?: number
  retryAfterMs?: number | undefined
  wire: string | undefined
  now: () => number
}

/** Made anew for each token: the library's own cache lives by the wall clock and would keep a refused token. */
async function credential(
  options: TokensOptions,
  authority: string,
  secret: string | undefined,
  seen: Seen,
): Promise<TokenCredential> {
  const { tenantId, clientId } = options
  const { ClientSecretCredential, DefaultAzureCredential } = await import('@azure/identity')
  const asked: TokenCredentialOptions & { disableInstanceDiscovery?: boolean } = {
    authorityHost: authority.replace(/^http:/, 'https:'),
    disableInstanceDiscovery: authority !== publicCloud,
    additionalPolicies: [{ position: 'perRetry', policy: watch(seen) }, deadline(options.waitMs ?? answerMs)],
  }
  if (secret === undefined) {
    const identity = { ...asked, tenantId, ...(clientId ? { managedIdentityClientId: clientId } : {}) }
    return options.identity?.() ?? new DefaultAzureCredential(identity)
  }
  seen.codes = clientId ? (secret ? [] : ['7000216']) : ['unauthorized_client'] // what the authority would say, were it asked
  return new ClientSecretCredential(tenantId, clientId ?? '', secret, { ...asked, retryOptions: { maxRetries: 0 } })
}

type Policy = NonNullable<TokenCredentialOptions['additionalPolicies']>[number]['policy']

/** Notes what the authority refuses, and sends to a loopback authority over http what the library insists on calling https. */
function watch(seen: Seen): Policy {
  return {
    name: 'authority',
    sendRequest: async (request, next) => {
      if (seen.wire && new URL(request.url).host === new URL(seen.wire).host) {
        request.url = request.url.replace(/^https:/, 'http:')
        request.allowInsecureConnection = true
      }
      const response = await next(request)
      if (response.status < 400) return response
      seen.status = response.status
      seen.retryAfterMs = retryAfterMs(response.headers.get('retry-after'), seen.now())
      const said = problem.safeParse(parse(response.bodyAsText ?? ''))
      if (said.success) {
        seen.codes = [...(said.data.error_codes ?? []).map(String), said.data.error]
        seen.text = said.data.error_description?.split('\n')[0] ?? ''
      }
      return response
    },
  }
}

type Login = { scope: string; clientId: string | undefined; authority: string; secret: string | undefined; byIdentity: boolean }

function refusal(error: unknown, seen: Seen, login: Login): Failure {
  const { verdict, hint } = classifyLogin(seen.codes, seen.status)
  const number = seen.codes[0]
  const code =
    number === undefined
      ? seen.status
        ? `HTTP ${seen.status}`
        : 'LoginUnreachable'
      : /^\d/.test(number)
        ? `AADSTS${number}`
        : number
  const text = seen.text ?? (error instanceof Error ? error.message : '')
  return new Failure({
    verdict,
    during: `asking ${login.authority} for a token of ${login.clientId ? `app ${login.clientId}` : 'the managed identity'} for ${login.scope}`,
    code,
    text: login.secret ? text.replaceAll(login.secret, '(hidden)') : text,
    retryAfterMs: seen.retryAfterMs,
    hint:
      login.byIdentity && seen.codes.length === 0
        ? 'Give this app a managed identity, or configure a client secret; then retry.'
        : hint,
  })
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
