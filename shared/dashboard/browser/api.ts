/// <reference lib="dom" />
import type { Acted, Action, Problem, Updating } from '../answers.ts'
import type { Session } from './session.ts'

/** The API said no. `status` 401: the key or the token is missing or wrong. */
export class Refused extends Error {
  readonly status: number
  readonly details: { path: string; message: string }[]

  constructor(status: number, message: string, details: { path: string; message: string }[] = []) {
    super(message)
    this.status = status
    this.details = details
  }
}

/** The API could not be reached, or did not answer in time. Whether what was asked was done is not known. */
export class Unreachable extends Error {}

/** The API as the page uses it. Throws `Refused` where it says no, `Unreachable` where it does not answer. */
export type Api = {
  get<T>(path: string, signal: AbortSignal): Promise<T>
  act(wave: string, action: Action, order: object): Promise<Acted>
  /** What an update of the wave would do; nothing is done. */
  tryUpdate(wave: string, order: object): Promise<Updating>
  /** Fetches a file and hands it to the browser’s downloads. */
  save(path: string, name: string): Promise<void>
}

/** A request that takes longer is given up, ms. */
const mostMs = 30_000

/** The API beside the page: `/api/` where the page is `/api/dashboard`. */
export function api(session: Session): Api {
  const root = new URL('.', location.href)
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (session.key()) headers.set('x-functions-key', ascii(session.key()))
    if (session.operator()) headers.set('x-operator', ascii(session.operator()))
    if (session.token()) headers.set('x-operator-token', ascii(session.token()))
    const given = init.signal ? [init.signal] : []
    const signal = AbortSignal.any([...given, AbortSignal.timeout(mostMs)])
    const response = await fetch(new URL(path, root), { ...init, headers, signal, cache: 'no-store' }).catch(cause => {
      throw new Unreachable(path, { cause })
    })
    if (response.ok) return response
    throw await refusal(response)
  }
  const post = async (wave: string, action: string, order: object) => {
    const headers = { 'content-type': 'application/json' }
    const path = `waves/${encodeURIComponent(wave)}/${action}`
    return (await call(path, { method: 'POST', headers, body: JSON.stringify(order) })).json()
  }
  return {
    get: async (path, signal) => (await call(path, { signal })).json(),
    act: post,
    tryUpdate: (wave, order) => post(wave, 'update?dryRun=true', order),
    save: async (path, name) => {
      const url = URL.createObjectURL(await (await call(path)).blob())
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
  }
}

async function refusal(response: Response): Promise<Refused> {
  const body: Partial<Problem> = await response.json().catch(() => ({}))
  const { message = `HTTP ${response.status} ${response.statusText}`, details = [] } = body.error ?? {}
  return new Refused(response.status, message, details)
}

/** Header fields beyond ASCII are read differently by every server, and refused by some: `Chloé` goes as `Chloe`. */
function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7E]/g, '?')
    .trim()
}
