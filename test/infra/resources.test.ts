import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { declarations } from './bicep/file.ts'
import type { Declaration, Node } from './bicep/nodes.ts'
import { within } from './bicep/nodes.ts'
import { infra, textAt } from './files.ts'
import { memberFault, resourceFaults } from './types/check.ts'
import type { ResourceType } from './types/schema.ts'
import { typesOf } from './types/types.ts'

type Resource = Declaration & { kind: 'resource' }

/** Of an existing resource only the name is read, and one type of those is described nowhere. */
const namedOnly = new Set(['Microsoft.Network/dnsZones'])
const files = infra()
const resourcesOf = (declared: readonly Declaration[]) => declared.filter((each): each is Resource => each.kind === 'resource')

let types: ReadonlyMap<string, ResourceType>
before(async () => {
  const all = [...files.values()].flatMap(resourcesOf).map(each => each.type)
  types = await typesOf(all.filter(type => !namedOnly.has(type)))
})

function typeOf(resource: Resource): ResourceType {
  const type = types.get(resource.type)
  assert.ok(type, `${resource.type} is not described`)
  return type
}

function faultsIn(declared: readonly Declaration[]): string[] {
  const described = resourcesOf(declared).filter(each => !namedOnly.has(each.type))
  const own = described.flatMap(each => (each.existing ? [] : resourceFaults(each, typeOf(each), declared)))
  const versions = described.filter(each => each.version !== typeOf(each).version).map(each => `${each.name} is ${each.version}`)
  const members = declared
    .flatMap(each => ('value' in each && each.value ? [...within(each.value)] : []))
    .flatMap(node => {
      const path = memberPath(node)
      const resource = described.find(each => each.name === path[0])
      const fault = resource && memberFault(path.slice(1), typeOf(resource))
      return fault ? [`line ${node.line}: ${resource.name}.${fault}`] : []
    })
  return [...own, ...versions, ...members]
}

/** `a.b.c` as ['a', 'b', 'c']; of anything else as much as stands at its end. */
function memberPath(node: Node): string[] {
  if (node.kind === 'name') return [node.name]
  if (node.kind === 'index') return memberPath(node.of)
  return node.kind === 'member' ? [...memberPath(node.of), node.name] : []
}

describe('every resource is what Microsoft’s types say', () => {
  for (const [name, declared] of files) {
    test(`infra/${name}: properties, required ones, values and versions`, () => assert.deepEqual(faultsIn(declared), []))
  }
})

describe('the check notices', () => {
  for (const [file, what, from, to, fault] of [
    ['main.bicep', 'a misspelt property', 'httpsOnly: true', 'httpsonly: true', /app\.properties\.httpsonly is no property/],
    [
      'main.bicep',
      'a misspelt inner property',
      'instanceMemoryMB: instance',
      'instanceMemoryMb: instance',
      /instanceMemoryMb is no property/,
    ],
    ['main.bicep', 'a value of the wrong kind', 'httpsOnly: true', "httpsOnly: 'true'", /httpsOnly is neither true nor false/],
    [
      'main.bicep',
      'a value that does not exist',
      "type: 'UserAssignedIdentity'",
      "type: 'UserIdentity'",
      /is "UserIdentity", expected/,
    ],
    ['main.bicep', 'a missing property', '    tenantId: tenant().tenantId\n', '', /vault\.properties\.tenantId is missing/],
    ['main.bicep', 'another version', 'vaults@2024-11-01', 'vaults@2019-09-01', /vault.* is 2019-09-01/],
    [
      'main.bicep',
      'an output that a resource does not have',
      'vault.properties.vaultUri',
      'vault.properties.uri',
      /properties\.uri is not there/,
    ],
    [
      'main.bicep',
      'a misspelt property of one of several objects',
      'registration: { clientId:',
      'registration: { clientid:',
      /azureActiveDirectory\.registration\.clientid is no property/,
    ],
    ['main.bicep', 'a single value for a list', 'alwaysReady: []', "alwaysReady: 'http'", /is a single value/],
    ['storage.bicep', 'a misspelt kind', "'StorageV2'", "'StorageV3'", /account\.kind is "StorageV3"/],
    ['storage.bicep', 'a name that the service refuses, in a list', "'copying'", "'copying_it'", /queue\.name does not match/],
    ['storage.bicep', 'a number out of range', 'days: 7', 'days: 700', /is above 365/],
    [
      'storage.bicep',
      'a property that is only read',
      "kind: 'StorageV2'",
      "kind: 'StorageV2'\n  id: name",
      /account\.id cannot be set/,
    ],
    ['roles.bicep', 'a misspelt property in a loop', 'principalId: group', 'principalid: group', /principalid is no property/],
    ['watch.bicep', 'a misspelt property of an alarm', 'windowSize:', 'window:', /alarm\.properties\.window is no property/],
    [
      'watch.bicep',
      'an operator that does not exist, in a list',
      "operator: 'LessThan'",
      "operator: 'Below'",
      /operator is "Below"/,
    ],
    ['network.bicep', 'a misspelt property in a list', 'natGateway:', 'natGatway:', /natGatway is no property/],
  ] as const) {
    test(`${what} (${to.trim() || from.trim()})`, () => {
      const source = textAt(`infra/${file}`)
      assert.ok(source.includes(from), `${file} has no ${from}`)
      assert.match(faultsIn(declarations(source.replace(from, () => to))).join('\n'), fault)
    })
  }
})
