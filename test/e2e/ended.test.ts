import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Between, startProxy } from '../chaos/proxy.ts'
import { type GeneratedMailbox, generateMailbox } from '../sandbox/mail/generator.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const user = 'anna@ended.test'
const messages = 60
let site: Site
let source: Between
let target: Between
let host: HostProcess

/** A mailbox of which one message cannot be read, and another not appended, without the connection ending. */
function mailbox(): GeneratedMailbox {
  const plain = generateMailbox({ seed: 'ended', messages, size: 'small', now: Date.UTC(2026, 9, 1) })
  const marked = new Map([
    [20, 'ends-when-read'],
    [45, 'ends-when-appended'],
  ])
  return {
    folders: plain.folders,
    *messages() {
      let n = 0
      for (const one of plain.messages()) {
        const mark = marked.get(++n)
        yield mark ? { ...one, raw: Buffer.concat([Buffer.from(`X-Mark: ${mark}\r\n`), one.raw]) } : one
      }
    },
  }
}

before(async () => {
  site = await startSite({ people: [user], messages: 0, mailbox })
  source = await startProxy(site.source.port)
  target = await startProxy(site.target.port)
  source.trouble({ kind: 'at', text: 'ends-when-read' })
  target.trouble({ kind: 'at', text: 'ends-when-appended' })
  host = await site.host()
})

after(async () => {
  await host?.stop()
  for (const proxy of [source, target]) proxy?.stop()
  await site?.close()
})

test('a message at which connections end whenever it passes stands alone in the end, all others arrive', {
  timeout: 120_000,
}, async () => {
  const playbook = site
    .playbook('lift')
    .replace(`port: ${site.source.port},`, `port: ${source.port},`)
    .replace(`port: ${site.target.port},`, `port: ${target.port},`)
  assert.equal((await host.call('PUT', 'playbooks/lift', playbook)).status, 201)
  const wave = { wave: 'w', playbook: 'lift', mailboxes: [{ address: user }] }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null, 90_000)
  assert.equal(ended.verdict, 'complete-with-exceptions', JSON.stringify(ended))
  const { json } = await host.call('GET', 'waves/w/exceptions')
  const found = (json.exceptions as { outcome: string; reason: string }[]).map(({ outcome, reason }) => `${outcome}: ${reason}`)
  assert.deepEqual(found.sort(), [
    'refused: the target ends the connection whenever this message is to be appended',
    'unreadable: the source ends the connection whenever this message is to be handed out',
  ])
  assert.deepEqual(await site.differences(user), [`${user}: Éléments envoyés: 1 lost`, `${user}: Projets/2024: 1 lost`])
  assert.ok(source.struck() >= 3 && target.struck() >= 3, `${source.struck()}, ${target.struck()}`)
})
