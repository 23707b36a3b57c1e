import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { type Holder, type Shelf, shelves, type Tenant } from '../../shared/graph/tenant.ts'

/** What a tenant under test has. Domains without `mx` are not ready; `free`: seats that nobody has. */
export const contractTenant = {
  domains: [
    { id: 'ready.example', mx: 'ready-example.k-v1.mx.example' },
    { id: 'mute.example', mail: false },
    { id: 'unproven.example', verified: false },
  ],
  users: [
    {
      name: 'Anna',
      signIn: 'anna@ready.example',
      proxyAddresses: ['smtp:A.Old@Ready.example', 'SMTP:Anna@ready.example', 'SIP:anna@ready.example'],
      licensed: true,
    },
    { name: 'Guest', signIn: 'bob_ready.example#ext#@org.example', mail: 'bob@ready.example', guest: true },
  ],
  groups: [
    { name: 'Team', address: 'team@ready.example', unified: true },
    { name: 'Board', address: 'board@ready.example' },
  ],
  contact: { name: 'Contact', address: 'cleo@ready.example' },
  deletedUser: { name: 'Dora', signIn: 'dora@ready.example' },
  deletedGroup: { name: 'Former', address: 'former@ready.example' },
  free: 4,
}

/** `deny`: this and nothing else may not be read from now on; undefined: all may. `fail`: the next question is not answered. */
export type TenantUnderTest = { tenant: Tenant; deny(shelf: Shelf | undefined): void; fail(): void; close(): Promise<void> }

/** What every tenant promises that is looked at ahead of a wave. */
export function tenantContract(what: string, open: () => Promise<TenantUnderTest>): void {
  describe(`tenant contract: ${what}`, () => {
    let at: TenantUnderTest
    beforeAll(async () => {
      at = await open()
    })
    afterAll(() => at.close())

    test('a domain carries mail with the MX that is wanted for it, or not yet, or is none of the tenant', async () => {
      assert.deepEqual(await at.tenant.domain('ready.example'), {
        verified: true,
        mail: true,
        mx: ['0 ready-example.k-v1.mx.example'],
      })
      assert.deepEqual(await at.tenant.domain('mute.example'), { verified: true, mail: false, mx: [] })
      const { proof, ...unproven } = (await at.tenant.domain('unproven.example')) ?? {}
      assert.deepEqual(unproven, { verified: false, mail: false, mx: [] })
      assert.match(proof ?? '', /^MS=ms\d+$/)
      assert.equal(await at.tenant.domain('elsewhere.example'), undefined)
    })

    test('products are told with their seats', async () => {
      const [sku] = await at.tenant.skus()
      assert.equal(sku?.skuPartNumber, 'STANDARDPACK')
      assert.equal((sku?.prepaidUnits.enabled ?? 0) - (sku?.consumedUnits ?? 0), contractTenant.free)
    })

    test('whatever has addresses is told with all of them, on its shelf', async () => {
      const [e1] = await at.tenant.skus()
      const none = { licences: [] }
      const alone = (kind: Holder['kind'], name: string, address: string) => ({
        kind,
        name,
        primary: address,
        addresses: [address],
        ...none,
      })
      const wanted: Record<Shelf, Holder[]> = {
        users: [
          {
            kind: 'user',
            name: 'Anna',
            signIn: 'anna@ready.example',
            primary: 'anna@ready.example',
            addresses: ['a.old@ready.example', 'anna@ready.example'],
            licences: [e1?.skuId ?? ''],
          },
          {
            kind: 'guest',
            name: 'Guest',
            signIn: 'bob_ready.example#ext#@org.example',
            primary: 'bob@ready.example',
            addresses: ['bob@ready.example', 'bob_ready.example#ext#@org.example'],
            ...none,
          },
        ],
        groups: [alone('group', 'Team', 'team@ready.example'), alone('list', 'Board', 'board@ready.example')],
        contacts: [alone('contact', 'Contact', 'cleo@ready.example')],
        'deleted users': [
          { kind: 'deleted user', name: 'Dora', signIn: 'dora@ready.example', addresses: ['dora@ready.example'], ...none },
        ],
        'deleted groups': [alone('deleted group', 'Former', 'former@ready.example')],
      }
      for (const shelf of shelves) assert.deepEqual(await at.tenant.holders(shelf), wanted[shelf], shelf)
    })

    test('what may not be read is a permanent Failure that a person can tell, and keeps nothing else from being read', async () => {
      at.deny('contacts')
      const error = await at.tenant.holders('contacts').catch(error => error)
      assert.ok(error instanceof Failure)
      assert.deepEqual([error.verdict, error.code], ['permanent', 'Authorization_RequestDenied'])
      assert.equal((await at.tenant.holders('users')).length, 2)
      at.deny(undefined)
      assert.equal((await at.tenant.holders('contacts')).length, 1)
    })

    test('no answer is weather', async () => {
      at.fail()
      const error = await at.tenant.holders('users').catch(error => error)
      assert.ok(error instanceof Failure)
      assert.equal(error.verdict, 'transient')
      assert.equal((await at.tenant.holders('users')).length, 2)
    })
  })
}
