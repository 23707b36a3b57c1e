import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { TableClient } from '@azure/data-tables'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { seal } from '../../shared/passwords/seal.ts'
import type { PasswordRow, WaveRow } from '../../shared/store/schema.ts'
import { gathered, type Store, type Table } from '../../shared/store/store.ts'
import { tableOptions, tableStore } from '../../shared/store/tables.ts'
import { folderRow, noticeRow } from '../fakes/rows.ts'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { type Answered, type HostProcess, startHostProcess } from './host-process.ts'
import { everyRoute, type Route } from './routes.ts'

/* Two entities, of which Lina acts for one. Whatever belongs to the other has `hill` in it, so that no answer to her may. */

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const tokens = { Odile: 'token-of-odile-4711', Lina: 'token-of-lina-0815', Rolf: 'token-of-rolf-2342' }
type Who = keyof typeof tokens
const OPERATORS = JSON.stringify([
  { name: 'Odile', role: 'operator', tokenSha256: sha256(tokens.Odile) },
  { name: 'Lina', role: 'operator', tokenSha256: sha256(tokens.Lina), entities: ['lake'] },
  { name: 'Rolf', role: 'reader', tokenSha256: sha256(tokens.Rolf), entities: ['lake'] },
])
const playbook = `playbook: towns
timeZone: Europe/Paris
source: { imap: { host: 127.0.0.1, port: 9, tls: none, auth: { kind: master-user, user: u, separator: "*", secret: S } } }
target: { kind: exchange-server, accounts: existing, imap: { host: 127.0.0.1, port: 9, tls: none, auth: { kind: master-user, user: u, separator: "*", secret: T } } }
routing: { kind: recipient, deliverTo: "{local}@new.test", probe: { host: 127.0.0.1, port: 9, tls: none, from: p@outside.test } }
calendar: [{ at: "D-1 16:00", step: provision }, { at: "D-5 09:00", step: confirm }, { at: "D-3 09:00", notice: soon }]
notices:
  - { notice: soon, template: done, audience: owner, issuer: it, languages: [fr], channel: smtp }
  - { notice: care, template: done, audience: coordinator, issuer: it, languages: [fr], channel: smtp }
issuers: { it: { name: IT, address: it@all.test } }
channels: { smtp: { host: 127.0.0.1, port: 9, tls: none } }
approvals: { confirm: [coordinator] }
passwords: { mode: sealed-bundle, sealWith: SEALING }
entities:
  lake: { title: The lake, domains: [lake.test], people: { coordinator: [jo@lake.test] } }
  hill: { title: The hill, domains: [hill.test], people: { coordinator: [may@hill.test] } }
`
const sealing = 'a secret of many characters to seal with'
const day = '2099-01-12'
const waves = {
  lake: ['lea@lake.test'],
  both: ['anna@lake.test', 'ada@lake.test', 'kim@hill.test', 'kai@hill.test', 'kit@hill.test'],
  ended: ['alf@lake.test', 'kea@hill.test', 'ken@hill.test'],
  hill: ['kay@hill.test'],
}
let azurite: Azurite
let host: HostProcess
let routes: Route[]
let store: Store

before(async () => {
  routes = await everyRoute()
  azurite = await startAzurite({ dir: 'memory' })
  const { connectionString } = azurite
  host = await startHostProcess({ AzureWebJobsStorage: connectionString, OPERATORS, SEALING: sealing })
  store = tableStore(name =>
    TableClient.fromConnectionString(connectionString, name, { ...tableOptions, allowInsecureConnection: true }),
  )
  const put = await ask('Odile', 'PUT', 'playbooks/towns', playbook, { 'content-type': 'application/yaml' })
  assert.equal(put.status, 201, put.text)
  for (const [wave, addresses] of Object.entries(waves)) {
    const mailboxes = addresses.map(address => ({ address, displayName: address }))
    const { status, text } = await ask('Odile', 'POST', 'waves', { wave, playbook: 'towns', day, mailboxes })
    assert.equal(status, 202, text)
    for (const address of addresses) await fill(wave, address)
    for (const entity of ['lake', 'hill']) await fillEntity(wave, entity)
  }
  for (const wave of ['both', 'ended']) await tell(wave)
})

