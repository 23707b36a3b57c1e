import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Answered } from '../../shared/dns/agreement.ts'
import { besideMx } from '../../shared/dns/beside-mx.ts'
import { txt } from '../../shared/dns/presentation.ts'
import { rrset } from '../../shared/dns/records.ts'
import { Failure } from '../../shared/errors.ts'

const domain = 'town.example'
const silent: Answered = {
  server: 'ns1',
  failure: new Failure({ verdict: 'transient', during: 'asking', code: 'ETIMEDOUT', hint: 'Wait.' }),
}

/** What is said where the servers hold these texts; the first of the two does not answer. */
function notes(texts: Record<string, string[]>, isOnline = true): Promise<string[]> {
  const ask = async (name: string): Promise<Answered[]> => {
    const found = texts[name] && rrset(name, 'TXT', 300, texts[name].map(txt))
    return [silent, { server: 'ns2', aa: true, rcode: 'NOERROR', serial: 1, rrset: found ?? null, ms: 1 }]
  }
  return besideMx(ask, domain, { mx: ['0 mx.new.example'], isOnline })
}

describe('beside the MX', () => {
  for (const [what, texts, isOnline, said] of [
    ['nothing', {}, true, []],
    ['a record of another kind', { [domain]: ['MS=ms1', 'v=spf10 -all'] }, true, []],
    ['SPF with Microsoft 365', { [domain]: ['v=spf1 mx include:SPF.protection.outlook.com -all'] }, true, []],
    ['SPF without it', { [domain]: ['v=spf1 mx -all'] }, true, [/SPF record does not name Microsoft 365.*include:spf/]],
    ['SPF that is not for Microsoft 365', { [domain]: ['v=spf1 mx -all'] }, false, []],
    ['two SPF records', { [domain]: ['v=spf1 mx -all', 'V=SPF1 include:x.example -all'] }, false, [/2 SPF records/]],
    ['a policy for transport', { '_mta-sts.town.example': ['v=STSv1; id=1'] }, false, [/MTA-STS .*0 mx\.new\.example/]],
    ['a wildcard that is no policy', { '_mta-sts.town.example': ['v=spf1 -all'] }, false, []],
  ] as const)
    test(`${what}: ${said.length === 0 ? 'nothing is said' : 'is said'}`, async () => {
      const found = await notes(texts as unknown as Record<string, string[]>, isOnline)
      assert.equal(found.length, said.length, found.join('\n'))
      for (const [i, one] of said.entries()) assert.match(found[i] ?? '', one)
    })

  test('of what no server answers nothing is said', async () => {
    assert.deepEqual(await besideMx(async () => [silent], domain, { mx: [], isOnline: true }), [])
  })
})
