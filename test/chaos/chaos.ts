import { setTimeout as delay } from 'node:timers/promises'
import { type HostProcess, until } from '../e2e/host-process.ts'
import { type Site, startSite } from '../e2e/site.ts'
import { rowsOf } from '../e2e/storage.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import { type Prng, prngOf } from '../sandbox/mail/prng.ts'
import { seedMaildir } from '../sandbox/mail/seed.ts'
import { type Between, startProxy } from './proxy.ts'

/** What may go wrong in a run. */
export const faults = ['kill', 'zombie', 'cut-source', 'cut-target', 'late-target', 'storage-busy'] as const
export type Fault = (typeof faults)[number]

/** How runs ended: how often each fault struck, and what each failing seed did not get right. */
export type Outcome = { runs: number; struck: Record<Fault, number>; failures: { seed: string; faults: string; why: string[] }[] }

const soon = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }
const perRun = 2

/** So many runs over one world, one after the other; run `n` of seed `s` is drawn from `s n`, so that it can be had again alone. */
export async function chaos(runs: number, seed: string, first = 0, say: (line: string) => void = () => {}): Promise<Outcome> {
  const people = Array.from({ length: runs * perRun }, (_, i) => `c${first + Math.floor(i / perRun)}p${i % perRun}@chaos.test`)
  const site = await startSite({ people, messages: 0, mailbox: () => ({ folders: [], messages: () => [] }) })
  const [source, target] = [await startProxy(site.source.port), await startProxy(site.target.port)]
  const [tables, queues] = [await storage(site, 'Table'), await storage(site, 'Queue')]
  const world: World = { site, source, target, tables, queues, hosts: [] }
  const outcome: Outcome = {
    runs: 0,
    struck: Object.fromEntries(faults.map(fault => [fault, 0])) as Outcome['struck'],
    failures: [],
  }
  try {
    world.hosts.push(await host(world))
    const put = await current(world).call('PUT', 'playbooks/chaos', playbook(world))
    if (put.status !== 201) throw new Error(put.text)
    for (let n = first; n < first + runs; n++) {
      const began = Date.now()
      const done: Fault[] = []
      const why = await oneRun(world, `${seed} ${n}`, n, done).catch(error => [
        `${String(error).slice(0, 1000)} ${world.hosts.at(-1)?.output().slice(-1500)}`,
      ])
      outcome.runs += 1
      for (const fault of done) outcome.struck[fault] += 1
      if (why.length > 0) outcome.failures.push({ seed: `${seed} ${n}`, faults: done.join(', '), why })
      say(
        `${seed} ${n}: ${done.join(', ')}: ${why.length === 0 ? 'exact' : why.join('; ').slice(0, 600)} (${Date.now() - began} ms)`,
      )
    }
  } finally {
    for (const proxy of [source, target, tables.proxy, queues.proxy]) proxy.stop()
    await site.close()
  }
  return outcome
}

type Stored = { proxy: Between; url: string }
type World = { site: Site; source: Between; target: Between; tables: Stored; queues: Stored; hosts: HostProcess[] }

async function storage(site: Site, kind: 'Table' | 'Queue'): Promise<Stored> {
  const [, base = '', port = '', rest = ''] =
    new RegExp(`${kind}Endpoint=(http://[^:]+):(\\d+)([^;]*)`).exec(site.azurite.connectionString) ?? []
  const proxy = await startProxy(Number(port))
  return { proxy, url: `${base}:${proxy.port}${rest}` }
}

function host({ site, tables, queues }: World): Promise<HostProcess> {
  const AzureWebJobsStorage = site.azurite.connectionString
    .replace(/TableEndpoint=[^;]+/, `TableEndpoint=${tables.url}`)
    .replace(/QueueEndpoint=[^;]+/, `QueueEndpoint=${queues.url}`)
  return site.host({ ...soon, AzureWebJobsStorage }, { leaseMs: 1_000 })
}

function current({ hosts }: World): HostProcess {
  const last = hosts.at(-1)
  if (!last) throw new Error('no host runs')
  return last
}

