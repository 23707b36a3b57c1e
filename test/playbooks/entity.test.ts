import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { overridden } from '../../shared/playbooks/entities.ts'
import { entityOf, settingsFor } from '../../shared/playbooks/entity.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { full, smallest } from './examples.ts'

const playbook = parsePlaybook(
  `${full}entities:
  town: { title: The town, domains: [town.example] }
  harbour:
    title: The harbour
    domains: [harbour.town.example, quay.example]
    people: { coordinator: [kay@quay.example] }
    contact: { phone: +32 2 555 11 11 }
    copy: { trash: copy, folders: { exclude: [Junk, Spam] } }
    issuers: { kay: { name: Kay, address: kay@quay.example } }
`,
  undefined,
  'town',
)
const mailbox = (address: string, entity?: string) => ({ address, wanted: entity === undefined ? {} : { entity } })

describe('the entity of a mailbox', () => {
  for (const [address, named, wanted] of [
    ['anna@town.example', undefined, 'town'],
    ['anna@quay.example', undefined, 'harbour'],
    ['anna@harbour.town.example', undefined, 'harbour'],
    ['anna@east.harbour.town.example', undefined, 'harbour'],
    ['anna@west.town.example', undefined, 'town'],
    ['anna@downtown.example', undefined, undefined],
    ['anna@elsewhere.example', undefined, undefined],
    ['anna@elsewhere.example', 'harbour', 'harbour'],
    ['anna@town.example', 'harbour', 'harbour'],
  ] as const) {
    it(`${address}${named ? ` of ${named}` : ''} -> ${wanted}`, () =>
      assert.equal(entityOf(playbook, mailbox(address, named)), wanted))
  }
})

describe('what holds for a mailbox', () => {
  const settings = settingsFor(playbook, mailbox('anna@quay.example'))

  it('is the playbook where its entity says nothing, and where it has none', () => {
    assert.deepEqual(settingsFor(playbook, mailbox('anna@town.example')), playbook)
    assert.equal(settingsFor(playbook, mailbox('anna@elsewhere.example')), playbook)
    assert.equal(settingsFor(playbook, mailbox('anna@elsewhere.example', 'gone')), playbook)
  })
  it('has mappings merged, and lists replaced', () => {
    assert.deepEqual(settings.people, { coordinator: ['kay@quay.example'], operator: ['night@town.example'] })
    assert.deepEqual(settings.contact, { ...playbook.contact, phone: '+32 2 555 11 11' })
    assert.deepEqual(Object.keys(settings.issuers), ['ict', 'desk', 'kay'])
    assert.deepEqual(settings.copy.folders, { exclude: ['Junk', 'Spam'], map: playbook.copy.folders.map })
    assert.equal(settings.copy.trash, 'copy')
    assert.equal(settings.copy.chunkMessages, 100)
  })
  it('leaves everything else, and the playbook itself, as it was', () => {
    for (const part of ['source', 'target', 'routing', 'calendar', 'notices', 'connections', 'entities'] as const)
      assert.deepEqual(settings[part], playbook[part])
    assert.deepEqual(playbook.people.coordinator, ['jo@town.example'])
  })
  it('is made once', () => assert.equal(settingsFor(playbook, mailbox('ben@quay.example')), settings))
})

it('a mapping of another kind is replaced as a whole, one of the same kind merged', () => {
  const base = { copy: { kind: 'a', x: 1, y: 2 } }
  assert.deepEqual(overridden(base, { copy: { kind: 'b', z: 3 } }), { copy: { kind: 'b', z: 3 } })
  assert.deepEqual(overridden(base, { copy: { kind: 'a', y: 3 } }), { copy: { kind: 'a', x: 1, y: 3 } })
  assert.deepEqual(overridden(base, { copy: { y: 3 } }), { copy: { kind: 'a', x: 1, y: 3 } })
})

describe('a wave', () => {
  const wave = (entity: string) => ({
    wave: 'w',
    playbook: 'lift',
    mailboxes: [{ address: 'a@x.example' }, { address: 'b@x.example', entity }],
  })
  const enqueued = async (text: string, entity: string) => {
    const world = new World({ playbook: text, wave: wave(entity), sources: new Map(), targets: new Map() })
    const app = world.app()
    await storePlaybook(app, 'lift', text, undefined, 'Odile')
    return { app, run: async () => enqueueWave(app, await parseWave(JSON.stringify(wave(entity)), 'application/json'), 'Odile') }
  }
  it('may name an entity of its playbook', async () => {
    const { app, run } = await enqueued(`${smallest}entities: { north: {} }\n`, 'north')
    assert.deepEqual(await run(), { created: true })
    assert.equal((await app.store.mailboxes.get('w', 'b@x.example'))?.row.wanted.entity, 'north')
  })
  for (const [what, text, wanted] of [
    ['that the playbook has not', `${smallest}entities: { north: {} }\n`, /did you mean north\?/],
    ['where there are none', smallest, /lift has no entities/],
  ] as const) {
    it(`may not name one ${what}; nothing is stored`, async () => {
      const { app, run } = await enqueued(text, 'norht')
      const { status, details } = await refusal(run)
      assert.equal(status, 400)
      assert.deepEqual(
        details.map(({ path }) => path),
        ['mailboxes[1].entity'],
      )
      assert.match(details[0]?.message ?? '', wanted)
      assert.equal(await app.store.waves.get('wave', 'w'), undefined)
    })
  }
})

it('a table has a column for it, headed in any of the four languages', async () => {
  for (const heading of ['entity', 'Entité', 'entiteit', 'Einheit', 'Fédération']) {
    const { mailboxes } = await parseWave(`address,${heading}\na@x.example,north\n`, 'text/csv', { wave: 'w', playbook: 'lift' })
    assert.equal(mailboxes[0]?.entity, 'north', heading)
  }
})
