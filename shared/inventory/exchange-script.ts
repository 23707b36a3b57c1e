import { isMailbox, placeOf } from '../intake/mailbox.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow } from '../store/schema.ts'
import { accountLines } from './accounts-script.ts'
import { calendarLines } from './calendars-script.ts'
import { exchangeId } from './exchange-name.ts'
import { type At, listLines } from './lists-script.ts'
import { listed, quoted } from './powershell.ts'
import type { Signing } from './signatures.ts'

/** The two kinds of Exchange, whose cmdlets differ in what sends on behalf. */
type ExchangeKind = Playbook['target']['kind']

/**
 * The PowerShell script for what Graph cannot do, or is not asked to (`accounts: script`): accounts, shared mailboxes, who may open and send from them, aliases, lists, shared calendars, the
 * directory of shared mailboxes, signatures. It looks before it makes, so it may be run twice; it takes away only what it gave: the rights of who is no member any more, and his place in a list that it made. UTF-8 with a byte
 * order mark, CRLF, as Windows PowerShell wants it.
 */
export function exchangeScript(
  wave: string,
  mailboxes: readonly MailboxRow[],
  settings: Pick<Playbook, 'target' | 'licences' | 'passwords'>,
  signatures: readonly Signing[] = [],
): string {
  const { kind, accounts } = settings.target
  const rows = mailboxes.filter(({ state }) => state !== 'cancelled')
  const shared = rows.filter(({ wanted }) => wanted.kind === 'shared')
  const aliases = rows.filter(({ wanted }) => wanted.kind === 'alias' && wanted.aliasOf !== undefined)
  const people = accounts === 'script' ? rows.filter(({ wanted }) => wanted.kind === 'user') : []
  const places = new Map(mailboxes.map(row => [row.address, placeOf(row.wanted)]))
  const at: At = address => places.get(address) ?? address
  const lists = rows.filter(({ wanted }) => wanted.kind === 'list')
  const { made, filled } = listLines(rows, at)
  const lines = [
    `# Wave ${wave}: ${people.length} accounts, ${shared.length} shared mailboxes, ${aliases.length} aliases, ${lists.length} lists, ${signatures.length} signatures. Run it as often as you like: it looks before it makes.`,
    ...(kind === 'exchange-online' ? connecting(people.length > 0) : [shell]),
    ...(kind === 'exchange-online'
      ? ['# With -App CLIENT_ID each mailbox of the wave is opened to the app, too.', 'param([string]$App)']
      : []),
    '$ErrorActionPreference = "Stop"',
    '',
    ...accountLines(wave, people, settings),
    ...functions(kind),
    // Before the mailboxes that they open, and filled when these and the aliases are there.
    ...made,
    ...shared.flatMap(row => sharedLines(row, at)),
    ...rows.filter(({ wanted }) => isMailbox(wanted)).flatMap(row => formerLines(row, at)),
    ...aliases.map(({ address, wanted }) => `Set-Alias-Address ${quoted(at(wanted.aliasOf ?? ''))} ${quoted(address)}`),
    ...filled,
    ...calendarLines(kind, rows, at),
    ...(signatures.length > 0 ? signing : []),
    ...signatures.map(({ name, html }) => `Set-Signature ${quoted(name)} ${quoted(html)}`),
    // A sender has one signature: whoever changed language or entity leaves the other group.
    ...signatures.flatMap(one => signerLines(one, signatures)),
    ...openingLines(settings, rows),
    '',
  ]
  return `\uFEFF${lines.join('\r\n')}`
}

const shell = '# Before: open the Exchange Management Shell'

function connecting(people: boolean): string[] {
  const scopes = 'User.ReadWrite.All, LicenseAssignment.ReadWrite.All, Organization.Read.All'
  return [
    '# Before: Connect-ExchangeOnline',
    ...(people ? [`# and: Connect-MgGraph -Scopes ${scopes} (module Microsoft.Graph)`] : []),
  ]
}

/** Without a name of its own it is called by its whole address: in one address book there may be a hundred `contact`. */
function sharedLines(row: MailboxRow, at: At): string[] {
  const { wanted } = row
  const place = placeOf(row.wanted)
  const box = quoted(place)
  const name = wanted.displayName ?? [wanted.givenName, wanted.surname].filter(Boolean).join(' ')
  const person = Object.entries({ Phone: wanted.phone, Title: wanted.jobTitle, Department: wanted.department })
  const given = person.flatMap(([option, value]) => (value === undefined ? [] : [`-${option} ${quoted(value)}`]))
  return [
    `Add-Shared-Mailbox ${box} ${quoted(name || place)} ${quoted(exchangeId(place))}`,
    ...(given.length > 0 ? [`Set-User -Identity ${box} ${given.join(' ')}`] : []),
    ...(wanted.members ?? []).map(member => `Add-Member-Of ${box} ${quoted(at(member))}`),
  ]
}

