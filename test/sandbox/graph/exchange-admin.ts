import { randomUUID } from 'node:crypto'
import type { Answer } from './answers.ts'
import type { Directory, User } from './directory.ts'
import type { Group } from './groups.ts'
import type { Checked } from './login.ts'

/** A list as Exchange keeps it, beside what the directory shows of it. */
type List = Group & { Alias: string; Type: string; settings: Record<string, unknown> }

type Given = Readonly<Record<string, unknown>>
type Row = Record<string, unknown>

/** What Exchange keeps of a tenant: who may open which mailbox and send from it, contacts, and every cmdlet that was run. */
export type ExchangeAdmin = {
  ran: { cmdlet: string; given: Given }[]
  /** `FullAccess`, `SendAs`: mailbox -> who. */
  rights: Record<'FullAccess' | 'SendAs', Map<string, Set<string>>>
  contacts: Set<string>
  /** Apps that New-ServicePrincipal was run for, by client id. */
  principals: Map<string, string>
  /** What the directory shows later than Exchange: nothing of it until `show`. */
  lag: boolean
  show(): void
  answer(method: string, path: string, authorization: string | undefined, body: Buffer): Answer
}

const audience = 'https://outlook.office365.com'
const permission = 'Exchange.ManageAsApp'

/**
 * `adminapi/beta/{tenant}/InvokeCommand` of Exchange Online as far as this product uses it: cmdlets by their names and parameters, answers as lists of objects,
 * refusals as the service words them (`code|exception|words` in the details). What a cmdlet needs and does not get is refused.
 */
