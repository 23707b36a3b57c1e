import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { prngOf } from '../sandbox/mail/prng.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'
import { rowsOf } from './storage.ts'

const seed = process.env.ZOMBIE_SEED ?? String(Date.now() % 1_000_000)
const people = ['anna@zombie.test', 'bruno@zombie.test', 'chantal@zombie.test']
const soon = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }
let site: Site | undefined

afterEach(() => site?.close())

/** Stops a host in the middle of its copy for longer than its claims hold, lets another one go on, and wakes it when `woken` says. */
async function awake(woken: (other: HostProcess) => Promise<unknown>): Promise<void> {
  const prng = prngOf(seed)
  const here = await startSite({ people, messages: 500 })
  site = here
  const first = await here.host(soon, { leaseMs: 1_000 })
  const put = await first.call('PUT', 'playbooks/zombie', here.playbook('zombie', { copy: '{ chunkMessages: 10 }' }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'w', playbook: 'zombie', mailboxes: people.map(address => ({ address })) }
  assert.equal((await first.call('POST', 'waves', wave)).status, 202)
  const chunks = () => rowsOf(here.azurite.connectionString, 'Chunks')
  const enough = prng.between(5, 60)
  while ((await chunks()).length < enough) await delay(5)
  process.kill(first.pid, 'SIGSTOP')
  const open = (await chunks()).filter(({ state }) => state === 'open').length
  const other = await here.host(soon, { leaseMs: 1_000 })
  await woken(other)
  process.kill(first.pid, 'SIGCONT')
  const ended = await until(other, 'waves/w', ({ verdict }) => verdict !== null, 60_000)
  await delay(2_000)
  const said = `ZOMBIE_SEED=${seed}, ${open} chunks open when it was stopped`
  assert.equal(ended.verdict, 'complete', `${said}: ${JSON.stringify(ended)}`)
  assert.deepEqual((await Promise.all(people.map(user => here.differences(user)))).flat(), [], said)
  assert.ok(open > 0, `${said}: it was not in the middle of anything`)
  assert.deepEqual([await first.stop(), await other.stop()], [0, 0])
}

test('a host that wakes after another has taken over its mailboxes leaves nothing twice', () =>
  awake(async () => {
    const here = site as Site
    const fences = async () => (await rowsOf(here.azurite.connectionString, 'Mailboxes')).map(row => Number(row.fence))
    const before = await fences()
    for (let now = before; now.every((fence, i) => fence <= (before[i] ?? 0)); now = await fences()) await delay(10)
    await delay(prngOf(`${seed} later`).between(0, 300))
  }))

test('a host that wakes after the wave was closed leaves nothing twice', () =>
  awake(other => until(other, 'waves/w', ({ verdict }) => verdict !== null, 60_000)))
