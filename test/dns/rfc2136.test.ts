import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { ask } from '../../shared/dns/ask.ts'
import { exchange } from '../../shared/dns/exchange.ts'
import { CLASS, decodeMessage, encodeMessage, TYPE, wireRecords } from '../../shared/dns/message.ts'
import { rrset } from '../../shared/dns/records.ts'
import { rfc2136 } from '../../shared/dns/rfc2136.ts'
import { findTsig, signAnswer, type TsigAlgorithm } from '../../shared/dns/tsig.ts'
import { Failure } from '../../shared/errors.ts'
import { type SharedKey, startBind } from '../sandbox/dns/bind.ts'
import type { NameServer } from '../sandbox/dns/child.ts'
import { startKnot } from '../sandbox/dns/knot.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { ownDir, put, read, sharedKey } from './hands.ts'
import { bareAnswer, scripted } from './scripted.ts'

const zone = 'old.example'
const key = sharedKey('mover')
const weak = sharedKey('reader-only')
const longer = sharedKey('longer', 'hmac-sha384')
const longest = sharedKey('longest', 'hmac-sha512')
const text = zoneText({
  domain: zone,
  mx: ['10 mx.old.example'],
  ttl: 3600,
  ns: { 'ns1.old.example': '127.0.0.1' },
  more: ['*.wild.old.example. 3600 IN MX 10 mx.old.example.', 'cut.old.example. IN NS ns.cut.test.'],
})
const mx = (name: string, host = 'mx.old.example', ttl = 3600) => rrset(name, 'MX', ttl, [`10 ${host}`])

type Overrides = { key?: SharedKey; secret?: string; now?: () => number; deadlineMs?: number }
function hostAt(server: string, { key: one = key, secret = one.secret, now = Date.now, deadlineMs = 5_000 }: Overrides = {}) {
  const settings = { server, key: { name: one.name, algorithm: one.algorithm, secret: 'DNS_KEY' } }
  return rfc2136(settings, { secret: async () => secret, now, deadlineMs })
}

const tsigKey = { name: key.name, algorithm: key.algorithm satisfies TsigAlgorithm, secret: Buffer.from(key.secret, 'base64') }
const macOf = (message: Buffer) => findTsig(message)?.tsig.mac ?? Buffer.alloc(0)
const now = () => Math.floor(Date.now() / 1000)

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    result => assert.fail(`no failure but ${inspect(result)}`),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Failure, String(error))
  assert.ok(!inspect(error, { depth: 9 }).includes(key.secret), 'the secret is in the error')
  return error
}

