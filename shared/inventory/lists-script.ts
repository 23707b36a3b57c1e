import { opening } from '../intake/lists.ts'
import { domainOf } from '../steps/switched.ts'
import type { MailboxRow } from '../store/schema.ts'
import { exchangeId } from './exchange-name.ts'
import { listed, quoted } from './powershell.ts'

/** What an address of the wave is called at the target. */
export type At = (address: string) => string

/**
 * The lines that make the lists of a wave, and those that fill them once all who may be in them are there. One that a shared mailbox names as its member,
 * or a calendar as its reader, is a security group: only such a one can be given access. A list that another made is recognised by its alias: it keeps its settings, and nobody is taken from it.
 */
export function listLines(rows: readonly MailboxRow[], at: At): { made: string[]; filled: string[] } {
  const lists = rows.filter(({ wanted }) => wanted.kind === 'list')
  if (lists.length === 0) return { made: [], filled: [] }
  const opens = opening(rows)
  const own = new Set(rows.map(({ address }) => domainOf(address)))
  const members = [...new Set(lists.flatMap(({ wanted }) => wanted.members ?? []))]
  const elsewhere = members.filter(one => !own.has(domainOf(one)))
  return {
    made: [...making, ...lists.map(row => madeLine(row, opens.has(row.address)))],
    filled: [
      ...(elsewhere.length > 0 ? contacts : []),
      ...elsewhere.map(one => `Add-Contact ${quoted(one)} ${quoted(exchangeId(one))}`),
      ...lists.map(row => filledLine(row, at)),
    ],
  }
}

function madeLine({ address, wanted }: MailboxRow, opens: boolean): string {
  const name = wanted.displayName ?? address
  return `Add-List ${quoted(address)} ${quoted(name)} ${quoted(exchangeId(address))} ${opens ? 'Security' : 'Distribution'}`
}

function filledLine({ address, wanted }: MailboxRow, at: At): string {
  const { members = [], owners = [], senders = 'anyone' } = wanted
  const all = (addresses: readonly string[]) => listed([...new Set(addresses.map(at))])
  return `Set-List ${quoted(address)} ${quoted(exchangeId(address))} ${all(members)} ${all(owners)} ${senders}`
}

/** One list that cannot be made does not keep the others, or mailboxes, from it. */
const making = [
  '$lists = @{}',
  'function Add-List([string]$address, [string]$name, [string]$id, [string]$type) {',
  '  try {',
  '    $there = Get-Recipient -Identity $address -ErrorAction SilentlyContinue',
  '    if (-not $there) {',
  '      New-DistributionGroup -Name $id -Alias $id -DisplayName $name -PrimarySmtpAddress $address -Type $type -MemberJoinRestriction Closed -MemberDepartRestriction Closed | Out-Null',
  '      Write-Output "made $address"',
  '    }',
  '    elseif ("$($there.RecipientTypeDetails)" -notlike "MailUniversal*Group" -or "$($there.PrimarySmtpAddress)" -ne $address) {',
  '      throw "this address belongs to $($there.DisplayName), $($there.PrimarySmtpAddress) ($($there.RecipientTypeDetails)). Take it from there or cancel the list, then run this script again."',
  '    }',
  '    elseif ($type -eq "Security" -and "$($there.RecipientTypeDetails)" -ne "MailUniversalSecurityGroup") {',
  '      throw "it is to open a shared mailbox or a calendar, and is no security group. Give it another address or remove it, then run this script again."',
  '    }',
  '    $script:lists[$address] = $true',
  '  } catch { Write-Warning "$($address): $_" }',
  '}',
  '# Of a list that was not made here nobody is taken away, and nobody of any as long as somebody is not found.',
  'function Set-List([string]$address, [string]$id, [string[]]$members, [string[]]$owners, [string]$senders) {',
  '  if (-not $lists[$address]) { return }',
  '  try {',
  '    $ours = (Get-DistributionGroup -Identity $address).Alias -eq $id',
  '    $there = @(Get-DistributionGroupMember -Identity $address -ResultSize Unlimited | ForEach-Object { [string]$_.Guid })',
  '    $wanted = @()',
  '    $missing = @()',
  '    foreach ($member in $members) {',
  '      $who = @(Get-Recipient -Identity $member -ErrorAction SilentlyContinue)',
  '      if ($who.Count -eq 1) { $wanted += [string]$who[0].Guid } else { $missing += $member }',
  '    }',
  '    if ($ours -and $missing.Count -eq 0) {',
  '      Update-DistributionGroupMember -Identity $address -Members $wanted -Confirm:$false -BypassSecurityGroupManagerCheck',
  '    }',
  '    else {',
  '      foreach ($guid in @($wanted | Where-Object { $there -notcontains $_ })) {',
  '        Add-DistributionGroupMember -Identity $address -Member $guid -BypassSecurityGroupManagerCheck',
  '      }',
  '    }',
  '    if ($ours) {',
  '      $settings = @{ RequireSenderAuthenticationEnabled = ($senders -eq "organisation"); AcceptMessagesOnlyFromSendersOrMembers = $null }',
  '      if ($senders -eq "members") { $settings.AcceptMessagesOnlyFromSendersOrMembers = $address }',
  '      if ($owners.Count -gt 0) { $settings.ManagedBy = $owners }',
  '      Set-DistributionGroup -Identity $address @settings -BypassSecurityGroupManagerCheck',
  '    }',
  '    $more = @($there | Where-Object { $wanted -notcontains $_ })',
  '    if (-not $ours -and $more.Count -gt 0) { Write-Warning "$address was there before: $($more.Count) members of whom the wave says nothing stay in it" }',
  '    if ($missing.Count -gt 0) { Write-Warning "$address lacks $($missing -join \', \'), not there yet: run this script again when they are" }',
  '    Write-Output "$($wanted.Count) get the mail of $address"',
  '  } catch { Write-Warning "$($address): $_" }',
  '}',
]

/** Somebody elsewhere is a contact. An address of the organisation never is: it would be in the way of its mailbox. */
const contacts = [
  '$domains = @(Get-AcceptedDomain | ForEach-Object { [string]$_.DomainName })',
  'function Add-Contact([string]$address, [string]$id) {',
  '  try {',
  '    if ($domains -contains ($address -split "@")[1] -or (Get-Recipient -Identity $address -ErrorAction SilentlyContinue)) { return }',
  '    New-MailContact -Name $id -Alias $id -ExternalEmailAddress $address | Out-Null',
  '    Write-Output "made the contact $address"',
  '  } catch { Write-Warning "$($address): $_" }',
  '}',
]