after(async () => {
  await host?.kill9()
  await azurite?.stop()
})

/** What a wave on its way would have of a mailbox. */
async function fill(wave: string, address: string): Promise<void> {
  const about = { wave, address, number: 1 }
  const password: PasswordRow = {
    ...about,
    ...{ playbook: 'towns', playbookVersion: 1, state: 'set', madeAt: 1, wrong: 0, handedOut: 0 },
    ...{ setAt: Date.now(), expiresAt: Date.now() + 9e8, ...seal(sealing, `password of ${address}`, about) },
  }
  await store.passwords.insert(password)
  await store.folders.insert(folderRow({ wave, address, path: `Folder of ${address}`, targetPath: address }))
  const sent = { playbook: 'towns', playbookVersion: 1, sentAt: 1, state: 'sent' as const }
  await store.notices.insert(noticeRow({ wave, address, to: address, notice: 'soon', ...sent, subject: `To ${address}` }))
  await store.inventories.insert({ wave, address, at: 1, error: { at: 1, code: 'NO', message: address, hint: address } })
  const life = { pass: 0, fence: 0, tries: 0, since: 0, playbook: 'towns', playbookVersion: 1 }
  await store.landings.insert({ wave, address, ...life, state: 'scanned', waitsFor: address, messages: 1 })
}

async function fillEntity(wave: string, entity: string): Promise<void> {
  const to = `may@${entity}.test`
  await store.notices.insert(noticeRow({ wave, address: '*', entity, to, notice: 'care', state: 'held', playbook: 'towns' }))
  const answer = { wave, entity, version: 1, at: 1, who: to, digest: entity, lines: 1, seal: entity }
  await store.answers.insert(answer)
  const address = waves.both.find(one => one.endsWith(`@${entity}.test`)) ?? ''
  await store.answerLines.put([{ wave, digest: entity, address, said: { address, keep: true, reason: entity } }])
}

/** The wave’s own rows name mailboxes, people and numbers of all; of `ended` nothing moves any more. */
async function tell(wave: string): Promise<void> {
  const said: Partial<WaveRow> = {
    waitsFor: 'kim@hill.test',
    reasons: ['kim@hill.test was not copied'],
    error: { at: 1, code: 'NO', message: 'kim@hill.test', hint: 'kim@hill.test' },
    approvals: [
      { step: 'confirm', who: 'may@hill.test', at: 1, why: 'hill' },
      { step: 'confirm', who: 'jo@lake.test', at: 1, why: 'hill' },
    ],
    asked: { day: '2099-03-01', who: 'may@hill.test', why: 'hill', at: 1 },
    done: [{ what: ['kim@hill.test'], who: 'may@hill.test', why: 'hill', at: 1 }],
    renewed: { 'hill|may@hill.test': 1 },
  }
  const sums = {
    mailboxes: { total: 4711, byState: { completed: 4711 } },
    messages: { found: 4711, copied: 4711, adopted: 0, excepted: 0 },
    ...{ bytes: { found: 4711, copied: 4711 }, waitedMs: 4711 },
  }
  const over: Partial<WaveRow> = {
    state: 'closed',
    verdict: 'incomplete',
    seal: 'root',
    sums,
    dueAt: undefined,
    closedAt: Date.now(),
  }
  await change(store.waves, 'wave', wave, row => ({ ...row, ...said, ...(wave === 'ended' ? over : {}) }))
  for (const { row } of await gathered(store.steps.list({ partition: wave })))
    await change(store.steps, wave, row.step, step => ({
      ...step,
      open: ['may@hill.test'],
      found: 'hill',
      waitsFor: 'hill',
      by: 'may@hill.test',
    }))
  if (wave === 'ended')
    for (const address of waves.ended)
      await change(store.mailboxes, wave, address, row => ({ ...row, state: 'completed' as const, found: 1 }))
}

