import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { answers, filled } from '../inventory/house.ts'
import type { HostProcess } from './host-process.ts'
import { type Site, startSite } from './site.ts'
import { allMessages, allRows } from './storage.ts'

const people = ['anna@aid.test', 'bruno@aid.test', 'gull@sea.test']
let site: Site
let host: HostProcess

before(async () => {
  site = await startSite({ people, messages: 5, durable: true })
  host = await site.host()
})
after(() => site?.close())

test('a coordinator answers on his page through the host, by link alone; the link is in nothing that is kept, logged or exported', async () => {
  const more = {
    calendar: '[{ at: "D-5 09:00", step: confirm }, { at: "D-1 16:00", step: provision }]',
    approvals: '{ confirm: [operator, coordinator] }',
    licences: '{ E1: { price: 2.76, quota: 50 GB }, E3: { price: 8.24, quota: 100 GB } }',
    entities:
      '{ aid: { domains: [aid.test], people: { coordinator: [jo@aid.test] } }, sea: { domains: [sea.test], people: { coordinator: [max@sea.test] } } }',
  }
  const put = await host.call('PUT', 'playbooks/aid', site.playbook('aid', more))
  assert.equal(put.status, 201, put.text)
  const mailboxes = people.map(address => ({ address }))
  assert.equal((await host.call('POST', 'waves', { wave: 'aid', playbook: 'aid', day: '2090-04-07', mailboxes })).status, 202)
  assert.equal((await host.call('POST', 'waves/aid/inventory')).status, 200)

  const keyless = await fetch(`${host.url}/api/waves/aid/links`, { method: 'POST', body: '{"why":"a try"}' })
  assert.equal(keyless.status, 401)
  const { json } = await host.call('POST', 'waves/aid/links', { why: 'first links' }, { 'x-operator': 'Odile' })
  const links = json.links as { to: string; url: string }[]
  const tokens = links.map(({ url }) => url.split('/').at(-1) ?? '')
  assert.deepEqual(
    links.map(({ to }) => to),
    ['jo@aid.test', 'max@sea.test'],
  )
  const [jo = ''] = tokens
  const page = `${host.url}/api/coordinate/${jo}`

  const looked = await fetch(page)
  const html = await looked.text()
  assert.equal(looked.status, 200)
  assert.match(looked.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  assert.equal(looked.headers.get('referrer-policy'), 'no-referrer')
  assert.match(looked.headers.get('cache-control') ?? '', /no-store/)
  assert.match(html, /anna@aid\.test/)
  assert.doesNotMatch(html, /sea\.test/)
  assert.equal((await fetch(page, { method: 'HEAD' })).status, 200)

  const file = await fetch(`${page}?of=aid&l=fr`)
  assert.match(file.headers.get('content-disposition') ?? '', /aid-aid\.xlsx/)
  assert.match(file.headers.get('cache-control') ?? '', /no-store/)
  const workbook = new Uint8Array(await file.arrayBuffer())
  const send = async (said: Record<string, Record<string, string>>) => {
    const form = new FormData()
    form.set('do', 'answer')
    form.set('of', 'aid')
    form.set('file', new Blob([new Uint8Array(await filled(workbook, answers(said)))]), 'rempli.xlsx')
    const answered = await fetch(`${page}?l=en`, { method: 'POST', body: form })
    return { status: answered.status, text: await answered.text() }
  }
  const right = {
    'anna@aid.test': { 'Conserver ?': 'oui', Type: 'E3', Nom: 'Martin', Prénom: 'Anna' },
    'bruno@aid.test': { 'Conserver ?': 'non', Type: '' },
  }
  const wrong = await send({ ...right, 'anna@aid.test': { 'Conserver ?': 'oui', Type: 'E9' } })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /Adresses!I2/)
  assert.equal((await send(right)).status, 200)
  const yes = await fetch(page, { method: 'POST', body: new URLSearchParams({ do: 'confirm', day: '2090-04-07' }) })
  assert.equal(yes.status, 200)
  const wish = new URLSearchParams({ do: 'postpone', day: '2090-05-09', why: 'Our fair is that week' })
  const asked = await fetch(`${page}?l=en`, { method: 'POST', body: wish })
  assert.equal(asked.status, 200)
  assert.match(await asked.text(), /Asked for: [^<]*9\sMay\s2090[^<]*request of/)
  assert.equal((await fetch(page, { method: 'POST', body: Buffer.alloc(9 * 2 ** 20) })).status, 413)

  const status = await host.call('GET', 'waves/aid')
  assert.deepEqual(
    (status.json.approvals as { who: string; as: string }[]).map(({ who, as }) => [who, as]),
    [['jo@aid.test', 'coordinator']],
  )
  const { day, who } = status.json.asked as { day: string; who: string }
  assert.deepEqual([status.json.day, day, who], ['2090-04-07', '2090-05-09', 'jo@aid.test'])
  const paths = ['', '/answers', '/diary', '/notices', '/report.json', '/report.csv', '/mailboxes']
  const said = await Promise.all(paths.map(async path => (await host.call('GET', `waves/aid${path}`)).text))
  assert.match(said.join(), /jo@aid\.test/)
  const { connectionString } = site.azurite
  const rows = JSON.stringify(await allRows(connectionString), (_, value) => (typeof value === 'bigint' ? String(value) : value))
  const messages = JSON.stringify(await allMessages(connectionString))
  assert.equal(await host.stop(), 0)
  const folder = join(site.dir, 'storage')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'latin1')] : [],
  )
  const places = { rows, messages, output: host.output(), said: said.join(), files: files.join('\n') }
  assert.ok(rows.includes('renew-links') && rows.includes('coordinate'))
  const found = Object.entries(places).flatMap(([place, text]) =>
    tokens.flatMap(token =>
      [token, Buffer.from(token).toString('base64').replace(/=+$/, '')]
        .filter(form => text.includes(form))
        .map(form => `${place}: ${form}`),
    ),
  )
  assert.deepEqual(found, [])
})
