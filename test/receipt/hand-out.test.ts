import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { HttpResponseInit } from '@azure/functions'
import { Refusal } from '../../shared/errors.ts'
import { handOutMailbox, handOutWave } from '../../shared/receipt/hand-out.ts'
import { verifyWave } from '../../shared/receipt/verify-wave.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { filesOf } from './files.ts'

const world = new World(town())
const early: unknown[] = []
await world.run({
  until: async () => {
    if ((await world.wave())?.state !== 'finishing') return false
    early.push(
      await refusal(handOutWave(world.app(), 'town')),
      await refusal(handOutMailbox(world.app(), 'town', 'anna@town.example')),
    )
    return true
  },
})
await world.run()

/** How a request was refused. */
async function refusal(answer: Promise<unknown>): Promise<[number, string]> {
  const error = await answer.then(
    () => assert.fail('it was answered'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof Refusal)
  return [error.status, error.code]
}

async function bodyOf({ body }: HttpResponseInit): Promise<string> {
  return typeof body === 'string' ? body : text(body as ReadableStream)
}

test('the files that are handed out are those that are sealed', async () => {
  const app = world.app()
  const files = await filesOf(app, 'town')
  assert.equal(await bodyOf(await handOutWave(app, 'town')), files.receipt)
  for (const [address, bytes] of files.manifests) {
    assert.equal(await bodyOf(await handOutMailbox(app, 'town', address.toUpperCase())), bytes.toString())
    const excerpt = verifyWave(await bodyOf(await handOutWave(app, 'town', address)), files.root)
    assert.deepEqual([excerpt.faults, excerpt.receipt?.mailboxes.length], [[], 1])
  }
})

test('there is no receipt of what still goes on, nor of what there is not', async () => {
  assert.deepEqual(early, [
    [409, 'not-now'],
    [409, 'not-now'],
  ])
  const app = world.app()
  assert.deepEqual(await refusal(handOutWave(app, 'none')), [404, 'unknown-wave'])
  assert.deepEqual(await refusal(handOutWave(app, 'town', 'zoe@town.example')), [404, 'unknown-mailbox'])
  assert.deepEqual(await refusal(handOutMailbox(app, 'town', 'zoe@town.example')), [404, 'unknown-mailbox'])
})
