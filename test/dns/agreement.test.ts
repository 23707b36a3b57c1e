import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Answered, agreement, consensus, type Told } from '../../shared/dns/agreement.ts'
import { manual } from '../../shared/dns/manual.ts'
import { rrset } from '../../shared/dns/records.ts'
import { Failure } from '../../shared/errors.ts'

const old = rrset('old.example', 'MX', 300, ['10 mx.old.example'])
const fresh = rrset('old.example', 'MX', 300, ['0 mx.new.example'])
const told = (server: string, more: Partial<Told> = {}): Told => ({
  server,
  aa: true,
  rcode: 'NOERROR',
  serial: 7,
  rrset: fresh,
  ms: 1,
  ...more,
})
const dead: Answered = {
  server: 'ns9',
  failure: new Failure({ verdict: 'transient', during: 'asking ns9', code: 'ECONNREFUSED', hint: 'Start it.' }),
}
const laggards = (answers: Answered[], ...rest: [wanted?: typeof fresh | null, proof?: Parameters<typeof agreement>[2]]) => {
  const result = agreement(answers, rest[0] === undefined ? fresh : rest[0], rest[1])
  return result.proved ? [] : result.laggards.map(({ server, why }) => `${server}: ${why}`)
}

describe('agreement', () => {
  test('all servers answering the same with authority is proof', () => {
    assert.deepEqual(agreement([told('ns1'), told('ns2')], fresh), { proved: true })
  })

  test('nobody asked proves nothing', () => {
    assert.deepEqual(laggards([]), ['(none): no authoritative server is known'])
  })

  const rows: [what: string, answer: Answered, why: RegExp][] = [
    ['another record', told('ns2', { rrset: old }), /^ns2: it answers old\.example\. 300 IN MX 10 mx\.old\.example\.$/],
    ['no record', told('ns2', { rrset: null, rcode: 'NXDOMAIN' }), /^ns2: it answers no such record$/],
    ['another TTL', told('ns2', { rrset: { ...fresh, ttl: 3600 } }), /^ns2: it answers with a TTL of 3600 s$/],
    ['no authority', told('ns2', { aa: false }), /^ns2: it answers without authority \(lame\)$/],
    ['REFUSED', told('ns2', { rcode: 'REFUSED', rrset: null }), /^ns2: it answers REFUSED$/],
    ['silence', dead, /^ns9: asking ns9: ECONNREFUSED$/],
  ]
  for (const [what, answer, why] of rows) {
    test(`one server with ${what} is named, and is no proof`, () => {
      const [first, ...rest] = laggards([told('ns1'), answer])
      assert.match(first ?? '', why)
      assert.deepEqual(rest, [])
    })
  }

  test('an older serial is behind, also across the wrap of the numbers', () => {
    assert.deepEqual(laggards([told('ns1', { serial: 6 })], fresh, { serial: 7 }), ['ns1: its zone is at serial 6, wanted 7'])
    assert.deepEqual(laggards([told('ns1', { serial: 2 })], fresh, { serial: 4_294_967_290 }), [])
    assert.deepEqual(laggards([told('ns1', { serial: undefined })], fresh, { serial: 7 }).length, 1)
  })

  test('the TTL can be left aside', () => {
    assert.deepEqual(laggards([told('ns1', { rrset: { ...fresh, ttl: 3600 } })], fresh, { ttl: 'any' }), [])
  })

  test('that there be no record can be proved too', () => {
    assert.deepEqual(laggards([told('ns1', { rrset: null, rcode: 'NXDOMAIN' })], null), [])
    assert.deepEqual(laggards([told('ns1')], null).length, 1)
  })

  test('what all say alike is the consensus; who is older or says otherwise stands apart', () => {
    assert.deepEqual(consensus([told('ns1'), told('ns2')]), { agreed: true, rrset: fresh })
    assert.deepEqual(consensus([told('ns1', { rrset: null }), told('ns2', { rrset: null })]), { agreed: true, rrset: null })
    const apart = (answers: Answered[]) => {
      const result = consensus(answers)
      return result.agreed ? [] : result.laggards.map(one => one.server)
    }
    assert.deepEqual(apart([told('ns1', { serial: 6 }), told('ns2')]), ['ns1'])
    assert.deepEqual(apart([told('ns1'), told('ns2', { rrset: old })]), ['ns2'])
    assert.deepEqual(apart([dead, told('ns2', { aa: false })]), ['ns9', 'ns2'])
    assert.deepEqual(apart([]), ['(none)'])
  })
})

describe('the manual host', () => {
  const changes = [
    { before: old, after: fresh },
    { before: rrset('www.old.example', 'CNAME', 300, ['web.old.example']), after: null },
  ]

  test('shows what to copy and who does not answer so yet, until everyone does', async () => {
    let answers: Answered[] = [told('ns1'), told('ns2', { rrset: old })]
    const host = manual(async (_zone, _name, type) => (type === 'MX' ? answers : [told('ns1', { rrset: null })]))
    const first = await host.replace('old.example', changes)
    assert.deepEqual(first, {
      outcome: 'waiting',
      text: [
        'Please change this record in the zone old.example:',
        '',
        'old.example MX',
        '  now:',
        '    old.example. 300 IN MX 10 mx.old.example.',
        '  to be:',
        '    old.example. 300 IN MX 0 mx.new.example.',
        '  not yet so at:',
        '    ns2: it answers old.example. 300 IN MX 10 mx.old.example.',
      ].join('\n'),
    })
    assert.deepEqual(await host.replace('old.example', changes), first)
    answers = [told('ns1'), told('ns2')]
    assert.deepEqual(await host.replace('old.example', changes), { outcome: 'already' })
  })

  test('does not take silence for done', async () => {
    const result = await manual(async () => [dead]).replace('old.example', changes)
    assert.equal(result.outcome, 'waiting')
  })

  test('refuses what is not in the zone', async () => {
    await assert.rejects(manual(async () => []).replace('other.example', changes), { name: 'Refusal' })
  })
})
