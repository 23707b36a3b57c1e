import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { type HostProcess, until } from './host-process.ts'
import { passwords, type Site, startSite } from './site.ts'
import { rowsOf } from './storage.ts'

const people = ['anna', 'bruno', 'chantal', 'dora', 'emil'].map(name => `${name}@troubles.test`)
const [, bruno = '', chantal = '', dora = ''] = people
const soon = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }
const right = { TARGET_anna: 'pass-anna', TARGET_dora: 'pass-dora', TARGET_emil: 'pass-emil' }
let site: Site
let host: HostProcess

before(async () => {
  const own = Object.fromEntries(people.map(user => [user, `pass-${user.split('@')[0]}`]))
  site = await startSite({
    people,
    messages: 40,
    new: { users: people.filter(user => user !== dora), passwords: own },
  })
  host = await site.host({ ...soon, ...right, TARGET_bruno: 'not-his-password' })
})

after(() => site?.close())

type Mailbox = {
  address: string
  state: string
  error?: { code: string; message: string; hint: string }
  triesAgainAt?: string
}

async function mailbox(wave: string, address: string): Promise<Mailbox> {
  return (await host.call('GET', `waves/${wave}/mailboxes/${address}`)).json as Mailbox
}

const put = async (name: string, more: Record<string, string> = {}) => {
  const answer = await host.call('PUT', `playbooks/${name}`, site.playbook(name, more))
  assert.equal(answer.status, 201, answer.text)
}

async function start(wave: string, playbook: string, addresses: readonly string[], more: object = {}): Promise<void> {
  const body = { wave, playbook, mailboxes: addresses.map(address => ({ address })), ...more }
  const answer = await host.call('POST', 'waves', body)
  assert.equal(answer.status, 202, answer.text)
}

async function order(wave: string, action: string, why: string, mailboxes?: string[]): Promise<number> {
  const body = { why, ...(mailboxes ? { mailboxes } : {}) }
  const answer = await host.call('POST', `waves/${wave}/${action}`, body, { 'x-operator': 'Odile Nuit' })
  assert.equal(answer.status, 202, answer.text)
  return Number(answer.json.changed)
}

/** The mailboxes’ states of a wave, in the order of `people`. */
const states = async (wave: string) => {
  const { json } = await host.call('GET', `waves/${wave}/mailboxes`)
  return (json.mailboxes as Mailbox[]).map(({ state }) => state).join(' ')
}

const untilStates = (wave: string, wanted: string) =>
  until(host, `waves/${wave}/mailboxes`, json => (json.mailboxes as Mailbox[]).map(({ state }) => state).join(' ') === wanted)

const audited = async (wave: string) => {
  const rows = (await rowsOf(site.azurite.connectionString, 'Audit')).filter(({ partitionKey }) => partitionKey === wave)
  // A playbook may have the wave’s name.
  const acts = rows.filter(({ action }) => action !== 'playbook')
  return acts.map(({ who, action, why }) => `${who}: ${action}${why ? `: ${why}` : ''}`)
}

const imap = (port: number, auth: string) => `{ host: 127.0.0.1, port: ${port}, tls: none, auth: ${auth} }`

