import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { HostProcess } from '../e2e/host-process.ts'
import { type Site, startSite } from '../e2e/site.ts'
import { type RawRow, rowsOf } from '../e2e/storage.ts'
import type { Prng } from '../sandbox/mail/prng.ts'
import type { WorldFault } from './faults.ts'
import { type Between, startProxy } from './proxy.ts'

type Stored = { proxy: Between; url: string }

/** Two servers, storage and a worker, each behind a proxy of its own that makes trouble when told. */
export type World = {
  site: Site
  source: Between
  target: Between
  tables: Stored
  queues: Stored
  hosts: HostProcess[]
  /** By how many ms the worker’s clock is ahead. */
  ahead: number
  close(): Promise<void>
}

const soon = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }

/** Starts it with empty mailboxes and one host; the playbooks `keep` and `mirror` wait for their wave’s day. */
export async function startWorld(people: readonly string[]): Promise<World> {
  const site = await startSite({ people, messages: 0, mailbox: () => ({ folders: [], messages: () => [] }) })
  const [source, target] = [await startProxy(site.source.port), await startProxy(site.target.port)]
  const [tables, queues] = [await storage(site, 'Table'), await storage(site, 'Queue')]
  const close = async () => {
    for (const proxy of [source, target, tables.proxy, queues.proxy]) proxy.stop()
    await site.close()
  }
  const world: World = { site, source, target, tables, queues, hosts: [], ahead: 0, close }
  try {
    moveClock(world, 0)
    world.hosts.push(await host(world))
    for (const sourceDeletions of ['keep', 'mirror']) {
      const put = await current(world).call('PUT', `playbooks/${sourceDeletions}`, playbook(world, sourceDeletions))
      if (put.status !== 201) throw new Error(put.text)
    }
  } catch (error) {
    await close()
    throw error
  }
  return world
}

/** The host that serves. */
export function current({ hosts }: World): HostProcess {
  const last = hosts.at(-1)
  if (!last) throw new Error('no host runs')
  return last
}

/** Calls whichever host serves, again and again, until it answers as wanted; its answer. A `body` is posted. */
export async function insist(world: World, path: string, body?: unknown): Promise<string> {
  let last = ''
  const [method, wanted] = body === undefined ? ['GET', 200] : ['POST', 202]
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(200)) {
    try {
      const { status, text } = await current(world).call(`${method}`, path, body)
      if (status === wanted) return text
      last = `${status} ${text}`
    } catch (error) {
      last = String(error)
    }
  }
  throw new Error(`${method} ${path}: ${last}`)
}

/** Why the worker has ended without having been told to, or did not start; it is started again. Undefined where it runs. */
export async function revive(world: World): Promise<string | undefined> {
  const last = world.hosts.at(-1)
  try {
    if (last) process.kill(last.pid, 0)
    if (last) return undefined
  } catch {}
  world.hosts.splice(0, world.hosts.length, await host(world))
  return last ? `the worker ended by itself: ${last.output().slice(-1500)}` : 'the worker did not start again'
}

/** The reader’s own wire may have been closed for idleness: it asks twice. */
export function rowsSeen({ site }: World, table: string): Promise<RawRow[]> {
  return rowsOf(site.azurite.connectionString, table).catch(() => rowsOf(site.azurite.connectionString, table))
}

/** Makes one trouble and, where it has an end, sees it through. */
export async function strike(world: World, fault: WorldFault, prng: Prng): Promise<void> {
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
      await delay(prng.between(1_500, 3_000))
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
    case 'late-storage': {
      // What is written is written, and its answer is lost: who asks again is told that it is another’s by now (412, 409), or sends a message twice.
      const { proxy } = prng.chance(0.7) ? world.tables : world.queues
      proxy.trouble({ kind: 'late', ms: 300 })
      await delay(prng.between(50, 1_000))
      return proxy.trouble(undefined)
    }
    case 'clock':
      // Seconds back, as time servers do it; seconds to hours ahead, as a machine does that slept.
      return moveClock(world, prng.pick([-3_000, -1_000, 5_000, 60_000, 7 * 3_600_000]))
  }
}

function moveClock(world: World, ms: number): void {
  world.ahead += ms
  writeFileSync(`${clockOf(world)}.new`, `${world.ahead}\n`)
  renameSync(`${clockOf(world)}.new`, clockOf(world))
}

const clockOf = ({ site }: World) => join(site.dir, 'clock')

async function storage(site: Site, kind: 'Table' | 'Queue'): Promise<Stored> {
  const [, base = '', port = '', rest = ''] =
    new RegExp(`${kind}Endpoint=(http://[^:]+):(\\d+)([^;]*)`).exec(site.azurite.connectionString) ?? []
  const proxy = await startProxy(Number(port))
  return { proxy, url: `${base}:${proxy.port}${rest}` }
}

function host(world: World): Promise<HostProcess> {
  const { site, tables, queues } = world
  const AzureWebJobsStorage = site.azurite.connectionString
    .replace(/TableEndpoint=[^;]+/, `TableEndpoint=${tables.url}`)
    .replace(/QueueEndpoint=[^;]+/, `QueueEndpoint=${queues.url}`)
  return site.host({ ...soon, AzureWebJobsStorage, REHEARSAL_CLOCK: clockOf(world) }, { leaseMs: 1_000 })
}

function playbook({ site, source, target }: World, sourceDeletions: string): string {
  return site
    .playbook(sourceDeletions, {
      copy: `{ chunkMessages: 7, sourceDeletions: ${sourceDeletions} }`,
      calendar: '[{ at: "D-1 16:00", step: cutover }]',
    })
    .replace(`port: ${site.source.port},`, `port: ${source.port},`)
    .replace(`port: ${site.target.port},`, `port: ${target.port},`)
}
