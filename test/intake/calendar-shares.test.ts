import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { parseWave } from '../../shared/intake/wave.ts'
import { refusal } from './refusal.ts'

const query = { wave: 'w', playbook: 'town' }
const sent = (mailboxes: unknown[]) => JSON.stringify({ ...query, mailboxes })
const shares = [
  { reader: 'ben@town.example', role: 'Reviewer' },
  { reader: 'office@town.example', role: 'Editor' },
]
const anna = { address: 'anna@town.example', kind: 'user', calendarShares: shares }

describe('a calendar that others may see', () => {
  test('stands with its mailbox, each reader with the role of Exchange', async () => {
    const written = { ...anna, calendarShares: [{ reader: 'Ben@Town.example', role: 'Reviewer' }, shares[1]] }
    assert.deepEqual((await parseWave(sent([written]), 'application/json')).mailboxes, [anna])
  })

  const rows = [
    ['adresse', 'partages d’agenda'],
    ['anna@town.example', 'Ben@town.example: reviewer; office@town.example : EDITOR'],
  ]

  test('stands in a table, too, its readers in one cell', async () => {
    const csv = rows.map(row => row.map(cell => `"${cell}"`).join(';')).join('\n')
    assert.deepEqual((await parseWave(csv, 'text/csv', query)).mailboxes, [anna])
    const book = await writeXlsx({ sheets: [{ name: 'A', rows } as WriteSheet] })
    assert.deepEqual((await parseWave(book, undefined, query)).mailboxes, [anna])
  })

  test('is headed so in each of the languages, and a cell may have a line for each reader', async () => {
    for (const heading of ['calendarShares', 'Calendar shares', 'Partages d’agenda', 'agendadeling', 'Kalenderfreigaben']) {
      const cell = '"ben@town.example Reviewer\noffice@town.example Editor"'
      const { mailboxes } = await parseWave(`address;${heading}\nanna@town.example;${cell}`, 'text/csv', query)
      assert.deepEqual(mailboxes, [anna], heading)
    }
  })

  const faulty: [string, object, string, RegExp][] = [
    ['with nobody', { calendarShares: [] }, 'calendarShares', /at least 1/],
    ['without a role', { calendarShares: [{ reader: 'ben@town.example' }] }, 'calendarShares[0].role', /one of AvailabilityOnly/],
    [
      'with a role nobody knows',
      { calendarShares: [{ ...shares[0], role: 'Reviewr' }] },
      'calendarShares[0].role',
      /did you mean Reviewer/,
    ],
    ['with what is no address', { calendarShares: [{ ...shares[0], reader: 'ben' }] }, 'calendarShares[0].reader', /no @/],
    [
      'with its owner',
      { calendarShares: [{ ...shares[0], reader: 'Anna@town.example' }] },
      'calendarShares[0].reader',
      /its owner/,
    ],
    [
      'with somebody twice',
      { calendarShares: [shares[0], { reader: 'BEN@town.example', role: 'Editor' }] },
      'calendarShares[1].reader',
      /calendarShares\[0\]/,
    ],
    [
      'with too many',
      { calendarShares: Array.from({ length: 51 }, (_, i) => ({ ...shares[0], reader: `m${i}@x.example` })) },
      'calendarShares',
      /at most 50.*group|at most 50/,
    ],
    ['of an alias', { kind: 'alias', aliasOf: 'ben@town.example' }, 'calendarShares', /no calendar of its own/],
    ['of a list', { kind: 'list', members: ['ben@town.example'] }, 'calendarShares', /no calendar of its own/],
  ]
  for (const [what, wrong, path, says] of faulty)
    test(`${what} is refused by path`, async () => {
      const { details } = await refusal(() => parseWave(sent([{ ...anna, ...wrong }]), 'application/json'))
      const at = details.find(one => one.path === `mailboxes[0].${path}`)
      assert.match(at?.message ?? JSON.stringify(details), says)
      assert.equal(details.length, 1, JSON.stringify(details))
    })

  test('of a table names its cell, all faults at once', async () => {
    const csv =
      'address;calendar shares\nanna@town.example;ben: Reviewer, anna@town.example: Editor\nben@town.example;office@town.example'
    const { details } = await refusal(() => parseWave(csv, 'text/csv', query))
    assert.deepEqual(
      details.map(({ path, message }) => [path, message.slice(0, 8)]),
      [
        ['mailboxes[0].calendarShares[0].reader', 'cell B2:'],
        ['mailboxes[1].calendarShares[0].role', 'cell B3:'],
        ['mailboxes[0].calendarShares[1].reader', 'cell B2:'],
      ],
    )
  })

  test('finds room in its row with its longest readers, beside as many members', async () => {
    const members = Array.from({ length: 500 }, (_, i) => `m${i}.`.padEnd(35, 'x').concat('@town.example'))
    const calendarShares = Array.from({ length: 50 }, (_, i) => ({
      reader: `m${i}.`.padEnd(27, 'x').concat('@town.example'),
      role: 'AvailabilityOnly',
    }))
    const box = { address: 'all@town.example', kind: 'shared', members, calendarShares, displayName: '"'.repeat(200) }
    const { mailboxes } = await parseWave(sent([box]), 'application/json')
    assert.ok(JSON.stringify(mailboxes[0]).length < 32_768)
    const longer = calendarShares.map(one => ({ ...one, reader: `x${one.reader}` }))
    const { details } = await refusal(() => parseWave(sent([{ ...box, calendarShares: longer }]), 'application/json'))
    assert.match(details[0]?.message ?? '', /at most 2000 characters in all \(got 2050\): .*group/)
  })
})
