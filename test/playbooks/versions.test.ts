import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { playbookDiff, playbookVersions } from '../../shared/commands/playbook-versions.ts'
import { putPlaybook, storePlaybook } from '../../shared/commands/playbooks.ts'
import { differences } from '../../shared/playbooks/difference.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { playbookKey } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { Death, MortalGate } from '../fakes/gate.ts'
import { waveRow } from '../fakes/rows.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { full, smallest } from './examples.ts'

const town = (text: string) => parsePlaybook(text, undefined, 'town')

describe('the difference of two playbooks', () => {
  for (const [what, change, wanted] of [
    ['nothing', (t: string) => t, []],
    ['only comments and order', (t: string) => `# a comment\n${t.split('\n').slice(1).join('\n')}playbook: town\n`, []],
    ['a default that is written out', (t: string) => `${t}lateMail: { for: PT72H }\n`, []],
    [
      'a value',
      (t: string) => t.replace('SPE_E3', 'STANDARDPACK'),
      [{ path: 'target.licence', was: 'SPE_E3', is: 'STANDARDPACK' }],
    ],
    ['something new', (t: string) => `${t}holidays: [BE]\n`, [{ path: 'holidays[0]', is: 'BE' }]],
    [
      'something gone',
      (t: string) => t.replace(', replyTo: desk@town.example', ''),
      [{ path: 'issuers.ict.replyTo', was: 'desk@town.example' }],
    ],
    [
      'an hour in front of the others, and one that is another',
      (t: string) =>
        t
          .replace('step: inventory }', 'step: inventory }\n  - { at: "D-7 18:00", step: answers-due }')
          .replace('D-1 16:15', 'D-1 17:00'),
      [
        { path: 'calendar.cutover.at', was: 'D-1 16:15', is: 'D-1 17:00' },
        { path: 'calendar.answers-due', is: { at: 'D-7 18:00', step: 'answers-due' } },
      ],
    ],
    [
      'a notice in front of the others',
      (t: string) =>
        t.replace(
          'notices:\n',
          'notices:\n  - { notice: eve, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }\n',
        ),
      [
        {
          path: 'notices.eve',
          is: {
            notice: 'eve',
            template: 'done',
            audience: 'owner',
            issuer: 'ict',
            languages: ['fr'],
            channel: 'append',
            attach: [],
          },
        },
      ],
    ],
  ] as const) {
    it(what, () => assert.deepEqual(differences(town(full), town(change(full))), wanted))
  }
})

describe('the versions of a playbook', () => {
  const stored = async () => {
    const world = new World({
      playbook: smallest,
      wave: { wave: 'w', playbook: 'lift', mailboxes: [] },
      sources: new Map(),
      targets: new Map(),
    })
    const app = world.app()
    await storePlaybook(app, 'lift', smallest, undefined, 'Odile')
    world.clock.move(60_000)
    await storePlaybook(app, 'lift', smallest.replace('Europe/Paris', 'Europe/Brussels'), undefined, 'Guy')
    await storePlaybook(
      app,
      'lift',
      smallest.replace('Europe/Paris', 'Europe/Brussels').replace('PT0S', 'PT1H'),
      undefined,
      'Odile',
    )
    return app
  }
  it('are told newest first, each with who sent it and what it changed', async () => {
    const { versions } = await playbookVersions(await stored(), 'lift')
    assert.deepEqual(
      versions.map(({ version, who, changed }) => [version, who, changed]),
      [
        [3, 'Odile', ['lateMail.for']],
        [2, 'Guy', ['timeZone']],
        [1, 'Odile', undefined],
      ],
    )
  })
  it('are compared, the last two unless others are named', async () => {
    const app = await stored()
    assert.deepEqual(await playbookDiff(app, 'lift', null, null), {
      ...{ playbook: 'lift', from: 2, to: 3 },
      differences: [{ path: 'lateMail.for', was: 'PT0S', is: 'PT1H' }],
    })
    const { differences: both } = await playbookDiff(app, 'lift', '1', '3')
    assert.deepEqual(
      both.map(({ path }) => path),
      ['timeZone', 'lateMail.for'],
    )
  })
  for (const [from, to, path] of [
    ['0', null, 'from'],
    ['x', null, 'from'],
    ['1', '4', 'to'],
  ] as const) {
    it(`${from}..${to} is refused`, async () => {
      const app = await stored()
      const { status, details } = await refusal(() => playbookDiff(app, 'lift', from, to))
      assert.deepEqual([status, details[0]?.path], [400, path])
    })
  }
  it('of a playbook that is not there is a 404', async () => {
    const app = await stored()
    for (const ask of [() => playbookVersions(app, 'left'), () => playbookDiff(app, 'left', null, null)])
      assert.equal((await refusal(ask)).status, 404)
  })
  it('who answers for passwords in mails stands in the audit', async () => {
    const app = await stored()
    await storePlaybook(
      app,
      'lift',
      `${smallest}passwords: { mode: mail, acceptRisk: { by: the director, why: no other way } }\n`,
      undefined,
      'Odile',
    )
    let found: unknown
    for await (const { row } of app.store.audit.list({ partition: 'playbook|lift' }))
      found = Object(row.details).acceptedRisk ?? found
    assert.deepEqual(found, { by: 'the director', why: 'no other way' })
  })
})

