import { sizeBytes, skuOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow } from '../store/schema.ts'
import { quoted } from './powershell.ts'

type Settings = Pick<Playbook, 'target' | 'licences' | 'passwords'>

/**
 * The lines that make the accounts of people (`accounts: script`). Each is looked for first and what is there is left as it is; one that cannot be made does not keep
 * the others from it. A new account's password is made where the script runs and kept beside it, to be handed in; it is never in the script.
 */
export function accountLines(wave: string, people: readonly MailboxRow[], settings: Settings): string[] {
  if (people.length === 0) return []
  const { target } = settings
  const next =
    settings.passwords.mode === 'none' ? 'tell them to their owners' : `hand them in (POST /api/waves/${wave}/passwords)`
  const head = [`$file = Join-Path (Get-Location) ${quoted(`${wave}-passwords.json`)}`, ...passwords]
  const last = [
    `if ($failed.Count -gt 0) { Write-Warning "Not made: $($failed -join ', '). Mend what is said above, then run this again." }`,
    `if ($made.Count -gt 0) { Write-Output "$($made.Count) made. Their first passwords are in $($file): ${next}, then delete it." }`,
    '',
  ]
  if (target.kind === 'exchange-server') {
    const quota = target.quota === undefined ? undefined : sizeBytes(target.quota)
    return [...head, ...onServer(quota), ...people.map(serverLine), ...last]
  }
  return [...head, ...online, ...people.map(row => onlineLine(row, settings)), ...last]
}

const passwords = [
  '$made = @()',
  '$failed = @()',
  '$passwords = @{}',
  'if (Test-Path $file) { (Get-Content $file -Raw -Encoding UTF8 | ConvertFrom-Json) | ForEach-Object { $passwords[$_.address] = $_.password } }',
  '# Five groups of four that can be read out and typed; kept before the account is made, so that a stop between the two loses nothing.',
  'function Get-First-Password([string]$address) {',
  '  if (-not $passwords[$address]) {',
  '    $letters = "abcdefghjkmnpqrtuvwxyACDEFGHJKLMNPQRTUVWXY346789"',
  '    $random = [System.Security.Cryptography.RandomNumberGenerator]::Create()',
  '    $byte = New-Object byte[] 1',
  '    do {',
  '      $word = ""',
  '      while ($word.Length -lt 20) {',
  '        $random.GetBytes($byte)',
  '        if ($byte[0] -lt 5 * $letters.Length) { $word += $letters[$byte[0] % $letters.Length] }',
  '      }',
  '    } until ($word -cmatch "[a-z]" -and $word -cmatch "[A-Z]" -and $word -match "[0-9]")',
  '    $passwords[$address] = $word -replace "(.{4})(?=.)", "`$1-"',
  '    $list = @($passwords.GetEnumerator() | ForEach-Object { [pscustomobject]@{ address = $_.Key; password = $_.Value } })',
  '    ConvertTo-Json -InputObject $list | Set-Content -Path $file -Encoding UTF8',
  '  }',
  '  $passwords[$address]',
  '}',
]

/** Names as Active Directory and Entra take them: 64 characters, the address where there is none. */
function nameOf({ address, wanted }: MailboxRow): string {
  return (
    wanted.displayName ?? ([wanted.givenName, wanted.surname].filter(Boolean).join(' ') || (address.split('@')[0] ?? address))
  )
}

/** By what an account is signed in to, where that is no address: a name of Active Directory, with or without its domain. */
function loginOf({ address, wanted }: MailboxRow): string {
  return wanted.target?.user ?? address
}

