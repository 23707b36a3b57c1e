import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'
import { ImapFlow } from 'imapflow'
import PostalMime from 'postal-mime'
import { type HostProcess, hostKey, until } from './host-process.ts'
import { passwords, type Site, startSite } from './site.ts'
import { allMessages, allRows } from './storage.ts'

const [anna, bruno] = ['anna@once.test', 'bruno@once.test'] as const
const first = { [anna]: 'made-by-the-directory/77+a', [bruno]: 'made-by-the-directory/88+b' }
const seal = randomBytes(33).toString('base64')
let site: Site
let host: HostProcess
const said: string[] = []

before(async () => {
  site = await startSite({ people: [anna, bruno], messages: 5, durable: true })
  host = await site.host({ ...passwords, PASSWORD_SEAL: seal, SWEEP_SCHEDULE: '*/1 * * * * *' })
})

after(() => site?.close())

/** What the operator sees; kept for the search at the end. */
async function operator(method: string, path: string, body?: unknown) {
  const answer = await host.call(method, path, body, { 'x-operator': 'Odile', 'x-functions-key': hostKey })
  said.push(answer.text, JSON.stringify([...answer.headers].filter(([name]) => name !== 'x-archive-password-link')))
  return answer
}

/** Whoever has the link, and no key. */
const anybody = (method: string, token: string, body?: URLSearchParams) =>
  fetch(`${host.url}/api/once/${token}`, { method, ...(body ? { body } : {}), headers: { 'accept-language': 'nl' } })
const tokenOf = (url: string | null) => url?.split('/').at(-1) ?? ''

async function list(zip: ArrayBuffer, password: string): Promise<string> {
  const entries = await new ZipReader(new BlobReader(new Blob([zip]))).getEntries()
  const csv = entries.find(({ filename }) => filename === 'passwords.csv')
  assert.ok(csv && !csv.directory)
  return csv.getData(new TextWriter(), { password })
}

/** Three notices to each owner: into his new mailbox and his old one, one of them with a link of his own. */
const told = {
  calendar: '[{ on: copied, notice: done }, { on: copied, notice: rules }, { on: copied, notice: last }]',
  notices: `[{ notice: done, template: done, audience: owner, issuer: ict, channel: append },
    { notice: rules, template: acknowledgement, audience: owner, issuer: ict, channel: append },
    { notice: last, template: last-mail, audience: owner, issuer: ict, channel: source-append }]`,
  languages: '[fr, nl]',
  issuers: '{ ict: { name: Service informatique, address: ict@town.example } }',
}

/** Every message in a reader’s inbox, byte for byte, by its Message-ID. */
async function inboxOf(port: number, who: string, pass: string): Promise<Map<string, Buffer>> {
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: `${who}*bmaster`, pass }, logger: false })
  await client.connect()
  await client.mailboxOpen('INBOX', { readOnly: true })
  const found = new Map<string, Buffer>()
  for await (const { envelope, source } of client.fetch('1:*', { envelope: true, source: true }))
    if (envelope?.messageId && source) found.set(envelope.messageId, source)
  await client.logout()
  return found
}

/**
 * What is kept of each notice and can be asked for is what its reader found in his mailbox, byte for byte; where a link is his alone, with `…` in its
 * place and not a header otherwise. Answers those links’ ends.
 */
async function keptAsFound(): Promise<string[]> {
  const isSent = (json: Record<string, unknown>) => (json.notices as { state: string }[]).every(({ state }) => state === 'sent')
  const { notices } = await until({ call: operator, output: () => host.output() }, 'waves/hand/notices', isSent)
  const rows = notices as { notice: string; to: string; messageId: string; channel: string }[]
  assert.equal(rows.length, 6)
  const inboxes = new Map<string, Map<string, Buffer>>()
  for (const who of [anna, bruno]) {
    inboxes.set(`append ${who}`, await inboxOf(site.target.port, who, passwords.TARGET_PASSWORD))
    inboxes.set(`source-append ${who}`, await inboxOf(site.source.port, who, passwords.SOURCE_PASSWORD))
  }
  const tokens: string[] = []
  for (const { notice, to, messageId, channel } of rows) {
    const path = `waves/hand/notices/preview?notice=${notice}&address=${to}&sent=true`
    const answer = await fetch(`${host.url}/api/${path}`, { headers: { 'x-functions-key': hostKey } })
    assert.equal(answer.headers.get('content-type'), 'message/rfc822')
    const kept = Buffer.from(await answer.arrayBuffer())
    said.push(kept.toString('latin1'))
    const found = inboxes.get(`${channel} ${to}`)?.get(messageId) ?? assert.fail(`${to} has no ${notice}`)
    const { text = '', html = '' } = await PostalMime.parse(found)
    const token = /api\/acknowledge\/([\w-]{32})/.exec(text)?.[1]
    assert.equal(token !== undefined, notice === 'rules')
    if (token === undefined) {
      assert.ok(kept.equals(found), `${notice} to ${to}:\n${kept}\n${found}`)
      continue
    }
    tokens.push(token)
    const head = (mime: Buffer) => mime.subarray(0, mime.indexOf('\r\n\r\n')).toString()
    const masked = await PostalMime.parse(kept)
    assert.deepEqual(
      [head(kept), masked.text, masked.html],
      [head(found), text.replaceAll(token, '…'), html.replaceAll(token, '…')],
    )
  }
  return tokens
}

