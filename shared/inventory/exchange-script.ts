import type { MailboxRow } from '../store/schema.ts'

/** The two kinds of Exchange, whose cmdlets differ in what sends on behalf. */
export type ExchangeKind = 'exchange-online' | 'exchange-server'

/**
 * The PowerShell script for what Graph cannot do: shared mailboxes, who may open and send from them, aliases, and the directory of shared
 * mailboxes. It looks before it makes, so it may be run twice; it takes nothing away. UTF-8 with a byte order mark, CRLF, as Windows
 * PowerShell wants it.
 */
export function exchangeScript(wave: string, mailboxes: readonly MailboxRow[], kind: ExchangeKind): string {
  const rows = mailboxes.filter(({ state }) => state !== 'cancelled')
  const shared = rows.filter(({ wanted }) => wanted.kind === 'shared')
  const aliases = rows.filter(({ wanted }) => wanted.kind === 'alias' && wanted.aliasOf !== undefined)
  const lines = [
    `# Wave ${wave}: ${shared.length} shared mailboxes, ${aliases.length} aliases. Run it as often as you like: it looks before it makes.`,
    kind === 'exchange-online' ? '# Before: Connect-ExchangeOnline' : '# Before: open the Exchange Management Shell',
    '$ErrorActionPreference = "Stop"',
    '',
    ...functions(kind),
    ...shared.flatMap(sharedLines),
    ...aliases.map(({ address, wanted }) => `Set-Alias-Address ${quoted(wanted.aliasOf ?? '')} ${quoted(address)}`),
    '',
  ]
  return `\uFEFF${lines.join('\r\n')}`
}

/** A PowerShell string that is taken as it stands: every kind of single quote is doubled. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&').replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')}'`
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
