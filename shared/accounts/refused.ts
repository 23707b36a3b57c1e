import { Failure } from '../errors.ts'

/** A permanent Failure of our own judgement rather than the wire's. */
export function refused(during: string, code: string, text: string, hint: string): Failure {
  return new Failure({ verdict: 'permanent', during, code, text, hint })
}
