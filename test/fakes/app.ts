import type { Accounts } from '../../shared/accounts/accounts.ts'
import type { TeamsUse } from '../../shared/calendar/ranking.ts'
import { Failure } from '../../shared/errors.ts'
import type { Tenant } from '../../shared/graph/tenant.ts'
import { inventoryWorkbook } from '../../shared/inventory/workbook.ts'
import type { ItemBox } from '../../shared/items/mailbox.ts'
import type { OldItems } from '../../shared/items/old.ts'
import type { LogLine } from '../../shared/log.ts'
import type { Channel } from '../../shared/playbooks/notice.ts'
import { type Playbook, parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { leadsByMx } from '../../shared/playbooks/routing.ts'
import type { App, Dns } from '../../shared/ports.ts'
import type { Source } from '../../shared/source/source.ts'
import { type MailboxRow, playbookKey } from '../../shared/store/schema.ts'
import type { Store } from '../../shared/store/store.ts'
import type { Target } from '../../shared/targets/target.ts'
import type { ManualClock } from './clock.ts'
import { type Gate, gated, openGate } from './gate.ts'
import { memorySource, memoryTarget } from './imap.ts'
import type { MemoryMailbox } from './mailbox.ts'
import { memoryMeasure, memoryQuota } from './measure.ts'
import type { Post } from './post.ts'
import type { MemoryQueues } from './queues.ts'
import type { Readers } from './readers.ts'
import type { MemoryZone } from './zone.ts'

/** All that outlives a process: what the app meets through its ports. Mailboxes by address, or by the login where the wave names one. */
export type Surroundings = {
  clock: ManualClock
  store: Store
  queues: MemoryQueues
  sources: Map<string, MemoryMailbox>
  targets: Map<string, MemoryMailbox>
  accounts: Accounts
  zone: MemoryZone
  dns: Dns
  readers: Readers
  post: Post
  /** Can a way to readers say whether a letter has arrived? */
  canTell: (way: Channel) => boolean
  /** What was logged, in order. */
  lines: LogLine[]
  quietMs: number
  turnMs: number
  /** May a mailbox have further sessions beside its first? */
  further: boolean
  /** The mailbox that undeliverable notices come back to. */
  returned: App['returned']
  /** The target’s tenant; by default there is none. */
  tenant?: Tenant | undefined
  /** What people did in Teams. */
  teamsUse: () => TeamsUse
  /** What holds contacts and events; by default there is none. */
  items?: ((row: MailboxRow) => ItemBox) | undefined
  /** What holds calendars and address books at the old side; by default there is none. */
  oldItems?: ((row: MailboxRow) => OldItems) | undefined
  /** Another old server than one in memory. */
  openSource?: ((row: MailboxRow) => Source | undefined) | undefined
  /** Another new server than one in memory; its own requests pass the gate themselves. */
  openTarget?: ((row: MailboxRow, gate: Gate) => Target) | undefined
}

const playbooks = new Map<string, Map<string, Playbook>>()

/** A playbook out of its text, which is read once for all worlds. */
export function readPlaybook(body: string, name: string): Playbook {
  const known = playbooks.get(body) ?? new Map<string, Playbook>()
  const read = known.get(name) ?? parsePlaybook(body, undefined, name)
  playbooks.set(body, known.set(name, read))
  return read
}

/** One process: an app of fakes whose every call on a port passes the gate. */
export function fakeApp(around: Surroundings, gate: Gate = openGate, name = 'w'): App {
  const { clock, sources, targets } = around
  const store = Object.fromEntries(
    Object.entries(around.store).map(([table, port]) => [table, gated(table, port, gate)]),
  ) as Store
  const host = { ...gated('zone', around.zone.host, gate), atomic: around.zone.host.atomic }
  const dns = gated('dns', around.dns, gate)
  const accounts = gated('accounts', accountsOf(around.accounts), gate)
  const queues = { ...gated('queues', { send: around.queues.send }, gate), flush: async () => {} }
  const read = new Map<string, Promise<Playbook>>()
  let ids = 0
  const source = (row: MailboxRow) =>
    gated('source', around.openSource?.(row) ?? memorySource(mailboxOf(sources, row, 'source')), gate)
  const target = (row: MailboxRow) =>
    around.openTarget?.(row, gate) ?? gated('target', memoryTarget(mailboxOf(targets, row, 'target')), gate)
  const load = async (playbook: string, version: number) => {
    const stored = await store.playbooks.get(...playbookKey(playbook, version))
    if (!stored) throw new Error(`playbook ${playbook} version ${version} is not stored`)
    return readPlaybook(stored.row.body, playbook)
  }
  return {
    store,
    queues,
    log: line => void around.lines.push(line),
    now: clock.now,
    every: (ms, tick) => clock.every(ms, () => (gate.dead || gate.stands ? undefined : tick())),
    newId: () => `${name}${++ids}`,
    quietMs: around.quietMs,
    turnMs: around.turnMs,
    playbook(playbook, version) {
      const key = `${playbook} ${version}`
      const known = read.get(key) ?? load(playbook, version)
      read.set(key, known)
      known.catch(() => read.delete(key))
      return known
    },
    sessions: async row => ({
      further: () => (around.further ? 8 : 0),
      open: () => gate.call('sessions.open', async () => ({ source: source(row), target: target(row) })),
      giveBack: async pair => void (await Promise.all([pair.source.close(), pair.target.close()])),
    }),
    look: async row => {
      const there = targets.has(row.wanted.target?.user ?? row.address)
      return { source: source(row), ...(there ? { target: target(row) } : {}), wanted: () => false, close: async () => {} }
    },
    items: async row => {
      if (!around.items) throw new Error('there is no Graph here')
      return gated('items', around.items(row), gate)
    },
    oldItems: async row => {
      if (!around.oldItems) throw new Error('there is no calendar server here')
      const { shelves, count, entries } = around.oldItems(row)
      return { ...gated('dav', { shelves, count }, gate), entries }
    },
    groupAt: async () => undefined,
    probeTarget: row => gate.call('probeTarget', async () => void mailboxOf(targets, row, 'target')),
    openTarget: async row => target(row),
    probeSource: row => gate.call('probeSource', async () => memoryMeasure(mailboxOf(sources, row, 'source'))),
    probeRoom: row => gate.call('probeRoom', async () => memoryQuota(mailboxOf(targets, row, 'target'))),
    accounts: async () => accounts,
    tenant: ({ target }) =>
      around.tenant && target.kind === 'exchange-online' ? gated('tenant', around.tenant, gate) : undefined,
    teamsUse: () => gate.call('teamsUse', async () => around.teamsUse()),
    dns: () => dns,
    zoneHost: async () => host,
    // What Microsoft would name, where the playbook does not.
    mxFor: async ({ routing }) =>
      leadsByMx(routing)
        ? (routing.mx ?? [{ preference: 0, exchange: 'mx.new.example' }]).map(
            ({ preference, exchange }) => `${preference} ${exchange}`,
          )
        : [],
    sendProbe: (_, to, mime) => gate.call('post.send', () => around.post.send(to, mime)),
    secret: async name => `a secret of many characters for ${name}`,
    publicUrl: 'https://releve.test',
    workbook(wave, of) {
      return inventoryWorkbook(this, wave, of)
    },
    returned: (mailbox, since) => gate.call('returned', async () => around.returned(mailbox, since)),
    channel: async (_, way) => gated(way, around.readers.channel(around.canTell(way)), gate),
  }
}

function accountsOf({ ensure, identity, holder, licensed, withdraw, setPassword, temporaryPass }: Accounts): Accounts {
  return {
    ensure,
    ...(identity ? { identity } : {}),
    ...(holder ? { holder } : {}),
    ...(licensed ? { licensed } : {}),
    ...(withdraw ? { withdraw } : {}),
    ...(setPassword ? { setPassword } : {}),
    ...(temporaryPass ? { temporaryPass } : {}),
  }
}

function mailboxOf(mailboxes: Map<string, MemoryMailbox>, row: MailboxRow, side: 'source' | 'target'): MemoryMailbox {
  const user = row.wanted[side]?.user ?? row.address
  const found = mailboxes.get(user)
  if (found) return found
  const during = `signing in to the ${side} as ${user}`
  throw new Failure({ verdict: 'permanent', during, code: 'AUTHENTICATIONFAILED', hint: 'Make the mailbox, then release it.' })
}
