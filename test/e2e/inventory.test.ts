import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { answers, filled } from '../inventory/house.ts'
import { parseFaults } from '../inventory/powershell.ts'
import type { HostProcess } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const people = ['anna@aid.test', 'bruno@aid.test', 'contact@aid.test']
const xlsx = { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
let site: Site
let host: HostProcess

before(async () => {
  site = await startSite({ people, messages: 12, old: { quotaBytes: 100 * 2 ** 20 } })
  host = await site.host()
})
after(() => site?.close())

/** The workbook as a coordinator gets it. */
async function workbook(query = 'language=fr'): Promise<Uint8Array> {
  const answer = await fetch(`${host.url}/api/waves/aid/inventory.xlsx?${query}`, {
    headers: { 'x-functions-key': 'e2e-host-key' },
  })
  assert.equal(answer.status, 200)
  return new Uint8Array(await answer.arrayBuffer())
}

test('a wave is looked at, asked about, answered and follows, over HTTP and on real servers', async () => {
  const more = {
    calendar: '[{ at: "D-1 16:00", step: provision }]',
    licences: '{ E1: { price: 2.76, quota: 50 GB }, E3: { price: 8.24, quota: 100 GB } }',
    inventory: '{ mix: { E1: 2, E3: 1 } }',
  }
  const put = await host.call('PUT', 'playbooks/aid', site.playbook('aid', more))
  assert.equal(put.status, 201, put.text)
  const calendarShares = [{ reader: 'contact@aid.test', role: 'Reviewer' }]
  const mailboxes = people.map(address => ({ address, ...(address.startsWith('anna@') ? { calendarShares } : {}) }))
  const post = await host.call('POST', 'waves', { wave: 'aid', playbook: 'aid', day: '2090-04-07', mailboxes })
  assert.equal(post.status, 202, post.text)

  const scan = await host.call('POST', 'waves/aid/inventory')
  assert.deepEqual(scan.json, { wave: 'aid', mailboxes: 3, measured: 3, failed: 0, left: 0 })
  const { entities } = (await host.call('GET', 'waves/aid/inventory')).json as {
    entities: { messages: number; addresses: { quota?: object; proposed: object }[] }[]
  }
  assert.ok((entities[0]?.messages ?? 0) >= 36)
  assert.deepEqual(Object.keys(entities[0]?.addresses[0]?.quota ?? {}), ['usedBytes', 'mostBytes'])

  const said = {
    'anna@aid.test': { 'Conserver ?': 'oui', Type: 'E3', Nom: 'Martin', Prénom: 'Anna' },
    'bruno@aid.test': { 'Conserver ?': 'non' },
    'contact@aid.test': { 'Conserver ?': 'oui', Type: 'partagée', Membres: 'bruno@aid.test' },
  }
  const wrong = await filled(await workbook(), answers(said))
  const refused = await host.call('POST', 'waves/aid/answers', wrong, xlsx)
  assert.equal(refused.status, 400)
  assert.match(refused.text, /"path":"Adresses!K4"/)
  const rows = await fetch(`${host.url}/api/waves/aid/answers?as=xlsx&language=en`, {
    method: 'POST',
    headers: { 'x-functions-key': 'e2e-host-key', ...xlsx },
    body: wrong as BodyInit,
  })
  assert.equal(rows.status, 400)
  const { sheets } = await readXlsx(new Uint8Array(await rows.arrayBuffer()))
  assert.equal(sheets[0]?.rows.length, 2)
  assert.deepEqual((await host.call('GET', 'waves/aid/answers')).json.versions, [])

  const right = await filled(
    await workbook(),
    answers({ ...said, 'contact@aid.test': { ...said['contact@aid.test'], Membres: 'anna@aid.test' } }),
  )
  const taken = await host.call('POST', 'waves/aid/answers', right, { ...xlsx, 'x-operator': 'coordinator' })
  assert.equal(taken.status, 201, taken.text)
  assert.deepEqual(taken.json.followed, { changed: 2, dropped: 1, added: 0, kept: [] })
  assert.equal((await host.call('POST', 'waves/aid/answers', right, xlsx)).status, 200)
  const { json } = await host.call('GET', 'waves/aid/answers')
  assert.deepEqual([json.open, (json.versions as { who: string }[]).map(({ who }) => who)], [[], ['coordinator']])

  const script = await host.call('GET', 'waves/aid/exchange.ps1')
  assert.match(script.text, /Add-Member-Of 'contact@aid\.test' 'anna@aid\.test'/)
  assert.match(script.text, /if \(-not \$opens\) \{ Add-MailboxPermission/)
  assert.match(script.text, /^Set-Calendar-Share 'anna@aid\.test' 'contact@aid\.test' 'Reviewer'\r$/m)
  assert.deepEqual(parseFaults(script.text), [])
  const status = await host.call('GET', 'waves/aid/mailboxes/anna@aid.test')
  assert.deepEqual(status.json.calendarShares, calendarShares)
})
