import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waveRow } from '../../shared/commands/status.ts'
import { details } from '../../shared/inventory/accept.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { house, people } from './house.ts'

const access = 'access@aid.example'
const list = { address: access, kind: 'list', members: ['anna@aid.example'] }

/** What an answer for the house with a list comes to. `more`: rows beside those of the mailboxes; `opens`: who opens contact@. */
async function answered(opens: string, more = '') {
  const mailboxes = [...people.map(address => ({ address })), list]
  const { world, app } = await house({ wave: { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes } })
  const rows = ['anna', 'bruno', 'chloe', 'old'].map(name => `${name}@aid.example,yes,E1,,still used`)
  const csv = ['address,keep,type,members,reason', ...rows, `contact@aid.example,yes,shared,${opens},`, more].join('\n')
  const outcome = await acceptAnswers(app, await waveRow(app, 'aid'), Buffer.from(csv), 'text/csv', 'jo', { language: 'en' })
  const faults = outcome.answer ? [] : details(outcome, outcome.faults).map(({ message }) => message)
  const of = async (address: string) => (await world.store.mailboxes.get('aid', keyPart(address)))?.row.wanted
  return { outcome, faults, list: await of(access), shared: await of('contact@aid.example') }
}

test('an answer lets a list of the wave, which it does not speak of, open a shared mailbox; no list is what the wave has not', async () => {
  const good = await answered(access)
  assert.deepEqual(good.faults, [])
  assert.deepEqual(good.shared?.members, [access])
  assert.deepEqual(good.list, list)
  const { faults } = await answered('acces@aid.example')
  assert.match(faults.join(), /acces@aid\.example/)
})

test('a list stays one, whatever an answer makes of its address', async () => {
  const { outcome, list: after } = await answered('anna@aid.example', `${access},yes,E1,,new`)
  assert.deepEqual(outcome.answer && outcome.followed?.kept, [access])
  assert.deepEqual(after, list)
})
