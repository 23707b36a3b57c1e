import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { act } from '../../shared/commands/act.ts'
import { postAnswer, waveAnswers, waveInventory } from '../../shared/commands/inventory.ts'
import { noticePreview } from '../../shared/commands/notices.ts'
import { waveRow } from '../../shared/commands/status.ts'
import { details } from '../../shared/inventory/accept.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { followAnswers } from '../../shared/inventory/follow.ts'
import { answersOf } from '../../shared/inventory/standing.ts'
import type { App } from '../../shared/ports.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { isEffect } from '../crash/stopping.ts'
import { Death, MortalGate } from '../fakes/gate.ts'
import type { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { answers, filled, house, playbook, right, sent } from './house.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const take = async (app: App, bytes: Uint8Array, who = 'coordinator') =>
  acceptAnswers(app, await waveRow(app, 'aid'), bytes, xlsx, who)

type Values = Record<string, Record<string, string>>

const merged = (said: Values): Values => {
  const before: Values = right
  const changed = Object.entries(said).map(([address, values]) => [address, { ...before[address], ...values }] as const)
  return { ...before, ...Object.fromEntries(changed) }
}

/** What a wrong answer is told: cell, then the first words. */
async function told(app: App, said: Record<string, Record<string, string>>): Promise<string[]> {
  const outcome = await take(app, await filled(await sent(app), answers(merged(said))))
  return details(outcome, outcome.faults).map(({ path, message }) => `${path} ${message}`)
}

test('an answer without a fault is stored once, and the wave follows it', async () => {
  const { world, app } = await house()
  const bytes = await filled(await sent(app), answers(right))
  const first = await take(app, bytes)
  assert.deepEqual(details(first, first.faults), [])
  assert.deepEqual(first.followed, { changed: 4, dropped: 1, added: 1, kept: [] })
  const again = await take(app, bytes)
  assert.equal(again.created, false)
  assert.deepEqual(again.followed, { changed: 0, dropped: 0, added: 0, kept: [] })
  assert.equal((await all(world.store.answers.list({}))).length, 1)

  const rows = new Map((await all(world.store.mailboxes.list({}))).map(row => [row.address, row]))
  const { wanted } = rows.get('anna@aid.example') ?? assert.fail()
  assert.equal(wanted.licence, 'ENTERPRISEPACK')
  assert.equal(wanted.identifier, '2689')
  assert.equal(wanted.displayName, 'Anna Martin')
  assert.equal(rows.get('chloe@aid.example')?.wanted.aliasOf, 'anna@aid.example')
  assert.deepEqual(rows.get('contact@aid.example')?.wanted.members, ['anna@aid.example', 'bruno@aid.example'])
  assert.equal(rows.get('old@aid.example')?.state, 'cancelled')
  assert.match(rows.get('old@aid.example')?.dropped ?? '', /does not keep it/)
  assert.equal(rows.get('david@aid.example')?.wanted.fresh, true)
  assert.deepEqual(await answersOf(app, await waveRow(app, 'aid')), {
    expected: ['aid.example'],
    answered: ['aid.example'],
    open: [],
  })
})

test('a second answer takes a member out again and corrects a name; an operator’s own name stays', async () => {
  const { world, app } = await house()
  const row = async (address: string) => (await world.store.mailboxes.get(keyPart('aid'), keyPart(address)))?.row ?? assert.fail()
  const say = async (members: string, surname: string) => {
    const { faults } = await take(
      app,
      await filled(
        await sent(app),
        answers({
          ...right,
          'anna@aid.example': { ...right['anna@aid.example'], Nom: surname },
          'bruno@aid.example': { ...right['bruno@aid.example'], Nom: surname },
          'contact@aid.example': { ...right['contact@aid.example'], Membres: members },
        }),
      ),
    )
    assert.deepEqual(faults, [])
  }
  const bruno = await world.store.mailboxes.get(keyPart('aid'), keyPart('bruno@aid.example'))
  assert.ok(bruno)
  await world.store.mailboxes.save({ ...bruno.row, wanted: { ...bruno.row.wanted, displayName: 'Trésorier' } }, bruno.etag)
  await say('anna@aid.example; bruno@aid.example', 'Martin')
  assert.equal((await row('contact@aid.example')).formerMembers, undefined)
  await say('anna@aid.example', 'Martin-Petit')
  assert.deepEqual((await row('contact@aid.example')).formerMembers, ['bruno@aid.example'])
  assert.equal((await row('anna@aid.example')).wanted.displayName, 'Anna Martin-Petit')
  assert.equal((await row('bruno@aid.example')).wanted.displayName, 'Trésorier')
  await say('bruno@aid.example', 'Martin-Petit')
  assert.deepEqual((await row('contact@aid.example')).formerMembers, ['anna@aid.example'])
})

test('cut off before and after each effect of following, the audit says it once, and says all of it', async () => {
  const bytesFor = async (app: App) => filled(await sent(app), answers(right))
  const lines = async ({ store }: World) => {
    const audit = await all(store.audit.list({}))
    return audit.flatMap(({ action, details }) => (action === 'follow-answers' ? [details] : []))
  }
  const mailboxes = async ({ store }: World) =>
    (await all(store.mailboxes.list({}))).map(({ address, state, wanted, dropped }) => ({ address, state, wanted, dropped }))
  const calm = await house()
  const bytes = await bytesFor(calm.app)
  const gate = new MortalGate()
  await take(calm.world.app(gate), bytes)
  const effects = gate.names.flatMap((name, i) => (isEffect(name) ? [i + 1] : []))
  const [wanted, boxes] = [await lines(calm.world), await mailboxes(calm.world)]
  assert.deepEqual(wanted, [{ entity: 'aid.example', changed: 4, dropped: 1, added: 1, kept: [] }])
  assert.ok(effects.length > 7, gate.names.join(' '))
  for (const at of effects)
    for (const when of ['before', 'after'] as const) {
      const { world, app } = await house()
      const given = await bytesFor(app)
      await assert.rejects(take(world.app(new MortalGate({ at, when })), given), Death)
      await take(app, given)
      // Whoever else makes sure of it finds it done.
      await followAnswers(app, await waveRow(app, 'aid'), 'calendar')
      assert.deepEqual([await lines(world), await mailboxes(world)], [wanted, boxes], `${when} ${gate.names[at - 1]}`)
    }
})

test('a preview says how many answers are open, as the notice would', async () => {
  const reminder = `notices:
  - { notice: reminder, template: answers-reminder, audience: coordinator, issuer: it, channel: smtp }
issuers: { it: { name: IT, address: it@aid.example } }
people: { coordinator: [jo@aid.example] }
channels: { smtp: { host: smtp.aid.example, user: it, secret: SMTP } }
`
  const { app } = await house({ playbook: playbook + reminder })
  const look = async () => {
    const asked = new URLSearchParams('notice=reminder&address=anna@aid.example&language=en&as=text')
    return String((await noticePreview(app, 'aid', asked)).body)
  }
  assert.match(await look(), /Workbooks still missing: 1\b/)
  await take(app, await filled(await sent(app), answers(right)))
  assert.doesNotMatch(await look(), /Workbooks still missing/)
})

test('a later answer replaces an earlier one and the history stays, each version sealed over the one before', async () => {
  const { world, app } = await house()
  await take(app, await filled(await sent(app), answers(right)), 'Anna')
  const changed = merged({ 'old@aid.example': { 'Conserver ?': 'oui', Type: 'E1' }, 'bruno@aid.example': { Type: 'E3' } })
  const second = await take(app, await filled(await sent(app), answers(changed)), 'Bruno')
  assert.equal(second.answer?.version, 2)
  const { versions } = await waveAnswers(app, 'aid')
  assert.deepEqual(
    versions.map(({ version, who }) => [version, who]),
    [
      [1, 'Anna'],
      [2, 'Bruno'],
    ],
  )
  assert.notEqual(versions[0]?.seal, versions[1]?.seal)
  const rows = new Map((await all(world.store.mailboxes.list({}))).map(row => [row.address, row]))
  assert.equal(rows.get('old@aid.example')?.state, 'planned')
  assert.equal(rows.get('bruno@aid.example')?.wanted.licence, 'ENTERPRISEPACK')
})

test('where the calendar asks for a confirmation, the wave follows when it is given', async () => {
  const { world, app } = await house({
    playbook: playbook.replace('  - { at: "D-1', '  - { at: "D-5 09:00", step: confirm }\n  - { at: "D-1'),
  })
  const outcome = await take(app, await filled(await sent(app), answers(right)))
  assert.ok(outcome.answer)
  assert.equal(outcome.followed, undefined)
  const states = async () => (await all(world.store.mailboxes.list({}))).map(({ state }) => state)
  assert.deepEqual(await states(), Array(5).fill('planned'))
  await act(app, 'aid', 'approve', { why: 'both agreed on the date', step: 'confirm' }, 'operator')
  assert.deepEqual((await states()).sort(), ['cancelled', 'planned', 'planned', 'planned', 'planned', 'planned'])
})

describe('an answer with faults', () => {
  const wrong: [string, Record<string, Record<string, string>>, RegExp][] = [
    ['keep is neither yes nor no', { 'anna@aid.example': { 'Conserver ?': 'peut-être' } }, /^Adresses!H2 Répondez oui ou non/],
    [
      'a kind that is none',
      { 'anna@aid.example': { Type: 'E5' } },
      /^Adresses!I2 Choisissez E1, E3, partagée, alias \(vous avez écrit « E5 »\)/,
    ],
    [
      'an alias of another domain',
      { 'chloe@aid.example': { 'Alias de': 'chloe@gmail.example' } },
      /^Adresses!J4 .*autre domaine/,
    ],
    [
      'an alias of nobody',
      { 'chloe@aid.example': { 'Alias de': 'nobody@aid.example' } },
      /^Adresses!J4 .*aucune de vos adresses/,
    ],
    ['an alias without a target', { 'chloe@aid.example': { 'Alias de': '' } }, /^Adresses!J4 Un alias a besoin/],
    ['an alias of what is dropped', { 'chloe@aid.example': { 'Alias de': 'old@aid.example' } }, /^Adresses!J4 .*pas conservée/],
    ['a shared mailbox without members', { 'contact@aid.example': { Membres: '' } }, /^Adresses!K5 .*au moins un membre/],
    [
      'a member who is nobody',
      { 'contact@aid.example': { Membres: 'eve@aid.example' } },
      /^Adresses!K5 Le membre « eve@aid.example » n’est aucune/,
    ],
    [
      'a member without a licence',
      { 'contact@aid.example': { Membres: 'chloe@aid.example' } },
      /^Adresses!K5 .*pas de licence à lui/,
    ],
    [
      'a function’s mailbox for one',
      { 'contact@aid.example': { Type: 'E1', Membres: '' } },
      /^Adresses!I5 .*adresse de fonction/,
    ],
    ['members of a licence', { 'anna@aid.example': { Membres: 'bruno@aid.example' } }, /^Adresses!K2 Seule une boîte partagée/],
    ['a code of another form', { 'anna@aid.example': { structure: 'ANT CE 55' } }, /^Adresses!R2 .*pas un code/],
    ['a new address elsewhere', { 'eve@other.example': { Type: 'E1' } }, /^Adresses!A8 .*pas dans vos domaines \(aid\.example\)/],
    ['a new address that is none', { 'eve at aid': { Type: 'E1' } }, /^Adresses!A8 .*pas une adresse/],
    ['an accent in a sign-in name', { 'hélène@aid.example': { Type: 'E1' } }, /^Adresses!A8 .*identifiant/],
    [
      'the same address twice',
      { 'ANNA@aid.example': { 'Conserver ?': 'oui', Type: 'E1' } },
      /^Adresses!A8 .*figure déjà en Adresses!A2/,
    ],
    [
      'a text that is too long',
      { 'anna@aid.example': { Fonction: 'x'.repeat(200) } },
      /^Adresses!P2 Une seule ligne d’au plus 128/,
    ],
  ]
  for (const [what, said, expected] of wrong) {
    test(`${what}: is told at its cell, and nothing is stored`, async () => {
      const { world, app } = await house()
      const faults = await told(app, said)
      assert.equal(faults.length, 1, faults.join('\n'))
      assert.match(faults[0] ?? '', expected)
      assert.deepEqual(await all(world.store.answers.list({})), [])
      assert.deepEqual(await all(world.store.answerLines.list({})), [])
      assert.equal((await all(world.store.mailboxes.list({}))).length, 5)
    })
  }

  test('a reason makes an exception of a function’s mailbox for one person', async () => {
    const { app } = await house()
    const one = { Type: 'E1', Membres: '', Motif: 'une seule bénévole, sans ordinateur' }
    assert.deepEqual(await told(app, { 'contact@aid.example': one }), [])
  })

  test('a row that was deleted is asked for', async () => {
    const { app } = await house()
    const bytes = await filled(await sent(app), (rows, heads) =>
      answers(right)(rows, heads).filter(([address]) => address !== 'bruno@aid.example'),
    )
    const outcome = await take(app, bytes)
    assert.ok(outcome.faults.some(({ code, parts }) => code === 'missing' && parts.got === 'bruno@aid.example'))
  })

  test('what the licence does not hold is told against the measured size', async () => {
    const { world, app } = await house()
    const found = await world.store.inventories.get('aid', 'anna@aid.example')
    if (!found?.row.measured) assert.fail()
    await world.store.inventories.put([{ ...found.row, measured: { ...found.row.measured, sizeBytes: 63 * 2 ** 30 } }])
    assert.deepEqual(await told(app, { 'anna@aid.example': { Type: 'E1' } }), [
      'Adresses!I2 Cette boîte contient 63 GB, la licence n’en admet que 50 GB : choisissez-en une plus grande, ou faites le ménage.',
    ])
  })

  test('all faults come at once, as JSON or as a workbook with the wrong rows only', async () => {
    const { app } = await house()
    const said = merged({ 'anna@aid.example': { Type: 'E9' }, 'contact@aid.example': { Membres: '' } })
    const bytes = await filled(await sent(app), answers(said))
    const call = (as?: string) =>
      postAnswer(app, 'aid', { bytes, contentType: xlsx, accept: undefined, query: { as, language: 'nl' }, who: 'coordinator' })
    const { status, details } = await refusal(() => call())
    assert.equal(status, 400)
    assert.deepEqual(details.map(({ path }) => path).sort(), ['Adresses!I2', 'Adresses!K5'])
    const answered = await call('xlsx')
    assert.equal(answered.status, 400)
    const { sheets } = await readXlsx(answered.body as Uint8Array)
    const [sheet] = sheets
    assert.equal(sheet?.name, 'Te verbeteren')
    assert.deepEqual(
      sheet?.rows.map(row => [row[0], row[2]]),
      [
        ['Cel', 'Adresse'],
        ['Adresses!I2', 'anna@aid.example'],
        ['Adresses!K5', 'contact@aid.example'],
      ],
    )
    assert.match(String(sheet?.rows[1]?.[1]), /^Kies E1, E3, gedeeld, alias/)
  })

  test('an answer for another wave, and one to a wave that is cut over, are refused', async () => {
    const { world, app } = await house()
    const bytes = await filled(await sent(app), answers(right))
    const other = await world.store.waves.get('wave', 'aid')
    if (!other) assert.fail()
    assert.equal((await refusal(() => acceptAnswers(app, { ...other.row, wave: 'b' }, bytes, xlsx, 'x'))).code, 'invalid-answer')
    assert.equal((await refusal(() => acceptAnswers(app, { ...other.row, state: 'cutting-over' }, bytes, xlsx, 'x'))).status, 409)
  })
})

test('what was found is judged: in use, a function’s, empty, no longer read; and priced', async () => {
  const { app } = await house()
  const { entities } = await waveInventory(app, 'aid')
  const [entity] = entities
  assert.deepEqual(
    entity?.addresses.map(({ address, proposed }) => [address, proposed.kind, proposed.finding ?? null, proposed.keep ?? null]),
    [
      ['anna@aid.example', 'E1', null, true],
      ['bruno@aid.example', 'E1', null, true],
      ['chloe@aid.example', 'E1', 'empty', null],
      ['contact@aid.example', 'shared', null, true],
      ['old@aid.example', 'E1', 'inactive', null],
    ],
  )
  assert.deepEqual(entity?.price, {
    of: 'proposal',
    licences: { E1: 4, E3: 0 },
    perMonth: 11.04,
    currency: 'EUR',
    projected: 18.35,
    surcharge: 0,
  })
})
