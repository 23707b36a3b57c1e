import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphWithdrawal } from '../../shared/accounts/withdrawal.ts'
import { e1, e3 } from '../sandbox/graph/skus.ts'
import { failure, tenant } from './tenant.ts'

const anna = 'anna@spf75.example'
const licensed = (more = {}) => ({ licences: [{ skuId: e1(1).skuId, disabledPlans: [], ...more }], mailboxSince: 0 })

test('a licence is taken back once, that one alone; a second time nothing is sent', async t => {
  const { graph, service } = await tenant(t)
  const flow = { skuId: 'f30db892-07e9-47e9-837c-80727f46fd3d', disabledPlans: [] }
  const user = service.tenant.addUser({ userPrincipalName: anna }, licensed())
  user.licences.push(flow)
  const accounts = graphWithdrawal(graph)
  assert.equal(await accounts.licensed(anna, 'STANDARDPACK'), true)
  assert.equal(await accounts.licensed(anna, 'ENTERPRISEPACK'), false)
  await accounts.withdraw(anna, 'STANDARDPACK')
  await accounts.withdraw(anna, 'STANDARDPACK')
  assert.deepEqual([user.licences, user.mailboxSince], [[flow], undefined])
  assert.equal(service.requests.filter(one => one.includes('assignLicense')).length, 1)
  assert.equal(await accounts.licensed(anna, 'STANDARDPACK'), false)
  assert.equal(await accounts.licensed('nobody@spf75.example', 'STANDARDPACK'), false)
})

test('one that a group gives, and one of an account that was renamed since, are not ours to take', async t => {
  const { graph, service } = await tenant(t)
  service.tenant.addUser({ userPrincipalName: anna }, licensed({ byGroup: 'all-staff' }))
  service.tenant.addUser({ userPrincipalName: 'new@spf75.example', mail: 'old@spf75.example' }, licensed())
  const accounts = graphWithdrawal(graph)
  for (const [address, code] of [
    [anna, 'LicenceOfGroup'],
    ['old@spf75.example', 'Renamed'],
  ] as const)
    for (const call of [accounts.licensed, accounts.withdraw])
      assert.deepEqual(await failure(call(address, 'STANDARDPACK')).then(({ code, verdict }) => [code, verdict]), [
        code,
        'permanent',
      ])
  assert.equal((await failure(accounts.licensed(anna, e3(1).skuId.replace('6', '7')))).code, 'UnknownLicence')
})
