import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { waveRow } from '../../shared/commands/status.ts'
import { details } from '../../shared/inventory/accept.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { yesOrNo } from '../../shared/inventory/choices.ts'
import { addressFrom, attributeOf, identifierOf } from '../../shared/inventory/identifiers.ts'
import type { App } from '../../shared/ports.ts'
import { all } from '../../shared/store/store.ts'
import { type Chance, chance } from '../fakes/chance.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { refusal } from '../intake/refusal.ts'
import { answers, filled, house, playbook, right, sent } from './house.ts'
import { mangled } from './mangled.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
type Cells = (string | number | null)[][]

const take = async (app: App, bytes: Uint8Array, type = xlsx) =>
  acceptAnswers(app, await waveRow(app, 'aid'), bytes, type, 'coordinator')
const faultless = async (app: App, bytes: Uint8Array, type = xlsx) => {
  const outcome = await take(app, bytes, type)
  assert.deepEqual(details(outcome, outcome.faults), [])
  return outcome
}

/** What people do to a workbook, each of which leaves what it says. */
const harmless: Record<string, (rows: Cells, random: Chance) => Cells> = {
  'columns in another order': (rows, random) => {
    const order = (rows[0] ?? []).map((_, c) => c).sort(() => random() - 0.5)
    return rows.map(row => order.map(c => row[c] ?? null))
  },
  'other headings': rows => {
    const names: Record<string, string> = {
      Adresse: 'ADRESSE E-MAIL actuelle',
      'Conserver ?': 'a conserver',
      Type: 'Licence',
      Membres: 'Membre(s)',
      Prénom: 'PRENOM',
      'Alias de': 'alias pour',
    }
    return rows.map((row, r) => (r === 0 ? row.map(cell => names[String(cell)] ?? cell) : row))
  },
  'headings of another language': rows => {
    const names: Record<string, string> = {
      Adresse: 'Adres',
      'Conserver ?': 'Behouden?',
      Type: 'Type',
      Membres: 'Leden',
      'Alias de': 'Alias von',
      Nom: 'Surname',
      Prénom: 'Voornaam',
    }
    return rows.map((row, r) => (r === 0 ? row.map(cell => names[String(cell)] ?? cell) : row))
  },
  'a heading that nobody knows, at its old place': rows =>
    rows.map((row, r) => (r === 0 ? row.map(cell => (cell === 'Membres' ? 'qui ?' : cell)) : row)),
  'a title and an empty row above': rows => [['Fédération de l’aide'], [], ...rows],
  'an extra column': rows =>
    rows.map((row, r) => ['', ...row].map((cell, c) => (c === 0 ? (r === 0 ? 'Remarques' : 'vu') : cell))),
  'rows in another order': (rows, random) => [rows[0] ?? [], ...rows.slice(1).sort(() => random() - 0.5)],
  'capitals and spaces': rows =>
    rows.map((row, r) =>
      row.map(cell => (r > 0 && typeof cell === 'string' && cell.includes('@') ? `  ${cell.toUpperCase()} ` : cell)),
    ),
  'empty rows between': rows => rows.flatMap((row, r) => (r === 3 ? [row, [], []] : [row])),
  'yes and no in other words': rows =>
    rows.map(row =>
      row.map(cell =>
        cell === 'oui' ? 'OK' : cell === 'non' ? 'Nee' : cell === 'partagée' ? 'PARTAGE' : cell === 'E1' ? 'Licence E1' : cell,
      ),
    ),
}

