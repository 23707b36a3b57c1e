import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { putPlaybook } from '../../shared/commands/playbooks.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { smallest } from './examples.ts'

/** What a playbook with these licences is answered, twice and when nothing is stored. */
async function answered(licences: string, kind = 'exchange-online', more = ''): Promise<string[]> {
  const app = new World(town()).app()
  const body = `${smallest.replace('kind: exchange-server', `kind: ${kind}`)}licences: ${licences}\n${more}`
  const put = async (dryRun: string | null) => {
    const { answer } = await putPlaybook(app, 'lift', { body, contentType: undefined, who: 'operator' }, dryRun)
    return answer.warnings ?? []
  }
  const first = await put('true')
  assert.deepEqual([await put(null), await put(null)], [first, first])
  return first
}

describe('quotas that no mailbox has are answered with the playbook, which is stored all the same', () => {
  for (const [what, licences, kind, said] of [
    [
      'what licences come with',
      '{ F3: { price: 2, quota: 2 GB }, E3: { price: 8, quota: 100 GB }, X: { price: 1 } }',
      'exchange-online',
      [],
    ],
    [
      'MB for GB, as “les comptes E3 de 100 Mo”',
      '{ E1: { price: 2, quota: 50 GB }, E3: { price: 8, quota: 100 MB } }',
      'exchange-online',
      [/^licences\.E3\.quota: 100 MB is less than .* \(2 GB\); write 100 GB if that was meant/],
    ],
    ['TB for GB', '{ E3: { price: 8, quota: 50 TB } }', 'exchange-online', [/50 TB is more than .*\(100 GB\); write 50 GB/]],
    ['nothing near', '{ E3: { price: 8, quota: 1 GB } }', 'exchange-online', [/1 GB is less .*see what the licence comes with/]],
    ['a server of one’s own has the room it has', '{ E3: { price: 8, quota: 100 MB } }', 'exchange-server', []],
  ] as const)
    test(what, async () => {
      const warnings = await answered(licences, kind)
      assert.equal(warnings.length, said.length, warnings.join('\n'))
      for (const [i, one] of said.entries()) assert.match(warnings[i] ?? '', one)
    })

  test('of an entity only what it says otherwise', async () => {
    const entities = 'entities: { north: { domains: [n.example], licences: { E3: { price: 8, quota: 90 MB } } }, south: {} }\n'
    const warnings = await answered('{ E3: { price: 8, quota: 100 MB } }', 'exchange-online', entities)
    assert.deepEqual(
      warnings.map(one => one.split(':')[0]),
      ['licences.E3.quota', 'entities.north.licences.E3.quota'],
    )
  })
})