async function change<R>(table: Table<R>, partition: string, key: string, to: (row: R) => R): Promise<void> {
  const stored = await table.get(partition, key)
  assert.ok(stored, key)
  if ((await table.save(to(stored.row), stored.etag)) === 'conflict') await change(table, partition, key, to)
}

function ask(as: Who | undefined, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return host.call(method, path, body, { ...headers, ...(as ? { 'x-operator-token': tokens[as] } : {}) })
}

const looks = ({ method }: Route) => method === 'GET' || method === 'HEAD'
const keyed = () => routes.filter(({ authLevel }) => authLevel !== 'anonymous')
const ofWaves = () => keyed().filter(({ route }) => route.includes('{wave}'))
const where = (route: Route, wave: string, address: string, format = 'json') =>
  route.route.replace('{wave}', wave).replace('{address}', address).replace('{format}', format).replace('{playbook}', 'towns')

/** All that an answer says, also inside of a workbook or an archive that is not encrypted. */
async function saidIn({ text, headers }: Answered, bytes?: Uint8Array): Promise<string> {
  const rest = [...headers].map(pair => pair.join(': ')).join('\n')
  if (!bytes) return `${rest}\n${text}`
  const entries = await new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)]))).getEntries()
  const texts = entries.map(entry => (entry.directory || entry.encrypted ? '' : entry.getData(new TextWriter())))
  return [rest, ...(await Promise.all(texts))].join('\n')
}

async function look(as: Who, path: string) {
  const answered = await ask(as, 'GET', path)
  if (!/\.xlsx/.test(path) || answered.status !== 200) return { ...answered, said: await saidIn(answered) }
  const headers = { 'x-functions-key': 'e2e-host-key', 'x-operator-token': tokens[as] }
  const again = await fetch(`${host.url}/api/${path}`, { headers })
  return { ...answered, said: await saidIn(answered, new Uint8Array(await again.arrayBuffer())) }
}

/** The queries that ask for more, of routes that read one. */
const queries: Record<string, string[]> = {
  'get-workbook': ['?entity=hill', '?entity=lake'],
  'get-password-bundle': ['?entity=hill'],
  'get-password-letters': ['?entity=hill'],
  'get-trustee-access': ['?entity=hill'],
  'get-wave-receipt': ['?mailbox=kim@hill.test', '?mailbox=alf@lake.test'],
  'preview-notice': ['soon', 'care'].flatMap(notice =>
    ['kim@hill.test', 'anna@lake.test', 'alf@lake.test'].flatMap(address =>
      ['', '&sent=true'].map(sent => `?notice=${notice}&address=${address}${sent}`),
    ),
  ),
}

for (const [of, own] of [
  ['both', 'anna@lake.test'],
  ['ended', 'alf@lake.test'],
] as const)
  test(`a wave that has others’ mailboxes as well (${of}) shows, by every route that looks, his alone`, async () => {
    let shown = 0
    for (const route of ofWaves().filter(looks))
      for (const format of route.route.includes('{format}') ? ['json', 'csv', 'xlsx', 'map'] : ['json'])
        for (const query of ['', ...(queries[route.name] ?? [])]) {
          const path = where(route, of, own, format) + query
          const { status, said } = await look('Lina', path)
          assert.ok(status < 500, `${path}: ${status} ${said}`)
          // What was asked for may stand in what says that it is not there. A letter is a page, packed.
          const rest = (status === 200 ? said : said.replaceAll(/kim@hill\.test|“hill”/g, '')).replaceAll(
            /stream.*?endstream/gs,
            '',
          )
          assert.doesNotMatch(rest, /hill|4711|\bkim|\bkai|\bkit|\bkea|\bken/i, path)
          if (status === 200 && path.includes('letters.pdf')) assert.match(said, of === 'both' ? /\/Count 2\b/ : /\/Count 1\b/)
          if (status === 200 && said.includes(own)) shown++
        }
    assert.ok(shown > 10, `${shown} answers name his own`)
  })

