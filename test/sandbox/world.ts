import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Azurite, startAzurite } from './azurite.ts'
import { type Dovecot, startDovecot } from './mail/dovecot.ts'
import { type GeneratedMailbox, specialFolders } from './mail/generator.ts'
import { clearPlace, maildirOf } from './mail/place.ts'
import { type Seeded, seedMaildir } from './mail/seed.ts'
import { startSmtp, type Taken } from './mail/smtp.ts'
import type { WireLogin } from './mail/wire.ts'
import { type Kept, keptIn, type WorldPorts } from './world/kept.ts'
import { type Names, oldExchanger, startNames } from './world/names.ts'
import { type Resident, residents } from './world/people.ts'
import { playbookText } from './world/playbook.ts'
import { type Exchangers, mailExchangers, type Sender, type Side, sender } from './world/post.ts'
import { clientId, exchangeResource, newFolders, startTenant, type Tenant, tenantId } from './world/tenant.ts'

export type WorldOptions = {
  /** Everything lies here. A world that is started again here is the same one: mail, accounts, records, storage, ports, secrets. */
  dir: string
  mailboxes?: number
  /** The residents are dealt to them in turn; a domain that would have none is left out. */
  domains?: readonly string[]
  /** The residents themselves, instead; their domains are those of their addresses. */
  residents?: readonly Resident[]
  /** People whose mailboxes are elsewhere, although their addresses are of these domains. */
  elsewhere?: readonly string[]
  /** More hosts that mail for the new side may be sent to. */
  newExchangers?: readonly string[]
  ports?: Partial<WorldPorts>
  /** How long Microsoft takes to make a mailbox, in ms. */
  mailboxDelayMs?: number
  /** TTL of the old MX, in seconds. */
  ttlSeconds?: number
  /** How long the playbook follows late mail, in seconds. */
  lateSeconds?: number
}

/** What one name server answers now. */
export type MxAnswer = { server: 'BIND' | 'Knot'; exchangers: string[] }

/** The whole world of a migration on one machine, all of it on loopback. */
export type World = {
  dir: string
  residents: Resident[]
  domains: readonly string[]
  /** The environment that the host needs. */
  settings: Record<string, string>
  playbook: { name: string; text: string }
  /** The address that notices come from. */
  noticesFrom: string
  lateSeconds: number
  /** What Microsoft wants as the MX of a domain. */
  newExchanger(domain: string): string
  /** The body of `POST /api/waves` for all residents. */
  wave(name?: string): { wave: string; playbook: string; mailboxes: object[] }
  /** How to read a mailbox behind everybody’s back. */
  signIn(side: Side, address: string): WireLogin
  /** The folders that are called otherwise at the new side. */
  folderMap: Readonly<Record<string, string>>
  /** What each name server says, asked directly. */
  mx(domain: string): Promise<MxAnswer[]>
  sender(options?: { remembers?: boolean }): Sender
  /** All that was sent so far to people whose mailboxes are elsewhere. */
  letters: readonly { to: string; raw: Buffer }[]
  /** Puts mail into the old mailboxes that have none yet. */
  fill(mailboxOf: (resident: Resident, index: number) => GeneratedMailbox): Promise<Seeded>
  parts: { azurite: Azurite; old: Dovecot; new: Dovecot; names: Names; tenant: Tenant; kept: Kept }
  stop(): Promise<void>
  /** Stops it and removes all that it had. */
  clear(): Promise<void>
}