describe('rfc2136 on real servers', () => {
  let bind: NameServer
  let knot: NameServer
  before(async () => {
    const dir = ownDir()
    const grants = [
      'mover. zonesub MX TXT CNAME SRV',
      'longer. zonesub MX',
      'longest. zonesub MX',
      'reader-only. name nothing.old.example. TXT',
    ]
    const keys = [key, weak, longer, longest]
    bind = await startBind({ dir: join(dir, 'bind'), zones: [{ name: zone, text, grants }], keys })
    const types = ['MX', 'TXT', 'CNAME', 'SRV']
    knot = await startKnot({ dir: join(dir, 'knot'), zones: [{ name: zone, text }], keys, grants: [{ key: key.name, types }] })
  })
  after(async () => {
    await bind.stop()
    await knot.stop()
  })

  const create = (name: string) => [{ before: null, after: mx(name) }]
  const homeless = [{ before: null, after: mx('x.old.example', 'nowhere.old.example') }]
  const address = [{ before: null, after: rrset('host.old.example', 'A', 300, ['192.0.2.1']) }]

  type Row = [
    what: string,
    server: () => NameServer,
    overrides: Overrides,
    changes: Parameters<typeof create>[0] | 'A',
    code: string,
    hint: RegExp,
  ]
  const wrong = Buffer.from('not the secret').toString('base64')
  const rows: Row[] = [
    ['a wrong secret on BIND', () => bind, { secret: wrong }, 'x.old.example', 'BADSIG', /compare the secret DNS_KEY/],
    ['a wrong secret on Knot', () => knot, { secret: wrong }, 'x.old.example', 'BADSIG', /compare the secret DNS_KEY/],
    [
      'a key that BIND does not know',
      () => bind,
      { key: sharedKey('stranger') },
      'x.old.example',
      'BADKEY',
      /no key stranger of hmac-sha256/,
    ],
    ['a key that Knot does not know', () => knot, { key: sharedKey('stranger') }, 'x.old.example', 'BADKEY', /no key stranger/],
    [
      'a key without a grant for the name on BIND',
      () => bind,
      { key: weak },
      'x.old.example',
      'REFUSED',
      /let its update policy grant/,
    ],
    [
      'a key without a grant for the type on BIND',
      () => bind,
      {},
      'A',
      'REFUSED',
      /let its update policy grant the key these names and types/,
    ],
    [
      'a key without a grant for the type on Knot',
      () => knot,
      {},
      'A',
      'BADKEY',
      /its policy lets the key change these names and types/,
    ],
    [
      'a clock an hour behind, on BIND',
      () => bind,
      { now: () => Date.now() - 3_600_000 },
      'x.old.example',
      'BADTIME',
      /differ by 3(599|600|601) s/,
    ],
    [
      'a clock an hour ahead, on Knot',
      () => knot,
      { now: () => Date.now() + 3_600_000 },
      'x.old.example',
      'BADTIME',
      /differ by 3(599|600|601) s/,
    ],
    [
      'a secret that is not base64',
      () => bind,
      { secret: 'pass word!' },
      'x.old.example',
      'BAD-SECRET',
      /DNS_KEY must be the key's base64/,
    ],
    ['a name below a zone cut', () => bind, {}, 'cut.old.example', 'NOT-AUTHORITATIVE', /delegated elsewhere/],
  ]
  for (const [what, server, overrides, name, code, hint] of rows) {
    test(`${what} is ${code}, permanent, and says what to do`, async () => {
      const changes = name === 'A' ? address : name === 'homeless' ? homeless : create(name)
      const failure = await failureOf(hostAt(server().server, overrides).replace(zone, changes))
      assert.equal(failure.code, code)
      assert.equal(failure.verdict, 'permanent')
      assert.match(failure.hint, hint)
      assert.equal(await read(server(), 'x.old.example', 'MX'), null)
      assert.equal(await read(server(), 'host.old.example', 'A'), null)
    })
  }

  for (const one of [longer, longest]) {
    test(`${one.algorithm} signs and verifies`, async () => {
      const name = `${one.name}.old.example`
      assert.deepEqual(await hostAt(bind.server, { key: one }).replace(zone, create(name)), { outcome: 'applied' })
      assert.deepEqual(await read(bind, name, 'MX'), mx(name))
    })
  }

  test('an update without a signature is refused by both servers', async () => {
    const updates = wireRecords(mx('unsigned.old.example'), CLASS.IN)
    const octets = encodeMessage({ opcode: 5, zone: { name: zone, type: TYPE.SOA }, updates })
    for (const { server } of [bind, knot]) {
      const answer = decodeMessage(await exchange({ server, octets, during: 'updating unsigned' }))
      assert.ok(['REFUSED', 'NOTAUTH'].includes(answer.rcode), answer.rcode)
      assert.deepEqual((await ask({ server, name: 'unsigned.old.example', type: 'MX' })).answers, [])
    }
  })

  test('what a wildcard answers is not what stands at the name: the conflict says so, and the new record goes through', async () => {
    const name = 'a.wild.old.example'
    const host = hostAt(bind.server)
    const result = await host.replace(zone, [{ before: mx(name), after: mx(name, 'mx.new.example') }])
    assert.equal(result.outcome, 'conflict')
    assert.match((result.outcome === 'conflict' && result.found[0]?.why) || '', /a wildcard answers for this name/)
    const created = await host.replace(zone, [{ before: null, after: mx(name, 'mx.new.example') }])
    assert.deepEqual(created, { outcome: 'applied' })
    assert.deepEqual(await read(bind, name, 'MX'), mx(name, 'mx.new.example'))
  })

  test('forty names change in one message', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `fed${at}.old.example`)
    const host = hostAt(bind.server)
    assert.deepEqual(await host.replace(zone, names.flatMap(create)), { outcome: 'applied' })
    const flip = names.map(name => ({ before: mx(name), after: mx(name, 'mx.new.example', 300) }))
    const serial = await serialOf(bind)
    assert.deepEqual(await host.replace(zone, flip), { outcome: 'applied' })
    assert.equal(await serialOf(bind), serial + 1)
  })
})

