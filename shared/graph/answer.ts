import { z } from 'zod'

const problem = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().nullish(),
    details: z.array(z.object({ code: z.string(), target: z.string().nullish() })).nullish(),
    innerError: z.object({ 'request-id': z.string().nullish() }).nullish(),
  }),
})

/** The directory's words for a name that is taken, which older answers give without the detail. */
const conflict = /^(Another object with the same value for property|A conflicting object with one or more)/

/**
 * Code and text of a refusal from its body: the most specific code Graph gives (`ObjectConflict` rather than
 * `Request_BadRequest`) with the request-id its support asks for; an empty code for a body that is not Graph's.
 */
export function readProblem(body: string, contentType: string | null): { code: string; text: string } {
  const parsed = problem.safeParse(json(body))
  if (!parsed.success) return { code: '', text: `not an answer of Graph: ${contentType ?? 'no content type'}, ${glimpse(body)}` }
  const { code, message, details, innerError } = parsed.data.error
  const detail = details?.[0] ?? (conflict.test(message ?? '') ? { code: 'ObjectConflict', target: null } : undefined)
  const id = innerError?.['request-id']
  return {
    code: detail?.code ?? code,
    text: `${(message ?? '').slice(0, 200)}${detail?.target ? ` [${detail.target}]` : ''}${id ? ` [request-id ${id}]` : ''}`.trim(),
  }
}

/** The parsed JSON, or undefined for what is not JSON. */
export function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function glimpse(body: string): string {
  const words = body
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return words ? `"${words.slice(0, 120)}"` : 'empty'
}
