import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { bodyOf, property, textOf, within } from './bicep/nodes.ts'
import { bicep, infra, root, textAt } from './files.ts'
import { choices } from './types/check.ts'

/** Azure's regions in the European Union that the app may be deployed to. */
const european = [
  'francecentral',
  'germanywestcentral',
  'italynorth',
  'northeurope',
  'spaincentral',
  'swedencentral',
  'westeurope',
]
const files = infra()
const resources = [...files].flatMap(([file, declared]) =>
  declared.flatMap(each => (each.kind === 'resource' && !each.existing ? [{ file, ...each, body: bodyOf(each.value) }] : [])),
)
const paramOf = (file: string, name: string) => {
  const found = bicep(file).find(each => each.kind === 'param' && each.name === name)
  assert.ok(found, `${file} has no parameter ${name}`)
  return found
}

test('the region is one of the European Union', () =>
  assert.deepEqual(choices(paramOf('main.bicep', 'location')).map(textOf), european))

test('every resource is in the one region', () => {
  for (const { file, name, body } of resources) {
    const location = property(body, 'location')
    // The action group only holds the address of the alarm mailbox; the places it may be in are checked below.
    if (!location || name === 'mail') continue
    assert.deepEqual([file, name, location.kind === 'name' && location.name], [file, name, 'location'])
  }
  for (const [file, declared] of files) {
    for (const each of declared) {
      if (each.kind !== 'module') continue
      const given = property(property(bodyOf(each.value), 'params'), 'location')
      const wanted = files.get(each.file)?.some(inner => inner.kind === 'param' && inner.name === 'location')
      assert.equal(given?.kind === 'name' ? given.name : undefined, wanted ? 'location' : undefined, `${file}: ${each.name}`)
    }
  }
})

test('the action group is in the European Union too', () => {
  const place = bicep('watch.bicep').find(each => each.name === 'alarmLocation')
  assert.ok(place?.kind === 'var')
  const regions = [...within(place.value)].flatMap(node => textOf(node) ?? [])
  assert.ok(regions.length > 0 && regions.every(region => european.includes(region)))
})

test('storage stays in its region', () => {
  const kinds = choices(paramOf('main.bicep', 'storageRedundancy')).map(textOf)
  assert.deepEqual(kinds, ['Standard_ZRS', 'Standard_LRS'])
})

test('storage is reached with an Entra identity only, over TLS 1.2, and nothing in it is public', () => {
  const account = resources.find(each => each.type === 'Microsoft.Storage/storageAccounts')
  const properties = property(account?.body, 'properties')
  const says = (name: string) => {
    const value = property(properties, name)
    return value?.kind === 'literal' ? value.value : undefined
  }
  assert.deepEqual(['allowSharedKeyAccess', 'allowBlobPublicAccess', 'supportsHttpsTrafficOnly', 'minimumTlsVersion'].map(says), [
    false,
    false,
    true,
    'TLS1_2',
  ])
})

test('the vault can be emptied by nobody, and gives secrets by role only', () => {
  const vault = resources.find(each => each.type === 'Microsoft.KeyVault/vaults')
  for (const name of ['enableRbacAuthorization', 'enableSoftDelete', 'enablePurgeProtection']) {
    const value = property(property(vault?.body, 'properties'), name)
    assert.equal(value?.kind === 'literal' && value.value, true, name)
  }
})

test('logs are taken by identity only, and callers’ addresses are masked', () => {
  const insights = property(resources.find(each => each.type === 'Microsoft.Insights/components')?.body, 'properties')
  assert.equal(JSON.stringify(property(insights, 'DisableLocalAuth')).includes('true'), true)
  assert.equal(JSON.stringify(property(insights, 'DisableIpMasking')).includes('false'), true)
})

test('no key, password or secret stands in what is deployed, and none is asked for', () => {
  const texts = readdirSync(path.join(root, 'infra')).map(file => [`infra/${file}`, textAt(`infra/${file}`)] as const)
  const settings = [
    ['local.settings.example.json', readFileSync(path.join(root, 'local.settings.example.json'), 'utf8')],
  ] as const
  for (const [file, text] of [...texts, ...settings, ['azure.yaml', textAt('azure.yaml')] as const]) {
    assert.doesNotMatch(
      text,
      /AccountKey=|SharedAccessSignature|[?&]sig=|InstrumentationKey=|list(Keys|Secrets|AccountSas)\b|@secure\(/i,
      file,
    )
    assert.doesNotMatch(text, /[A-Za-z0-9+/]{43,}={1,2}(?![A-Za-z0-9])/, `${file} holds what looks like a key`)
  }
})

test('names and tags hold nothing of a person', () => {
  for (const { file, name, body } of resources) {
    for (const part of ['name', 'tags']) {
      const value = property(body, part)
      const names = value ? [...within(value)].flatMap(node => (node.kind === 'name' ? [node.name] : [])) : []
      assert.ok(!names.some(each => /mailbox|person|groupShortName/i.test(each)), `${file}: ${part} of ${name}`)
    }
  }
})
