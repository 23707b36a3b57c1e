import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awaitedWords } from '../../shared/calendar/awaited.ts'
import type { StepRow, WaveRow } from '../../shared/store/schema.ts'
import { waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { smallest } from '../playbooks/examples.ts'

const hour = 3_600_000
const { now } = new World(town()).app()
const at = { cutover: now() - 2 * hour, confirm: now() - 3 * hour }
const asked = { day: '2026-04-01', who: 'jo@town.example', why: 'an election', at: 0 }
const waiting = (step: string, open: string[]) => ({ step, state: 'waiting-for-people', open }) as StepRow
const going =
  'its domains: late.example is held; POST …/approve with "step": "cutover", "without": ["late.example"] lets the others go'
const late = { step: 'cutover' as const, without: ['late.example'] }
const body = `${smallest.replace('playbook: lift', 'playbook: p')}approvals: { confirm: [operator, coordinator], postpone: [operator] }\nsequence: { pilot: first }\n`

const rows: [string, Partial<WaveRow>, StepRow[], unknown[]][] = [
  ['nothing', { state: 'preparing' }, [], []],
  ['a confirmation', { state: 'planned' }, [waiting('confirm', [])], [{ step: 'confirm', by: ['operator', 'coordinator'] }]],
  [
    'the other half of a confirmation',
    {
      state: 'ready',
      waitsFor: 'the approval of its cutover by coordinator (POST …/approve)',
      word: { step: 'confirm' },
      approvals: [{ step: 'confirm', who: 'Odile', as: 'operator', at: 0 }],
    },
    [],
    [{ step: 'confirm', by: ['coordinator'] }],
  ],
  ['a freeze', { state: 'ready' }, [waiting('freeze', ['operator'])], [{ step: 'freeze', by: ['operator'] }]],
  ['answers, which no approval brings', { state: 'planned' }, [waiting('answers-due', ['spf00'])], []],
  ['a later day', { state: 'ready', asked }, [], [{ step: 'postpone', by: ['operator'] }]],
  [
    'a domain that is late',
    { state: 'ready', waitsFor: going, word: late },
    [],
    [{ step: 'cutover', by: ['anybody'], without: ['late.example'] }],
  ],
  ['a missed cutover', { state: 'ready', gates: at, createdAt: 0 }, [], [{ step: 'cutover', by: ['anybody'] }]],
  ['the judgement of the pilot', { wave: 'first', state: 'closed' }, [], [{ step: 'pilot', by: ['anybody'] }]],
  ['nothing as a pilot that has not begun', { wave: 'first', state: 'planned' }, [], []],
  ['nothing of what it waited for before it was held', { state: 'held', word: late }, [], []],
  [
    'nothing once it has ended',
    { state: 'cancelled', waitsFor: going, word: late, asked },
    [waiting('freeze', ['operator'])],
    [],
  ],
]
for (const [what, set, steps, expected] of rows)
  test(`a wave waits for ${what}`, async () => {
    const app = new World(town()).app()
    await app.store.playbooks.put([{ playbook: 'p', version: '000001', number: 1, body, at: 0 }])
    assert.deepEqual(await awaitedWords(app, waveRow(set), steps), expected)
  })