test('a wave of others, and their mailbox in one of both, are as what nobody has: by every route', async () => {
  for (const route of ofWaves())
    for (const [wave, address, nowave, nobody] of [
      ['hill', 'kay@hill.test', 'vale', 'kay@vale.test'],
      ['both', 'kim@hill.test', 'both', 'kim@vale.test'],
    ] as const) {
      if (wave === 'both' && !(route.route.includes('{address}') && looks(route))) continue
      const body = looks(route) ? undefined : { why: 'to try it' }
      const there = await ask('Lina', route.method, where(route, wave, address), body)
      const none = await ask('Lina', route.method, where(route, nowave, nobody), body)
      const what = `${route.method} ${where(route, wave, address)}`
      assert.deepEqual([there.status, there.text], [404, none.text.replaceAll('vale', 'hill')], what)
      assert.equal(none.status, 404, what)
    }
})

test('an order to a wave of both is refused with what to do, and goes where it names only his mailboxes', async () => {
  const before = JSON.stringify(await host.call('GET', 'waves/both/mailboxes', undefined, { 'x-operator-token': tokens.Odile }))
  const orders = ofWaves().filter(route => !looks(route))
  assert.ok(orders.length >= 18, `${orders.length} orders`)
  for (const route of orders) {
    const of = where(route, 'both', 'kim@hill.test')
    for (const mailboxes of [undefined, [], ['kim@hill.test'], ['anna@lake.test', 'kim@hill.test'], ['nobody@lake.test']]) {
      const { status, json, text } = await ask('Lina', route.method, of, {
        why: 'to try it',
        ...(mailboxes ? { mailboxes } : {}),
      })
      assert.deepEqual([status, Object(json.error).code], [403, 'not-yours'], `${of} ${mailboxes} ${text}`)
      assert.doesNotMatch(text, /hill\.test|kim|kai/)
    }
  }
  assert.equal(
    JSON.stringify(await host.call('GET', 'waves/both/mailboxes', undefined, { 'x-operator-token': tokens.Odile })),
    before,
  )
  for (const action of ['hold', 'release', 'retry', 'cancel']) {
    const order = { why: 'to try it', mailboxes: ['Anna@lake.test'] }
    const tried = await ask('Lina', 'POST', `waves/both/${action}?dryRun=true`, order)
    const { status, text } = await ask('Lina', 'POST', `waves/both/${action}`, order)
    assert.deepEqual([tried.status, status], [200, 202], text)
    assert.doesNotMatch(tried.text + text, /hill|kim|kai/)
  }
  const handed = [{ address: 'ada@lake.test', password: 'handed in by Lina' }]
  assert.equal((await ask('Lina', 'POST', 'waves/both/passwords', handed)).status, 202)
  assert.equal(
    (await ask('Lina', 'POST', 'waves/both/passwords', [...handed, { ...handed[0], address: 'kim@hill.test' }])).status,
    403,
  )
  const links = await ask('Lina', 'POST', 'waves/both/links', { why: 'to try it', entity: 'lake', to: 'may@hill.test' })
  assert.equal(links.status, 400, links.text)
  assert.doesNotMatch(links.text.replaceAll('may@hill.test', ''), /hill/)
})

