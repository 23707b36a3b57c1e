import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyOf, property, textOf, within } from './bicep/nodes.ts'
import { bicep, infra, textAt } from './files.ts'

/** Azure's built-in roles, as Microsoft publishes them: the same in every tenant. */
const published: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '76199698-9eea-4c19-bc75-cec21354c6b6': 'Storage Table Data Reader',
  '4633458b-17de-408a-b874-0445c86b69e6': 'Key Vault Secrets User',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': 'Key Vault Secrets Officer',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  'befefa01-2a29-4197-83a8-272ff33ce314': 'DNS Zone Contributor',
}

/** Each role's variable, by what the role is called: `tableDataReader` is Storage Table Data Reader. */
const variables = [...bicep('roles.bicep'), ...bicep('dns-role.bicep')].flatMap(each =>
  each.kind === 'var' && textOf(each.value) ? [[each.name, textOf(each.value) ?? ''] as const] : [],
)
const assignments = [...infra()].flatMap(([file, declared]) =>
  declared.flatMap(each =>
    each.kind === 'resource' && each.type === 'Microsoft.Authorization/roleAssignments' ? [{ file, ...each }] : [],
  ),
)

test('every role id is the published one of the role its variable names', () => {
  for (const [name, id] of variables) {
    const words = (published[id] ?? '').toLowerCase().split(' ')
    assert.ok(published[id], `${name}: ${id} is no role of the list`)
    for (const word of name.split(/(?=[A-Z])/)) assert.ok(words.includes(word.toLowerCase()), `${name} is not ${published[id]}`)
  }
  assert.deepEqual(variables.map(([, id]) => id).toSorted(), Object.keys(published).toSorted())
})

test('roles are given in the two files that say why, and nowhere else', () => {
  assert.deepEqual([...new Set(assignments.map(each => each.file))].toSorted(), ['dns-role.bicep', 'roles.bicep'])
})

test('every assignment has a scope narrower than the group, a kind of principal and its reason', () => {
  for (const { name, value } of assignments) {
    const body = bodyOf(value)
    const scope = property(body, 'scope')
    assert.ok(scope?.kind === 'name', `${name} has no resource as its scope`)
    assert.ok(property(property(body, 'properties'), 'principalType'), `${name} has no principalType`)
    assert.ok(property(property(body, 'properties'), 'description'), `${name} gives no reason`)
  }
})

test('an assignment’s name holds its role, so that another role is another assignment', () => {
  for (const { name, value } of assignments) {
    const body = bodyOf(value)
    const roleId = property(property(body, 'properties'), 'roleDefinitionId')
    assert.ok(roleId?.kind === 'call' && roleId.values[1], name)
    const written = JSON.stringify(roleId.values[1], plain)
    const inName = [...within(property(body, 'name') ?? value)].map(node => JSON.stringify(node, plain))
    assert.ok(inName.includes(written), name)
  }
})

test('docs/deploying.md says what each role is for', () => {
  const docs = textAt('docs/deploying.md')
  for (const role of Object.values(published)) assert.ok(docs.includes(role), role)
})

function plain(key: string, value: unknown): unknown {
  return key === 'line' ? undefined : value
}
