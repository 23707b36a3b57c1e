import { randomInt, randomUUID } from 'node:crypto'
import { getServers } from 'node:dns'
import { readFileSync } from 'node:fs'
import { TableClient } from '@azure/data-tables'
import type { TokenCredential } from '@azure/identity'
import { QueueClient } from '@azure/storage-queue'
import { accountsOf, tenantBehind } from './accounts/of.ts'
import { movedClock } from './clock.ts'
import { type Config, publicUrl, readConfig } from './config.ts'
import { davOf } from './dav/login.ts'
import { deadline } from './deadline.ts'
import { manual } from './dns/manual.ts'
import { mxOf } from './dns/no-mx.ts'
import { askAll, authorities, type Where } from './dns/resolve.ts'
import type { RecordType } from './dns/zone.ts'
import { zoneHosts } from './dns/zone-host.ts'
import { Failure } from './errors.ts'
import { exchangeClient } from './exchange/client.ts'
import { graphClient } from './graph/client.ts'
import { domains } from './graph/domains.ts'
import { groupWith } from './graph/groups.ts'
import { graphItems } from './graph/items.ts'
import { teamsUse } from './graph/teams-use.ts'
import { exchangeScope, graphScope, tokens } from './identity/tokens.ts'
import { loginFor } from './imap/login.ts'
import { measure, measureQuota } from './imap/measure.ts'
import { readReports } from './imap/reports.ts'
import type { Endpoint } from './imap/session.ts'
import { inventoryWorkbook } from './inventory/workbook.ts'
import { logfmt } from './log.ts'
import { complains } from './manners/allowance.ts'
import { hearing } from './manners/hearing.ts'
import { Paces } from './manners/pace.ts'
import { channelFor } from './notices/channels.ts'
import { smtpMail } from './notices/smtp-mail.ts'
import type { ImapEndpoint } from './playbooks/imap.ts'
import { type Playbook, parsePlaybook } from './playbooks/playbook.ts'
import { leadsByMx, probeOf } from './playbooks/routing.ts'
import type { App } from './ports.ts'
import { secretsFrom } from './secrets.ts'
import { SessionPool } from './sessions.ts'
import { openImapSource } from './source/imap.ts'
import { developmentStorage } from './store/emulator.ts'
import { storageQueues } from './store/queues.ts'
import { type MailboxRow, mailboxKey, playbookKey } from './store/schema.ts'
import { tableOptions, tableStore } from './store/tables.ts'
import { openGraphTarget } from './targets/graph.ts'
import { slotsByMailbox } from './targets/graph-slots.ts'
import { openImapTarget } from './targets/imap.ts'
import type { Target, Traits } from './targets/target.ts'

/** The app with its way out. `close` ends what is idle. */
export type RunningApp = App & { config: Config; close(): Promise<void> }

let running: Promise<RunningApp> | undefined

/** The app of this process, built at first use from its settings. A failed start is tried again at the next use. */
export function theApp(): Promise<RunningApp> {
  running ??= buildApp(process.env).catch(error => {
    running = undefined
    throw error
  })
  return running
}

