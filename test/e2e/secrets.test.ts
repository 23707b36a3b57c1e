import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readXlsx } from 'hucre'
import { type Answered, type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'
import { allMessages, allRows } from './storage.ts'

const people = ['anna@quiet.test', 'bruno@quiet.test', 'chantal@quiet.test']
const [anna = '', bruno = '', chantal = ''] = people

/** Every secret of this run, with characters that encodings change. */
const secrets = {
  SOURCE_PASSWORD: 'old+master/4711 =%~Gz',
  TARGET_PASSWORD: 'new?master&0815 <%>Hy',
  TARGET_anna: 'annas own/+ password%',
  TARGET_bruno: 'not brunos pass/+word%',
  FUNCTIONS_HOST_KEY: 'host-key/+of=this%run',
  WRONG_PASSWORD: 'wrong master/+word 77%',
}
const wrongKey = 'a-key-that-is/+wrong'
let site: Site
let host: HostProcess
let echo: Server
const said: string[] = []

before(async () => {
  const master = (password: string) => ({ user: 'bmaster', password, separator: '*' })
  site = await startSite({
    people,
    messages: 20,
    durable: true,
    old: { master: master(secrets.SOURCE_PASSWORD) },
    new: { master: master(secrets.TARGET_PASSWORD), passwords: { [anna]: secrets.TARGET_anna } },
  })
  echo = createServer(talkative).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  host = await site.host({ ...secrets, QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }, { leaseMs: 1_000 })
})

after(async () => {
  await site?.close()
  echo?.close()
})

/** A server that repeats what it refuses, as some do. */
function talkative(socket: import('node:net').Socket): void {
  socket.on('error', () => {})
  socket.write('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n')
  socket.on('data', data => {
    for (const line of data.toString('latin1').split('\r\n').filter(Boolean)) {
      const decoded = Buffer.from(line.split(' ').at(-1) ?? '', 'base64')
        .toString('latin1')
        .replaceAll('\0', ' ')
      socket.write(`${line.split(' ')[0]} NO Error in IMAP command: ${line} (${decoded})\r\n`)
    }
  })
}

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const key = { 'x-functions-key': secrets.FUNCTIONS_HOST_KEY, 'x-operator': 'Odile' }
  const answer = await host.call(method, path, body, { ...key, ...headers })
  said.push(JSON.stringify([...answer.headers]), answer.text)
  return answer
}

/** A secret as it stands in text: plain, in JSON, URL-encoded, in hex, and in base64 at any of its three offsets. */
function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map(offset => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64')
    const whole = Math.floor((offset + secret.length) / 3) * 4
    return text.slice([0, 2, 3][offset], whole)
  })
  const urlSafe = base64.map(text => text.replaceAll('+', '-').replaceAll('/', '_'))
  const plain = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), encodeURI(secret)]
  const form = new URLSearchParams({ x: secret }).toString().slice(2)
  return [...new Set([...plain, form, Buffer.from(secret).toString('hex'), ...base64, ...urlSafe])]
}

function leaks(text: string): string[] {
  const all = Object.entries({ ...secrets, wrongKey })
  return all.flatMap(([name, secret]) => formsOf(secret).flatMap(form => (text.includes(form) ? [`${name} as ${form}`] : [])))
}

const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  )

test('what looks for secrets finds each in every form', () => {
  for (const secret of Object.values(secrets)) {
    for (const offset of [0, 1, 2, 3, 4]) {
      const text = Buffer.from(`${'x'.repeat(offset)}${secret} and more`).toString('base64')
      assert.ok(leaks(`a ${text} b`).length > 0, `${secret} at ${offset}`)
    }
    assert.ok(leaks(encodeURIComponent(secret)).length > 0)
  }
})