describe('an answer says the same with', () => {
  for (const [what, change] of Object.entries(harmless)) {
    test(what, async () => {
      const { app } = await house()
      const plain = await faultless(app, await filled(await sent(app), answers(right)))
      const bytes = await filled(await sent(app), rows => rows)
      const changed = await filled(bytes, rows => change(answers(right)(rows, (rows[0] ?? []).map(String)), chance(7)))
      const outcome = await faultless(app, changed)
      assert.equal(outcome.answer?.digest, plain.answer?.digest)
    })
  }

  test('merged cells: what is merged down speaks for each row', async () => {
    const { app } = await house()
    const names = { ...right, 'bruno@aid.example': { ...right['bruno@aid.example'], Service: 'Accueil' } }
    const plain = await faultless(
      app,
      await filled(
        await sent(app),
        answers({ ...names, 'anna@aid.example': { ...right['anna@aid.example'], Service: 'Accueil' } }),
      ),
    )
    const merges = [{ startRow: 1, startCol: 16, endRow: 2, endCol: 16 }]
    const bytes = await filled(
      await sent(app),
      (rows, heads) =>
        answers({
          ...names,
          'anna@aid.example': { ...right['anna@aid.example'], Service: 'Accueil' },
          'bruno@aid.example': { ...right['bruno@aid.example'], Service: '' },
        })(rows, heads),
      { merges },
    )
    assert.equal((await faultless(app, bytes)).answer?.digest, plain.answer?.digest)
  })

  test('an extra sheet before it, full of other things', async () => {
    const { app } = await house()
    const { sheets } = await readXlsx(await filled(await sent(app), answers(right)))
    const more = {
      name: 'Notes',
      rows: [
        ['Nom', 'Prénom'],
        ['a', 'b'],
      ],
    }
    const written = await writeXlsx({
      sheets: [more, ...sheets.map(({ name, rows, veryHidden }) => ({ name, rows, ...(veryHidden ? { veryHidden } : {}) }))],
    })
    await faultless(app, written)
  })

  test('formulas that have a value; one without is told at its cell', async () => {
    const { app } = await house()
    const cells = (formulaResult: string | null) => new Map([['1,12', { formula: 'UPPER("martin")', formulaResult }]])
    await faultless(app, await filled(await sent(app), answers(right), { cells: cells('MARTIN') }))
    const outcome = await take(app, await filled(await sent(app), answers(right), { cells: cells(null) }))
    assert.deepEqual(
      outcome.faults.map(({ code }) => code),
      ['formula'],
    )
    assert.equal(details(outcome, outcome.faults)[0]?.path, 'Adresses!M2')
  })

  test('an older workbook: what has come since is asked for, and that it is older is said', async () => {
    const { world, app } = await house()
    const old = await filled(await sent(app), answers(right))
    const [row] = await all(world.store.mailboxes.list({ limit: 1 }))
    if (!row) assert.fail()
    await world.store.mailboxes.insert({
      ...row,
      address: 'zoe@aid.example',
      wanted: { ...row.wanted, address: 'zoe@aid.example' },
    })
    const outcome = await take(app, old)
    assert.deepEqual(details(outcome, outcome.faults), [
      {
        path: 'Adresses',
        message: 'L’adresse zoe@aid.example manque dans le fichier : remettez sa ligne et répondez oui ou non.',
      },
    ])
    assert.match(outcome.warnings[0] ?? '', /plus ancien/)
  })
})

test('five thousand rows are read, judged and told apart in a bounded time', { timeout: 60_000 }, async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => `p${n}@aid.example`)
  const { app } = await house({
    wave: { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes: many.map(address => ({ address })) },
    sources: new Map(many.map(address => [address, new MemoryMailbox()])),
  })
  const workbook = await sent(app)
  const bytes = await filled(workbook, rows =>
    rows.map((row, r) =>
      row.map((cell, c) => (r > 0 && row[0] ? (c === 7 ? 'oui' : c === 8 ? (r % 100 === 7 ? 'E7' : 'E1') : cell) : cell)),
    ),
  )
  const outcome = await take(app, bytes)
  assert.equal(outcome.faults.length, 50)
  assert.deepEqual(
    details(outcome, outcome.faults)
      .slice(0, 2)
      .map(({ path }) => path),
    ['Adresses!I8', 'Adresses!I108'],
  )
})