test('passwords are handed in, sealed, and handed over through the host; a scanner gets nothing, and nothing of them is kept; notices are, as they were found', async () => {
  const text = site.playbook('hand', { ...told, passwords: '{ mode: sealed-bundle }' })
  assert.equal((await operator('PUT', 'playbooks/hand', text)).status, 201)
  const wave = { wave: 'hand', playbook: 'hand', mailboxes: [{ address: anna, language: 'fr' }, { address: bruno }] }
  assert.equal((await operator('POST', 'waves', wave)).status, 202)
  await until({ call: operator, output: () => host.output() }, 'waves/hand', ({ verdict }) => verdict !== null)
  const given = Object.entries(first).map(([address, password]) => ({ address, password }))
  assert.equal((await operator('POST', 'waves/hand/passwords', given)).status, 202)

  const fetched = await fetch(`${host.url}/api/waves/hand/passwords.zip`, { headers: { 'x-functions-key': hostKey } })
  assert.equal(fetched.headers.get('content-type'), 'application/zip')
  const zip = await fetched.arrayBuffer()
  const token = tokenOf(fetched.headers.get('x-archive-password-link'))
  const looks = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const look = await anybody(i % 2 ? 'GET' : 'HEAD', token)
      return { status: look.status, policy: look.headers.get('content-security-policy'), html: await look.text() }
    }),
  )
  for (const { status, policy, html } of looks) {
    assert.equal(status, 200)
    assert.match(policy ?? '', /default-src 'none'/)
    assert.doesNotMatch(html, /<output/)
  }
  const opened = await Promise.all(Array.from({ length: 5 }, () => anybody('POST', token)))
  const pages = await Promise.all(opened.map(async answer => ({ status: answer.status, html: await answer.text() })))
  const open = pages.filter(({ status }) => status === 200)
  assert.deepEqual(pages.map(({ status }) => status).sort(), [200, 410, 410, 410, 410])
  const archivePassword = /<output[^>]*>([^<]+)</.exec(open[0]?.html ?? '')?.[1] ?? ''
  assert.match(open[0]?.html ?? '', /<html lang="nl">/)
  for (const password of Object.values(first)) assert.ok((await list(zip, archivePassword)).includes(password))

  const trustee = await host.call('GET', 'waves/hand/trustee', undefined, { 'x-functions-key': hostKey })
  const { url, password } = trustee.json as { url: string; password: string }
  const again = await anybody('POST', tokenOf(url))
  assert.ok((await list(await again.arrayBuffer(), password)).includes(first[anna]))

  for (const path of [
    'waves/hand/passwords',
    'waves/hand',
    'waves/hand/mailboxes',
    `waves/hand/mailboxes/${anna}`,
    'waves/hand/report.json',
  ])
    assert.equal((await operator('GET', path)).status, 200, path)
  for (const path of ['waves/hand/passwords', 'waves/hand/passwords.zip', 'waves/hand/letters.pdf', 'waves/hand/trustee'])
    assert.equal((await fetch(`${host.url}/api/${path}`)).status, 401, path)

  const links = await keptAsFound()
  const rows = JSON.stringify(await allRows(site.azurite.connectionString), (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  const messages = JSON.stringify(await allMessages(site.azurite.connectionString))
  assert.equal(await host.stop(), 0)
  const folder = join(site.dir, 'storage')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
    entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'latin1')] : [],
  )
  const places = { rows, messages, output: host.output(), said: said.join('\n'), files: files.join('\n') }
  assert.ok(rows.includes('hand-in-passwords') && rows.includes('fetch-passwords') && rows.includes('open-link'))
  const secrets = [...Object.values(first), seal, archivePassword, password, token, tokenOf(url), ...links]
  const forms = secrets.flatMap(one => [
    one,
    encodeURIComponent(one),
    Buffer.from(one).toString('base64').replace(/=+$/, ''),
    Buffer.from(one).toString('hex'),
  ])
  const found = Object.entries(places).flatMap(([place, text]) =>
    forms.filter(form => text.includes(form)).map(form => `${place}: ${form}`),
  )
  assert.deepEqual(found, [])
})
