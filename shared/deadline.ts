/** A policy of the Azure SDKs’ pipelines, as their `additionalPolicies` take it. */
type Policy = {
  position: 'perRetry'
  policy: { name: string; sendRequest<R extends object, A>(request: R, next: (request: R) => A): A }
}

/** How long a request to Azure may wait for its whole answer, ms. Storage itself gives one up after 30 s. */
export const answerMs = 60_000

/** Ends each try that has no answer in time: a wire that was lost without a word is silent for ever, and so would be who waits for it. */
export function deadline(ms = answerMs): Policy {
  return {
    position: 'perRetry',
    policy: {
      name: 'deadline',
      sendRequest: (request, next) => next(Object.assign(request, { abortSignal: AbortSignal.timeout(ms) })),
    },
  }
}

/** The code of what kept `fetch` from an answer, by the first of its causes that has one; `otherwise` where none has. */
export function networkCode(error: unknown, otherwise = 'ECONNRESET'): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at.name === 'TimeoutError') return 'ETIMEDOUT'
  }
  return otherwise
}

/** The code of an error of the SDKs that came without an answer: ETIMEDOUT where the deadline had passed. */
export function codeWithoutAnswer(error: unknown): string {
  return (error as Error).name === 'AbortError' ? 'ETIMEDOUT' : 'ECONNRESET'
}