it('a version is in the audit before it is in force, once and by who sent it, wherever its sender is cut off', async () => {
  const sends = async (at: number, when: 'before' | 'after') => {
    const world = new World({
      playbook: smallest,
      wave: { wave: 'w', playbook: 'lift', mailboxes: [] },
      sources: new Map(),
      targets: new Map(),
    })
    const gate = new MortalGate({ at, when })
    await storePlaybook(world.app(gate), 'lift', smallest, undefined, 'Odile').catch(error => assert.ok(error instanceof Death))
    const audit = async () => (await all(world.store.audit.list({}))).map(({ who, details }) => [who, Object(details).version])
    if (await world.store.playbooks.get(...playbookKey('lift'))) assert.deepEqual(await audit(), [['Odile', 1]], `${when} ${at}`)
    const begun = (await world.store.playbooks.get(...playbookKey('lift', 1))) !== undefined
    await storePlaybook(world.app(), 'lift', smallest, undefined, 'Max')
    assert.deepEqual(await audit(), [[begun ? 'Odile' : 'Max', 1]], `${when} ${at}`)
    return gate.dead
  }
  for (const when of ['before', 'after'] as const) {
    let at = 1
    while (await sends(at, when)) at++
    assert.ok(at > 4, 'nobody died')
  }
})

describe('a dry run of a playbook', () => {
  const sent = (body: string) => ({ body, contentType: undefined, who: 'Odile' })
  const began = async () => {
    const world = new World({
      playbook: smallest,
      wave: { wave: 'w', playbook: 'lift', mailboxes: [{ address: 'anna@old.example' }] },
      sources: new Map(),
      targets: new Map(),
    })
    await world.enqueue()
    const over = waveRow({ wave: 'over', playbook: 'lift', state: 'closed' })
    await world.store.waves.insert(over)
    await world.store.waves.insert(waveRow({ wave: 'other', playbook: 'town' }))
    return world
  }
  const kept = async ({ store }: World) => [await all(store.playbooks.list({})), await all(store.audit.list({}))]

  it('says what would change and which waves keep their version, and stores nothing', async () => {
    const world = await began()
    const before = await kept(world)
    const { status, answer } = await putPlaybook(world.app(), 'lift', sent(`${smallest}holidays: [BE]\n`), 'true')
    const { differences, keep, ...said } = answer as Extract<typeof answer, { keep: unknown }>
    assert.equal(status, 200)
    assert.deepEqual(differences, [{ path: 'holidays[0]', is: 'BE' }])
    assert.deepEqual(keep, [{ wave: 'w', state: 'planned', version: 1 }])
    assert.deepEqual([said.playbook, said.version, said.created], ['lift', 2, true])
    assert.deepEqual(await kept(world), before)
  })
  it('of the same text changes nothing, of the first one has nothing to compare', async () => {
    const world = await began()
    const same = await putPlaybook(world.app(), 'lift', sent(smallest), 'true')
    assert.deepEqual([same.status, Object(same.answer).version, Object(same.answer).differences], [200, 1, []])
    const first = await putPlaybook(world.app(), 'new', sent(smallest.replace('lift', 'new')), 'true')
    assert.deepEqual([Object(first.answer).version, Object(first.answer).differences, Object(first.answer).keep], [1, null, []])
  })
  it('has every fault, and without it the version is stored', async () => {
    const world = await began()
    const faulty = `${smallest}holidays: [XX]\nsequence: { order: size }\n`
    const { status, details } = await refusal(() => putPlaybook(world.app(), 'lift', sent(faulty), 'true'))
    assert.deepEqual([status, details.map(({ path }) => path).sort()], [400, ['holidays[0]', 'sequence.order']])
    await refusal(() => putPlaybook(world.app(), 'lift', sent(smallest), 'perhaps'))
    const real = await putPlaybook(world.app(), 'lift', sent(`${smallest}holidays: [BE]\n`), null)
    assert.deepEqual(real, { status: 201, answer: { playbook: 'lift', version: 2 } })
  })
})