function table(given: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${quoted(value)}`]))
  return `@{ ${pairs.join('; ')} }`
}

function serverLine(row: MailboxRow): string {
  const { givenName, surname, phone, jobTitle, department } = row.wanted
  const names = table({ DisplayName: nameOf(row), FirstName: givenName, LastName: surname })
  const person = table({ Phone: phone, Title: jobTitle, Department: department })
  return `Add-Account ${quoted(row.address)} ${quoted(loginOf(row))} ${names} ${person}`
}

/** Somebody of Active Directory gets a mailbox and keeps name and password; who is not in it is made. */
function onServer(quota: number | undefined): string[] {
  const limits =
    quota === undefined
      ? ''
      : `-UseDatabaseQuotaDefaults $false -IssueWarningQuota ${Math.floor(quota * 0.9)} -ProhibitSendQuota ${quota} -ProhibitSendReceiveQuota ${quota}`
  return [
    'function Add-Account([string]$address, [string]$login, [hashtable]$names, [hashtable]$person) {',
    '  try {',
    '    if (-not (Get-Mailbox -Identity $address -ErrorAction SilentlyContinue)) {',
    '      $short = ($login -split "\\\\")[-1].Replace("\'", "\'\'")',
    '      $mail = $address.Replace("\'", "\'\'")',
    "      $filter = \"UserPrincipalName -eq '$short' -or SamAccountName -eq '$short' -or WindowsEmailAddress -eq '$mail'\"",
    '      $users = @(Get-User -Filter $filter)',
    '      if ($users.Count -gt 1) { throw "$($users.Count) accounts of Active Directory answer to $login or $($address): take the address from all but one" }',
    '      if ($users.Count -eq 1) { Enable-Mailbox -Identity $users[0].DistinguishedName -PrimarySmtpAddress $address | Out-Null }',
    '      else {',
    '        $name = $address.Substring(0, [Math]::Min(64, $address.Length))',
    '        $principal = if ($login.Contains("@")) { $login } else { $address }',
    '        $password = ConvertTo-SecureString (Get-First-Password $address) -AsPlainText -Force',
    '        New-Mailbox -Name $name -UserPrincipalName $principal -PrimarySmtpAddress $address -Password $password -ResetPasswordOnNextLogon $true @names | Out-Null',
    '        if ($person.Count -gt 0) { Set-User -Identity $address @person }',
    '        $script:made += $address',
    '      }',
    ...(limits ? [`      Set-Mailbox -Identity $address ${limits}`] : []),
    '      Write-Output "made $address"',
    '    }',
    '  } catch {',
    '    Write-Warning "$($address): $_"',
    '    $script:failed += $address',
    '  }',
    '}',
  ]
}

function onlineLine(row: MailboxRow, { target, licences }: Settings): string {
  const { givenName, surname, phone, jobTitle, department, language } = row.wanted
  const forAll: { licence?: string; usageLocation?: string } = target.kind === 'exchange-online' ? target : {}
  const licence = row.wanted.licence ?? forAll.licence
  const person = table({
    DisplayName: nameOf(row),
    GivenName: givenName,
    Surname: surname,
    BusinessPhones: phone,
    JobTitle: jobTitle,
    Department: department,
    PreferredLanguage: language,
    UsageLocation: row.wanted.usageLocation ?? forAll.usageLocation,
  })
  const sku = licence === undefined ? '' : ` ${quoted(skuOf(licences, licence))}`
  return `Add-Account ${quoted(loginOf(row))} ${person}${sku}`
}

/** An account of Microsoft 365 has a mailbox some minutes after its licence. */
const online = [
  '$skus = @(Get-MgSubscribedSku -All)',
  'function Add-Account([string]$address, [hashtable]$person, [string]$licence) {',
  '  try {',
  '    $text = $address.Replace("\'", "\'\'")',
  '    $user = Get-MgUser -Filter "userPrincipalName eq \'$text\'" -Property @("Id", "UsageLocation")',
  '    if (-not $user) {',
  '      $first = @{ Password = (Get-First-Password $address); ForceChangePasswordNextSignIn = $true }',
  '      $user = New-MgUser -UserPrincipalName $address -MailNickname (($address -split "@")[0]) -AccountEnabled -PasswordProfile $first @person',
  '      $script:made += $address',
  '      Write-Output "made $address"',
  '    }',
  '    elseif (-not $user.UsageLocation -and $person.UsageLocation) { Update-MgUser -UserId $user.Id -UsageLocation $person.UsageLocation }',
  '    if ($licence) {',
  '      $sku = $skus | Where-Object { $_.SkuPartNumber -eq $licence -or $_.SkuId -eq $licence }',
  '      if (-not $sku) { throw "the tenant has no licence $licence" }',
  '      $has = @(Get-MgUserLicenseDetail -UserId $user.Id | Where-Object { $_.SkuId -eq $sku.SkuId })',
  '      if ($has.Count -eq 0) { Set-MgUserLicense -UserId $user.Id -AddLicenses @(@{ SkuId = $sku.SkuId }) -RemoveLicenses @() | Out-Null }',
  '    }',
  '  } catch {',
  '    Write-Warning "$($address): $_"',
  '    $script:failed += $address',
  '  }',
  '}',
]
