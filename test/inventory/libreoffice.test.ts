import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { waveRow } from '../../shared/commands/status.ts'
import type { Language } from '../../shared/intake/words.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { answers, filled, holding, house, people, playbook, right, sent } from './house.ts'
import { calcSaves } from './office.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The workbook with other kinds in it, and its formulas without any value: whoever shows one has reckoned it. */
async function unreckoned(workbook: Uint8Array, kinds: Record<string, string>): Promise<Uint8Array> {
  const { sheets } = await readXlsx(workbook)
  const written = sheets.map(({ name, rows, cells, veryHidden }): WriteSheet => {
    const changed = rows.map(row =>
      kinds[String(row[0])] ? row.map((cell, c) => (c === 8 ? (kinds[String(row[0])] ?? '') : c === 7 ? 'oui' : cell)) : row,
    )
    const formulas = new Map([...(cells ?? [])].flatMap(([at, { formula }]) => (formula ? [[at, { formula }] as const] : [])))
    return { name, rows: changed, cells: formulas, ...(veryHidden ? { veryHidden } : {}) }
  })
  return writeXlsx({ sheets: written })
}

/** The house with a licence given already, whose copy is to begin on an evening. */
async function priced() {
  const found = await house()
  const { world } = found
  const partition = keyPart('aid')
  const [wave, anna] = [
    await world.store.waves.get('wave', partition),
    await world.store.mailboxes.get(partition, keyPart(people[0] ?? '')),
  ]
  assert.ok(wave && anna)
  const at = Date.parse('2027-03-24T19:00:00Z')
  await world.store.waves.save({ ...wave.row, gates: { ...wave.row.gates, provision: at } }, wave.etag)
  await world.store.mailboxes.save({ ...anna.row, wanted: { ...anna.row.wanted, licence: 'E3' } }, anna.etag)
  return found
}

describe('LibreOffice', { timeout: 240_000 }, () => {
  test('shows the drop-downs, keeps the header protected and hides what is ours', async () => {
    const { app } = await house()
    const workbook = await sent(app)
    assert.deepEqual((await readXlsx(workbook)).sheets[1]?.freezePane, { rows: 1, columns: 1 })
    const saved = await calcSaves(workbook, 'xlsx')
    const { sheets } = await readXlsx(saved)
    assert.deepEqual(
      sheets.map(({ name, hidden, veryHidden }) => [name, Boolean(hidden || veryHidden)]),
      [
        ['Mode d’emploi', false],
        ['Adresses', false],
        ['Coûts', false],
        ['_releve', true],
      ],
    )
    const addresses = sheets[1]
    assert.deepEqual(
      addresses?.dataValidations?.map(({ type, range, values, formula1 }) => [type, range, values ?? formula1]),
      [
        ['list', 'H2:H56', ['oui', 'non']],
        ['list', 'I2:I56', ['E1', 'E3', 'partagée', 'alias']],
        ['list', 'J2:J56', '$A$2:$A$56'],
      ],
    )
    assert.equal(addresses?.protection?.sheet, true)
  })

  test('reckons the costs by the formulas: E1 2.76, E3 8.24, and the surcharge over two thirds to one', async () => {
    const { app } = await house()
    const workbook = await unreckoned(await sent(app), {
      'anna@aid.example': 'E3',
      'bruno@aid.example': 'E3',
      'chloe@aid.example': 'E1',
      'contact@aid.example': 'partagée',
      'old@aid.example': 'alias',
    })
    const costs = (await calcSaves(workbook, 'csv', 3)).toString('utf8')
    assert.match(costs, /^E1,2\.76,50 GB,1,2\.76,/m)
    assert.match(costs, /^E3,8\.24,100 GB,2,16\.48,/m)
    assert.match(costs, /^Total,,,3,19\.24,/m)
    assert.match(costs, /^Prévu[^,]*,,,,13\.76,/m)
    assert.match(costs, /^Surcoût[^,]*,,,,5\.48,/m)
    const addresses = (await calcSaves(workbook, 'csv', 2)).toString('utf8').split('\n')
    assert.deepEqual(
      addresses.slice(1, 6).map(line => Number(line.split(',').at(-1))),
      [8.24, 8.24, 2.76, 0, 0],
    )
  })

  test('reckons how full the new mailbox will be by the kind that is chosen', async () => {
    const { app } = await house({ playbook: playbook.replace('kind: exchange-server', 'kind: exchange-online') })
    for (const address of people.slice(0, 4)) await holding(app, address, 40 * 2 ** 30)
    const kinds = { [people[0] ?? '']: 'E1', [people[1] ?? '']: 'E3', [people[2] ?? '']: 'partagée', [people[3] ?? '']: 'alias' }
    const workbook = await unreckoned(await sent(app), kinds)
    const addresses = (await calcSaves(workbook, 'csv', 2)).toString('utf8').split('\n')
    assert.deepEqual(
      addresses.slice(1, 5).map(line => line.split(',').at(-2)),
      ['0.8', '0.4', '0.8', ''],
    )
  })

  const forecasts: [Language, string, RegExp, RegExp, string][] = [
    [
      'fr',
      'Prévision de la première copie de tout le lot',
      /^"?Fin, une fois sur deux/,
      /^"?Fin, neuf fois sur dix/,
      'mercredi 24 mars 2027',
    ],
    [
      'nl',
      'Raming van de eerste kopie van de hele groep',
      /^"?Einde, in de helft/,
      /^"?Einde, in negen/,
      'woensdag 24 maart 2027',
    ],
    [
      'de',
      'Voraussage für die erste Kopie der ganzen Gruppe',
      /^"?Ende, in der Hälfte/,
      /^"?Ende, in neun/,
      'Mittwoch, 24. März 2027',
    ],
    ['en', 'Forecast of the first copy of the whole wave', /^"?End, in half/, /^"?End, in nine/, 'Wednesday, 24 March 2027'],
  ]
  for (const [language, title, half, nearly, day] of forecasts)
    test(`shows when the copy will end, below the costs, and what its licences cost (${language})`, async () => {
      const { app } = await priced()
      const lines = (await calcSaves(await sent(app, language), 'csv', 3)).toString('utf8').split('\n')
      const at = lines.findIndex(line => line.startsWith(title))
      const [first = '', second = '', cost = ''] = lines.slice(at + 1)
      assert.ok(at > lines.findIndex(line => line.startsWith('E3,')), lines.join('\n'))
      assert.match(first, half)
      assert.match(second, nearly)
      for (const line of [first, second]) assert.ok(line.replaceAll(/\s/g, ' ').includes(day), line)
      assert.match(cost, /8\.24 EUR/)
    })

  test('saves an answer that is taken as it would have been without it, as workbook and as CSV', async () => {
    const { world, app } = await house()
    const wave = await waveRow(app, 'aid')
    const answer = await filled(await sent(app), answers(right))
    const first = await acceptAnswers(app, wave, await calcSaves(answer, 'xlsx'), xlsx, 'coordinator')
    assert.deepEqual(first.faults, [])
    const again = await acceptAnswers(app, wave, await calcSaves(answer, 'csv', 2), 'text/csv', 'coordinator')
    assert.deepEqual(again.faults, [])
    assert.equal(again.created, false)
    assert.equal(first.answer?.digest, again.answer?.digest)
    assert.ok(world)
  })

  test('saves it as an OpenDocument spreadsheet and prints it', async () => {
    const { app } = await house()
    assert.match((await calcSaves(await sent(app, 'de'), 'ods')).toString('latin1'), /^PK/)
    assert.match((await calcSaves(await sent(app, 'nl'), 'pdf')).toString('latin1'), /^%PDF/)
  })
})
