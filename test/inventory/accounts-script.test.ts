import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { exchangeScript } from '../../shared/inventory/exchange-script.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { full, smallest } from '../playbooks/examples.ts'
import { parseFaults } from './powershell.ts'

const row = (address: string, wanted: Partial<MailboxRow['wanted']> = {}, state = 'planned') =>
  ({ address, state, wanted: { address, kind: 'user', ...wanted } }) as MailboxRow

const house = smallest.replace('accounts: existing', 'accounts: script\n  quota: 2 GB')
const cloud = full.replace('accounts: graph', 'accounts: script')
const people = [
  row('anna@town.example', {
    displayName: 'Anna d’Arc',
    givenName: 'Anna',
    surname: "d'Arc",
    phone: '01',
    licence: 'E1',
    language: 'fr',
  }),
  row('bob@town.example', { target: { user: 'TOWN\\bob' } }),
  row("o'hara@town.example"),
  row('gone@town.example', {}, 'cancelled'),
  row('desk@town.example', { kind: 'shared', members: ['anna@town.example'], displayName: '$(Remove-Item x)"`\'' }),
]
const scripted = (text: string, name: string) => exchangeScript('town', people, parsePlaybook(text, undefined, name))
const calls = (script: string) => script.split('\r\n').filter(line => /^Add-Account/.test(line))

describe('accounts: script, for an Exchange server', () => {
  const script = scripted(house, 'lift')

  test('everyone who moves gets a mailbox, found by what he signs in with or by his address; nobody else does', () => {
    assert.deepEqual(calls(script), [
      "Add-Account 'anna@town.example' 'anna@town.example' @{ DisplayName = 'Anna d’’Arc'; FirstName = 'Anna'; LastName = 'd''Arc' } @{ Phone = '01' }",
      "Add-Account 'bob@town.example' 'TOWN\\bob' @{ DisplayName = 'bob' } @{  }",
      "Add-Account 'o''hara@town.example' 'o''hara@town.example' @{ DisplayName = 'o''hara' } @{  }",
    ])
    assert.ok(script.indexOf('Add-Account ') < script.indexOf('Add-Shared-Mailbox '), 'members are there before what they open')
  })

  test('who is in Active Directory keeps his account; the quota of the playbook is set for new mailboxes', () => {
    assert.match(script, /Enable-Mailbox -Identity \$users\[0\]\.DistinguishedName -PrimarySmtpAddress \$address/)
    assert.match(script, /-IssueWarningQuota 1932735283 -ProhibitSendQuota 2147483648 -ProhibitSendReceiveQuota 2147483648/)
    assert.doesNotMatch(scripted(house.replace('quota: 2 GB', ''), 'lift'), /Quota/)
  })

  test('the login that acts for all opens each mailbox, where there is one', () => {
    assert.doesNotMatch(script, /Open-To/)
    const auth = 'auth: { kind: authzid, user: "svc\'s", secret: NEW }'
    const acting = scripted(house.replace(/(12143.*)auth: \{.*?\} \}/, `$1${auth} }`), 'lift')
    const opening = /^foreach \(\$mailbox in @\((.*)\)\) \{ Open-To \$mailbox 'svc''s' \}\r?$/m.exec(acting)?.[1]
    assert.equal(opening, "'anna@town.example', 'bob@town.example', 'o''hara@town.example', 'desk@town.example'")
    assert.deepEqual(parseFaults(acting), [])
  })

  test('first passwords are made where it runs, kept beside it, and what is to be done with them is said', () => {
    assert.match(script, /RandomNumberGenerator/)
    assert.match(script, /Join-Path \(Get-Location\) 'town-passwords\.json'/)
    assert.match(script, /tell them to their owners, then delete it/)
    const link = `${house}passwords: { mode: one-time-link }\n`
    assert.match(scripted(link, 'lift'), /hand them in \(POST \/api\/waves\/town\/passwords\), then delete it/)
  })
})

describe('accounts: script, for Exchange Online', () => {
  const licensed = cloud.replace('timeZone:', 'licences: { E1: { sku: STANDARDPACK, price: 1 } }\ntimeZone:')
  const script = scripted(licensed, 'town')

  test('accounts are made and licensed, each licence by its SKU', () => {
    assert.deepEqual(calls(script).slice(0, 2), [
      "Add-Account 'anna@town.example' @{ DisplayName = 'Anna d’’Arc'; GivenName = 'Anna'; Surname = 'd''Arc'; BusinessPhones = '01'; PreferredLanguage = 'fr'; UsageLocation = 'BE' } 'STANDARDPACK'",
      "Add-Account 'TOWN\\bob' @{ DisplayName = 'bob'; UsageLocation = 'BE' } 'SPE_E3'",
    ])
    assert.match(script, /^# and: Connect-MgGraph/m)
  })

  test('without `accounts: script` nobody is made', () => {
    assert.doesNotMatch(scripted(full, 'town'), /Account|MgGraph|passwords/)
    assert.doesNotMatch(scripted(smallest, 'lift'), /Account|passwords/)
  })
})

describe('PowerShell can parse', () => {
  for (const [what, script] of [
    ['the script for an Exchange server', scripted(house, 'lift')],
    ['the script for Exchange Online', scripted(cloud, 'town')],
    ['the script without accounts', scripted(smallest, 'lift')],
  ] as const)
    test(what, () => assert.deepEqual(parseFaults(script), []))

  test('what the documentation shows', () => {
    const docs = ['deploying.md', 'operating.md'].map(page => readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8'))
    const blocks = [...docs.join('\n').matchAll(/```powershell\n([\s\S]*?)```/g)].map(([, block = '']) => block)
    assert.ok(blocks.length > 1)
    for (const block of blocks) assert.deepEqual(parseFaults(block), [], block)
  })

  test('and not what is broken', () => {
    assert.equal(parseFaults("function X { if ($a { 'b' }").length, 1)
    assert.equal(parseFaults("Add-X 'it's'").length, 1)
  })
})