test('no secret is in any output, table, queue, file, answer or report of a run with every kind of refusal', async () => {
  const imap = (port: number, auth: string) => `{ host: 127.0.0.1, port: ${port}, tls: none, auth: ${auth} }`
  const target = (port: number, auth: string) => ({
    target: `{ kind: exchange-server, accounts: existing, imap: ${imap(port, auth)} }`,
  })
  const wrongMaster = '{ kind: master-user, user: bmaster, separator: "*", secret: WRONG_PASSWORD }'
  const { port: echoPort } = echo.address() as AddressInfo
  const playbooks = {
    right: {},
    own: target(site.target.port, '{ kind: passwords, secret: "TARGET_{local}" }'),
    wrong: target(site.target.port, wrongMaster),
    authzid: target(site.target.port, '{ kind: authzid, user: bmaster, secret: WRONG_PASSWORD }'),
    echo: target(echoPort, wrongMaster),
    source: { source: `{ imap: ${imap(echoPort, wrongMaster)} }` },
  }
  for (const [name, more] of Object.entries(playbooks)) {
    assert.equal((await ask('PUT', `playbooks/${name}`, site.playbook(name, more))).status, 201)
    // Each wave has them under other addresses: a mailbox is in one wave.
    const mailboxes = [name === 'own' ? anna : chantal, bruno].map(user => ({
      address: `${name}.${user}`,
      source: { user },
      target: { user },
    }))
    assert.equal((await ask('POST', 'waves', { wave: name, playbook: name, mailboxes })).status, 202)
  }
  await ask('PUT', 'playbooks/right', site.playbook('right').replace('SOURCE_PASSWORD', JSON.stringify(secrets.SOURCE_PASSWORD)))
  for (const path of ['waves', 'waves/right', 'waves/right/report.json']) {
    assert.equal((await ask('GET', path, undefined, { 'x-functions-key': wrongKey })).status, 401)
  }
  await ask('GET', `waves?code=${encodeURIComponent(wrongKey)}`, undefined, { 'x-functions-key': '' })

  const asking = { call: ask, output: () => host.output() }
  for (const name of Object.keys(playbooks)) {
    const ended = await until(asking, `waves/${name}`, ({ verdict }) => verdict !== null)
    assert.equal(ended.verdict, name === 'right' ? 'complete' : 'incomplete', JSON.stringify(ended))
    await ask('POST', `waves/${name}/retry`, { why: 'to see it fail again' })
    await until(asking, `waves/${name}`, ({ verdict }) => verdict !== null)
    for (const path of [
      '',
      '/mailboxes',
      '/exceptions',
      `/mailboxes/${name}.${bruno}`,
      '/report.json',
      '/report.csv',
      '/report.xlsx',
    ]) {
      assert.equal((await ask('GET', `waves/${name}${path}`)).status, 200, path)
    }
    const key = { 'x-functions-key': secrets.FUNCTIONS_HOST_KEY }
    const report = await fetch(`${host.url}/api/waves/${name}/report.xlsx`, { headers: key })
    said.push(JSON.stringify(await readXlsx(new Uint8Array(await report.arrayBuffer()))))
  }
  const held = (await ask('GET', `waves/echo/mailboxes/echo.${bruno}`)).text
  assert.match(held, /AUTHENTICATIONFAILED/)

  const { connectionString } = site.azurite
  const rows = JSON.stringify(await allRows(connectionString), (_, value) => (typeof value === 'bigint' ? String(value) : value))
  const messages = JSON.stringify(await allMessages(connectionString))
  assert.equal(await host.stop(), 0)
  const files = filesBelow(join(site.dir, 'storage'))
  const where = {
    'what the host printed': host.output(),
    'an answer': said.join('\n'),
    'a table': rows,
    'a queue': messages,
    ...Object.fromEntries(files.map(file => [file, readFileSync(file, 'latin1')])),
  }
  assert.ok(host.output().includes('work=copy-mailbox') && rows.includes('AUTHENTICATIONFAILED') && files.length > 2)
  const found = Object.entries(where).flatMap(([place, text]) => leaks(text).map(leak => `${place}: ${leak}`))
  assert.deepEqual(found, [])
})
