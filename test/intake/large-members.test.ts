import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waveRow } from '../../shared/commands/status.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { details } from '../../shared/inventory/accept.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { all } from '../../shared/store/store.ts'
import { dated } from '../calendar/world.ts'
import { house, playbook } from '../inventory/house.ts'
import { refusal } from './refusal.ts'

const members = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => `m${i}.`.padEnd(length - 13, 'x').concat('@town.example'))

const wave = (list: string[]) =>
  JSON.stringify({ wave: 'w', playbook: 'town', mailboxes: [{ address: 'all@town.example', kind: 'shared', members: list }] })

test('a shared mailbox whose members find no room in its row is refused, with what to do', async () => {
  const { status, details } = await refusal(() => parseWave(wave(members(500, 70)), 'application/json'))
  assert.equal(status, 400)
  assert.deepEqual(
    details.map(({ path }) => path),
    ['mailboxes[0].members'],
  )
  assert.match(details[0]?.message ?? '', /at most 24000 characters in all \(got 35000\): add the others/)
})

test('as many members as may be are stored', async () => {
  const world = dated('2025-03-01T08:00:00Z', '  - { at: "D-1 16:00", step: provision }')
  const box = { address: 'all@town.example', kind: 'shared', members: members(500, 48), displayName: '"'.repeat(200) }
  world.scene.wave.mailboxes = [box]
  await world.enqueue()
  const [row] = await all(world.store.mailboxes.list({}))
  assert.equal(row?.wanted.members?.length, 500)
})

const csv = (...rows: string[]) => new TextEncoder().encode(['address,keep,type,members,fase', ...rows].join('\n'))
const rest = ['anna', 'bruno', 'chloe', 'old'].map(name => `${name}@aid.example,no,,,`)

test('an answer that finds no room in its row is refused at its cells, and nothing of it is stored', async () => {
  const patterns = playbook.replace('inventory:\n', 'inventory:\n  addressPatterns: { po: "ec{FASE}@aid.example" }\n')
  const { world, app } = await house({ playbook: patterns })
  const many = members(1_200, 40)
  const shared = csv(`contact@aid.example,yes,shared,${many.join(' ')},${'7'.repeat(40_000)}`, ...rest)
  const outcome = await acceptAnswers(app, await waveRow(app, 'aid'), shared, 'text/csv', 'jo', { language: 'en' })
  assert.equal(outcome.answer, undefined)
  const told = details(outcome, outcome.faults).filter(({ message }) => /at most/i.test(message))
  assert.deepEqual(
    told.map(({ path }) => path),
    ['D2', 'E2'],
  )
  assert.ok(told.every(({ message }) => message.length < 300))
  assert.deepEqual(await all(world.store.answerLines.list({})), [])
})
