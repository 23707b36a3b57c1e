import { z } from 'zod'
import { networkCode } from '../deadline.ts'
import { Failure } from '../errors.ts'
import { json } from '../graph/answer.ts'
import { retryAfterMs } from '../graph/retry-after.ts'
import { baseUrl } from '../identity/base-url.ts'

/** What a cmdlet takes; a switch is `true`, a hash table `{ Add: […] }`. */
export type Parameters = Readonly<Record<string, unknown>>

/** An object that a cmdlet answered with. */
export type Answered = Readonly<Record<string, unknown>>

/**
 * Cmdlets of Exchange Online over HTTP, as its PowerShell module sends them (`adminapi/beta/{tenant}/InvokeCommand`, which Microsoft does not document). One
 * request a page, nothing repeated and nothing slept; each may throw a Failure whose code is the name of Exchange’s exception.
 */
export type Exchange = {
  run(cmdlet: string, parameters: Parameters, during: string): Promise<Answered[]>
  /** The same for one that looks for an object: undefined where Exchange knows none of that name. */
  find(cmdlet: string, parameters: Parameters, during: string): Promise<Answered | undefined>
}

export type ExchangeOptions = {
  /** `https://outlook.office365.com`; plain http for a loopback host only. */
  baseUrl: string
  tenantId: string
  token: () => Promise<string>
  /** Called when Exchange refuses the token (401), so that the next call is made with a new one. */
  tokenRefused?: () => void
  timeoutMs?: number
  now?: () => number
}

const page = z.object({ value: z.array(z.record(z.string(), z.unknown())).default([]), '@odata.nextLink': z.string().optional() })
const problem = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    details: z.array(z.object({ message: z.string().nullish() })).nullish(),
  }),
})

/** No object of that name. */
export const unknownObject = 'ManagementObjectNotFoundException'

/** Which server keeps what is asked for; this mailbox is in every tenant. */
const anchor = (tenantId: string) => `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${tenantId}`

const roles =
  'Give the app the application permission Exchange.ManageAsApp of Office 365 Exchange Online and the role Exchange Recipient Administrator (docs/deploying.md), then retry; or set `admin: manual` in the playbook and run the script of the wave.'

export function exchangeClient({ token, tokenRefused, tenantId, timeoutMs = 100_000, ...options }: ExchangeOptions): Exchange {
  const base = baseUrl('EXCHANGE_BASE_URL', options.baseUrl)
  const now = options.now ?? Date.now
  const first = `${base}/adminapi/beta/${encodeURIComponent(tenantId)}/InvokeCommand`

  async function call(url: string, body: string, during: string): Promise<z.output<typeof page>> {
    let response: Response
    let text: string
    try {
      response = await fetch(url, {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${await token()}`,
          'content-type': 'application/json; charset=utf-8',
          'x-anchormailbox': anchor(tenantId),
          prefer: 'odata.maxpagesize=1000',
        },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      })
      text = await response.text()
    } catch (error) {
      if (error instanceof Failure) throw error
      throw new Failure({
        verdict: 'transient',
        during,
        code: networkCode(error, 'NetworkError'),
        text: `no answer from ${base}`,
        hint: 'It is tried again by itself. If it stays: check EXCHANGE_BASE_URL, name resolution, and that a firewall lets this app out.',
        cause: error,
      })
    }
    if (response.status === 401) tokenRefused?.()
    const wait = retryAfterMs(response.headers.get('retry-after'), now())
    if (!response.ok) throw refusal(response.status, text, during, wait)
    const answer = page.safeParse(json(text) ?? {})
    if (answer.success) return answer.data
    throw new Failure({
      verdict: 'transient',
      during,
      code: 'UnexpectedAnswer',
      text: `status ${response.status} with a body that is no answer of Exchange`,
      hint: 'It is tried again by itself. If it stays: see that nothing stands between this app and EXCHANGE_BASE_URL.',
    })
  }

  const exchange: Exchange = {
    run: async (cmdlet, parameters, during) => {
      const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: hashTables(parameters) } })
      const found: Answered[] = []
      for (let next: string | undefined = first; next !== undefined; ) {
        // The token goes to this origin and to no other.
        if (!next.startsWith(`${base}/`)) throw foreign(next, during)
        const answer: z.output<typeof page> = await call(next, body, during)
        found.push(...answer.value)
        next = answer['@odata.nextLink']
      }
      return found
    },
    find: async (cmdlet, parameters, during) => {
      try {
        return (await exchange.run(cmdlet, parameters, during))[0]
      } catch (error) {
        if (error instanceof Failure && error.code === unknownObject) return undefined
        throw error
      }
    },
  }
  return exchange
}

/** A hash table names its type, or it would be taken for an object. */
function hashTables(parameters: Parameters): Parameters {
  const named = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { '@odata.type': '#Exchange.GenericHashTable', ...value }
      : value
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, named(value)]))
}

/** Exchange says what went wrong as `code|exception|words` in the details. */
function refusal(status: number, body: string, during: string, retryAfter: number | undefined): Failure {
  const read = problem.safeParse(json(body))
  const { code, message, details } = read.success ? read.data.error : {}
  const told = details?.find(one => one.message)?.message ?? message ?? ''
  const [, exception, words] = /^[^|]*\|(?:[\w.]*\.)?(\w+)\|([\s\S]*)$/.exec(told) ?? []
  const name = exception ?? (code || `HTTP ${status}`)
  const text = (words ?? told).slice(0, 300) || `HTTP ${status}`
  const failed = (verdict: 'transient' | 'permanent', hint: string) =>
    new Failure({ verdict, during, code: name, text, retryAfterMs: retryAfter, hint })
  if (status === 401) return failed('transient', `A new token is fetched by itself. If it stays: ${roles}`)
  if (status === 403) return failed('permanent', roles)
  if (status === 429 || status >= 500 || isWeather.test(name))
    return failed(
      'transient',
      'Nothing to do: the work goes on by itself. If it lasts for hours, look at the Microsoft 365 service health page.',
    )
  return failed(
    'permanent',
    'Mend what Exchange says, or set `admin: manual` in the playbook and run the script of the wave (GET /api/waves/{wave}/exchange.ps1); then retry.',
  )
}

/** Exceptions that pass: a directory server that is behind or away, too many requests. */
const isWeather = /^(ADTransientException|DataSourceTransientException|OverBudgetException|ServerBusyException)$/

function foreign(next: string, during: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during,
    code: 'ForeignNextLink',
    text: `the next page is at ${URL.parse(next)?.origin ?? 'an unreadable address'}`,
    hint: 'Set EXCHANGE_BASE_URL to the address that Exchange itself names in its links, then retry.',
  })
}