function playbook({ site, source, target }: World): string {
  return site
    .playbook('chaos', { copy: '{ chunkMessages: 7 }' })
    .replace(`port: ${site.source.port},`, `port: ${source.port},`)
    .replace(`port: ${site.target.port},`, `port: ${target.port},`)
}

/** One wave of two mailboxes with two to four faults; what is not right at its end. */
async function oneRun(world: World, seed: string, n: number, done: Fault[]): Promise<string[]> {
  const { site } = world
  const prng = prngOf(seed)
  const people = Array.from({ length: perRun }, (_, i) => `c${n}p${i}@chaos.test`)
  for (const user of people) {
    const mailbox = generateMailbox({ seed: `${seed} ${user}`, messages: 60, size: 'small', now: Date.UTC(2026, 9, 1) })
    await seedMaildir({ place: site.source.place, user, mailbox })
  }
  const wave = `run-${n}`
  const posted = await current(world).call('POST', 'waves', {
    wave,
    playbook: 'chaos',
    mailboxes: people.map(address => ({ address })),
  })
  if (posted.status !== 202) return [posted.text]
  const before = { 'cut-source': world.source.struck(), 'cut-target': world.target.struck() }
  for (let left = prng.between(2, 4); left > 0; left -= 1) {
    await delay(prng.between(0, 250))
    const fault = prng.pick(faults)
    // What comes after the wave was closed proves nothing and is not counted.
    if (!(await isOpen(site, wave))) break
    done.push(fault)
    await strike(world, fault, prng)
  }
  const ended = await until(current(world), `waves/${wave}`, ({ verdict }) => verdict !== null, 60_000)
  // A cut that was armed and never reached is taken back, and not counted.
  for (const [fault, proxy] of [['cut-source', world.source] as const, ['cut-target', world.target] as const]) {
    proxy.trouble(undefined)
    if (proxy.struck() === before[fault]) done.splice(0, done.length, ...done.filter(one => one !== fault))
  }
  const wrong = ended.verdict === 'complete' ? [] : [`verdict ${ended.verdict}: ${JSON.stringify(ended.reasons)}`]
  const found = (await Promise.all(people.map(user => site.differences(user)))).flat()
  const sums = (await rowsSeen(site.azurite.connectionString, 'Mailboxes')).filter(({ partitionKey }) => partitionKey === wave)
  const lost = sums.filter(row => Number(row.found) !== 60 || Number(row.copied) + Number(row.adopted) !== 60)
  return [...wrong, ...found, ...lost.map(row => `${row.address}: ${row.found} found, ${row.copied} + ${row.adopted} arrived`)]
}

/** The reader’s own wire may have been closed for idleness: it asks twice. */
function rowsSeen(connectionString: string, table: string) {
  return rowsOf(connectionString, table).catch(() => rowsOf(connectionString, table))
}

async function isOpen({ azurite }: Site, wave: string): Promise<boolean> {
  const rows = await rowsSeen(azurite.connectionString, 'Waves')
  return rows.some(({ rowKey, state }) => rowKey === wave && state !== 'closed')
}

async function strike(world: World, fault: Fault, prng: Prng): Promise<void> {
  switch (fault) {
    case 'kill': {
      await world.hosts.pop()?.kill9()
      world.hosts.push(await host(world))
      return
    }
    case 'zombie': {
      const old = current(world)
      process.kill(old.pid, 'SIGSTOP')
      const next = await host(world)
      await delay(prng.between(2_000, 3_500))
      process.kill(old.pid, 'SIGCONT')
      await delay(prng.between(0, 800))
      await old.kill9()
      world.hosts.splice(0, world.hosts.length, next)
      return
    }
    case 'cut-source':
      return world.source.trouble({ kind: 'cut', bytes: prng.between(1, 150_000) })
    case 'cut-target':
      return world.target.trouble({ kind: 'cut', bytes: prng.between(1, 150_000) })
    case 'late-target':
      world.target.trouble({ kind: 'late', ms: 1_500 })
      await delay(prng.between(200, 1_500))
      return world.target.trouble(undefined)
    case 'storage-busy': {
      const { proxy } = prng.chance(0.7) ? world.tables : world.queues
      proxy.trouble({ kind: 'busy' })
      await delay(prng.between(100, 2_500))
      return proxy.trouble(undefined)
    }
  }
}
