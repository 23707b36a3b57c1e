import { isMailbox, placeOf } from '../intake/mailbox.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow } from '../store/schema.ts'
import type { At } from './lists-script.ts'
import { quoted } from './powershell.ts'

type ExchangeKind = Playbook['target']['kind']

/**
 * The lines that share the calendars of a wave, once all that it makes is there. A reader who moves with a later wave is named as still owed: then the script is run again.
 * Nobody is written to: `SendNotificationToUser`, with either value, would end it that somebody is a delegate.
 */
export function calendarLines(kind: ExchangeKind, rows: readonly MailboxRow[], at: At): string[] {
  const mailboxes = rows.filter(({ wanted }) => isMailbox(wanted))
  const calls = [...mailboxes.flatMap(row => takenLines(row, at)), ...mailboxes.flatMap(row => givenLines(row, at))]
  if (calls.length === 0) return []
  return [
    ...sharing(kind),
    ...calls,
    'foreach ($one in $owed) { Write-Warning $one }',
    'if ($owed.Count -gt 0) { Write-Warning "$($owed.Count) changes of shared calendars are owed: mend what is said above; where somebody is not there yet, run this script again after his wave." }',
    ...(kind === 'exchange-server' ? byHand : []),
  ]
}

function givenLines({ wanted }: MailboxRow, at: At): string[] {
  return (wanted.calendarShares ?? []).map(
    ({ reader, role }) => `Set-Calendar-Share ${quoted(placeOf(wanted))} ${quoted(at(reader))} ${quoted(role)}`,
  )
}

function takenLines({ wanted, formerReaders = [] }: MailboxRow, at: At): string[] {
  return formerReaders.map(reader => `Remove-Calendar-Share ${quoted(placeOf(wanted))} ${quoted(at(reader))}`)
}

/** Delegates are made by cmdlets at Exchange Online only; Editor is what a delegate has in the calendar. */
const delegates = {
  'exchange-online': {
    give: ['    if ($role -eq "Delegate") { $rights = @{ AccessRights = "Editor"; SharingPermissionFlags = "Delegate" } }'],
    lacks: ' -or ($role -eq "Delegate" -and "$($there.SharingPermissionFlags)" -notmatch "Delegate")',
  },
  'exchange-server': {
    give: ['    if ($role -eq "Delegate") { $rights.AccessRights = "Editor"; $script:delegates += "$reader for $mailbox" }'],
    lacks: '',
  },
} as const

const byHand = [
  'if ($delegates.Count -gt 0) { Write-Warning "An Exchange server makes nobody a delegate by script. These are Editor; for invitations to reach them, too, the owners name them in Outlook (File, Account Settings, Delegate Access): $($delegates -join \', \')" }',
]

/** The calendar is called as the language of its mailbox has it: its type is always the same. */
function sharing(kind: ExchangeKind): string[] {
  const { give, lacks } = delegates[kind]
  return [
    '$owed = @()',
    ...(kind === 'exchange-server' ? ['$delegates = @()'] : []),
    '$domains = @(Get-AcceptedDomain | ForEach-Object { [string]$_.DomainName })',
    'function Get-Calendar-Folder([string]$mailbox) {',
    '  if (-not (Get-Mailbox -Identity $mailbox -ErrorAction SilentlyContinue)) { throw "$mailbox is not there yet." }',
    '  $calendar = @(Get-MailboxFolderStatistics -Identity $mailbox -FolderScope Calendar | Where-Object { $_.FolderType -eq "Calendar" })[0]',
    '  if (-not $calendar) { throw "$mailbox has no calendar yet: it comes when the mailbox is first opened." }',
    '  "$($mailbox):\\$($calendar.Name)"',
    '}',
    'function Set-Calendar-Share([string]$mailbox, [string]$reader, [string]$role) {',
    '  try {',
    '    $who = @(Get-Recipient -Identity $reader -ErrorAction SilentlyContinue)',
    '    $outside = if ($who.Count -gt 0) { "$($who[0].RecipientTypeDetails)" -like "*Contact" } else { $domains -notcontains ($reader -split "@")[1] }',
    '    if ($outside) { throw "$reader is outside of this organisation and can be given no right: the owner invites him from Outlook." }',
    '    if ($who.Count -ne 1) { throw "$reader is not there yet." }',
    '    $folder = Get-Calendar-Folder $mailbox',
    '    $rights = @{ AccessRights = $role }',
    ...give,
    '    $there = Get-MailboxFolderPermission -Identity $folder -User $reader -ErrorAction SilentlyContinue',
    '    if (-not $there) { Add-MailboxFolderPermission -Identity $folder -User $reader @rights | Out-Null }',
    `    elseif ("$($there.AccessRights)" -ne $rights.AccessRights${lacks}) { Set-MailboxFolderPermission -Identity $folder -User $reader @rights | Out-Null }`,
    '    Write-Output "$reader is $($rights.AccessRights) in the calendar of $mailbox"',
    '  } catch { $script:owed += "$reader as $role in the calendar of $($mailbox): $_" }',
    '}',
    'function Remove-Calendar-Share([string]$mailbox, [string]$reader) {',
    '  if (-not (Get-Mailbox -Identity $mailbox -ErrorAction SilentlyContinue)) { return }',
    '  try {',
    '    $folder = Get-Calendar-Folder $mailbox',
    '    $there = Get-MailboxFolderPermission -Identity $folder -User $reader -ErrorAction SilentlyContinue',
    '    if ($there) { Remove-MailboxFolderPermission -Identity $folder -User $reader -Confirm:$false }',
    '    Write-Output "$reader sees no more in the calendar of $mailbox than everybody"',
    '  } catch { $script:owed += "$reader out of the calendar of $($mailbox): $_" }',
    '}',
  ]
}
