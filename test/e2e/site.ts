import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { type ComparisonRules, compareMailboxes, type Difference, describe } from '../sandbox/mail/compare.ts'
import { type Dovecot, type DovecotOptions, startDovecot } from '../sandbox/mail/dovecot.ts'
import { type GeneratedMailbox, generateMailbox } from '../sandbox/mail/generator.ts'
import { seedMaildir } from '../sandbox/mail/seed.ts'
import { type MailboxSnapshot, snapshot } from '../sandbox/mail/snapshot.ts'
import { type HostProcess, type HostShape, startHostProcess } from './host-process.ts'

/** The secrets of a site’s playbooks, by name. */
export const passwords = { SOURCE_PASSWORD: 'source-secret-4711', TARGET_PASSWORD: 'target-secret-0815' }

/** What a site is made of. `durable`: its storage outlives a kill -9. */
export type SiteShape = {
  people: readonly string[]
  messages: number
  /** Whose mailbox holds awkward folders and messages as well. */
  odd?: readonly string[]
  mailbox?: (user: string, i: number) => GeneratedMailbox
  durable?: boolean
  old?: Partial<DovecotOptions>
  new?: Partial<DovecotOptions>
}

/** An old server with mail, an empty new one, and storage: all that a wave needs but the host. */
export type Site = {
  dir: string
  azurite: Azurite
  source: Dovecot
  target: Dovecot
  /** Starts a host on this site’s storage. */
  host(settings?: Record<string, string>, shape?: HostShape): Promise<HostProcess>
  /** A playbook from the old server to the new one; `more` replaces its lines of the same key. */
  playbook(name: string, more?: Record<string, string>): string
  restartStorage(): Promise<void>
  restartSource(): Promise<void>
  restartTarget(): Promise<void>
  original(user: string): Promise<MailboxSnapshot>
  copy(user: string): Promise<MailboxSnapshot>
  /** What differs between a mailbox and its copy, in words; nothing for an exact copy. */
  differences(user: string, ignore?: (difference: Difference) => boolean): Promise<string[]>
  /** What is in a copy and not in its original. */
  strays(user: string): Promise<Difference[]>
  close(): Promise<void>
}

/** Lines of a playbook by which each owner is told once that his mailbox is copied, in the new mailbox itself. */
export const doneNotice = {
  calendar: '[{ on: copied, notice: done }]',
  notices: '[{ notice: done, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }]',
  issuers: '{ ict: { name: Service informatique, address: ict@town.example } }',
}

/** Is this what a notice in the new mailbox looks like to a comparison? */
export const isNotice = ({ kind, folder }: Difference): boolean => kind === 'stray' && folder === 'INBOX'

const master = (password: string) => ({ user: 'bmaster', password, separator: '*' })

/** Names that differ only in case fall together on Exchange, so the second gets a number. */
const rules: ComparisonRules = { folderMap: { 'Odd/été': 'Odd/été (2)' } }

/** Starts a site in a temporary folder. */
export async function startSite(shape: SiteShape): Promise<Site> {
  const dir = mkdtempSync(join(tmpdir(), 'site-'))
  const { people, odd = [], durable = false } = shape
  const storage = durable ? join(dir, 'storage') : 'memory'
  const common = { users: people, password: 'own-password-of-nobody' }
  const old: DovecotOptions = {
    ...{ dir: join(dir, 'old'), layout: 'old', master: master(passwords.SOURCE_PASSWORD), ...common },
    ...shape.old,
  }
  const young: DovecotOptions = {
    ...{ dir: join(dir, 'new'), layout: 'new', master: master(passwords.TARGET_PASSWORD), ...common },
    ...shape.new,
  }
  const parts = await Promise.all([startAzurite({ dir: storage }), startDovecot(old), startDovecot(young)])
  const now = Date.UTC(2026, 10, 1)
  const made = (user: string, i: number) =>
    generateMailbox({ seed: `${user} ${i}`, messages: shape.messages, size: 'small', odd: odd.includes(user), now })
  for (const [i, user] of people.entries())
    await seedMaildir({ place: parts[1].place, user, mailbox: (shape.mailbox ?? made)(user, i) })

  const hosts: HostProcess[] = []
  const login = ({ port }: Dovecot, user: string, pass: string) => ({
    host: '127.0.0.1',
    port,
    user: `${user}*bmaster`,
    pass,
  })
  const site: Site = {
    dir,
    azurite: parts[0],
    source: parts[1],
    target: parts[2],
    async host(settings = {}, hostShape = {}) {
      const given = { AzureWebJobsStorage: site.azurite.connectionString, ...passwords, ...settings }
      const host = await startHostProcess(given, hostShape)
      hosts.push(host)
      return host
    },
    playbook: (name, more = {}) => playbookText(name, site.source.port, site.target.port, more),
    async restartStorage() {
      const { ports, pid } = site.azurite
      process.kill(pid, 'SIGKILL')
      await site.azurite.ended
      site.azurite = await startAzurite({ dir: storage, ports })
    },
    async restartSource() {
      const { port, lmtpPort } = site.source
      await site.source.kill9()
      site.source = await startDovecot({ ...old, port, lmtpPort })
    },
    async restartTarget() {
      const { port, lmtpPort } = site.target
      await site.target.kill9()
      site.target = await startDovecot({ ...young, port, lmtpPort })
    },
    original: user => snapshot(login(site.source, user, old.master.password)),
    copy: user => snapshot(login(site.target, user, young.master.password)),
    async strays(user) {
      const found = compareMailboxes(await site.original(user), await site.copy(user), rules)
      return found.filter(({ kind }) => kind === 'stray')
    },
    async differences(user, ignore = () => false) {
      const found = compareMailboxes(await site.original(user), await site.copy(user), rules)
      return describe(found.filter(difference => !ignore(difference))).map(line => `${user}: ${line}`)
    },
    async close() {
      await Promise.all(hosts.map(host => host.kill9()))
      // Nothing of it is needed any more: nobody waits for servers to end in order.
      await Promise.allSettled([site.source.kill9(), site.target.kill9(), site.azurite.stop()])
      rmSync(dir, { recursive: true, force: true })
    },
  }
  return site
}

function playbookText(name: string, sourcePort: number, targetPort: number, more: Record<string, string>): string {
  const imap = (port: number, secret: string) =>
    `{ host: 127.0.0.1, port: ${port}, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: ${secret} } }`
  const lines = {
    playbook: name,
    timeZone: 'Europe/Paris',
    source: `{ imap: ${imap(sourcePort, 'SOURCE_PASSWORD')} }`,
    target: `{ kind: exchange-server, accounts: existing, imap: ${imap(targetPort, 'TARGET_PASSWORD')} }`,
    routing: '{ kind: none }',
    lateMail: '{ for: PT0S }',
    calendar: '[]',
    notices: '[]',
    ...more,
  }
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
}
