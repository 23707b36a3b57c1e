import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nearest } from '../../shared/intake/nearest.ts'
import { hostPort, isHost, isLoopback } from '../../shared/playbooks/host.ts'
import { secretNameFor } from '../../shared/playbooks/secret.ts'

describe('a host', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', '0:0:0:0:0:0:0:1', 'localhost', 'LOCALHOST'])
    it(`${host} is this machine`, () => assert.equal(isLoopback(host), true))
  for (const host of [
    '128.0.0.1',
    '10.0.0.1',
    '::2',
    '::ffff:127.0.0.1',
    '127.0.0.1.example',
    'localhost.example',
    '127.1',
    '::',
    '1::1',
    '',
  ])
    it(`${host} is not this machine`, () => assert.equal(isLoopback(host), false))
  for (const host of ['imap.town.example', 'mail', 'xn--bcher-kva.example', '_dmarc.town.example', '192.0.2.1', '2001:db8::1'])
    it(`${host} is a host`, () => assert.equal(isHost(host), true))
  for (const host of ['', 'a b', '-a.example', 'a..b', '1.2.3', '256.1.1.1', 'a:b', `${'a'.repeat(64)}.example`, 'é.example'])
    it(`“${host}” is no host`, () => assert.equal(isHost(host), false))
})

describe('a server', () => {
  for (const [text, wanted] of [
    ['ns1.town.example', { host: 'ns1.town.example', port: 53 }],
    ['ns1.town.example:5353', { host: 'ns1.town.example', port: 5353 }],
    ['127.0.0.1:15353', { host: '127.0.0.1', port: 15353 }],
    ['[2001:db8::1]:53', { host: '2001:db8::1', port: 53 }],
    ['[2001:db8::1]', { host: '2001:db8::1', port: 53 }],
    ['2001:db8::1', undefined],
    ['[1.2.3.4]:53', undefined],
    ['ns1:0', undefined],
    ['ns1:65536', undefined],
    [':53', undefined],
    ['ns1:', undefined],
  ] as const) {
    it(`${text}`, () => assert.deepEqual(hostPort(text, 53), wanted))
  }
})

describe('a secret’s name', () => {
  it('is made of the address with what a Key Vault allows', () => {
    assert.equal(secretNameFor('imap-{address}', 'anna.b@town.example'), 'imap-anna-b-town-example')
    assert.equal(secretNameFor('{domain}-{local}', 'o_k+x@a.b.example'), 'a-b-example-o-k-x')
  })
})

describe('the nearest word', () => {
  const words = ['port', 'host', 'tls', 'auth', 'lateMail', 'timeZone', 'mailboxes']
  for (const [word, wanted] of [
    ['prot', 'port'],
    ['hots', 'host'],
    ['latemail', 'lateMail'],
    ['lateMial', 'lateMail'],
    ['mailboxs', 'mailboxes'],
    ['ssl', undefined],
    ['weather', undefined],
    ['', undefined],
    ['p'.repeat(1000), undefined],
  ] as const) {
    it(`to ${word.slice(0, 20)} is ${wanted}`, () => assert.equal(nearest(word, words), wanted))
  }
})
