import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import type { RRset } from '../../shared/dns/zone.ts'
import { Failure } from '../../shared/errors.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import type { LogLine } from '../../shared/log.ts'
import type { App, Dns } from '../../shared/ports.ts'
import { followPasswords } from '../../shared/steps/passwords.ts'
import { followTenants } from '../../shared/steps/tenants.ts'
import { keyPart } from '../../shared/store/columns.ts'
import type { WaveRow } from '../../shared/store/schema.ts'
import { all, type Store, type Table } from '../../shared/store/store.ts'
import { sweep } from '../../shared/sweep.ts'
import { work } from '../../shared/work.ts'
import { memoryAccounts } from './accounts.ts'
import { fakeApp, readPlaybook, type Surroundings } from './app.ts'
import { type Chance, chance, oneOf } from './chance.ts'
import { type ManualClock, manualClock } from './clock.ts'
import { memoryDns } from './dns.ts'
import { Death, type Gate, openGate } from './gate.ts'
import type { MemoryMailbox } from './mailbox.ts'
import { memoryPost, type Post } from './post.ts'
import { type MemoryQueues, memoryQueues, type Waiting } from './queues.ts'
import { memoryReaders, type Readers } from './readers.ts'
import { memoryReturns } from './returns.ts'
import { memoryStore } from './store.ts'
import { type MemoryZone, memoryZone } from './zone.ts'

/** What is there before the wave, and what an operator sends: a playbook as YAML, a wave as it is posted. */
export type Scene = {
  playbook: string
  wave: { wave: string; playbook: string; day?: string; mailboxes: { address: string; [more: string]: unknown }[] }
  sources: Map<string, MemoryMailbox>
  targets: Map<string, MemoryMailbox>
  zone?: { name: string; records: RRset[] }
  /** After so many turns a run is given up. */
  turns?: number
  /** When it begins, epoch ms. */
  start?: number
  quietMs?: number
  turnMs?: number
  /** False: a mailbox has one session and no other. */
  further?: boolean
  /** Which ways to readers can say whether a letter has arrived; absent: all but smtp. */
  canTell?: Surroundings['canTell']
  /** Another new server than `targets`, another old one than `sources`. */
  openTarget?: Surroundings['openTarget']
  openSource?: Surroundings['openSource']
  /** The target’s tenant. */
  tenant?: Surroundings['tenant']
  /** Calendars and contacts of the old side, and of the new one. */
  oldItems?: Surroundings['oldItems']
  items?: Surroundings['items']
  /** The folder that mail comes into. */
  postFolder?: string
  /** Something that happens once, as soon as it can: mail arrives, a folder changes. */
  happens?: Happening[]
}

export type Happening = { when: (world: World) => boolean | Promise<boolean>; does: (world: World) => void | Promise<void> }

/** How a wave is run. */
export type Running = {
  /** The gate of the n-th process, from 0; a process that dies is followed by the next. */
  process?: (n: number, pass: () => void) => Gate
  /** How long nobody is there after a process has died, ms. */
  outageMs?: number
  random?: Chance
  /** Every message is handled again right after it was handled. */
  twice?: boolean
  /** Told when a sweep begins and when it has ended. */
  sweeping?: (now: boolean) => void
  /** Stops when true; by default when the wave is closed and nothing is left to do at once. */
  until?: (world: World) => boolean | Promise<boolean>
}

/** What a call costs, a message’s lease, and when a message that was thrown at comes back, ms. */
const callMs = 4
const leaseMs = 30_000
const backAfterMs = 10_000

/** After so many failures a message is poison, as host.json says. */
const mostTries = 5

/** The host for one wave over fakes: delivers messages one at a time, moves the clock when nothing is due, sweeps, lets processes die. */
export class World implements Surroundings {
  readonly clock: ManualClock
  readonly store: Store = memoryStore()
  readonly queues: MemoryQueues
  readonly sources: Map<string, MemoryMailbox>
  readonly targets: Map<string, MemoryMailbox>
  readonly accounts = memoryAccounts([], 0)
  readonly zone: MemoryZone
  readonly dns: Dns
  readonly readers: Readers = memoryReaders()
  readonly post: Post
  readonly returns = memoryReturns()
  readonly returned = this.returns.read
  readonly lines: LogLine[] = []
  /** What the report says; a test may have it fail. */
  teamsUse: Surroundings['teamsUse'] = () => ({ until: '2025-03-01', acts: new Map() })
  readonly readPlaybook = readPlaybook
  readonly quietMs: number
  readonly turnMs: number
  readonly further: boolean
  readonly canTell: Surroundings['canTell']
  readonly scene: Scene
  readonly openTarget: Surroundings['openTarget']
  readonly openSource: Surroundings['openSource']
  readonly oldItems: Surroundings['oldItems']
  readonly items: Surroundings['items']
  readonly tenant: Surroundings['tenant']
  /** What processes that stood still were doing; each ends some time after it is thawed. */
  readonly zombies: Promise<unknown>[] = []
  deaths = 0
  handled = 0
  private readonly still: Happening[]
  private readonly failed = new Map<number, number>()
  private gate: Gate = openGate
  /** The process that lives now; another after each death. */
  process: App | undefined

  constructor(scene: Scene) {
    this.scene = scene
    this.clock = manualClock(scene.start)
    this.sources = scene.sources
    this.targets = scene.targets
    this.openTarget = scene.openTarget
    this.openSource = scene.openSource
    this.oldItems = scene.oldItems
    this.items = scene.items
    this.tenant = scene.tenant
    this.post = memoryPost(this.sources, this.targets, this.clock.now, scene.postFolder)
    this.queues = memoryQueues(this.clock.now)
    const zone = scene.zone ?? { name: 'old.example', records: [] }
    this.zone = memoryZone(zone.name, zone.records)
    this.dns = memoryDns(zone.name, this.zone, this.clock.now)
    this.quietMs = scene.quietMs ?? 30_000
    this.turnMs = scene.turnMs ?? 300_000
    this.further = scene.further ?? true
    this.canTell = scene.canTell ?? (way => way !== 'smtp')
    this.still = [...(scene.happens ?? [])]
  }