test('whatever is sent is refused or judged, and nothing wrong is ever stored', { timeout: 120_000 }, async () => {
  const { world, app } = await house()
  const good = await filled(await sent(app), answers(right))
  const before = JSON.stringify(await all(world.store.mailboxes.list({})))
  const random = chance(4)
  for (let n = 0; n < 150; n++) {
    const { bytes, type } = mangled(random, good, n)
    try {
      const outcome = await take(app, bytes, type)
      // A byte that does not matter may have been hit.
      if (outcome.answer) assert.deepEqual(outcome.faults, [])
      else for (const { path } of details(outcome, outcome.faults)) assert.match(path, /^(?:.*!)?[A-Z]{1,3}\d+$|^[^!]+$/)
    } catch (error) {
      assert.equal((error as Error).name, 'Refusal', (error as Error).stack)
    }
  }
  const stored = await all(world.store.answers.list({}))
  for (const answer of stored) assert.equal(answer.lines, 6)
  if (stored.length === 0) assert.equal(JSON.stringify(await all(world.store.mailboxes.list({}))), before)
})

test('an archive that unpacks to more than an answer can be is refused unread', async () => {
  const { app } = await house()
  const bomb = await writeXlsx({
    sheets: [{ name: 'a', rows: Array.from({ length: 15_000 }, () => ['a'.repeat(5_000)]) }],
    stringMode: 'inline',
  })
  assert.ok(bomb.length < 8 * 2 ** 20)
  const { details } = await refusal(() => take(app, bomb))
  assert.equal(details[0]?.path, '(document)')
})

describe('a code', () => {
  const patterns = ['ANT CE ### # ##### {######}']
  const codes: [string, string | undefined][] = [
    ['ANT CE 055 0 00000 002689', '2689'],
    ['antce055000000002689', '2689'],
    ['ANT CE 055 0 00000 000000', '0'],
    ['ANT CE 055 0 00000 02689', undefined],
    ['ANT XX 055 0 00000 002689', undefined],
  ]
  for (const [code, identifier] of codes)
    test(`${code} -> ${identifier}`, () => assert.equal(identifierOf(code, patterns), identifier))
})

test('an address is made from its attribute by the class’s pattern, and read back into it', async () => {
  const patterns = { EC: 'ec00{FASE}@adm.town.example', PO: 'po00{FASE}@adm.town.example' }
  assert.equal(addressFrom(patterns.EC, { FASE: '1234' }), 'ec001234@adm.town.example')
  assert.deepEqual(attributeOf('po001234@adm.town.example', patterns), { class: 'PO', name: 'FASE', value: '1234' })
  const rules = `  addressPatterns: { EC: "ec00{FASE}@aid.example", PO: "po00{FASE}@aid.example" }\n`
  const { app } = await house({ playbook: playbook + rules })
  const said = (rows: Cells, heads: string[], values: Record<string, string>) => {
    const done = answers(right)(rows, heads)
    const free = done.find((row, r) => r > 0 && (row[0] ?? '') === '') ?? assert.fail()
    for (const [heading, value] of Object.entries(values)) free[heads.indexOf(heading)] = value
    return done
  }
  const made = await faultless(
    app,
    await filled(await sent(app), (rows, heads) => said(rows, heads, { Catégorie: 'EC', FASE: '1234', Type: 'E1' })),
  )
  assert.ok(made.said.some(({ address, fresh }) => address === 'ec001234@aid.example' && fresh))
  const open = await take(app, await filled(await sent(app), (rows, heads) => said(rows, heads, { FASE: '99', Type: 'E1' })))
  assert.deepEqual(
    open.faults.map(({ code }) => code),
    ['class'],
  )
})

test('yes and no are known in four languages', () => {
  for (const word of ['oui', 'JA', 'yes', 'X', ' Oui. ']) assert.equal(yesOrNo(word), true, word)
  for (const word of ['non', 'nein', 'Nee', 'NO', '0']) assert.equal(yesOrNo(word), false, word)
  assert.equal(yesOrNo('peut-être'), undefined)
})
