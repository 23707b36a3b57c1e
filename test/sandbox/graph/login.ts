import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Answer } from './answers.ts'

/** An app registration and its application permissions, which a token carries as roles from the moment it is issued. */
export type App = { clientId: string; secret: string; permissions: string[]; secretExpired?: boolean; disabled?: boolean }

/** What the product needs in a tenant, and no more. */
export const permissions = [
  'User.ReadWrite.All',
  'User-PasswordProfile.ReadWrite.All',
  'UserAuthenticationMethod.ReadWrite.All',
  'LicenseAssignment.Read.All',
  'LicenseAssignment.ReadWrite.All',
  'MailboxSettings.Read',
  'Domain.Read.All',
  'Mail.Send',
  'IMAP.AccessAsApp',
]

/** Who a token was issued to, and what it may do. */
export type Caller = { clientId: string; roles: string[] }

export type Checked = { ok: true; caller: Caller } | { ok: false; why: string }

export type Login = {
  /** Answers a request for `/{tenant}/...` of the authority. */
  answer(method: string, path: string, host: string, body: string): Answer
  /** Whether a bearer token is ours, still good, and meant for `audience` (`https://outlook.office365.com`). */
  check(bearer: string, audience: string): Checked
}

const audiences = ['https://graph.microsoft.com', 'https://outlook.office365.com', 'https://outlook.office.com']
const lifetimeSeconds = 3599

/** The authority of one tenant: client credentials only (RFC 6749 4.4). */
export function login(tenantId: string, apps: App[], clock: () => number): Login {
  const key = createHash('sha256')
    .update(JSON.stringify([tenantId, apps.map(app => app.secret)]))
    .digest() // the same after a restart
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const seconds = () => Math.floor(clock() / 1000)

  function refuse(status: number, error: string, number: number, text: string): Answer {
    const [trace, correlation] = [randomUUID(), randomUUID()]
    const timestamp = new Date(clock()).toISOString().replace('T', ' ').replace(/\..*/, 'Z')
    const description = `AADSTS${number}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`
    const body = {
      error,
      error_description: description,
      error_codes: [number],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
    }
    return { status, body }
  }

  function token(tenant: string, form: URLSearchParams): Answer {
    const id = form.get('client_id') ?? ''
    const scope = form.get('scope') ?? ''
    if (tenant !== tenantId) return refuse(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`)
    if (form.get('grant_type') !== 'client_credentials') {
      return refuse(
        400,
        'unsupported_grant_type',
        70003,
        `The app requested an unsupported grant type '${form.get('grant_type')}'.`,
      )
    }
    const app = apps.find(one => one.clientId === id)
    if (!app)
      return refuse(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${id}' was not found in the directory '${tenant}'.`,
      )
    if (app.disabled) return refuse(400, 'unauthorized_client', 7000112, `Application '${id}' is disabled.`)
    const secret = form.get('client_secret')
    if (!secret) {
      return refuse(
        401,
        'invalid_client',
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
      )
    }
    if (!same(secret, app.secret)) {
      return refuse(
        401,
        'invalid_client',
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${id}'.`,
      )
    }
    if (app.secretExpired)
      return refuse(401, 'invalid_client', 7000222, `The provided client secret keys for app '${id}' are expired.`)
    if (!scope.endsWith('/.default')) {
      return refuse(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
      )
    }
    const aud = scope.slice(0, -'/.default'.length)
    if (!audiences.includes(aud)) {
      return refuse(
        400,
        'invalid_resource',
        500011,
        `The resource principal named ${aud} was not found in the tenant named ${tenant}.`,
      )
    }
    const now = seconds()
    const claims = {
      aud,
      iss: `https://sts.windows.net/${tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + lifetimeSeconds,
      appid: id,
      roles: app.permissions,
      tid: tenantId,
      ver: '1.0',
    }
    const unsigned = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
        ext_expires_in: lifetimeSeconds,
        access_token: `${unsigned}.${sign(unsigned)}`,
      },
    }
  }

  return {
    answer: (method, path, host, body) => {
      const [tenant = '', ...rest] = path.split('/').filter(Boolean)
      const asked = `${method} ${rest.join('/')}`
      if (asked === 'POST oauth2/v2.0/token') return token(tenant, new URLSearchParams(body))
      if (asked !== 'GET v2.0/.well-known/openid-configuration') return { status: 404 }
      if (tenant !== tenantId) return refuse(400, 'invalid_tenant', 90002, `Tenant '${tenant}' not found.`)
      const base = `https://${host}/${tenantId}` // the library takes only https here; its caller goes back to http on loopback
      return {
        status: 200,
        body: {
          token_endpoint: `${base}/oauth2/v2.0/token`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
          issuer: `${base}/v2.0`,
          token_endpoint_auth_methods_supported: ['client_secret_post'],
        },
      }
    },
    check: (bearer, audience) => {
      const [header, payload, signature] = bearer.split('.')
      if (!header || !payload || !signature) return { ok: false, why: 'IDX14100: JWT is not well formed, there are no dots (.).' }
      if (!same(signature, sign(`${header}.${payload}`)))
        return { ok: false, why: 'Access token validation failure. Signature validation failed.' }
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
        aud: string
        exp: number
        appid: string
        roles: string[]
      }
      if (claims.aud !== audience) return { ok: false, why: 'Access token validation failure. Invalid audience.' }
      if (claims.exp <= seconds()) return { ok: false, why: 'Lifetime validation failed, the token is expired.' }
      return { ok: true, caller: { clientId: claims.appid, roles: claims.roles } }
    },
  }
}

const encode = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url')

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
