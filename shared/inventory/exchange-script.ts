import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow } from '../store/schema.ts'
import { accountLines } from './accounts-script.ts'
import { quoted } from './powershell.ts'
import type { Signing } from './signatures.ts'

/** The two kinds of Exchange, whose cmdlets differ in what sends on behalf. */
type ExchangeKind = Playbook['target']['kind']

/**
 * The PowerShell script for what Graph cannot do, or is not asked to (`accounts: script`): accounts, shared mailboxes, who may open and send from them, aliases, the directory of shared
 * mailboxes, signatures. It looks before it makes, so it may be run twice; it takes nothing away that it did not make. UTF-8 with a byte order mark, CRLF, as Windows
 * PowerShell wants it.
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
  const lines = [
    `# Wave ${wave}: ${people.length} accounts, ${shared.length} shared mailboxes, ${aliases.length} aliases, ${signatures.length} signatures. Run it as often as you like: it looks before it makes.`,
    ...(kind === 'exchange-online' ? connecting(people.length > 0) : ['# Before: open the Exchange Management Shell']),
    '$ErrorActionPreference = "Stop"',
    '',
    ...accountLines(wave, people, settings),
    ...functions(kind),
    ...shared.flatMap(sharedLines),
    ...aliases.map(({ address, wanted }) => `Set-Alias-Address ${quoted(wanted.aliasOf ?? '')} ${quoted(address)}`),
    ...(signatures.length > 0 ? signing : []),
    ...signatures.map(({ name, html }) => `Set-Signature ${quoted(name)} ${quoted(html)}`),
    // A sender has one signature: whoever changed language or entity leaves the other group.
    ...signatures.flatMap(one => signerLines(one, signatures)),
    '',
  ]
  return `\uFEFF${lines.join('\r\n')}`
}

function connecting(people: boolean): string[] {
  const scopes = 'User.ReadWrite.All, LicenseAssignment.ReadWrite.All, Organization.Read.All'
  return [
    '# Before: Connect-ExchangeOnline',
    ...(people ? [`# and: Connect-MgGraph -Scopes ${scopes} (module Microsoft.Graph)`] : []),
  ]
}

function sharedLines({ address, wanted }: MailboxRow): string[] {
  const at = wanted.target?.user ?? address
  const name = wanted.displayName ?? [wanted.givenName, wanted.surname].filter(Boolean).join(' ')
  const person = Object.entries({ Phone: wanted.phone, Title: wanted.jobTitle, Department: wanted.department })
  const given = person.flatMap(([option, value]) => (value === undefined ? [] : [`-${option} ${quoted(value)}`]))
  return [
    `Add-Shared-Mailbox ${quoted(at)} ${quoted(name || (at.split('@')[0] ?? at))}`,
    ...(given.length > 0 ? [`Set-User -Identity ${quoted(at)} ${given.join(' ')}`] : []),
    ...(wanted.members ?? []).map(member => `Add-Member-Of ${quoted(at)} ${quoted(member)}`),
  ]
}

function signerLines({ name, members }: Signing, all: readonly Signing[]): string[] {
  if (members.length === 0) return []
  const others = all.filter(one => one.name !== name)
  return [`Set-Signers ${quoted(name)} ${listed(members)} ${listed(others.map(one => one.name))}`]
}

function listed(texts: readonly string[]): string {
  return `@(${texts.map(quoted).join(', ')})`
}

/** A rule’s condition holds few addresses, so it asks for the members of a group. What is encrypted or signed goes out as it is. */
const signing = [
  'function Set-Signature([string]$name, [string]$html) {',
  '  if (-not (Get-DistributionGroup -Identity $name -ErrorAction SilentlyContinue)) {',
  '    New-DistributionGroup -Name $name -Alias $name -MemberJoinRestriction Closed -MemberDepartRestriction Closed | Out-Null',
  '    Set-DistributionGroup -Identity $name -HiddenFromAddressListsEnabled $true',
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
  '      Remove-DistributionGroupMember -Identity $other -Member $left -Confirm:$false',
  '    }',
  '  }',
  '  $there = @(Get-Signers $name)',
  '  foreach ($member in $members) { if ($there -notcontains $member) { Add-DistributionGroupMember -Identity $name -Member $member } }',
  '  Write-Output "$($members.Count) sign with $name"',
  '}',
  '',
]

function functions(kind: ExchangeKind): string[] {
  const sendAs =
    kind === 'exchange-online'
      ? [
          '  $sends = Get-RecipientPermission -Identity $mailbox -Trustee $member -ErrorAction SilentlyContinue | Where-Object { $_.AccessRights -contains "SendAs" }',
          '  if (-not $sends) { Add-RecipientPermission -Identity $mailbox -Trustee $member -AccessRights SendAs -Confirm:$false | Out-Null }',
        ]
      : [
          '  $name = (Get-Mailbox -Identity $mailbox).DistinguishedName',
          '  $sends = Get-ADPermission -Identity $name -User $member -ErrorAction SilentlyContinue | Where-Object { $_.ExtendedRights -match "Send-As" }',
          '  if (-not $sends) { Add-ADPermission -Identity $name -User $member -ExtendedRights "Send As" | Out-Null }',
        ]
  const make =
    kind === 'exchange-online'
      ? 'New-Mailbox -Shared -Name $name -DisplayName $name -PrimarySmtpAddress $address'
      : 'New-Mailbox -Shared -Name $name -DisplayName $name -UserPrincipalName $address -PrimarySmtpAddress $address'
  return [
    'function Add-Shared-Mailbox([string]$address, [string]$name) {',
    '  $there = Get-Mailbox -Identity $address -ErrorAction SilentlyContinue',
    `  if (-not $there) { ${make} | Out-Null; Write-Output "made $address" }`,
    '  elseif ($there.RecipientTypeDetails -ne "SharedMailbox") { Set-Mailbox -Identity $address -Type Shared; Write-Output "shared $address" }',
    '}',
    'function Add-Member-Of([string]$mailbox, [string]$member) {',
    '  $opens = Get-MailboxPermission -Identity $mailbox -User $member -ErrorAction SilentlyContinue | Where-Object { $_.AccessRights -contains "FullAccess" -and -not $_.IsInherited }',
    '  if (-not $opens) { Add-MailboxPermission -Identity $mailbox -User $member -AccessRights FullAccess -InheritanceType All -AutoMapping $true | Out-Null }',
    ...sendAs,
    '  Write-Output "$member opens $mailbox"',
    '}',
    'function Set-Alias-Address([string]$mailbox, [string]$alias) {',
    '  $there = (Get-Mailbox -Identity $mailbox).EmailAddresses | Where-Object { $_ -ieq "smtp:$alias" }',
    '  if (-not $there) { Set-Mailbox -Identity $mailbox -EmailAddresses @{ Add = $alias } }',
    '  Write-Output "$alias leads to $mailbox"',
    '}',
    '',
  ]
}