describe('rfc2136 against a server that misbehaves', () => {
  const changes = [{ before: null, after: mx('x.old.example') }]
  const signed = (message: Buffer, rcode = 0) => signAnswer(bareAnswer(message, rcode), tsigKey, macOf(message), now())

  type Row = [what: string, respond: (message: Buffer) => Buffer | null | 'silence', code: string, verdict: string]
  const rows: Row[] = [
    ['an answer with a wrong MAC', message => flipped(signed(message)), 'BADMAC', 'permanent'],
    [
      'an answer signed for another question',
      m => signAnswer(bareAnswer(m), tsigKey, Buffer.alloc(32), now()),
      'BADMAC',
      'permanent',
    ],
    ['an answer whose flags were changed on the way', message => changed(signed(message)), 'BADMAC', 'permanent'],
    ['an answer without a signature', message => bareAnswer(message), 'UNSIGNED', 'permanent'],
    ['an answer signed ten minutes ago', m => signAnswer(bareAnswer(m), tsigKey, macOf(m), now() - 600), 'STALE', 'permanent'],
    ['REFUSED without a signature, as PowerDNS says it', message => bareAnswer(message, 5), 'REFUSED', 'permanent'],
    ['SERVFAIL', message => signed(message, 2), 'SERVFAIL', 'transient'],
    ['an rcode that nobody knows', message => signed(message, 12), 'RCODE_12', 'transient'],
    [
      'octets that are no DNS',
      message => Buffer.concat([message.subarray(0, 2), Buffer.alloc(20, 0xff)]),
      'UNREADABLE',
      'transient',
    ],
    [
      'an answer to another id',
      message => Buffer.concat([Buffer.from([message[0] ?? 0, ~(message[1] ?? 0)]), message.subarray(2)]),
      'EBADID',
      'transient',
    ],
    ['hanging up', () => null, 'ECLOSED', 'transient'],
    ['silence', () => 'silence', 'ETIMEDOUT', 'transient'],
    ['yes, and then for ever the old answer', message => signed(message), 'NOT-YET', 'transient'],
  ]
  for (const [what, respond, code, verdict] of rows) {
    test(`${what} is ${code}, ${verdict}`, async () => {
      const stand = await scripted(respond)
      try {
        const failure = await failureOf(hostAt(stand.server, { deadlineMs: 300 }).replace(zone, changes))
        assert.equal(failure.code, code)
        assert.equal(failure.verdict, verdict)
        assert.match(`${failure.message} ${failure.hint}`, new RegExp(stand.server))
        assert.ok(failure.hint.length > 20)
      } finally {
        await stand.close()
      }
    })
  }

  test('a dead server is a transient Failure that names it and says what to do', async () => {
    const stand = await scripted(() => null)
    await stand.close()
    const failure = await failureOf(hostAt(stand.server).replace(zone, changes))
    assert.equal(failure.verdict, 'transient')
    assert.equal(failure.code, 'ECONNREFUSED')
    assert.match(failure.hint, new RegExp(`${stand.server}: nothing listens there`))
  })

  test('an update whose answer is lost is recognised as already made', async () => {
    let made = false
    const answer = (message: Buffer) => {
      if (message.readUInt16BE(2) >> 11 === 5) {
        made = true
        return null
      }
      return made ? withMx(message) : signed(message)
    }
    const withMx = (message: Buffer) => {
      const [record] = wireRecords(mx('x.old.example'))
      assert.ok(record)
      const bare = bareAnswer(message)
      bare.writeUInt16BE(1, 6)
      const name = Buffer.from([0xc0, 12])
      const fixed = Buffer.from([0, 15, 0, 1, 0, 0, 14, 16, 0, record.data.length])
      return signAnswer(Buffer.concat([bare, name, fixed, record.data]), tsigKey, macOf(message), now())
    }
    const stand = await scripted(answer)
    try {
      assert.equal((await failureOf(hostAt(stand.server).replace(zone, changes))).code, 'ECLOSED')
      assert.deepEqual(await hostAt(stand.server).replace(zone, changes), { outcome: 'already' })
    } finally {
      await stand.close()
    }
  })
})

