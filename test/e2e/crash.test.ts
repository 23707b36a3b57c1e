import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type GeneratedMailbox, generateMailbox } from '../sandbox/mail/generator.ts'
import { type Prng, prngOf } from '../sandbox/mail/prng.ts'
import { type HostProcess, until } from './host-process.ts'
import { doneNotice, isNotice, type Site, startSite } from './site.ts'
import { rowsOf } from './storage.ts'

const seed = process.env.CRASH_SEED ?? String(Date.now() % 1_000_000)
const kills = Number(process.env.CRASH_ROUNDS ?? 20)
const people = Array.from({ length: 6 }, (_, i) => `person${i}@crash.test`)
const soon = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }
const leaseMs = 1_000
let site: Site

before(async () => {
  const mailbox = (user: string, i: number) => withTwins(prngOf(`${seed} ${user}`), i)
  site = await startSite({ people, messages: 0, mailbox, durable: true })
})

after(() => site?.close())

/** Two mailboxes in six hold ten identical messages, half of them without a Message-ID. */
function withTwins(prng: Prng, i: number): GeneratedMailbox {
  const now = Date.UTC(2026, 10, 1)
  const regular = generateMailbox({ seed: prng.bits(), messages: 300, size: 'small', odd: i === 1, now })
  if (i % 3 !== 0) return regular
  const id = i === 0 ? '' : 'Message-ID: <twin@crash.test>\r\n'
  const raw = Buffer.from(
    `From: a@crash.test\r\n${id}Subject: twins\r\nDate: Thu, 1 Oct 2026 08:00:00 +0200\r\n\r\nAll alike\r\n`,
  )
  const twin = { folder: ['INBOX'], flags: ['\\Seen'], keywords: [], internalDate: new Date(now - 1e9), raw }
  return {
    folders: regular.folders,
    *messages() {
      yield* regular.messages()
      for (let n = 0; n < 10; n += 1) yield twin
    },
  }
}

test(`a wave whose processes are killed ${kills} times ends as one that nobody disturbed (CRASH_SEED=${seed})`, async t => {
  const prng = prngOf(seed)
  let host = await site.host(soon, { leaseMs })
  const put = await host.call('PUT', 'playbooks/crash', site.playbook('crash', { ...doneNotice, copy: '{ chunkMessages: 5 }' }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'w', playbook: 'crash', mailboxes: people.map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  const struck = { host: 0, storage: 0, source: 0, target: 0 }
  let useful = 0
  for (let n = 0; n < kills; n += 1) {
    if (await begun(prng)) useful += 1
    await delay(prng.between(0, 400))
    host = await strike(prng, host, struck)
  }
  t.diagnostic(`killed ${JSON.stringify(struck)}; ${useful} of ${kills} while mailboxes were being worked on`)
  // A server that died without a word is noticed after two minutes.
  const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null, 240_000).catch(async error => {
    const rows = await rowsOf(site.azurite.connectionString, 'Mailboxes')
    throw new Error(
      `${JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value))}\n${error.message}`,
    )
  })
  assert.equal(ended.verdict, 'complete', `seed ${seed}: ${JSON.stringify(ended)}\n${host.output().slice(-2000)}`)
  const found = (await Promise.all(people.map(user => site.differences(user, isNotice)))).flat()
  assert.deepEqual(found, [], `seed ${seed}`)
  for (const user of people) {
    assert.equal(
      (await site.strays(user)).filter(isNotice).length,
      1,
      `seed ${seed}: ${user} was told more than once, or not at all`,
    )
  }
  t.diagnostic(JSON.stringify(ended.messages))
  assert.equal(await host.stop(), 0)
})

/** Kills one process, now and then two, and starts what was killed again. */
async function strike(prng: Prng, host: HostProcess, struck: Record<'host' | 'storage' | 'source' | 'target', number>) {
  const at = prng.unit()
  const also = { storage: at < 0.25, source: at > 0.85, target: at > 0.7 && at < 0.9 }
  const again: Promise<void>[] = []
  if (also.storage) again.push(site.restartStorage())
  if (also.source) again.push(site.restartSource())
  if (also.target) again.push(site.restartTarget())
  for (const name of ['storage', 'source', 'target'] as const) if (also[name]) struck[name] += 1
  const alone = again.length > 0 && prng.chance(0.4)
  if (alone) {
    await Promise.all(again)
    return host
  }
  struck.host += 1
  await host.kill9()
  await Promise.all(again)
  return site.host(soon, { leaseMs })
}

/** Waits until a worker has taken a mailbox since now, or for a random while at most; true where one has. */
async function begun(prng: Prng): Promise<boolean> {
  const fences = async () => {
    const rows = await rowsOf(site.azurite.connectionString, 'Mailboxes').catch(() => [])
    return rows.map(({ claim, fence }) => (claim ? String(fence) : '')).join()
  }
  const before = await fences()
  for (const end = Date.now() + prng.between(100, 5_000); Date.now() < end; await delay(20)) {
    const now = await fences()
    if (now !== before && /\d/.test(now)) return true
  }
  return false
}