/** Builds the app of real clients; the only place where they are built. Makes tables and queues that are missing. */
async function buildApp(env: Readonly<Record<string, string | undefined>>): Promise<RunningApp> {
  const config = readConfig(env)
  // Wires go by the real clock; calendars by one that a rehearsal may move.
  const now = Date.now
  const moved = config.REHEARSAL_CLOCK
  const calendarNow = moved === undefined ? now : movedClock(now, () => readFileSync(moved, 'utf8'))
  const { openTable, openQueue } = await storage(config)
  const store = tableStore(openTable)
  const queues = storageQueues(openQueue)
  await Promise.all([store.make(), queues.make()])

  const secret = secretsFrom(config.KEY_VAULT_URL, env, () => identity(config), now)
  const named = config.AZURE_CLIENT_SECRET_NAME
  const token = tokens({
    tenantId: config.AZURE_TENANT_ID ?? 'organizations',
    ...(config.AZURE_CLIENT_ID ? { clientId: config.AZURE_CLIENT_ID } : {}),
    loginBaseUrl: config.LOGIN_BASE_URL,
    ...(named ? { clientSecret: () => secret(named) } : {}),
    now,
  })
  const graph = graphClient({
    baseUrl: config.GRAPH_BASE_URL,
    token: () => token.token(graphScope),
    tokenRefused: () => token.forget(graphScope),
    now,
  })
  const mailScope = exchangeScope(config.EXCHANGE_BASE_URL)
  const exchange = exchangeClient({
    baseUrl: config.EXCHANGE_BASE_URL,
    tenantId: config.AZURE_TENANT_ID ?? '',
    token: () => token.token(mailScope),
    tokenRefused: () => token.forget(mailScope),
    now,
  })
  const playbooks = new Map<string, Playbook>()
  const playbook = async (name: string, version: number) => {
    const known = playbooks.get(`${name} ${version}`)
    if (known) return known
    const stored = await store.playbooks.get(...playbookKey(name, version))
    if (!stored) throw new Error(`playbook ${name} version ${version} is not stored`)
    const read = parsePlaybook(stored.row.body, undefined, name)
    playbooks.set(`${name} ${version}`, read)
    return read
  }
  const where = ({ routing }: Playbook): Where => ({
    ...(leadsByMx(routing) && routing.nameservers ? { nameservers: routing.nameservers } : {}),
    resolvers: config.DNS_RESOLVERS ?? getServers(),
    now,
  })
  const dns = (playbook: Playbook) => ({
    authorities: (domain: string) => authorities(domain, where(playbook)),
    askAll: (found: Awaited<ReturnType<typeof authorities>>, name: string, type: RecordType) =>
      askAll(found, name, type, where(playbook)),
  })
  const endpoint = (imap: ImapEndpoint, row: MailboxRow, side: 'source' | 'target'): Endpoint => ({
    ...imap,
    login: loginFor(imap.auth, row.wanted[side]?.user ?? row.address, row.wanted[side]?.secret, {
      secret,
      token,
      resource: config.EXCHANGE_BASE_URL,
    }),
  })
  const slotsOf = slotsByMailbox()
  const openTarget = async (row: MailboxRow, how: { ahead?: boolean; traits?: Traits | undefined } = {}) => {
    const { target } = await playbook(row.playbook, row.playbookVersion)
    if (target.kind !== 'exchange-online' || target.writer === 'imap')
      return openImapTarget(endpoint(target.imap, row, 'target'), row.address, how)
    const user = row.wanted.target?.user ?? row.address
    const opened = openGraphTarget({ graph, slots: slotsOf(user), writer: target.writer, mark: randomInt(1 << 30) }, user)
    await opened.folders()
    return opened
  }
  const openOldInbox = async (row: MailboxRow) => {
    const { source } = await playbook(row.playbook, row.playbookVersion)
    return openImapTarget(endpoint(source.imap, row, 'source'), row.address)
  }
  const heard = (server: string) => (failure: Failure) => pool.complaint(server, failure)
  const openSource = (row: MailboxRow, imap: ImapEndpoint, how: Parameters<typeof openImapSource>[2]) =>
    hearing(openImapSource(endpoint(imap, row, 'source'), row.address, how), heard(serverOf(imap)))
  const openHeard = async (row: MailboxRow, target: Playbook['target'], how: Parameters<typeof openTarget>[1] = {}) => {
    try {
      return hearing(await openTarget(row, how), heard(targetServer(target)))
    } catch (error) {
      if (error instanceof Failure) heard(targetServer(target))(error)
      throw error
    }
  }
  const openPair = async (row: MailboxRow, beside?: { target: Target }) => {
    const { source: old, target: fresh } = await playbook(row.playbook, row.playbookVersion)
    const pace = paces.between([
      { server: serverOf(old.imap), ...old.limits },
      { server: targetServer(fresh), ...fresh.limits },
    ])
    const source = openSource(row, old.imap, { pace, ahead: true })
    const target = await openHeard(row, fresh, { ahead: true, traits: beside?.target.traits }).catch(async error => {
      await source.close()
      throw error
    })
    return { source, target }
  }
  const pool = new SessionPool(now)
  const sharesOf = ({ source, target, connections }: Playbook) => [
    { server: serverOf(source.imap), most: connections.source ?? 100 },
    { server: targetServer(target), most: connections.target ?? 100 },
  ]
  const sessions = async (row: MailboxRow) => {
    const shares = sharesOf(await playbook(row.playbook, row.playbookVersion))
    // Sessions of another version may be with another server.
    return pool.for(`${mailboxKey(row)} ${row.playbookVersion}`, shares, beside => openPair(row, beside))
  }
  const paces = new Paces(now, ms => new Promise(resolve => setTimeout(resolve, ms)))
  const hostFor = zoneHosts({ secret, token, now }, routing => {
    const at = where({ routing } as Playbook)
    return manual(async (zone, name, type) => askAll(await authorities(zone, at), name, type, at))
  })

  const makers = { graph, exchange, clientId: config.AZURE_CLIENT_ID, waitScale: config.MAILBOX_WAIT_SCALE }
  const lookedAt = async <T>(row: MailboxRow, side: 'source' | 'target', by: (at: Endpoint, as: string) => Promise<T>) => {
    const settings = await playbook(row.playbook, row.playbookVersion)
    const { imap } = settings[side]
    const shares = sharesOf(settings).filter((_, i) => (i === 0) === (side === 'source'))
    const looked = () => by(endpoint(imap, row, side), row.address)
    return pool.during(shares, () => hearing({ looked }, heard(serverOf(imap))).looked())
  }

  const app: RunningApp = {
    config,
    store,
    queues,
    log: line => console.log(logfmt(line)),
    now: calendarNow,
    every: (ms, tick) => {
      const timer = setInterval(tick, ms)
      return () => clearInterval(timer)
    },
    newId: randomUUID,
    quietMs: config.QUIET_SECONDS * 1000,
    turnMs: config.TURN_SECONDS * 1000,
    playbook,
    sessions,
    probeTarget: async row => {
      // What was signed in to is copied next: with few mailboxes under way the session is kept for that.
      if (pool.quiet) {
        const mine = await sessions(row)
        return mine.giveBack(await mine.open(), { ahead: true })
      }
      await (await openTarget(row)).close()
    },
    openTarget: row => openTarget(row),
    probeSource: row => lookedAt(row, 'source', measure),
    probeRoom: row => lookedAt(row, 'target', measureQuota),
    look: async row => {
      const settings = await playbook(row.playbook, row.playbookVersion)
      const { source: old, target: fresh } = settings
      const pace = paces.between([{ server: serverOf(old.imap), ...old.limits }])
      return pool.aside(sharesOf(settings), async () => {
        // A mailbox that was not made yet cannot be opened, in whatever words; else a server that asks for patience is waited for.
        const target = await (row.targetReadyAt === undefined ? openTarget(row) : openHeard(row, fresh)).catch(error => {
          const patience = row.targetReadyAt !== undefined && error instanceof Failure && complains(error.code)
          if (!(error instanceof Failure) || patience) throw error
        })
        return { source: openSource(row, old.imap, { pace }), target: target ?? undefined }
      })
    },
    items: async row => graphItems(graph, slotsOf, row.wanted.target?.user ?? row.address),
    oldItems: async (row, signal) =>
      davOf((await playbook(row.playbook, row.playbookVersion)).source, row, { secret, now, signal }),
    groupAt: async ({ target }, address) =>
      target.kind === 'exchange-online' && config.AZURE_CLIENT_ID ? groupWith(graph, address) : undefined,
    accounts: async book => accountsOf(book, makers),
    tenant: (book, signal) => tenantBehind(book, makers, signal),
    teamsUse: () => teamsUse(graph),
    dns,
    zoneHost: async ({ routing }) => hostFor(routing),
    mxFor: ({ routing, target }, domain) => {
      const online = async () => (target.kind === 'exchange-online' ? (await domains(graph).mailRecords(domain)).mx : [])
      return mxOf(domain, async () => (leadsByMx(routing) && routing.mx) || online())
    },
    sendProbe: ({ routing }, to, mime) => smtpMail(probeOf(routing), secret, probeOf(routing).from)(to, mime),
    secret,
    publicUrl: publicUrl(config, env),
    workbook: (wave, of) => inventoryWorkbook(app, wave, of),
    returned: ({ address, imap }, since) => {
      const login = loginFor(imap.auth, address, undefined, { secret, token, resource: config.EXCHANGE_BASE_URL })
      return readReports({ ...imap, login }, address, since)
    },
    channel: async (playbook, channel, row) =>
      channelFor(channel, {
        graph,
        playbook,
        secret,
        now,
        openTarget: row && (() => openTarget(row)),
        isThere: row?.targetReadyAt !== undefined,
        openOldInbox: row && (() => openOldInbox(row)),
      }),
    close: () => pool.close(),
  }
  return app
}

