import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { waveExchangeScript } from '../../shared/commands/inventory.ts'
import { waveRow } from '../../shared/commands/status.ts'
import type { CalendarShare } from '../../shared/intake/calendar-shares.ts'
import { languages } from '../../shared/intake/words.ts'
import { details } from '../../shared/inventory/accept.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { wordsIn } from '../../shared/inventory/words.ts'
import type { App } from '../../shared/ports.ts'
import { keyPart } from '../../shared/store/columns.ts'
import type { World } from '../fakes/world.ts'
import { answers, filled, house, people, playbook, right, sent } from './house.ts'
import { parseFaults } from './powershell.ts'

const asked = playbook.replace('inventory:\n', 'inventory:\n  calendarShares: true\n')
const theirs: CalendarShare[] = [
  { reader: 'bruno@aid.example', role: 'Reviewer' },
  { reader: 'boss@else.example', role: 'Delegate' },
]
const mailboxes = people.map(address => ({ address, ...(address.startsWith('anna@') ? { calendarShares: theirs } : {}) }))
const wave = { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes }
const sharing = (text = asked) => house({ playbook: text, wave })

const shares = async ({ store }: World, address = 'anna@aid.example') =>
  (await store.mailboxes.get(keyPart('aid'), keyPart(address)))?.row ?? assert.fail()

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const take = async (app: App, bytes: Uint8Array, type = xlsx) =>
  acceptAnswers(app, await waveRow(app, 'aid'), bytes, type, 'coordinator', { language: 'en' })

const column = 'Partages d’agenda'
type Values = Record<string, Record<string, string>>
const say = async (app: App, said: Values) => {
  const all: Values = { ...right }
  for (const [address, values] of Object.entries(said)) all[address] = { ...all[address], ...values }
  return take(app, await filled(await sent(app), answers(all)))
}
const scriptOf = async (app: App) => String((await waveExchangeScript(app, 'aid')).body)
const calls = async (app: App) => (await scriptOf(app)).split('\r\n').filter(line => /^(?:Set|Remove)-Calendar-Share /.test(line))