test('more changes than one message holds are refused before anything is sent', async () => {
  const changes = Array.from({ length: 1_000 }, (_, at) => ({
    before: mx(`s${at}.${zone}`),
    after: mx(`s${at}.${zone}`, 'mx.new.example'),
  }))
  const stand = await scripted(message => signAnswer(bareAnswer(message), { ...tsigKey }, macOf(message), now()))
  try {
    assert.equal((await failureOf(hostAt(stand.server).replace(zone, changes))).code, 'TOO-BIG')
    assert.ok(stand.asked.every(message => message.readUInt16BE(2) >> 11 === 0))
  } finally {
    await stand.close()
  }
})

test('what BIND took survives a stop, a kill and a start on the same directory', async () => {
  const dir = ownDir()
  const start = (port?: number) =>
    startBind({ dir, zones: [{ name: zone, text, grants: ['mover. zonesub ANY'] }], keys: [key], ...(port ? { port } : {}) })
  const first = await start()
  await put(first, key, zone, 'MX', mx(zone, 'mx.first.example'))
  await first.stop()
  const second = await start(first.port)
  assert.deepEqual(await read(second, zone, 'MX'), mx(zone, 'mx.first.example'))
  await put(second, key, zone, 'MX', mx(zone, 'mx.second.example'))
  await second.stop('SIGKILL')
  const third = await start(first.port)
  assert.deepEqual(await read(third, zone, 'MX'), mx(zone, 'mx.second.example'))
  await third.stop()
})

test('in a signed zone hundreds of names are waited for until they show, and are signed', async () => {
  const dir = ownDir()
  const subdomains = Array.from({ length: 300 }, (_, at) => `s${at}`)
  const big = zoneText({ domain: zone, mx: ['10 mx.old.example'], ttl: 3600, ns: { 'ns1.old.example': '127.0.0.1' }, subdomains })
  const bind = await startBind({
    dir,
    zones: [{ name: zone, text: big, grants: ['mover. zonesub ANY'], dnssec: true }],
    keys: [key],
  })
  try {
    const names = [zone, ...subdomains.map(label => `${label}.${zone}`)]
    const changes = names.map(name => ({ before: mx(name), after: mx(name, 'mx.new.example', 300) }))
    assert.deepEqual(await hostAt(bind.server).replace(zone, changes), { outcome: 'applied' })
    const { answers } = await ask({ server: bind.server, name: zone, type: 'RRSIG' })
    const over = answers.flatMap(one => (one.type === 'RRSIG' && one.data.typeCovered === 'MX' ? [one.data.originalTTL] : []))
    assert.deepEqual(over, [300])
  } finally {
    await bind.stop()
  }
})

async function serialOf({ server }: NameServer): Promise<number> {
  const { answers } = await ask({ server, name: zone, type: 'SOA' })
  const [soa] = answers.flatMap(one => (one.type === 'SOA' ? [one.data.serial ?? 0] : []))
  return soa ?? 0
}

/** One bit of the MAC turned: it stands before original id, error and other length, six octets from the end. */
function flipped(message: Buffer): Buffer {
  const at = message.length - 7
  message.writeUInt8((message[at] ?? 0) ^ 1, at)
  return message
}

/** One bit of the header turned that leaves the rcode as it is. */
function changed(message: Buffer): Buffer {
  message.writeUInt8((message[3] ?? 0) ^ 0x20, 3)
  return message
}
