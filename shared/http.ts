import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import { type RunningApp, theApp } from './app.ts'
import { recordRefused } from './audit.ts'
import { carryOut } from './commands/dry-run.ts'
import { Failure, Refusal } from './errors.ts'
import { leaving } from './leaving.ts'
import { asking } from './operators.ts'
import { pageHeaders } from './passwords/page.ts'
import type { App } from './ports.ts'
import { limitedTo } from './whose/orders.ts'

/** An HTTP handler’s body: what is answered, or a Refusal. `who`: who asks, as the audit names him. */
export type Handle = (app: RunningApp, request: HttpRequest, who: string) => Promise<HttpResponseInit>

/**
 * What opens a call. `key`: the host key, and for what is no GET an operator, where the settings say who they are. `secrets`: an operator for a GET,
 * too. `link`: the token in its path, and nothing else.
 */
type Access = 'key' | 'secrets' | 'link'

/** Wraps a handler: who may not ask is refused; refusals and failures are answered in the contract’s form, `{"error":{code,message,details}}`. */
export function http(
  handle: Handle,
  access: Access = 'key',
): (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit> {
  const guarded = access === 'link' ? linked(handle) : keyed(handle, access)
  return async (request, context) => {
    try {
      return await leaving(await theApp(), context, app => guarded(app, request, context.functionName))
    } catch (error) {
      if (error instanceof Refusal) return problem(error.status, error.code, error.message, error.details)
      if (error instanceof Failure) return problem(503, error.code, `${error.message}. ${error.hint}`)
      console.error(error)
      return problem(500, 'internal', 'This is a fault of the program; its log has the whole error. Try again, or report it.')
    }
  }
}

type Guarded = (app: RunningApp, request: HttpRequest, call: string) => Promise<HttpResponseInit>

function keyed(handle: Handle, access: 'key' | 'secrets'): Guarded {
  return async (app, request, call) => {
    const looks = access === 'key' && request.method === 'GET'
    const { who, entities, refusal } = asking(app.config, request.headers, looks ? 'look' : 'order')
    try {
      if (refusal) throw refusal
      return await handle(entities ? await limitedTo(app, entities, call, request) : app, request, who)
    } catch (error) {
      const { wave, playbook } = request.params
      if (error instanceof Refusal && isAccess(error))
        await recordRefused(app, { who, call, subject: wave ?? playbook, status: error.status })
      throw error
    }
  }
}

/** Is it about who asks, and not about what? */
function isAccess({ status, code }: Refusal): boolean {
  return status === 401 || ['no-operator', 'not-yours'].includes(code)
}

/** A link that opens nothing, or no more, is an access refused; its token is kept nowhere. */
function linked(handle: Handle): Guarded {
  return async (app, request, call) => {
    const who = 'holder of a link'
    const answered = await handle(app, request, who)
    const { status = 200 } = answered
    if ([403, 404, 410, 429].includes(status)) await recordRefused(app, { who, call, status })
    return answered
  }
}

/** A JSON answer. */
export function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponseInit {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: `${JSON.stringify(body)}\n`,
  }
}

/** An order carried out, answered with `status`; or with `?dryRun=true` only its effect, answered with 200. */
export async function ordered<T extends object>(
  app: App,
  request: HttpRequest,
  status: number,
  command: (app: App) => Promise<T>,
): Promise<HttpResponseInit> {
  const { dry, result } = await carryOut(app, request.query.get('dryRun'), command)
  return answer(dry ? 200 : status, result)
}

/** A page for people, or a file instead of one, with the headers of what shows secrets. */
export function page(
  answered: { status: number; body: string } | { status: number; body: Uint8Array; file: string; type?: string },
): HttpResponseInit {
  const { status, body } = answered
  if ('file' in answered) {
    const { type = 'application/zip', file: name } = answered
    return file(type, name, answered.body, { ...pageHeaders, 'content-type': type })
  }
  return { status, headers: { ...pageHeaders }, body }
}

/** A file to be kept by who fetched it, and by nobody on the way. */
export function file(type: string, name: string, body: Uint8Array, headers: Record<string, string> = {}): HttpResponseInit {
  const disposition = `attachment; filename="${name}"`
  return {
    status: 200,
    headers: { 'content-type': type, 'content-disposition': disposition, 'cache-control': 'no-store', ...headers },
    body,
  }
}

/** The fields of a form, as a browser sends them. */
export function form(text: string): Record<string, string | undefined> {
  return Object.fromEntries(new URLSearchParams(text.slice(0, 4_096)))
}

/**
 * The form of one of our pages, with the file in it. Throws a Refusal: 403 for what another site’s page sends, 413 for more than `mostBytes`, 400 for
 * what is no form.
 */
export async function sentForm(request: HttpRequest, mostBytes: number) {
  const { headers } = request
  const from = headers.get('sec-fetch-site') ?? 'same-origin'
  if (from !== 'same-origin' && from !== 'none') throw new Refusal(403, 'other-site', 'the form of another site is not taken')
  const told = Number(headers.get('content-length') ?? 0)
  const bytes = told > mostBytes ? undefined : await request.arrayBuffer()
  if (!bytes || bytes.byteLength > mostBytes) throw new Refusal(413, 'too-large', `a form is at most ${mostBytes} bytes`)
  const read = new Response(bytes, { headers: { 'content-type': headers.get('content-type') ?? '' } }).formData()
  const fields = await read.catch(() => {
    throw new Refusal(400, 'invalid-form', 'this is no form')
  })
  const text = (name: string) => [fields.get(name)].find(value => typeof value === 'string')?.slice(0, 256)
  const file = fields.get('file')
  const sent = file instanceof Blob ? { file: { bytes: new Uint8Array(await file.arrayBuffer()), type: file.type } } : {}
  return { do: text('do'), of: text('of'), day: text('day'), why: text('why'), ...sent }
}

/** The languages that a reader asks for: `?l=`, and what his browser accepts. */
export function reader({ query, headers }: HttpRequest): { asked: string | null; accepted: string | null } {
  return { asked: query.get('l'), accepted: headers.get('accept-language') }
}

function problem(status: number, code: string, message: string, details: unknown[] = []): HttpResponseInit {
  return answer(status, { error: { code, message, details } })
}

/** A parameter of the route, decoded. */
export function param({ params }: HttpRequest, name: string): string {
  return params[name] ?? ''
}
