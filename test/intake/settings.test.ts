import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '../../shared/config.ts'
import { refusal } from './refusal.ts'

test('settings are refused all at once, each with what is expected, and no value is repeated', async () => {
  const wrong = {
    PORT: 'seven',
    PUBLIC_BASE_URL: 'https://',
    GRAPH_BASE_URL: 'http://graph.example',
    DNS_RESOLVERS: '192.0.2.1, 192.0.2.2:99999',
    QUIET_SECONDS: 'thirty',
    TURN_SECONDS: '1e12',
    MAILBOX_WAIT_SCALE: '-1',
  }
  const { details } = await refusal(() => readConfig(wrong))
  assert.deepEqual(
    details.map(({ path, message }) => `${path}: ${message}`),
    [
      'PORT: expected a port from 0 to 65535',
      'PUBLIC_BASE_URL: expected an https address (plain http only to loopback)',
      'GRAPH_BASE_URL: expected an https address (plain http only to loopback)',
      'DNS_RESOLVERS: expected resolvers as host or host:port, with commas between them',
      'QUIET_SECONDS: expected a number of seconds above 0, at most 86400',
      'TURN_SECONDS: expected a number of seconds above 0, at most 86400',
      'MAILBOX_WAIT_SCALE: expected a number above 0, at most 1000',
    ],
  )
})

test('resolvers are taken with spaces between them, by name, by address and with a port', () => {
  const { DNS_RESOLVERS } = readConfig({ DNS_RESOLVERS: '192.0.2.1, ns1.town.example:5353 ,2001:db8::1,[2001:db8::2]:53' })
  assert.deepEqual(DNS_RESOLVERS, ['192.0.2.1', 'ns1.town.example:5353', '2001:db8::1', '[2001:db8::2]:53'])
})
