import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { StrikingGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const at = [keyPart('town'), keyPart('anna@town.example')] as const

/** How often the ledger and the folders of a mailbox are listed from its switch until its wave is closed. */
async function listings(set: { lost?: number }): Promise<Record<string, number>> {
  const world = new World(town())
  const { mailboxes } = world.store
  await world.run({ until: async () => (await mailboxes.get(...at))?.row.state === 'synced' })
  const stored = await mailboxes.get(...at)
  assert.ok(stored)
  assert.equal(stored.row.lost, undefined)
  await mailboxes.save({ ...stored.row, ...set }, stored.etag)
  const gate = new StrikingGate([])
  await world.run({ process: () => gate })
  assert.equal((await world.wave())?.verdict, 'complete')
  const count = (name: string) => gate.names.filter(one => one === name).length
  return { chunks: count('chunks.list'), folders: count('folders.list') }
}

test('the ledger and the folders are listed once for all steps of a claim, and for each where an earlier worker may still be writing', async () => {
  const [alone, haunted] = [await listings({}), await listings({ lost: 1 })]
  // Two steps that follow others of their claim: the comparison, and the seal.
  assert.deepEqual(haunted, { chunks: Number(alone.chunks) + 2, folders: Number(alone.folders) + 2 })
})
