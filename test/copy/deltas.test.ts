import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { dated } from '../calendar/world.ts'
import { letter } from '../fakes/town.ts'

const hours = 3_600_000
const anna = 'anna@town.example'

test('a delta lists the folders in which something happened and no others, after one that brought mail as well; what is moved is followed', async () => {
  const here = dated('2025-03-10T08:00:00Z', '  - { at: "D-1 16:00", step: cutover }')
  const source = here.sources.get(anna)
  const target = here.targets.get(anna)
  assert.ok(source && target)
  source.manners.condstore = true
  const isSynced = async () => (await here.store.mailboxes.get(keyPart('town'), keyPart(anna)))?.row.state === 'synced'
  await here.run({ until: isSynced })
  assert.ok(source.folders.size > 2, `${source.folders.size} folders`)
  /** Lets hours pass; how many folders were listed meanwhile. */
  const pass = async (count: number) => {
    const [before, end] = [source.listings, here.clock.now() + count * hours]
    await here.run({ until: () => here.clock.now() > end })
    return source.listings - before
  }
  assert.equal(await pass(20), 0)
  source.deliver('INBOX', letter('new'))
  const arrived = target.folder('INBOX').messages.length
  // The memory server has one HIGHESTMODSEQ for all its folders, so a change is seen in each.
  assert.equal(await pass(7), source.folders.size)
  assert.equal(target.folder('INBOX').messages.length, arrived + 1)
  assert.equal(await pass(20), 0)
})
