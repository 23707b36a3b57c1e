import type { Accounts } from './accounts/accounts.ts'
import type { TeamsUse } from './calendar/ranking.ts'
import type { Answered } from './dns/agreement.ts'
import type { Authorities } from './dns/resolve.ts'
import type { RecordType, ZoneHost } from './dns/zone.ts'
import type { Tenant } from './graph/tenant.ts'
import type { Language } from './intake/words.ts'
import type { Measured, Quota } from './inventory/measured.ts'
import type { ItemBox } from './items/mailbox.ts'
import type { OldItems } from './items/old.ts'
import type { Attachment } from './notices/attachment.ts'
import type { NoticeChannel } from './notices/channel.ts'
import type { ReadSoFar, ReturnedMail } from './notices/returned.ts'
import type { Bounces, Channel } from './playbooks/notice.ts'
import type { Playbook } from './playbooks/playbook.ts'
import type { Runner } from './run.ts'
import type { Source } from './source/source.ts'
import type { MailboxRow, WaveRow } from './store/schema.ts'
import type { Target } from './targets/target.ts'

/** Sessions with both servers for one mailbox. What is given back stays open for a while for the next step of the same mailbox. */
export type Sessions = {
  /** How many further pairs the mailbox may have beside its first, to be quicker: none where this worker has many already. */
  further(): number
  /** `beside`: to help this pair. */
  open(how?: { beside?: { source: Source; target: Target } }): Promise<{ source: Source; target: Target }>
  /** `ahead`: it was opened for a step that comes next. */
  giveBack(pair: { source: Source; target: Target }, how?: { ahead?: boolean }): Promise<void>
}

/** Questions to the authoritative servers of a domain. */
export type Dns = {
  authorities(domain: string): Promise<Authorities>
  askAll(authorities: Authorities, name: string, type: RecordType): Promise<Answered[]>
}

/** Everything that the steps ask of the world. `app.ts` builds it of real clients, the tests of fakes. */
export type App = Runner & {
  /** For which entities of playbooks alone who asks acts; absent: for all. */
  entities?: readonly string[]
  /** A stored version of a playbook. */
  playbook(name: string, version: number): Promise<Playbook>
  sessions(mailbox: MailboxRow): Promise<Sessions>
  /** Signs in to the target mailbox and lists it: proof that it exists. */
  probeTarget(mailbox: MailboxRow): Promise<void>
  /** A session with the new mailbox alone, to be closed by who asked for it. */
  openTarget(mailbox: MailboxRow): Promise<Target>
  /** Looks at the source mailbox without changing anything: sizes, counts, dates. Counts among its connections; fails with CROWDED where copies need them. */
  probeSource(mailbox: MailboxRow): Promise<Measured>
  /** The quota of the new mailbox, as its IMAP server tells it; undefined where it does not. Counts among its connections, and fails, as above. */
  probeRoom(mailbox: MailboxRow): Promise<Quota | undefined>
  /** The old mailbox for reading beside any copy of it, and the new one where it is there already. `wanted`: a copy waits for this place. */
  look(mailbox: MailboxRow): Promise<{ source: Source; target?: Target | undefined; wanted(): boolean; close(): Promise<void> }>
  /** The contacts, the calendar and the tasks of a new mailbox at Exchange Online. */
  items(mailbox: MailboxRow): Promise<ItemBox>
  /** The calendars and address books of an old mailbox, where the playbook says where they are. `signal` ends what takes too long. */
  oldItems(mailbox: MailboxRow, signal?: AbortSignal): Promise<OldItems>
  /** The name of the group that has an address at the target; undefined where none has, or nobody can know. */
  groupAt(playbook: Playbook, address: string): Promise<string | undefined>
  accounts(playbook: Playbook): Promise<Accounts>
  /** The tenant of the target, to be read only; undefined where it has none, or nobody can ask. `signal` ends what takes too long. */
  tenant(playbook: Playbook, signal: AbortSignal): Tenant | undefined
  /** What people of the target’s tenant did in Teams in the last thirty days. */
  teamsUse(): Promise<TeamsUse>
  /** What the world answers for a domain, asked where the playbook says. */
  dns(playbook: Playbook): Dns
  zoneHost(playbook: Playbook): Promise<ZoneHost>
  /** The MX that a domain is to have, `preference exchange`: the playbook’s, or Microsoft’s own word. Never computed. */
  mxFor(playbook: Playbook, domain: string): Promise<string[]>
  /** Sends a letter to a mailbox as from outside, by the mail server that the playbook names for that. */
  sendProbe(playbook: Playbook, to: string, mime: Buffer): Promise<void>
  /** A secret by its name; its value lives in memory only. */
  secret(name: string): Promise<string>
  /** Where people reach this app, without a slash at the end. */
  publicUrl: string
  /** The workbook that an entity is sent about its addresses; undefined before they were looked at. */
  workbook(wave: WaveRow, of: { entity?: string | undefined; language: Language }): Promise<Attachment | undefined>
  /** Reports about undeliverable notices in the mailbox they come back to, oldest first; only read. */
  returned(mailbox: Bounces, since: ReadSoFar): Promise<ReturnedMail>
  /** The way to a reader; `mailbox` is his, where he has one in the wave. */
  channel(playbook: Playbook, channel: Channel, mailbox: MailboxRow | undefined): Promise<NoticeChannel>
}