test('what is wrong with one mailbox is said with what to do, the others are completed; once it is mended, a retry completes the wave', async () => {
  const own = '{ kind: passwords, secret: "TARGET_{local}" }'
  await put('own', { target: `{ kind: exchange-server, accounts: existing, imap: ${imap(site.target.port, own)} }` })
  await start('own', 'own', people)
  const closed = await until(host, 'waves/own', ({ verdict }) => verdict !== null)
  assert.equal(closed.verdict, 'incomplete')
  assert.equal(await states('own'), 'completed held held held completed')
  for (const address of [bruno, chantal, dora]) {
    assert.ok(
      (closed.reasons as string[]).some(reason => reason.startsWith(`${address}: held`)),
      address,
    )
  }

  const wrong = await mailbox('own', bruno)
  assert.equal(wrong.error?.code, 'AUTHENTICATIONFAILED')
  assert.match(wrong.error?.message ?? '', new RegExp(`signing in to 127.0.0.1:${site.target.port} as ${bruno}`))
  assert.match(wrong.error?.hint ?? '', /secret.*release/)
  const without = await mailbox('own', chantal)
  assert.equal(without.error?.code, 'NO-SECRET')
  assert.match(`${without.error?.message} ${without.error?.hint}`, /TARGET_chantal/)
  const missing = await mailbox('own', dora)
  assert.match(missing.error?.hint ?? '', /mailbox exists on this server/)

  assert.equal(await order('own', 'retry', 'nothing is mended yet'), 3)
  const still = await until(host, 'waves/own', ({ verdict }) => verdict !== null)
  assert.equal(still.verdict, 'incomplete')
  assert.equal(await states('own'), 'completed held held held completed')

  await site.target.addUsers([dora], 'pass-dora')
  assert.equal(await host.stop(), 0)
  host = await site.host({ ...soon, ...right, TARGET_bruno: 'pass-bruno', TARGET_chantal: 'pass-chantal' })
  assert.equal(await order('own', 'retry', 'passwords corrected, mailbox made'), 3)
  const ended = await until(host, 'waves/own', ({ verdict }) => verdict === 'complete')
  assert.equal(ended.state, 'closed')
  assert.deepEqual((await Promise.all(people.map(user => site.differences(user)))).flat(), [])
  assert.deepEqual(await audited('own'), [
    'holder of the host key: enqueue',
    'Odile Nuit: retry: nothing is mended yet',
    'Odile Nuit: retry: passwords corrected, mailbox made',
  ])
})

test('a master who may not act for a mailbox is named as such', async () => {
  const stranger = '{ kind: master-user, user: stranger, separator: "*", secret: TARGET_PASSWORD }'
  await put('stranger', { target: `{ kind: exchange-server, accounts: existing, imap: ${imap(site.target.port, stranger)} }` })
  await start('stranger', 'stranger', [bruno])
  const closed = await until(host, 'waves/stranger', ({ verdict }) => verdict !== null)
  assert.equal(closed.verdict, 'incomplete')
  const { state, error } = await mailbox('stranger', bruno)
  assert.equal(state, 'held')
  assert.match(error?.hint ?? '', /login|account/)
})

test('a server out of reach is weather: it is said, tried again by itself, and tried at once when an operator asks', async () => {
  const port = await freePort()
  const master = '{ kind: master-user, user: bmaster, separator: "*", secret: TARGET_PASSWORD }'
  await put('dark', { target: `{ kind: exchange-server, accounts: existing, imap: ${imap(port, master)} }` })
  await start('dark', 'dark', [bruno, chantal])
  const waiting = (json: Record<string, unknown>) =>
    (json.mailboxes as (Mailbox & { triesAgainAt?: string })[]).every(
      ({ error, triesAgainAt }) => error !== undefined && Date.parse(triesAgainAt ?? '') - Date.now() > 10_000,
    )
  await until(host, 'waves/dark/mailboxes', waiting, 90_000)
  const { state, error } = await mailbox('dark', bruno)
  assert.equal(state, 'provisioning')
  assert.equal(error?.code, 'ECONNREFUSED')
  assert.match(error?.hint ?? '', /port.*firewall/)
  let late: Dovecot | undefined
  try {
    late = await startDovecot({
      dir: join(site.dir, 'late'),
      layout: 'new',
      users: people,
      password: 'own',
      master: { user: 'bmaster', password: passwords.TARGET_PASSWORD, separator: '*' },
      port,
    })
    const asked = Date.now()
    assert.equal(await order('dark', 'retry', 'the server is up'), 2)
    const ended = await until(host, 'waves/dark', ({ verdict }) => verdict !== null, 30_000)
    assert.equal(ended.verdict, 'complete')
    assert.ok(Date.now() - asked < 10_000, 'it waited for its hour although it was asked')
  } finally {
    await late?.kill9()
  }
})

