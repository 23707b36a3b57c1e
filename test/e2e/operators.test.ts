import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { type HostProcess, startHostProcess } from './host-process.ts'
import { everyRoute, type Route } from './routes.ts'
import { allMessages, allRows } from './storage.ts'

const tokens = { operator: 'token-of-the-operator-4711', reader: 'token-of-the-auditor-0815', nobody: 'token-of-nobody-1234' }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const OPERATORS = JSON.stringify([
  { name: 'Odile', role: 'operator', tokenSha256: sha256(tokens.operator) },
  { name: 'Court of auditors', role: 'reader', tokenSha256: sha256(tokens.reader) },
])
const link = 'a-link-that-nobody-made-9876'
let azurite: Azurite
let host: HostProcess
let routes: (Route & { path: string })[]

before(async () => {
  routes = (await everyRoute()).map(one => ({ ...one, path: pathOf(one.route) }))
  azurite = await startAzurite({ dir: 'memory' })
  host = await startHostProcess({ AzureWebJobsStorage: azurite.connectionString, OPERATORS })
})

after(async () => {
  await host?.kill9()
  await azurite?.stop()
})

function pathOf(route: string): string {
  return route
    .replace('{token}', link)
    .replace('{format}', 'json')
    .replaceAll(/\{\w+\}/g, 'none')
}

/** With which status and code the answer refuses. */
async function asked(
  { method, path }: Pick<(typeof routes)[number], 'method' | 'path'>,
  as?: keyof typeof tokens,
): Promise<[status: number, code: unknown]> {
  const headers = { 'x-operator': 'Odile', ...(as ? { 'x-operator-token': tokens[as] } : {}) }
  const body = method === 'GET' || method === 'HEAD' ? undefined : {}
  const { status, json } = await host.call(method, path, body, headers)
  return [status, Object(json?.error).code]
}

const looks = ({ method }: Route) => method === 'GET' || method === 'HEAD'
/** The GETs that show what opens mailboxes. */
const secret = ['get-password-code', 'get-password-bundle', 'get-password-letters', 'get-trustee-access']

test('whatever opens with a key: no order and no password without an operator who is known, and a reader gets the rest', async () => {
  const keyed = routes.filter(({ authLevel }) => authLevel !== 'anonymous')
  assert.ok(keyed.filter(looks).length >= 20 && keyed.filter(route => !looks(route)).length >= 20, `${keyed.length} routes`)
  assert.deepEqual(
    secret.filter(name => !keyed.some(route => route.name === name)),
    [],
  )
  for (const route of keyed) {
    const what = `${route.method} ${route.path}`
    const open = looks(route) && !secret.includes(route.name)
    assert.deepEqual(await asked(route, 'nobody'), [401, 'unknown-token'], what)
    if (open) {
      for (const as of [undefined, 'reader'] as const) assert.ok(![401, 403].includes((await asked(route, as))[0]), what)
    } else {
      assert.deepEqual(await asked(route), [401, 'unknown-operator'], what)
      assert.deepEqual(await asked(route, 'reader'), [403, 'no-operator'], what)
    }
    assert.ok(![401, 403].includes((await asked(route, 'operator'))[0]), what)
  }
})

test('what opens without a key has a token in its path, or is the page that holds no data', () => {
  const open = routes.filter(({ authLevel, path }) => authLevel === 'anonymous' && !path.endsWith(link))
  assert.deepEqual(open.map(({ name }) => name).sort(), ['dashboard', 'dashboard-module'])
})

test('every access refused is logged and counted by the hour, without its token or link', async () => {
  for (const route of routes.filter(({ path }) => path.endsWith(link))) assert.equal((await asked(route))[0], 404, route.name)
  const hold = routes.find(({ name }) => name === 'wave-hold')
  assert.ok(hold)
  const counted = async () => {
    const { json } = await host.call('GET', 'refused')
    const all = json.refused as { who: string; subject: string; call: string; status: number; times: number }[]
    const mine = all.filter(({ call, who }) => call === 'wave-hold' && who === 'Court of auditors')
    return { all, times: mine.reduce((sum, { times }) => sum + times, 0) }
  }
  const { times } = await counted()
  await Promise.all([1, 2, 3].map(() => asked(hold, 'reader')))
  const now = await counted()
  assert.equal(now.times, times + 3)
  const known = now.all.find(({ call, who }) => call === 'wave-hold' && who === 'Court of auditors')
  assert.deepEqual([known?.subject, known?.status], ['none', 403])
  for (const name of ['look-coordinate', 'coordinate', 'look-once', 'open-once', 'look-acknowledge', 'acknowledge'])
    assert.ok(
      now.all.some(({ call, who, status }) => call === name && who === 'holder of a link' && status === 404),
      name,
    )
  assert.match(host.output(), /work=refuse-access call=look-coordinate status=404/)

  const { connectionString } = azurite
  const kept = [await allRows(connectionString), await allMessages(connectionString), host.output()]
  const text = JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  for (const each of [...Object.values(tokens), link]) assert.ok(!text.includes(each), each)
})

test('who gave an order stands in the audit as he is known, whatever name he tells', async () => {
  const body = { why: 'to try it' }
  const playbook = `playbook: known
timeZone: Europe/Paris
source: { imap: { host: 127.0.0.1, port: 9, tls: none, auth: { kind: master-user, user: u, separator: "*", secret: S } } }
target: { kind: exchange-server, accounts: existing, imap: { host: 127.0.0.1, port: 9, tls: none, auth: { kind: master-user, user: u, separator: "*", secret: T } } }
routing: { kind: none }
calendar: [{ at: "D-1 16:00", step: provision }]
notices: []
`
  const headers = { 'x-operator': 'Bruno', 'x-operator-token': tokens.operator }
  const put = await host.call('PUT', 'playbooks/known', playbook, { ...headers, 'content-type': 'application/yaml' })
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'known', playbook: 'known', day: '2099-01-10', mailboxes: [{ address: 'anna@town.test' }] }
  assert.equal((await host.call('POST', 'waves', wave, headers)).status, 202)
  assert.equal((await host.call('POST', 'waves/known/hold', body, headers)).status, 202)
  const { Audit = [] } = await allRows(azurite.connectionString)
  const mine = Audit.filter(({ partitionKey }) => partitionKey === 'known' || partitionKey === 'playbook|known')
  assert.deepEqual([...new Set(mine.map(({ who }) => who))], ['Odile'])
  assert.ok(mine.length >= 3)
})