/** Of a mailbox that is not shared any more, too: who was a member of it reads along no longer. */
function formerLines(row: MailboxRow, at: At): string[] {
  return (row.formerMembers ?? []).map(member => `Remove-Member-Of ${quoted(placeOf(row.wanted))} ${quoted(at(member))}`)
}

/** Who is let into a shared mailbox, and out of it. */
export type Change = Pick<MailboxRow, 'wanted'> & { added: readonly string[]; removed: readonly string[] }

/** The PowerShell for a change of who opens shared mailboxes, and for nothing else; it may be run twice. `at`: what an address is called at the target. */
export function membersScript(wave: string, changes: readonly Change[], kind: ExchangeKind, at: At): string {
  const calls = (verb: string, { wanted }: Change, members: readonly string[]) =>
    members.map(member => `${verb} ${quoted(placeOf(wanted))} ${quoted(at(member))}`)
  const lines = [
    `# Wave ${wave}: who opens ${changes.length} shared mailboxes. Run it as often as you like: it looks before it gives or takes.`,
    ...(kind === 'exchange-online' ? connecting(false) : [shell]),
    '$ErrorActionPreference = "Stop"',
    '',
    ...memberFunctions(kind),
    ...changes.flatMap(one => [...calls('Remove-Member-Of', one, one.removed), ...calls('Add-Member-Of', one, one.added)]),
    '',
  ]
  return `\uFEFF${lines.join('\r\n')}`
}

/** IMAP lets the app, or the login that acts for all, only into mailboxes that say so. Those that are not made yet are named, for another run. */
function openingLines({ target }: Pick<Playbook, 'target'>, rows: readonly MailboxRow[]): string[] {
  const open = (places: string[], to: string) => `foreach ($mailbox in ${listed(places)}) { Open-To $mailbox ${to} }`
  const places = rows.flatMap(({ wanted }) => (isMailbox(wanted) ? [placeOf(wanted)] : []))
  if (target.kind === 'exchange-online')
    return [
      ...opening,
      'if ($App) {',
      '  $principal = Get-ServicePrincipal -Identity $App',
      `  ${open(places, '$principal.Id')}`,
      '}',
    ]
  const { auth } = target.imap
  if (target.accounts !== 'script' || auth.kind !== 'authzid' || places.length === 0) return []
  return [...opening, open(places, quoted(auth.user))]
}

const opening = [
  'function Open-To([string]$mailbox, [string]$who) {',
  '  if (-not (Get-Mailbox -Identity $mailbox -ErrorAction SilentlyContinue)) { Write-Warning "$mailbox is not there yet: run this script again"; return }',
  '  $opens = Get-MailboxPermission -Identity $mailbox -User $who -ErrorAction SilentlyContinue | Where-Object { $_.AccessRights -contains "FullAccess" }',
  '  if (-not $opens) { Add-MailboxPermission -Identity $mailbox -User $who -AccessRights FullAccess -AutoMapping $false | Out-Null }',
  '  Write-Output "$mailbox is open to $who"',
  '}',
]

function signerLines({ name, members }: Signing, all: readonly Signing[]): string[] {
  if (members.length === 0) return []
  const others = all.filter(one => one.name !== name)
  return [`Set-Signers ${quoted(name)} ${listed(members)} ${listed(others.map(one => one.name))}`]
}

/**
 * A rule’s condition holds few addresses, so it asks for the members of a group. Who made the group manages it; the check is bypassed, since somebody else
 * may run the script the next time. What is encrypted or signed goes out as it is.
 */
const signing = [
  'function Set-Signature([string]$name, [string]$html) {',
  '  if (-not (Get-DistributionGroup -Identity $name -ErrorAction SilentlyContinue)) {',
  '    New-DistributionGroup -Name $name -Alias $name -MemberJoinRestriction Closed -MemberDepartRestriction Closed | Out-Null',
  '    Set-DistributionGroup -Identity $name -HiddenFromAddressListsEnabled $true -BypassSecurityGroupManagerCheck',
  '  }',
  '  $rule = @{ FromMemberOf = $name; ApplyHtmlDisclaimerText = $html; ApplyHtmlDisclaimerLocation = "Append"; ApplyHtmlDisclaimerFallbackAction = "Ignore" }',
  '  if (Get-TransportRule | Where-Object { $_.Name -eq $name }) { Set-TransportRule -Identity $name @rule }',
  '  else { New-TransportRule -Name $name @rule | Out-Null }',
  '  Write-Output "signature $name"',
  '}',
  'function Get-Signers([string]$name) {',
  '  Get-DistributionGroupMember -Identity $name -ResultSize Unlimited | ForEach-Object { [string]$_.PrimarySmtpAddress }',
  '}',
  'function Set-Signers([string]$name, [string[]]$members, [string[]]$others) {',
  '  foreach ($other in $others) {',
  '    foreach ($left in @(Get-Signers $other | Where-Object { $members -contains $_ })) {',
  '      Remove-DistributionGroupMember -Identity $other -Member $left -Confirm:$false -BypassSecurityGroupManagerCheck',
  '    }',
  '  }',
  '  $there = @(Get-Signers $name)',
  '  foreach ($member in $members) {',
  '    if ($there -notcontains $member) { Add-DistributionGroupMember -Identity $name -Member $member -BypassSecurityGroupManagerCheck }',
  '  }',
  '  Write-Output "$($members.Count) sign with $name"',
  '}',
  '',
]

