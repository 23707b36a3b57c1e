import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Answered } from '../../shared/dns/agreement.ts'
import { txt } from '../../shared/dns/presentation.ts'
import { rrset } from '../../shared/dns/records.ts'
import { senderNotes } from '../../shared/dns/sender.ts'
import type { RecordType } from '../../shared/dns/zone.ts'
import { Failure } from '../../shared/errors.ts'
import type { Dns } from '../../shared/ports.ts'

const failure = new Failure({ verdict: 'transient', during: 'asking', code: 'ETIMEDOUT', hint: 'Wait.' })

/** Name servers with these texts, and aliases (`->`); the first of two does not answer, and nothing is known of names in `silent`. */
function dns(records: Record<string, string[]>, silent: readonly string[] = []): Dns {
  return {
    authorities: async domain => {
      if (silent.includes(domain)) throw failure
      return { zone: 'town.example', servers: [{ server: 'ns1' }], notes: [] }
    },
    askAll: async (_, name, type: RecordType): Promise<Answered[]> => {
      const found = records[name]?.filter(one => one.startsWith('->') === (type === 'CNAME'))
      const data = found?.map(one => (type === 'CNAME' ? one.slice(2) : txt(one))) ?? []
      const held = data.length > 0 ? rrset(name, type, 300, data) : null
      return [
        { server: 'ns1', failure },
        { server: 'ns2', aa: true, rcode: 'NOERROR', serial: 1, rrset: held, ms: 1 },
      ]
    },
  }
}

const spf = { 'town.example': ['MS=ms1', 'v=spf1 include:_spf.mail.example -all'] }
const dmarc = { '_dmarc.town.example': ['v=DMARC1; p=reject; sp=quarantine'] }

describe('the sender of notices', () => {
  for (const [what, records, said] of [
    ['has both', { ...spf, ...dmarc }, []],
    [
      'has an SPF record of another kind only',
      { 'town.example': ['v=spf10 -all'], ...{ '_dmarc.town.example': ['v=DMARC1; p=none'] } },
      [/^town\.example, from which notices come, has no SPF record: publish TXT "v=spf1 a:smtp\.mail\.example ~all"/],
    ],
    ['has no SPF record, and wants proof', dmarc, [/has no SPF record/, /^town\.example asks by DMARC \(p=reject\).*\(DKIM\)/]],
    [
      'has two SPF records',
      { 'town.example': ['v=spf1 mx -all', 'V=SPF1 a -all'], ...{ '_dmarc.town.example': ['v=DMARC1;p=quarantine'] } },
      [/has 2 SPF records/, /\(p=quarantine\)/],
    ],
    [
      'says that nobody sends',
      { 'town.example': ['v=spf1  -all exp=why.town.example'], '_dmarc.town.example': ['v=DMARC1'] },
      [/says by SPF \(v=spf1 {2}-all exp=why\.town\.example\) that nobody sends for it: put a:smtp\.mail\.example before/],
    ],
    ['leads elsewhere', { 'town.example': ['v=spf1 redirect=mail.example'], ...dmarc }, []],
    ['has no DMARC record', spf, [/has no DMARC record: publish TXT "v=DMARC1; p=none" at _dmarc\.town\.example/]],
    [
      'has two DMARC records',
      { ...spf, '_dmarc.town.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
      [/has 2 DMARC records/],
    ],
    [
      'has its DMARC record elsewhere',
      { ...spf, '_dmarc.town.example': ['->d.mail.example'], 'd.mail.example': ['v=DMARC1; p=none'] },
      [],
    ],
  ] as const)
    test(`${what}: ${said.length === 0 ? 'nothing is said' : 'is said'}`, async () => {
      const sender = { from: 'ICT@Town.example', host: 'smtp.mail.example' }
      const { notes, known } = await senderNotes(dns(records as unknown as Record<string, string[]>), sender)
      assert.equal(notes.length, said.length, notes.join('\n'))
      for (const [i, one] of said.entries()) assert.match(notes[i] ?? '', one)
      assert.ok(known)
    })

  test('in a domain below is under the policy from above; what fails comes back to another domain, whose SPF counts', async () => {
    const records = { 'back.town.example': ['v=spf1 -all'], ...dmarc }
    const { notes } = await senderNotes(dns(records), {
      from: 'ict@post.town.example',
      returnPath: 'b@back.town.example',
      host: '2001:db8::1',
    })
    assert.equal(notes.length, 2)
    assert.match(notes[0] ?? '', /^back\.town\.example, .*put ip6:2001:db8::1 before/)
    assert.match(notes[1] ?? '', /^post\.town\.example asks by DMARC \(p=quarantine\)/)
  })

  test('of what nobody answers nothing is said, and that is told', async () => {
    const sender = { from: 'ict@town.example', host: 'smtp.mail.example' }
    assert.deepEqual(await senderNotes(dns({}, ['town.example', '_dmarc.town.example']), sender), { notes: [], known: false })
    const { notes, known } = await senderNotes(dns({}, ['_dmarc.town.example']), sender)
    assert.equal(notes.length, 1)
    assert.match(notes[0] ?? '', /no SPF record/)
    assert.equal(known, false)
    const loop = { ...spf, '_dmarc.town.example': ['->_dmarc.town.example'] }
    assert.deepEqual(await senderNotes(dns(loop), sender), { notes: [], known: false })
  })
})
