import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { languages } from '../../shared/intake/words.ts'
import { templateOf } from '../../shared/notices/templates.ts'
import { overridable } from '../../shared/playbooks/entities.ts'
import { settingsOf } from '../../shared/playbooks/entity.ts'
import { playbookJsonSchema } from '../../shared/playbooks/json-schema.ts'
import { canonical, parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { World } from '../fakes/world.ts'
import { full, smallest } from './examples.ts'
import { schemaFile, schemaText } from './write-schema.ts'

const folder = new URL('../../shared/playbooks/', import.meta.url)
const names = readdirSync(folder).flatMap(name => (name.endsWith('.yaml') ? [name.replace(/\.yaml$/, '')] : []))
const textOf = (name: string) => readFileSync(new URL(`${name}.yaml`, folder), 'utf8')
const fits = new Ajv2020({ strict: true, strictTypes: false, allErrors: true, formats: { uri: true, date: true } }).compile(
  playbookJsonSchema(),
)
const faultsIn = (value: unknown) =>
  fits(value) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)

it('the five playbooks are there', () => assert.deepEqual(names.sort(), ['bma', 'parquet', 'police', 'secours', 'sii93']))

for (const name of names) {
  describe(`the playbook ${name}`, () => {
    const text = textOf(name)
    const playbook = parsePlaybook(text, 'application/yaml', name)

    it('is taken, and what it becomes is itself a playbook of the same meaning', async () => {
      const app = new World({
        playbook: text,
        wave: { wave: 'w', playbook: name, mailboxes: [] },
        sources: new Map(),
        targets: new Map(),
      }).app()
      assert.deepEqual(await storePlaybook(app, name, text, 'application/yaml', 'Odile'), {
        playbook: name,
        version: 1,
        created: true,
      })
      assert.equal(canonical(parsePlaybook(canonical(playbook), undefined, name)), canonical(playbook))
    })
    it('fits the published schema', () => assert.deepEqual(faultsIn(parse(text)), []))
    it('is completed by editors', () => assert.match(text, /^# yaml-language-server: \$schema=playbook\.schema\.json\n/))
    it('names templates that exist in every language that it speaks', () => {
      for (const entity of [undefined, ...Object.keys(playbook.entities)]) {
        const settings = settingsOf(playbook, entity)
        for (const notice of settings.notices) {
          const template: Record<string, unknown> | undefined = templateOf(notice.template)
          for (const language of notice.languages ?? settings.languages ?? languages)
            assert.ok(template?.[language], `${notice.template} ${language}`)
        }
      }
    })
    it('says every notice that it has, and speaks with every issuer', () => {
      const said = playbook.calendar.map(({ notice }) => notice)
      const { unopened } = { unopened: undefined, ...playbook.passwords }
      const own = [unopened?.nudge, unopened?.reset]
      for (const { notice } of playbook.notices) assert.ok(said.includes(notice) || own.includes(notice), notice)
      const speakers = playbook.notices.map(({ issuer }) => issuer)
      for (const issuer of Object.keys(playbook.issuers)) assert.ok(speakers.includes(issuer), issuer)
    })
    it('has no secret in it, and is commented for who makes his own', () => {
      assert.match(text, /# To make your own of it/)
      assert.doesNotMatch(text, /password:|token:/i)
    })
  })
}

describe('the published schema', () => {
  it('is the file in the repository: else run npm run docs', () =>
    assert.ok(readFileSync(schemaFile, 'utf8') === schemaText(), 'it is an older one'))
  it('takes the smallest playbook and one with something of everything', () => {
    for (const text of [smallest, full]) assert.deepEqual(faultsIn(parse(text)), [])
  })
  it('knows what an entity may override, in part', () => {
    const entity = {
      title: { fr: 'Nord' },
      domains: ['north.example'],
      contact: { phone: '1' },
      branding: { colour: '#123456' },
      passwords: { life: 'P3D' },
    }
    assert.deepEqual(faultsIn({ ...parse(smallest), entities: { north: entity } }), [])
    const schema = playbookJsonSchema() as {
      properties: { entities: { additionalProperties: { properties: Record<string, unknown> } } }
    }
    const { properties } = schema.properties.entities.additionalProperties
    for (const part of overridable) assert.notDeepEqual(properties[part], {}, part)
  })
  for (const [what, change] of [
    ['a key that is not known', { calender: [] }],
    ['a missing zone', { timeZone: undefined }],
    ['a step that is not one', { calendar: [{ at: 'D 08:00', step: 'cutovr' }] }],
    ['a mode that is not one', { passwords: { mode: 'post-it' } }],
    ['a mail without who answers for it', { passwords: { mode: 'mail' } }],
    ['an override that is not one', { entities: { north: { contact: { phne: '1' } } } }],
    ['an entity’s unknown key', { entities: { north: { calender: [] } } }],
  ] as const) {
    it(`refuses ${what}`, () => assert.notDeepEqual(faultsIn(JSON.parse(JSON.stringify({ ...parse(smallest), ...change }))), []))
  }
})
