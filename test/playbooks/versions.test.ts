import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { playbookDiff, playbookVersions } from '../../shared/commands/playbook-versions.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { differences } from '../../shared/playbooks/difference.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
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
