import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { canonicalData, canonicalName, textOf, txt } from '../../shared/dns/presentation.ts'
import {
  describe as inWords,
  lowerTtl,
  type Recorded,
  restore,
  rrset,
  sameData,
  sameRRset,
  settleMs,
  switchMx,
  zoneLines,
} from '../../shared/dns/records.ts'
import type { RecordType } from '../../shared/dns/zone.ts'

const mx = (name: string, host: string, ttl: number) => rrset(name, 'MX', ttl, [`10 ${host}`])
const was = (name: string, host = 'mx.old.example', ttl = 3600): Recorded => ({ name, type: 'MX', rrset: mx(name, host, ttl) })
const none = (name: string): Recorded => ({ name, type: 'MX', rrset: null })

describe('presentation', () => {
  const good: [type: RecordType, written: string, kept: string][] = [
    ['MX', '010  MX.Old.Example.', '10 mx.old.example'],
    ['MX', '0 .', '0 .'],
    ['SRV', '0 0 443 Autodiscover.new.example.', '0 0 443 autodiscover.new.example'],
    ['CNAME', 'Selector1._domainkey.New.example.', 'selector1._domainkey.new.example'],
    ['CNAME', 'boîte.example', 'xn--bote-1pa.example'],
    ['A', ' 192.0.2.1 ', '192.0.2.1'],
    ['AAAA', '2001:DB8:0:0::1', '2001:db8::1'],
    ['TXT', '"a"   "b"', '"a" "b"'],
    ['TXT', '"a \\"b\\" \\\\ \\065é"', '"a \\"b\\" \\\\ A\\195\\169"'],
    ['TXT', '""', '""'],
  ]
  for (const [type, written, kept] of good) {
    test(`${type} ${written} is kept as ${kept}, and that stays`, () => {
      assert.equal(canonicalData(type, written), kept)
      assert.equal(canonicalData(type, kept), kept)
    })
  }

  const bad: [type: RecordType, written: string, expected: RegExp][] = [
    ['MX', 'mx.old.example', /an MX record looks like 10 mx\.old\.example \(got "mx\.old\.example"\)/],
    ['MX', '70000 mx.old.example', /looks like/],
    ['MX', '10 mx old', /looks like/],
    ['MX', '10 mx..example', /not a domain name/],
    ['MX', `10 ${'a'.repeat(64)}.example`, /not a domain name/],
    ['SRV', '0 443 autodiscover.new.example', /a SRV record looks like/],
    ['CNAME', '', /not a domain name/],
    ['A', '192.0.2', /looks like 192\.0\.2\.25/],
    ['AAAA', '192.0.2.1', /looks like 2001:db8::25/],
    ['TXT', 'v=spf1 -all', /a TXT record looks like "v=spf1 -all"/],
    ['TXT', '"open', /looks like/],
    ['TXT', '"\\999"', /looks like/],
    ['TXT', `"${'x'.repeat(256)}"`, /256 bytes long; at most 255/],
  ]
  for (const [type, written, expected] of bad) {
    test(`${type} ${written.slice(0, 30)} is refused, saying what was expected`, () => {
      assert.throws(() => canonicalData(type, written), expected)
    })
  }

  test('free text of any length and its TXT data are each other’s inverse', () => {
    for (const text of ['', 'v=spf1 -all', 'x'.repeat(255), 'k'.repeat(600), 'é"\\;\n'.repeat(80)]) {
      assert.equal(textOf(txt(text)), text)
      assert.equal(canonicalData('TXT', txt(text)), txt(text))
    }
  })

  test('names are kept in lower case without the final dot', () => {
    assert.equal(canonicalName('Old.Example.'), 'old.example')
    assert.equal(canonicalName('.'), '.')
    assert.equal(canonicalName('*.old.example'), '*.old.example')
  })

  test('an RRset is a set: order and repetition do not count, and a TTL is whole seconds', () => {
    const one = rrset('Old.Example.', 'MX', 300, ['20 b.example', '10 a.example', '20 B.example.'])
    assert.deepEqual(one, { name: 'old.example', type: 'MX', ttl: 300, data: ['10 a.example', '20 b.example'] })
    assert.throws(() => rrset('old.example', 'MX', 1.5, ['10 a.example']), /whole seconds/)
    assert.throws(() => rrset('old.example', 'MX', 300, []), /at least one record/)
  })
})

describe('changes', () => {
  const domain = 'old.example'
  const ville = 'ville.old.example'
  const snapshot = [was(domain), was(ville, 'mx.old.example', 7200), none('new.old.example')]
  const names = [domain, ville, 'new.old.example']
  const flipped = names.map(name => was(name, 'mx.new.example', 300))

  test('switching the MX changes domain and sub-domains, and creates it where there was none', () => {
    assert.deepEqual(switchMx(snapshot, names, ['10 MX.new.example.'], 300), [
      { before: mx(domain, 'mx.old.example', 3600), after: mx(domain, 'mx.new.example', 300) },
      { before: mx(ville, 'mx.old.example', 7200), after: mx(ville, 'mx.new.example', 300) },
      { before: null, after: mx('new.old.example', 'mx.new.example', 300) },
    ])
  })

  test('what stands as wanted is no change', () => {
    assert.deepEqual(switchMx(flipped, names, ['10 mx.new.example'], 300), [])
    assert.deepEqual(restore(snapshot, snapshot), [])
  })

  test('lowering touches only what lives longer', () => {
    const now = [was(domain), was(ville, 'mx.old.example', 60), none('new.old.example')]
    assert.deepEqual(lowerTtl(now, 300), [
      { before: mx(domain, 'mx.old.example', 3600), after: mx(domain, 'mx.old.example', 300) },
    ])
  })

  test('a rollback puts back what was and deletes what was not', () => {
    const changes = restore(flipped, snapshot)
    assert.deepEqual(changes, [
      { before: mx(domain, 'mx.new.example', 300), after: mx(domain, 'mx.old.example', 3600) },
      { before: mx(ville, 'mx.new.example', 300), after: mx(ville, 'mx.old.example', 7200) },
      { before: mx('new.old.example', 'mx.new.example', 300), after: null },
    ])
    assert.deepEqual(
      restore(flipped, snapshot, 300).map(({ after }) => after?.ttl),
      [300, 300, undefined],
    )
  })

  test('the old records are gone from every cache after the longest TTL they ever had', () => {
    assert.equal(settleMs(snapshot), 7_200_000)
    assert.equal(settleMs([was(domain, 'mx.old.example', 300)], [was(domain, 'mx.old.example', 86_400)]), 86_400_000)
    assert.equal(settleMs([none(domain)]), 0)
  })

  test('comparing records leaves the TTL aside, comparing RRsets does not', () => {
    const [a, b] = [mx(domain, 'mx.old.example', 300), mx(domain, 'mx.old.example', 60)]
    assert.deepEqual([sameData(a, b), sameRRset(a, b), sameData(a, null), sameRRset(null, null)], [true, false, false, true])
  })

  test('a change reads as lines to copy into a zone file', () => {
    assert.deepEqual(zoneLines(rrset(domain, 'TXT', 300, ['"v=spf1 -all"'])), ['old.example. 300 IN TXT "v=spf1 -all"'])
    assert.equal(
      inWords({ before: null, after: mx(domain, 'mx.new.example', 300) }),
      ['  now:', '    (no record)', '  to be:', '    old.example. 300 IN MX 10 mx.new.example.'].join('\n'),
    )
  })
})