describe('calendars that others may see, in the workbook', () => {
  test('stand there as the operator gave them, in words of its language, and come back as they were', async () => {
    const { world, app } = await sharing()
    for (const language of languages) {
      const { sheets } = await readXlsx(await sent(app, language))
      const [heads = [], ...rows] = sheets[1]?.rows ?? []
      const { columns, roles } = wordsIn(language)
      const cell = rows.find(([address]) => address === 'anna@aid.example')?.[heads.indexOf(columns.calendarShares)]
      assert.equal(cell, `bruno@aid.example: ${roles.Reviewer}; boss@else.example: ${roles.Delegate}`)
      assert.ok(
        sheets[0]?.rows.some(([title]) => String(title).startsWith('9. ')),
        'how it is answered',
      )
    }
    const taken = await say(app, {})
    assert.deepEqual(details(taken, taken.faults), [])
    assert.deepEqual((await shares(world)).wanted.calendarShares, theirs)
  })

  test('are asked for where the playbook says so only; then nothing is lost of what the operator gave', async () => {
    const { world, app } = await sharing(playbook)
    const { sheets } = await readXlsx(await sent(app))
    assert.ok(!sheets[1]?.rows[0]?.includes(column))
    assert.ok(!sheets[0]?.rows.some(([title]) => String(title).startsWith('9. ')))
    assert.deepEqual((await say(app, {})).faults, [])
    assert.deepEqual((await shares(world)).wanted.calendarShares, theirs)
  })

  test('are read in any of the languages, and by the names of Exchange', async () => {
    for (const language of languages) {
      const { world, app } = await sharing()
      const { roles } = wordsIn(language)
      const cell = `Bruno@aid.example: ${roles.LimitedDetails.toUpperCase()}; contact@aid.example: editor`
      assert.deepEqual((await say(app, { 'anna@aid.example': { [column]: cell } })).faults, [])
      assert.deepEqual((await shares(world)).wanted.calendarShares, [
        { reader: 'bruno@aid.example', role: 'LimitedDetails' },
        { reader: 'contact@aid.example', role: 'Editor' },
      ])
    }
  })

  test('whom a later answer leaves out loses his right with the next run of the script; who comes back has it again', async () => {
    const { world, app } = await sharing()
    await say(app, { 'anna@aid.example': { [column]: 'bruno@aid.example: lecture' } })
    assert.deepEqual((await shares(world)).formerReaders, ['boss@else.example'])
    assert.deepEqual(await calls(app), [
      "Remove-Calendar-Share 'anna@aid.example' 'boss@else.example'",
      "Set-Calendar-Share 'anna@aid.example' 'bruno@aid.example' 'Reviewer'",
    ])
    await say(app, { 'anna@aid.example': { [column]: '' } })
    assert.equal((await shares(world)).wanted.calendarShares, undefined)
    assert.deepEqual(await calls(app), [
      "Remove-Calendar-Share 'anna@aid.example' 'boss@else.example'",
      "Remove-Calendar-Share 'anna@aid.example' 'bruno@aid.example'",
    ])
    assert.deepEqual(parseFaults(await scriptOf(app)), [])
    await say(app, { 'anna@aid.example': { [column]: 'boss@else.example: délégué' } })
    assert.deepEqual((await shares(world)).formerReaders, ['bruno@aid.example'])
  })

  test('an older workbook without the column, and an answer twice, change nothing of them', async () => {
    const { world, app } = await sharing()
    const rows = people.map(address => `${address},${address.startsWith('anna') ? 'yes,E3' : 'no,'}`)
    const csv = new TextEncoder().encode(['address,keep,kind', ...rows].join('\n'))
    assert.deepEqual((await take(app, csv, 'text/csv')).faults, [])
    assert.deepEqual([(await shares(world)).wanted.calendarShares, (await shares(world)).formerReaders], [theirs, undefined])
    const { sheets } = await readXlsx(await sent(app))
    assert.ok(sheets[1]?.rows.some(row => row.includes('bruno@aid.example: lecture; boss@else.example: délégué')))
    assert.deepEqual((await take(app, csv, 'text/csv')).followed, { changed: 0, dropped: 0, added: 0, kept: [] })
  })

  test('every fault comes back at its cell', async () => {
    const { app } = await sharing()
    const outcome = await say(app, {
      'anna@aid.example': { [column]: 'bruno@aid.example: tout; nobody: lecture; anna@aid.example: lecture' },
      'bruno@aid.example': { [column]: 'old@aid.example: lecture; anna@aid.example: lecture; anna@aid.example: modification' },
      'chloe@aid.example': { [column]: 'anna@aid.example: lecture' },
      'david@aid.example': { [column]: Array.from({ length: 51 }, (_, i) => `m${i}@else.example: lecture`).join('; ') },
    })
    assert.equal(outcome.answer, undefined)
    assert.deepEqual(
      outcome.faults.map(({ code, parts }) => [code, parts.got]),
      [
        ['share', 'bruno@aid.example: tout'],
        ['share', 'nobody: lecture'],
        ['share', 'anna@aid.example: lecture'],
        ['share', 'anna@aid.example: modification'],
        ['shares-many', undefined],
        ['share-dropped', 'old@aid.example'],
        ['share-stray', undefined],
      ],
    )
    const places = details(outcome, outcome.faults).map(({ path }) => path)
    assert.deepEqual([...new Set(places.map(path => path.replace(/\d+$/, '')))], ['Adresses!L'])
    for (const language of languages)
      for (const { code, parts } of outcome.faults)
        assert.match(wordsIn(language).faults[code](parts), /^\S.*[.)”»“]$/s, `${language} ${code}`)
  })

  test('a cell full of something else is told so, and not word for word', async () => {
    const { app } = await sharing()
    const outcome = await say(app, { 'anna@aid.example': { [column]: 'x;'.repeat(10_000) } })
    const codes = Map.groupBy(outcome.faults, ({ code }) => code)
    assert.deepEqual(
      [...codes].map(([code, all]) => [code, all.length]),
      [
        ['share', 50],
        ['shares-many', 1],
      ],
    )
  })
})