/** Storage clients by connection string, or by identity where only the account’s name is set. */
async function storage(config: Config) {
  const { AzureWebJobsStorage: given, AzureWebJobsStorage__accountName: account } = config
  if (given) {
    const connection = given === 'UseDevelopmentStorage=true' ? developmentStorage : given
    const tables = { ...tableOptions, allowInsecureConnection: /DefaultEndpointsProtocol=http(;|$)/i.test(connection) }
    return {
      openTable: (name: string) => TableClient.fromConnectionString(connection, name, tables),
      openQueue: (name: string) => new QueueClient(connection, name),
    }
  }
  const signed = await identity(config)
  return {
    openTable: (name: string) => new TableClient(`https://${account}.table.core.windows.net`, name, signed, tableOptions),
    openQueue: (name: string) => new QueueClient(`https://${account}.queue.core.windows.net/${name}`, signed),
  }
}

function serverOf({ host, port }: ImapEndpoint): string {
  return `${host}:${port}`
}

function targetServer(target: Playbook['target']): string {
  return target.kind === 'exchange-online' && target.writer !== 'imap' ? 'Microsoft Graph' : serverOf(target.imap)
}

/** The app’s identity. Its library is a quarter of what a start would load, and needed only in Azure. */
async function identity({ AzureWebJobsStorage__clientId: id }: Config): Promise<TokenCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity')
  return new DefaultAzureCredential({ ...(id ? { managedIdentityClientId: id } : {}), additionalPolicies: [deadline()] })
}