test('what is of no wave shows his waves, or is refused as being about all', async () => {
  const { json, text } = await ask('Lina', 'GET', 'waves')
  const listed = json.waves as { wave: string; mailboxes: { total: number } }[]
  assert.deepEqual(listed.map(({ wave, mailboxes }) => [wave, mailboxes.total]).sort(), [
    ['both', 2],
    ['ended', 1],
    ['lake', 1],
  ])
  assert.doesNotMatch(text, /hill/)
  const open = ['get-waves', 'get-playbook-schema', 'post-wave']
  const others = keyed().filter(({ route, name }) => !route.includes('{wave}') && !open.includes(name))
  assert.ok(others.length >= 9)
  for (const route of others) {
    const { status, json } = await ask('Lina', route.method, where(route, '', ''), looks(route) ? undefined : {})
    assert.deepEqual([status, Object(json.error).code], [403, 'not-yours'], route.name)
  }
})

test('he brings mailboxes of his own domains only, whatever entity or login he writes beside them', async () => {
  const wave = (mailbox: object) => ({ wave: 'new', playbook: 'towns', day, mailboxes: [{ address: 'new@lake.test' }, mailbox] })
  for (const [mailbox, path] of [
    [{ address: 'mayor@hill.test' }, 'address'],
    [{ address: 'mayor@hill.test', entity: 'lake' }, 'address'],
    [{ address: 'mayor@elsewhere.test', entity: 'lake' }, 'address'],
    [{ address: 'mayor*x@lake.test' }, 'address'],
    [{ address: 'x@lake.test', entity: 'hill' }, 'entity'],
    [{ address: 'x@lake.test', source: { user: 'mayor@hill.test' } }, 'source.user'],
    [{ address: 'x@lake.test', source: { user: 'mayor' } }, 'source.user'],
    [{ address: 'x@lake.test', source: { user: 'mayor@hill.test*x@lake.test' } }, 'source.user'],
    [{ address: 'x@lake.test', target: { user: 'HILL\\mayor' } }, 'target.user'],
    [{ address: 'x@lake.test', source: { secret: 'ANOTHER' } }, 'source.secret'],
    [{ address: 'x@lake.test', kind: 'alias', aliasOf: 'mayor@hill.test' }, 'aliasOf'],
  ] as const) {
    const { status, json } = await ask('Lina', 'POST', 'waves', wave(mailbox))
    const { code, details } = Object(json.error)
    assert.deepEqual(
      [status, code, details?.map((one: { path: string }) => one.path)],
      [403, 'not-yours', [`mailboxes[1].${path}`]],
    )
  }
  assert.equal((await ask('Rolf', 'POST', 'waves', wave({ address: 'x@lake.test' }))).status, 403)
  const taken = await ask('Lina', 'POST', 'waves', { ...wave({ address: 'x@lake.test' }), wave: 'hill' })
  assert.equal(taken.status, 409)
  assert.doesNotMatch(taken.text, /planned/)
  const { status, text } = await ask('Lina', 'POST', 'waves', wave({ address: 'x@lake.test', source: { user: 'y@lake.test' } }))
  assert.equal(status, 202, text)
  assert.equal((await ask('Lina', 'POST', 'waves/new/cancel', { why: 'was a trial' })).status, 202)
})

test('where somebody is limited, the key alone shows nothing; a reader who is sees what an operator like him sees', async () => {
  for (const route of keyed()) {
    const { status } = await ask(undefined, route.method, where(route, 'both', 'kim@hill.test'), looks(route) ? undefined : {})
    assert.equal(status, 401, route.name)
  }
  const [lina, rolf] = [await ask('Lina', 'GET', 'waves/both'), await ask('Rolf', 'GET', 'waves/both')]
  assert.equal(rolf.text, lina.text)
  assert.equal((await ask('Odile', 'GET', 'waves/both')).json.wave, 'both')
})

test('what he was refused is counted under his name', async () => {
  const { json } = await ask('Odile', 'GET', 'refused')
  const his = (json.refused as { who: string; call: string; status: number }[]).filter(({ who }) => who === 'Lina')
  assert.ok(his.some(({ call, status }) => call === 'wave-hold' && status === 403))
  assert.ok(his.every(({ status }) => status === 403))
})
