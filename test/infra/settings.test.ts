import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settings } from '../../shared/config.ts'
import { hostArguments, hostEnv } from '../host/as-started.ts'
import { bodyOf, type Node, property, textOf, within } from './bicep/nodes.ts'
import { bicep, jsonAt, textAt } from './files.ts'

/** Settings of the code that Azure has no use for: storage by connection string, and what only the local host or a sandbox reads. */
const onlyLocal = ['AzureWebJobsStorage', 'PORT', 'FUNCTIONS_HOST_KEY', 'REHEARSAL_CLOCK', 'MAILBOX_WAIT_SCALE']
/** Settings that the host or its telemetry reads, not the code. */
const ofTheHost = [
  'AzureWebJobsStorage__credential',
  'languageWorkers__node__arguments',
  'MALLOC_ARENA_MAX',
  'MALLOC_MMAP_THRESHOLD_',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
]
/** The runtime stands in `functionAppConfig` in Azure; only a local host asks for it here. */
const ofTheLocalHost = ['FUNCTIONS_WORKER_RUNTIME']

const names = Object.keys(settings)
const main = bicep('main.bicep')
const example = jsonAt('local.settings.example.json') as { IsEncrypted: boolean; Values: Record<string, string> }
const defaults = Object.fromEntries(Object.entries(settings).map(([name, { parse }]) => [name, parse.parse(undefined)]))

function appSettings(): Map<string, Node> {
  const app = main.find(each => each.kind === 'resource' && each.name === 'app')
  assert.ok(app?.kind === 'resource')
  const list = property(property(property(bodyOf(app.value), 'properties'), 'siteConfig'), 'appSettings')
  assert.ok(list?.kind === 'array')
  return new Map(
    list.items.map(item => {
      const value = property(item, 'value')
      assert.ok(value)
      return [textOf(property(item, 'name')) ?? '', value]
    }),
  )
}

test('a worker in Azure runs with what `npm start` gives the host', () => {
  const given = appSettings()
  const told = (name: string) => textOf(given.get(name))
  assert.deepEqual(told('languageWorkers__node__arguments')?.split(' '), hostArguments)
  for (const [name, value] of Object.entries(hostEnv)) assert.equal(told(name), value, name)
})

test('the example has every setting of the code, in the same order', () => {
  assert.deepEqual(
    Object.keys(example.Values).filter(name => !ofTheLocalHost.includes(name)),
    names,
  )
  assert.deepEqual(
    ofTheLocalHost.filter(name => !example.Values[name]),
    [],
  )
  assert.equal(example.IsEncrypted, false)
})

test('the example’s values are read without a fault and mean what no value means, but for the storage', () => {
  for (const [name, { parse }] of Object.entries(settings)) {
    if (name === 'AzureWebJobsStorage') continue
    const given = example.Values[name] === '' ? undefined : example.Values[name]
    assert.deepEqual(parse.parse(given), defaults[name], name)
  }
  assert.equal(example.Values.AzureWebJobsStorage, 'UseDevelopmentStorage=true')
})

test('Azure sets every setting of the code but the local ones, in the same order, and nothing that the code does not know', () => {
  const set = [...appSettings().keys()]
  assert.deepEqual(
    set.filter(name => !ofTheHost.includes(name)),
    names.filter(name => !onlyLocal.includes(name)),
  )
  assert.deepEqual(
    set.filter(name => ofTheHost.includes(name)),
    ofTheHost,
  )
})

test('a parameter behind a setting has the code’s own default', () => {
  let compared = 0
  for (const [name, value] of appSettings()) {
    if (defaults[name] === undefined) continue
    const named = [...within(value)].filter(node => node.kind === 'name').map(node => node.name)
    const param = main.find(each => each.kind === 'param' && named.includes(each.name))
    assert.ok(param?.kind === 'param' && param.value?.kind === 'literal', `${name} has no parameter with a default`)
    assert.equal(param.value.value, defaults[name], name)
    compared++
  }
  assert.equal(
    compared,
    Object.values(defaults).filter(value => value !== undefined).length - 2,
    'all but PORT and MAILBOX_WAIT_SCALE',
  )
})

test('the platform’s word for who asks is believed exactly where the platform is told to sign people in', () => {
  const given = appSettings().get('SIGN_IN')
  assert.ok(given?.kind === 'choice')
  assert.deepEqual([textOf(given.then), textOf(given.otherwise)], ['', 'platform'])
  const text = textAt('infra/main.bicep')
  assert.match(text, /name: 'SIGN_IN', value: empty\(signInClientId\) \?/)
  assert.match(text, /^resource signIn '[^']+' = if \(!empty\(signInClientId\)\) \{\s+parent: app\s+name: 'authsettingsV2'/m)
  assert.match(text, /platform: \{ enabled: true \}/)
})

test('the plan’s own settings are left to it', () => {
  const refused = /^(FUNCTIONS_WORKER_RUNTIME|FUNCTIONS_EXTENSION_VERSION|WEBSITE_|SCM_DO_BUILD|ENABLE_ORYX|TZ$)/
  assert.deepEqual(
    [...appSettings().keys()].filter(name => refused.test(name)),
    [],
  )
})

test('docs/deploying.md has a line for each setting, in the same order', () => {
  const lines = [...textAt('docs/deploying.md').matchAll(/^\| `([A-Za-z_]+)` \|/gm)].map(([, name]) => name ?? '')
  assert.deepEqual(
    lines.filter(name => names.includes(name)),
    names,
  )
  for (const name of [...ofTheHost, ...ofTheLocalHost])
    assert.ok(lines.includes(name), `docs/deploying.md has no line for ${name}`)
})

test('docs/deploying.md has a line for each parameter of main.bicep', () => {
  const text = textAt('docs/deploying.md')
  for (const each of main) {
    if (each.kind === 'param') assert.ok(text.includes(`\`${each.name}\``), `docs/deploying.md does not name ${each.name}`)
  }
})
