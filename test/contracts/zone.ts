import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, describe, test } from 'node:test'
import { rrset, sameRRset } from '../../shared/dns/records.ts'
import type { RecordType, RRset, ZoneHost } from '../../shared/dns/zone.ts'
import { Failure, Refusal } from '../../shared/errors.ts'

/** A host with an empty-handed zone, and the hands of somebody else: `read` and `put` go past the host. */
export type ZoneUnderTest = {
  host: ZoneHost
  zone: string
  read(name: string, type: RecordType): Promise<RRset | null>
  put(name: string, type: RecordType, rrset: RRset | null): Promise<void>
  close(): Promise<void>
}

/** What every DNS host that changes records itself promises. Every test works on names of its own. */
export function zoneContract(what: string, open: () => Promise<ZoneUnderTest>): void {
  describe(`zone contract: ${what}`, () => {
    let at: ZoneUnderTest
    beforeAll(async () => {
      at = await open()
    })
    afterAll(() => at.close())

    const name = (label: string) => `${label}.${at.zone}`
    const old = (label: string, ttl = 3600) => rrset(name(label), 'MX', ttl, ['10 mx1.old.example', '20 mx2.old.example'])
    const fresh = (label: string, ttl = 300) => rrset(name(label), 'MX', ttl, ['0 new-example.mx.example'])
    const given = (...some: RRset[]) => Promise.all(some.map(one => at.put(one.name, one.type, one)))
    const holds = async (label: string, wanted: RRset | null, type: RecordType = 'MX') => {
      assert.deepEqual(await at.read(name(label), type), wanted)
    }

    test('what equals before becomes after', async () => {
      await given(old('flip'))
      const result = await at.host.replace(at.zone, [{ before: old('flip'), after: fresh('flip') }])
      assert.deepEqual(result, { outcome: 'applied' })
      await holds('flip', fresh('flip'))
    })

    test('twice equals once: the second says already', async () => {
      await given(old('twice'))
      const changes = [{ before: old('twice'), after: fresh('twice') }]
      await at.host.replace(at.zone, changes)
      assert.deepEqual(await at.host.replace(at.zone, changes), { outcome: 'already' })
      await holds('twice', fresh('twice'))
    })

    test('what equals neither is a conflict that shows what was found, and stays', async () => {
      const other = rrset(name('conflict'), 'MX', 600, ['5 mx.other.example'])
      await given(other)
      const result = await at.host.replace(at.zone, [{ before: old('conflict'), after: fresh('conflict') }])
      assert.equal(result.outcome, 'conflict')
      assert.deepEqual(result.outcome === 'conflict' && result.found.map(one => one.found), [other])
      await holds('conflict', other)
    })

    test('a part of the old records is not the old records', async () => {
      const part = rrset(name('part'), 'MX', 3600, ['10 mx1.old.example'])
      await given(part)
      const result = await at.host.replace(at.zone, [{ before: old('part'), after: fresh('part') }])
      assert.equal(result.outcome, 'conflict')
      await holds('part', part)
    })

    test('the order and the case of names do not matter', async () => {
      await given(old('order'))
      const before = { ...old('order'), data: old('order').data.toReversed() }
      const after = rrset(name('order').toUpperCase(), 'MX', 300, ['0 New-Example.MX.example.'])
      assert.deepEqual(await at.host.replace(at.zone, [{ before, after }]), { outcome: 'applied' })
      await holds('order', fresh('order'))
    })

    test('an RRset is created where there is none', async () => {
      const after = rrset(name('_autodiscover._tcp'), 'SRV', 300, ['0 0 443 autodiscover.new.example'])
      assert.deepEqual(await at.host.replace(at.zone, [{ before: null, after }]), { outcome: 'applied' })
      await holds('_autodiscover._tcp', after, 'SRV')
    })

    test('an RRset is not created over another', async () => {
      await given(old('taken'))
      const result = await at.host.replace(at.zone, [{ before: null, after: fresh('taken') }])
      assert.equal(result.outcome, 'conflict')
      await holds('taken', old('taken'))
    })

    test('an RRset is deleted, and deleting it again says already', async () => {
      await given(old('gone'))
      assert.deepEqual(await at.host.replace(at.zone, [{ before: old('gone'), after: null }]), { outcome: 'applied' })
      await holds('gone', null)
      assert.deepEqual(await at.host.replace(at.zone, [{ before: old('gone'), after: null }]), { outcome: 'already' })
    })

    test('an RRset that changed is not deleted', async () => {
      await given(fresh('kept'))
      assert.equal((await at.host.replace(at.zone, [{ before: old('kept'), after: null }])).outcome, 'conflict')
      await holds('kept', fresh('kept'))
    })

    test('a change of the TTL alone is applied, then already', async () => {
      await given(old('ttl'))
      const changes = [{ before: old('ttl'), after: old('ttl', 300) }]
      assert.deepEqual(await at.host.replace(at.zone, changes), { outcome: 'applied' })
      await holds('ttl', old('ttl', 300))
      assert.deepEqual(await at.host.replace(at.zone, changes), { outcome: 'already' })
    })

    test('a TTL that somebody changed does not stand in the way of the records', async () => {
      await given(old('ttl-other', 900))
      const result = await at.host.replace(at.zone, [{ before: old('ttl-other', 300), after: fresh('ttl-other') }])
      assert.deepEqual(result, { outcome: 'applied' })
      await holds('ttl-other', fresh('ttl-other'))
    })

    test('several names change together', async () => {
      const labels = ['many', 'ville.many', 'mairie.many']
      await given(...labels.map(label => old(label)))
      const changes = labels.map(label => ({ before: old(label), after: fresh(label) }))
      assert.deepEqual(await at.host.replace(at.zone, changes), { outcome: 'applied' })
      for (const label of labels) await holds(label, fresh(label))
    })

    test('one conflict among several names changes none of them', async () => {
      const other = rrset(name('b.none'), 'MX', 600, ['5 mx.other.example'])
      await given(old('a.none'), other, old('c.none'))
      const changes = ['a.none', 'b.none', 'c.none'].map(label => ({ before: old(label), after: fresh(label) }))
      const result = await at.host.replace(at.zone, changes)
      assert.deepEqual(result.outcome === 'conflict' && result.found.map(one => one.name), [name('b.none')])
      await holds('a.none', old('a.none'))
      await holds('c.none', old('c.none'))
    })

    test('where some names are done already, the rest is done', async () => {
      await given(fresh('a.half'), old('b.half'))
      const changes = ['a.half', 'b.half'].map(label => ({ before: old(label), after: fresh(label) }))
      assert.deepEqual(await at.host.replace(at.zone, changes), { outcome: 'applied' })
      await holds('a.half', fresh('a.half'))
      await holds('b.half', fresh('b.half'))
    })

    test('one call creates, deletes and replaces', async () => {
      await given(old('mix'), rrset(name('www.mix'), 'CNAME', 3600, ['web.old.example']))
      const text = rrset(name('mix'), 'TXT', 300, [
        '"v=spf1 include:spf.new.example -all"',
        `"${'k'.repeat(255)}" "\\"rest\\\\ \\195\\169"`,
      ])
      const changes = [
        { before: old('mix'), after: fresh('mix') },
        { before: null, after: text },
        { before: rrset(name('www.mix'), 'CNAME', 3600, ['web.old.example']), after: null },
      ]
      assert.deepEqual(await at.host.replace(at.zone, changes), { outcome: 'applied' })
      await holds('mix', fresh('mix'))
      await holds('mix', text, 'TXT')
      await holds('www.mix', null, 'CNAME')
    })

    test('of two rivals with different wishes one wins and one meets a conflict', async () => {
      await given(old('rivals'))
      const wishes = [fresh('rivals'), rrset(name('rivals'), 'MX', 300, ['0 rival.example'])]
      const results = await Promise.all(wishes.map(after => at.host.replace(at.zone, [{ before: old('rivals'), after }])))
      assert.deepEqual(results.map(one => one.outcome).sort(), ['applied', 'conflict'])
      const winner = wishes[results.findIndex(one => one.outcome === 'applied')]
      assert.ok(sameRRset(await at.read(name('rivals'), 'MX'), winner ?? null))
    })

    test('a record that a CNAME keeps out is never called applied', async () => {
      await given(rrset(name('alias'), 'CNAME', 3600, ['web.old.example']))
      await assert.rejects(at.host.replace(at.zone, [{ before: null, after: fresh('alias') }]), {
        name: 'Failure',
        code: 'NOT-MADE',
      })
    })

    test('a zone that the host does not hold is a Failure', async () => {
      const after = rrset('foreign.test', 'MX', 300, ['0 mx.foreign.test'])
      await assert.rejects(at.host.replace('foreign.test', [{ before: null, after }]), (error: unknown) => {
        assert.ok(error instanceof Failure)
        assert.equal(error.verdict, 'permanent')
        // Knot does not even sign for a zone it does not know.
        assert.ok(['NOTAUTH', 'REFUSED'].includes(error.code), error.code)
        assert.match(error.hint, /serve|held/)
        return true
      })
    })

    test('every fault of the changes is told at once, and none of them is made', async () => {
      await given(old('fault'))
      const wrong = [
        { before: old('fault'), after: fresh('fault') },
        { before: null, after: rrset('elsewhere.test', 'MX', 300, ['0 mx.elsewhere.test']) },
        { before: old('fault'), after: fresh('other') },
        { before: null, after: null },
      ]
      await assert.rejects(at.host.replace(at.zone, wrong), (error: unknown) => {
        assert.ok(error instanceof Refusal)
        assert.deepEqual(
          error.details.map(fault => fault.path),
          ['changes[1]', 'changes[2]', 'changes[3]'],
        )
        return true
      })
      await holds('fault', old('fault'))
    })
  })
}
