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

/** The code of an error that came without an answer: ETIMEDOUT where the deadline had passed. */
export function codeWithoutAnswer(error: unknown): string {
  return (error as Error).name === 'AbortError' ? 'ETIMEDOUT' : 'ECONNRESET'
}
