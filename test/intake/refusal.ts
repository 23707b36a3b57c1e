import { Refusal } from '../../shared/errors.ts'

/** The Refusal that something ends in; anything else fails the test. */
export async function refusal(run: () => unknown): Promise<Refusal> {
  try {
    await run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was accepted')
}