test('a server that goes away in the middle and comes back costs time, nothing else', async () => {
  await put('gone')
  const copies = await site.copy(bruno)
  await site.source.stop()
  await start('gone', 'gone', [bruno])
  await until(host, `waves/gone/mailboxes/${bruno}`, ({ error }) => error !== undefined)
  await site.restartSource()
  const ended = await until(host, 'waves/gone', ({ verdict }) => verdict !== null)
  assert.equal(ended.verdict, 'complete')
  // An earlier wave had brought it all.
  const now = await site.copy(bruno)
  for (const [folder, messages] of copies) assert.equal(now.get(folder)?.length, messages.length, folder)
  const { found, copied, adopted } = ended.messages as Record<string, number>
  assert.deepEqual({ copied, adopted }, { copied: 0, adopted: found })
})

test('mailboxes and waves are held, released and cancelled, each with who and why', async () => {
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
  await put('waits', { calendar: '[{ at: "D 08:00", step: cutover }]' })
  await start('waits', 'waits', people, { day })
  await untilStates('waits', 'synced synced synced synced synced')
  await until(host, 'waves/waits', ({ state }) => state === 'ready')

  assert.equal(await order('waits', 'hold', 'bruno asked for it', [bruno]), 1)
  assert.equal(await order('waits', 'hold', 'bruno asked for it', [bruno]), 0)
  assert.equal(await states('waits'), 'synced held synced synced synced')
  assert.equal(await order('waits', 'release', 'he is back', [bruno]), 1)
  assert.equal(await states('waits'), 'synced synced synced synced synced')

  assert.equal(await order('waits', 'hold', 'a strike'), 6)
  assert.equal((await host.call('GET', 'waves/waits')).json.state, 'held')
  assert.equal(await states('waits'), 'held held held held held')
  assert.equal(await order('waits', 'release', 'the strike is over'), 6)
  await until(host, 'waves/waits', ({ state }) => state === 'ready')
  assert.equal(await states('waits'), 'synced synced synced synced synced')

  assert.equal(await order('waits', 'cancel', 'chantal has left', [chantal]), 1)
  const past = { why: 'it is today', day: '2026-01-05' }
  assert.equal((await host.call('POST', 'waves/waits/reschedule', past, { 'x-operator': 'Odile Nuit' })).status, 202)
  const ended = await until(host, 'waves/waits', ({ verdict }) => verdict !== null)
  assert.equal(ended.verdict, 'complete')
  assert.equal(await states('waits'), 'completed completed cancelled completed completed')
  assert.deepEqual(await audited('waits'), [
    'holder of the host key: enqueue',
    'Odile Nuit: hold: bruno asked for it',
    'Odile Nuit: hold: bruno asked for it',
    'Odile Nuit: release: he is back',
    'Odile Nuit: hold: a strike',
    'Odile Nuit: release: the strike is over',
    'Odile Nuit: cancel: chantal has left',
    'Odile Nuit: reschedule: it is today',
  ])

  await start('never', 'waits', people, { day })
  await untilStates('never', 'synced synced synced synced synced')
  assert.equal(await order('never', 'cancel', 'another plan'), 6)
  assert.equal((await host.call('GET', 'waves/never')).json.state, 'cancelled')
  assert.equal(await states('never'), 'cancelled cancelled cancelled cancelled cancelled')
  assert.equal(await order('never', 'release', 'changed our minds'), 0)
})

test('cancelling what a closed wave was incomplete for completes it', async () => {
  const stranger = '{ kind: passwords, secret: "NOBODYS_{local}" }'
  await put('left', { target: `{ kind: exchange-server, accounts: existing, imap: ${imap(site.target.port, stranger)} }` })
  await start('left', 'left', [bruno, chantal])
  await until(host, 'waves/left', ({ verdict }) => verdict === 'incomplete')
  assert.equal(await order('left', 'cancel', 'nobody needs it', [bruno]), 1)
  const { reasons } = await until(host, 'waves/left', json => json.verdict !== null && !String(json.reasons).includes(bruno))
  assert.equal((reasons as string[]).length, 1)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(closed => server.close(closed))
  return typeof address === 'object' && address !== null ? address.port : 0
}