export function exchangeAdmin(
  tenantId: string,
  tenant: Directory,
  groups: Group[],
  check: (bearer: string, audience: string) => Checked,
  clock: () => number,
): ExchangeAdmin {
  const ids = new WeakMap<object, string>()
  const guidOf = (one: object) => ids.get(one) ?? (ids.set(one, randomUUID()).get(one) as string)
  const contactIds = new Map<string, string>()
  const later: (() => void)[] = []
  const rights: ExchangeAdmin['rights'] = { FullAccess: new Map(), SendAs: new Map() }
  const admin: ExchangeAdmin = {
    ran: [],
    rights,
    contacts: new Set(),
    principals: new Map(),
    lag: false,
    show: () => {
      for (const one of later.splice(0)) one()
    },
    answer,
  }
  const made: (User | List)[] = []
  const same = (one: unknown, other: unknown) => String(one).toLowerCase() === String(other).toLowerCase()
  const users = () => [
    ...tenant.users,
    ...made.filter((one): one is User => 'proxyAddresses' in one && 'licences' in one && !tenant.users.includes(one)),
  ]
  const lists = () => [...groups, ...made.filter((one): one is List => 'members' in one && !groups.includes(one as Group))]
  const names = (one: User | Group) => [
    ...('fields' in one ? [one.id, one.fields.userPrincipalName] : [one.mail, guidOf(one)]),
    ...one.proxyAddresses.map(address => address.replace(/^smtp:/i, '')),
  ]
  const mailbox = (id: unknown) =>
    users().find(one => (one.mailboxOpen || made.includes(one)) && names(one).some(name => same(name, id)))
  const list = (id: unknown) => lists().find(one => names(one).some(name => same(name, id)))
  const contact = (id: unknown) => [...admin.contacts].find(one => same(one, id) || same(contactIds.get(one), id))
  const must = <T>(found: T | undefined, id: unknown): T => {
    if (found === undefined)
      throw said(
        404,
        `Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object '${id}' couldn't be found on 'DB0.example.PROD.OUTLOOK.COM'.`,
      )
    return found
  }
  const primary = (one: User) =>
    one.proxyAddresses.find(address => address.startsWith('SMTP:'))?.slice(5) ?? one.fields.userPrincipalName
  const boxRow = (one: User): Row => ({
    Guid: one.id,
    PrimarySmtpAddress: primary(one),
    EmailAddresses: one.proxyAddresses,
    RecipientTypeDetails: one.settings.userPurpose === 'shared' ? 'SharedMailbox' : 'UserMailbox',
  })
  const listRow = (one: Group): Row => ({
    Guid: guidOf(one),
    PrimarySmtpAddress: one.mail,
    Alias: 'Alias' in one ? one.Alias : 'others',
    RecipientTypeDetails: one.groupTypes?.includes('Unified')
      ? 'GroupMailbox'
      : 'Type' in one && one.Type === 'Security'
        ? 'MailUniversalSecurityGroup'
        : 'MailUniversalDistributionGroup',
  })
  const trustee = (id: unknown): string => {
    const found = mailbox(id) ?? list(id)
    if (found) return 'fields' in found ? primary(found) : found.mail
    return must(
      [...admin.principals.values()].find(one => one === id),
      id,
    )
  }
  const holders = (kind: 'FullAccess' | 'SendAs', box: User): Set<string> => {
    const of = rights[kind].get(primary(box)) ?? new Set<string>()
    rights[kind].set(primary(box), of)
    return of
  }
  const member = (guid: unknown): string | { contact: string } => {
    const found = mailbox(guid) ?? list(guid)
    if (found) return 'fields' in found ? found.fields.userPrincipalName : found.mail
    return { contact: must(contact(guid), guid) }
  }
  const shown = (show: () => void) => (admin.lag ? void later.push(show) : show())
  const taken = (address: unknown) => mailbox(address) ?? list(address) ?? contact(address)
  const free = (address: unknown) => {
    if (taken(address) !== undefined)
      throw said(
        400,
        `ExA6FF5B|Microsoft.Exchange.Management.Tasks.WriteErrorException|The proxy address "SMTP:${address}" is already being used by the proxy addresses or LegacyExchangeDN of another recipient.`,
      )
  }

  const cmdlets: Record<string, (given: Given) => Row[]> = {
    'Get-Mailbox': ({ Identity }) => [boxRow(must(mailbox(Identity), Identity))],
    'Get-Recipient': ({ Identity }) => {
      const found = mailbox(Identity)
      if (found) return [boxRow(found)]
      const group = list(Identity)
      if (group) return [listRow(group)]
      const elsewhere = must(contact(Identity), Identity)
      return [{ Guid: contactIds.get(elsewhere), PrimarySmtpAddress: elsewhere, RecipientTypeDetails: 'MailContact' }]
    },
    'New-Mailbox': ({ Shared, Name, DisplayName, PrimarySmtpAddress }) => {
      if (Shared !== true || !Name)
        throw said(400, 'Ex1|System.Management.Automation.ParameterBindingException|Parameter set cannot be resolved.')
      free(PrimarySmtpAddress)
      const address = String(PrimarySmtpAddress)
      const user: User = {
        id: randomUUID(),
        createdDateTime: new Date(clock()).toISOString(),
        fields: {
          userPrincipalName: `${Name}@${tenant.domains[0]?.id}`,
          displayName: DisplayName,
          mail: address,
          accountEnabled: false,
        },
        licences: [],
        proxyAddresses: [`SMTP:${address}`],
        mailboxSince: 0,
        mailboxOpen: true,
        settings: { userPurpose: 'shared' },
      }
      made.push(user)
      shown(() => void tenant.users.push(user))
      return [boxRow(user)]
    },
    'Set-Mailbox': ({ Identity, Type, EmailAddresses }) => {
      const box = must(mailbox(Identity), Identity)
      if (Type === 'Shared') shown(() => Object.assign(box.settings, { userPurpose: 'shared' }))
      const { '@odata.type': kind, Add = [] } = (EmailAddresses ?? {}) as { '@odata.type'?: string; Add?: string[] }
      if (EmailAddresses !== undefined && kind !== '#Exchange.GenericHashTable')
        throw said(
          400,
          'Ex2|System.Management.Automation.ParameterBindingException|Cannot convert value to type ProxyAddressCollection.',
        )
      for (const address of Add) {
        free(address.replace(/^smtp:/i, ''))
        shown(() => void box.proxyAddresses.push(address))
      }
      return []
    },
    'Get-ServicePrincipal': ({ Identity }) => [
      { AppId: Identity, ObjectId: must(admin.principals.get(String(Identity)), Identity) },
    ],
    'Get-MailboxPermission': ({ Identity, User }) =>
      holders('FullAccess', must(mailbox(Identity), Identity)).has(trustee(User))
        ? [{ User, AccessRights: ['FullAccess'], IsInherited: false }]
        : [],
    'Add-MailboxPermission': ({ Identity, User, AccessRights }) => {
      if (!(AccessRights as string[]).includes('FullAccess')) throw said(400, 'Ex3|System.ArgumentException|AccessRights')
      holders('FullAccess', must(mailbox(Identity), Identity)).add(trustee(User))
      return []
    },
    'Get-RecipientPermission': ({ Identity, Trustee }) =>
      holders('SendAs', must(mailbox(Identity), Identity)).has(trustee(Trustee)) ? [{ Trustee, AccessRights: ['SendAs'] }] : [],
    'Add-RecipientPermission': ({ Identity, Trustee, Confirm }) => {
      if (Confirm !== false) throw said(400, 'Ex4|System.Management.Automation.PSInvalidOperationException|Confirm')
      holders('SendAs', must(mailbox(Identity), Identity)).add(trustee(Trustee))
      return []
    },
    'Get-AcceptedDomain': ({ Identity }) => [
      {
        DomainName: must(
          tenant.domains.find(({ id }) => same(id, Identity)),
          Identity,
        ).id,
      },
    ],
    'New-MailContact': ({ ExternalEmailAddress }) => {
      free(ExternalEmailAddress)
      admin.contacts.add(String(ExternalEmailAddress))
      contactIds.set(String(ExternalEmailAddress), randomUUID())
      return [{ Guid: contactIds.get(String(ExternalEmailAddress)) }]
    },
    'New-DistributionGroup': ({ Alias, DisplayName, PrimarySmtpAddress, Type }) => {
      free(PrimarySmtpAddress)
      const mail = String(PrimarySmtpAddress)
      const fresh: List = {
        displayName: String(DisplayName),
        mail,
        proxyAddresses: [`SMTP:${mail}`],
        members: [],
        Alias: String(Alias),
        Type: String(Type),
        settings: {},
      }
      made.push(fresh)
      shown(() => void groups.push(fresh))
      return [listRow(fresh)]
    },
    'Get-DistributionGroupMember': ({ Identity }) =>
      (must(list(Identity), Identity).members ?? []).map(one => {
        if (typeof one !== 'string') return { Guid: contactIds.get(one.contact) ?? one.contact }
        const found = mailbox(one) ?? must(list(one), one)
        return { Guid: 'fields' in found ? found.id : guidOf(found) }
      }),
    'Add-DistributionGroupMember': ({ Identity, Member }) => {
      const of = must(list(Identity), Identity)
      of.members = [...(of.members ?? []), member(Member)]
      return []
    },
    'Update-DistributionGroupMember': ({ Identity, Members, Confirm }) => {
      if (Confirm !== false) throw said(400, 'Ex4|System.Management.Automation.PSInvalidOperationException|Confirm')
      must(list(Identity), Identity).members = (Members as unknown[]).map(member)
      return []
    },
    'Set-DistributionGroup': ({ Identity, ...settings }) => {
      Object.assign((must(list(Identity), Identity) as List).settings ?? {}, settings)
      return []
    },
  }

  function answer(method: string, path: string, authorization: string | undefined, body: Buffer): Answer {
    const checked = check(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '', audience)
    if (!checked.ok) return { status: 401, body: '' }
    if (method !== 'POST' || path !== `/adminapi/beta/${tenantId}/InvokeCommand`) return { status: 404, body: '' }
    if (!checked.caller.roles.includes(permission))
      return {
        status: 403,
        body: { error: { code: 'Forbidden', message: 'The role assigned to application isn’t supported in this scenario.' } },
      }
    const { CmdletInput } = JSON.parse(body.toString()) as { CmdletInput: { CmdletName: string; Parameters: Given } }
    const { CmdletName: cmdlet, Parameters: given } = CmdletInput
    const run = cmdlets[cmdlet]
    try {
      if (!run)
        throw said(400, `Ex5|System.Management.Automation.CommandNotFoundException|The term '${cmdlet}' is not recognized.`)
      admin.ran.push({ cmdlet, given })
      return { status: 200, body: { '@odata.context': `${audience}/adminapi/beta/$metadata`, value: run(given) } }
    } catch (error) {
      if (error instanceof Said) return { status: error.status, body: error.body }
      throw error
    }
  }
  return admin
}

class Said extends Error {
  readonly status: number
  readonly body: object

  constructor(status: number, words: string) {
    super(words)
    this.status = status
    const details = [{ code: 'Context', target: '', message: words }]
    this.body = {
      error: { code: status === 404 ? 'NotFound' : 'BadRequest', message: 'Error executing request. ', details, innererror: {} },
    }
  }
}

function said(status: number, words: string): Said {
  return new Said(status, words)
}