/** Starts every part of the world; resolves when all of them answer. One that does not start takes the others down with it. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { mailboxes = 6, mailboxDelayMs = 3000, ttlSeconds = 5, lateSeconds = 8 } = options
  const named = options.residents?.map(({ address }) => domainOf(address))
  const domains = named ? [...new Set(named)] : (options.domains ?? ['mairie.example', 'ecoles.example']).slice(0, mailboxes)
  const dir = resolve(options.dir)
  mkdirSync(dir, { recursive: true })
  const kept = await keptIn(dir, options.ports)
  const { ports, secrets } = kept
  const people = options.residents ? [...options.residents] : residents(mailboxes, domains)
  const letters: { to: string; raw: Buffer }[] = []
  const noticesFrom = `transition@${domains[0]}`
  const newExchanger = (domain: string) => `${domain.replaceAll('.', '-')}.k1.mx.test`
  const started: { stop(): Promise<unknown> }[] = []
  const stopAll = async () => {
    for (const part of started.reverse()) await part.stop()
  }
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= stopAll()
    return stopping
  }
  const start = async <T extends { stop(): Promise<unknown> }>(part: Promise<T>) => {
    const running = await part
    started.push(running)
    return running
  }

  const exchangers: Exchangers = {
    nameServer: `127.0.0.1:${ports.bind}`,
    sideOf: host => {
      if (domains.some(domain => host === oldExchanger(domain))) return 'old'
      const isNew = options.newExchangers?.includes(host) || domains.some(domain => host === newExchanger(domain))
      return isNew ? 'new' : undefined
    },
    lmtpPort: side => (side === 'old' ? ports.oldLmtp : ports.newLmtp),
  }
  const master = (password: string) => ({ user: 'bmaster', password, separator: '*' })

  try {
    const oldServer = startDovecot({
      dir: join(dir, 'old'),
      layout: 'old',
      users: people.map(({ address }) => address),
      password: secrets.source,
      master: master(secrets.source),
      folders: specialFolders('fr'),
      port: ports.oldImap,
      lmtpPort: ports.oldLmtp,
    })
    const newServer = startDovecot({
      dir: join(dir, 'new'),
      layout: 'new',
      users: [],
      password: secrets.target,
      master: master(secrets.target),
      folders: newFolders,
      port: ports.newImap,
      lmtpPort: ports.newLmtp,
    })
    const storage = startAzurite({
      dir: join(dir, 'storage'),
      ports: { blob: ports.blob, queue: ports.queue, table: ports.table },
    })
    const first = [start(storage), start(oldServer), start(newServer), start(startNames(dir, kept, domains, ttlSeconds))] as const
    await Promise.allSettled(first)
    const [azurite, old, fresh, names] = await Promise.all(first)

    const postman = sender(exchangers)
    const carry = async (from: string, to: string, raw: Buffer) => {
      const here = domains.includes(domainOf(to)) && !options.elsewhere?.includes(to)
      if (here) await postman.send(from, to, raw)
      else letters.push({ to, raw })
    }
    const take = async ({ from, to, data }: Taken) => {
      for (const one of to) await carry(from, one, data)
    }
    await start(startSmtp({ tls: 'none', port: ports.smtp, take }))
    const tenant = await start(
      startTenant({
        dir,
        kept,
        server: fresh,
        domains: domains.map(id => ({ id, mx: newExchanger(id) })),
        seats: Math.max(100, mailboxes + 10),
        mailboxDelayMs,
        noticesFrom,
        deliver: (to, raw) => carry(noticesFrom, to, raw),
      }),
    )

    const playbook = 'mairie'
    return {
      dir,
      residents: people,
      domains,
      settings: {
        AzureWebJobsStorage: azurite.connectionString,
        FUNCTIONS_HOST_KEY: secrets.hostKey,
        AZURE_TENANT_ID: tenantId,
        AZURE_CLIENT_ID: clientId,
        AZURE_CLIENT_SECRET_NAME: 'APP_SECRET',
        GRAPH_BASE_URL: tenant.graph.url,
        LOGIN_BASE_URL: tenant.graph.loginUrl,
        EXCHANGE_BASE_URL: exchangeResource,
        DNS_RESOLVERS: `127.0.0.1:${ports.bind}`,
        MAILBOX_WAIT_SCALE: '0.01',
        APP_SECRET: secrets.app,
        SOURCE_PASSWORD: secrets.source,
        TARGET_PASSWORD: secrets.target,
        DNS_KEY: secrets.update,
        PASSWORD_SEAL: `sealed here until handed over ${secrets.app}`,
      },
      playbook: {
        name: playbook,
        text: playbookText({
          name: playbook,
          sourcePort: ports.oldImap,
          targetPort: ports.exchange,
          nameservers: [`127.0.0.1:${ports.bind}`, `127.0.0.1:${ports.knot}`],
          sender: noticesFrom,
          lateSeconds,
          ttlSeconds: Math.max(1, Math.floor(ttlSeconds / 2)),
        }),
      },
      noticesFrom,
      lateSeconds,
      newExchanger,
      wave: (name = 'w1') => ({
        wave: name,
        playbook,
        mailboxes: people.map(resident => ({ ...resident })),
      }),
      signIn: (side, address) => ({
        host: '127.0.0.1',
        port: side === 'old' ? ports.oldImap : ports.newImap,
        user: `${address}*bmaster`,
        pass: side === 'old' ? secrets.source : secrets.target,
      }),
      folderMap: { Corbeille: 'Éléments supprimés', Archives: 'Archive' },
      mx: domain =>
        Promise.all(
          (['BIND', 'Knot'] as const).map(async server => {
            const port = server === 'BIND' ? ports.bind : ports.knot
            return { server, exchangers: await mailExchangers(`127.0.0.1:${port}`, domain) }
          }),
        ),
      sender: given => sender(exchangers, given),
      letters,
      async fill(mailboxOf) {
        const total = { messages: 0, bytes: 0 }
        for (const [i, resident] of people.entries()) {
          if (existsSync(maildirOf(old.place, resident.address))) continue
          const mailbox = mailboxOf(resident, i)
          const { messages, bytes } = await seedMaildir({ place: old.place, user: resident.address, mailbox })
          total.messages += messages
          total.bytes += bytes
        }
        return total
      },
      parts: { azurite, old, new: fresh, names, tenant, kept },
      stop,
      async clear() {
        // Their mail goes with them: nobody waits until they have ended in order.
        await Promise.all([old.kill9(), fresh.kill9()])
        await stop()
        clearPlace(join(dir, 'old'), old.place)
        clearPlace(join(dir, 'new'), fresh.place)
        rmSync(dir, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
