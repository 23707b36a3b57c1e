import { randomUUID } from 'node:crypto'

/** What one route answers; `body` undefined means no content. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> }

export type Detail = { code: string; target?: string; message?: string }

/** An answer that is a refusal, as the service words it. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly details: Detail[] | undefined
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    message: string,
    more: { details?: Detail[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = more.details
    this.headers = more.headers ?? {}
  }
}

/** 400 `Request_BadRequest`, the directory's answer to a body it will not have. */
export function badRequest(message: string, details?: Detail[]): Problem {
  return new Problem(400, 'Request_BadRequest', message, details ? { details } : {})
}

/** 404 of the directory for an object it does not hold. */
export function unknownObject(id: string): Problem {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`
  return new Problem(404, 'Request_ResourceNotFound', message)
}

/** Any thrown thing as the answer on the wire, with the error object Graph documents. */
export function asAnswer(error: unknown, clientRequestId: string | undefined, at: number): Answer {
  const problem = error instanceof Problem ? error : new Problem(500, 'generalException', String(error))
  const requestId = randomUUID()
  const innerError = {
    date: new Date(at).toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': clientRequestId ?? requestId,
  }
  const details = problem.details ? { details: problem.details } : {}
  return {
    status: problem.status,
    body: { error: { code: problem.code, message: problem.message, ...details, innerError } },
    headers: { ...problem.headers, 'request-id': requestId },
  }
}