/** Send As is a right of the recipient at Exchange Online, and of the object in Active Directory at an Exchange server. */
const sendAs = {
  'exchange-online': {
    look: [
      '  $sends = Get-RecipientPermission -Identity $mailbox -Trustee $member -ErrorAction SilentlyContinue | Where-Object { $_.AccessRights -contains "SendAs" }',
    ],
    give: 'Add-RecipientPermission -Identity $mailbox -Trustee $member -AccessRights SendAs -Confirm:$false | Out-Null',
    take: 'Remove-RecipientPermission -Identity $mailbox -Trustee $member -AccessRights SendAs -Confirm:$false | Out-Null',
  },
  'exchange-server': {
    look: [
      '  $object = (Get-Mailbox -Identity $mailbox).DistinguishedName',
      '  $sends = Get-ADPermission -Identity $object -User $member -ErrorAction SilentlyContinue | Where-Object { $_.ExtendedRights -match "Send-As" -and -not $_.IsInherited }',
    ],
    give: 'Add-ADPermission -Identity $object -User $member -ExtendedRights "Send As" | Out-Null',
    take: 'Remove-ADPermission -Identity $object -User $member -ExtendedRights "Send As" -Confirm:$false | Out-Null',
  },
} as const

function functions(kind: ExchangeKind): string[] {
  const signIn = kind === 'exchange-online' ? '' : ' -UserPrincipalName $address'
  return [
    'function Add-Shared-Mailbox([string]$address, [string]$name, [string]$id) {',
    '  $there = Get-Mailbox -Identity $address -ErrorAction SilentlyContinue',
    '  if ($there.EmailAddresses | Where-Object { "$_" -clike "smtp:*" -and "$_" -ieq "smtp:$address" }) {',
    '    throw "$address is an alias of $($there.PrimarySmtpAddress). Remove it there, then run this script again."',
    '  }',
    `  if (-not $there) { New-Mailbox -Shared -Name $id -Alias $id -DisplayName $name${signIn} -PrimarySmtpAddress $address | Out-Null; Write-Output "made $address" }`,
    '  elseif ($there.RecipientTypeDetails -ne "SharedMailbox") { Set-Mailbox -Identity $address -Type Shared; Write-Output "shared $address" }',
    '}',
    ...memberFunctions(kind),
    'function Set-Alias-Address([string]$mailbox, [string]$alias) {',
    '  $there = (Get-Mailbox -Identity $mailbox).EmailAddresses | Where-Object { "$_" -ieq "smtp:$alias" }',
    '  if (-not $there) { Set-Mailbox -Identity $mailbox -EmailAddresses @{ Add = $alias } }',
    '  Write-Output "$alias leads to $mailbox"',
    '}',
    '',
  ]
}

function memberFunctions(kind: ExchangeKind): string[] {
  const { look, give, take } = sendAs[kind]
  const looks = [
    '  $opens = Get-MailboxPermission -Identity $mailbox -User $member -ErrorAction SilentlyContinue | Where-Object { $_.AccessRights -contains "FullAccess" -and -not $_.IsInherited }',
    ...look,
  ]
  return [
    'function Add-Member-Of([string]$mailbox, [string]$member) {',
    ...looks,
    '  if (-not $opens) { Add-MailboxPermission -Identity $mailbox -User $member -AccessRights FullAccess -InheritanceType All -AutoMapping $true | Out-Null }',
    `  if (-not $sends) { ${give} }`,
    '  Write-Output "$member opens $mailbox"',
    '}',
    'function Remove-Member-Of([string]$mailbox, [string]$member) {',
    ...looks,
    '  if ($opens) { Remove-MailboxPermission -Identity $mailbox -User $member -AccessRights FullAccess -InheritanceType All -Confirm:$false }',
    `  if ($sends) { ${take} }`,
    '  Write-Output "$member does not open $mailbox"',
    '}',
  ]
}