  /** The wave’s row, if it is stored already. */
  async wave(): Promise<WaveRow | undefined> {
    return (await this.store.waves.get('wave', keyPart(this.scene.wave.wave)))?.row
  }

  /** A process of its own; for what a test does beside the run. */
  app(gate: Gate = openGate, name = 'x'): App {
    return fakeApp(this, gate, name)
  }

  /** Sends the playbook and the wave, as an operator who repeats what failed. */
  async enqueue(app: App = this.app()): Promise<void> {
    const { wave, playbook } = this.scene
    await storePlaybook(app, wave.playbook, playbook, 'application/yaml', 'operator')
    await enqueueWave(app, await parseWave(JSON.stringify(wave), 'application/json'), 'operator')
  }

  /** Runs until the wave is closed and quiet. Throws when that does not happen within a bound, or when the program has a bug. */
  async run({
    process = () => openGate,
    random = chance(1),
    twice = false,
    sweeping = () => {},
    until,
    outageMs = 0,
  }: Running = {}): Promise<WaveRow> {
    let app = this.born(process)
    let enqueued = false
    for (let turn = 0; turn < (this.scene.turns ?? 10_000); turn++) {
      await this.happen()
      try {
        if (!enqueued) {
          await this.enqueue(app)
          enqueued = true
          continue
        }
        if (until && (await until(this))) break
        const visible = this.queues.visible()
        if (visible.length > 0) await this.handle(app, oneOf(random, visible), twice)
        else if (!until && (await this.wave())?.state === 'closed') break
        else await this.wait(app, sweeping)
      } catch (error) {
        if (error instanceof Death) {
          this.deaths++
          this.clock.move(outageMs)
          app = this.born(process)
        } else if (!(error instanceof Failure)) throw error
      }
    }
    const wave = await this.wave()
    if (!wave || (!until && wave.state !== 'closed')) throw new Error(`the wave did not close: ${await this.standing()}`)
    return wave
  }

  /** Every row of the wave and its state, for messages. */
  async standing(): Promise<string> {
    const { waves, domains, mailboxes, notices } = this.store
    const rows = [
      ...(await all(waves.list({}))).map(row => `${row.wave} ${row.state} ${row.waitsFor ?? ''}`),
      ...(await all(domains.list({}))).map(row => `${row.domain} ${row.state} ${row.waitsFor ?? ''} ${row.error?.message ?? ''}`),
      ...(await all(mailboxes.list({}))).map(row => `${row.address} ${row.state} ${row.error?.message ?? ''}`),
      ...(await all(notices.list({}))).map(row => `notice to ${row.to} ${row.state} ${row.error?.message ?? ''}`),
    ]
    return rows.join('; ')
  }

  private born(process: NonNullable<Running['process']>): App {
    this.gate = process(this.deaths, () => this.clock.move(callMs))
    this.process = fakeApp(this, this.gate, `w${this.deaths}.`)
    return this.process
  }

  /** The work; ends as by death when its process stands still. */
  private async alive(work: Promise<void>): Promise<void> {
    const { frozen } = this.gate
    if (!frozen) return work
    this.zombies.push(work.catch(error => error))
    const stands = frozen.then(() => {
      throw new Death('it stands still')
    })
    await Promise.race([work, stands])
  }

  private async handle(app: App, message: Waiting, twice: boolean): Promise<void> {
    this.handled++
    this.queues.lease(message, leaseMs)
    try {
      await this.alive(work(app, message.kick))
      if (twice) await work(app, message.kick)
    } catch (error) {
      if (error instanceof Failure) {
        const tries = (this.failed.get(message.id) ?? 0) + 1
        this.failed.set(message.id, tries)
        if (tries >= mostTries) throw new Error(`message ${JSON.stringify(message.kick)} is poison: ${error.message}`)
        this.queues.lease(message, backAfterMs)
      }
      throw error
    }
    this.queues.delete(message)
  }

  /** Nothing may be taken now: time goes on to the next message or row that is due, and what is due is swept. */
  private async wait(app: App, sweeping: (now: boolean) => void): Promise<void> {
    const due = await this.nextDue()
    const visible = this.queues.waiting.map(({ visibleAt }) => visibleAt)
    const next = Math.min(...visible, ...due)
    if (!Number.isFinite(next)) throw new Error(`nothing is due and nothing waits: ${await this.standing()}`)
    this.clock.moveTo(next)
    if (!due.some(at => at <= this.clock.now())) return
    sweeping(true)
    await sweep(app).finally(() => sweeping(false))
    await followPasswords(app)
    await followTenants(app)
  }

  private async nextDue(): Promise<number[]> {
    const { waves, domains, mailboxes, notices, steps, passwords, returns, ledBacks, landings } = this.store
    const tables = [waves, domains, mailboxes, notices, steps, passwords, returns, ledBacks, landings] as Table<{
      dueAt?: number | undefined
    }>[]
    const rows = await Promise.all(tables.map(table => all(table.list({ dueBy: Number.MAX_VALUE }))))
    return rows.flat().map(({ dueAt = 0 }) => dueAt)
  }

  private async happen(): Promise<void> {
    for (const one of [...this.still]) {
      if (!(await one.when(this))) continue
      this.still.splice(this.still.indexOf(one), 1)
      await one.does(this)
    }
  }
}
