import assert from 'node:assert/strict'
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

/** Whether `read` takes what was sent. It may say no only by a Refusal whose faults each say where and what. */
export async function takes(sent: string, read: () => unknown): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    assert.ok(error instanceof Refusal, `${error instanceof Error ? error.stack : error}\n${sent}`)
    assert.ok(error.details.length > 0 && error.details.every(({ path, message }) => path !== '' && message !== ''), sent)
    return false
  }
}
