import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exchangeScript } from '../../shared/inventory/exchange-script.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { full, smallest } from '../playbooks/examples.ts'
import { parseFaults } from './powershell.ts'

const online = parsePlaybook(full, undefined, 'town')
const server = parsePlaybook(smallest, undefined, 'lift')

const row = (address: string, wanted: Partial<MailboxRow['wanted']>, state = 'planned') =>
  ({ address, state, wanted: { address, kind: 'user', ...wanted } }) as MailboxRow

const rows = [
  row('anna@aid.example', { target: { user: 'anna.martin@aid.example' } }),
  row('contact@aid.example', { kind: 'shared', members: ['access@aid.example', 'house-group@aid.example'] }),
  row('info@aid.example', { kind: 'alias', aliasOf: 'contact@aid.example' }),
  row('access@aid.example', { kind: 'list', members: ['anna@aid.example'], senders: 'organisation' }),
  row('team@aid.example', {
    kind: 'list',
    displayName: "L'équipe",
    members: ['anna@aid.example', 'access@aid.example', "o'neil@other.example", 'new@aid.example'],
    owners: ['anna@aid.example'],
    senders: 'members',
  }),
  row('gone@aid.example', { kind: 'list', members: ['x@else.example'] }, 'cancelled'),
]
const calls = (script: string) => script.split('\r\n').filter(line => /^(Add|Set)-/.test(line))

describe('the lists of a wave', () => {
  test('are made before the mailboxes that they open, filled after, members and owners as the target names them; what was dropped is not there', () => {
    for (const settings of [online, server])
      assert.deepEqual(calls(exchangeScript('aid', rows, settings)), [
        // The one that a shared mailbox has as its member can be given access.
        "Add-List 'access@aid.example' 'access@aid.example' 'access_aid.example' Security",
        "Add-List 'team@aid.example' 'L''équipe' 'team_aid.example' Distribution",
        "Add-Shared-Mailbox 'contact@aid.example' 'contact@aid.example' 'contact_aid.example'",
        "Add-Member-Of 'contact@aid.example' 'access@aid.example'",
        "Add-Member-Of 'contact@aid.example' 'house-group@aid.example'",
        "Set-Alias-Address 'contact@aid.example' 'info@aid.example'",
        "Add-Contact 'o''neil@other.example' 'o-neil_other.example-186f8b27'",
        "Set-List 'access@aid.example' 'access_aid.example' @('anna.martin@aid.example') @() organisation",
        "Set-List 'team@aid.example' 'team_aid.example' @('anna.martin@aid.example', 'access@aid.example', 'o''neil@other.example', 'new@aid.example') @('anna.martin@aid.example') members",
      ])
  })

  test('parse, in both kinds of Exchange, and a wave without any has nothing of them', () => {
    for (const settings of [online, server]) {
      const script = exchangeScript('aid', rows, settings)
      assert.deepEqual(parseFaults(script), [])
      assert.match(script, /2 lists/)
      assert.doesNotMatch(exchangeScript('aid', rows.slice(0, 3), settings), /List|DistributionGroup|Contact/)
    }
  })

  test('of the same name in two domains are two', () => {
    const same = ['a.example', 'b.example'].map(domain => row(`team@${domain}`, { kind: 'list', members: ['x@a.example'] }))
    const ids = calls(exchangeScript('aid', same, online)).map(call => call.match(/'(team_[^']+)'/)?.[1])
    assert.deepEqual(ids, ['team_a.example', 'team_b.example', 'team_a.example', 'team_b.example'])
  })

  const body = (name: string) =>
    new RegExp(`function ${name}[\\s\\S]*?\\r\\n\\}`).exec(exchangeScript('aid', rows, online))?.[0] ?? ''

  test('an address that is a mailbox’s, a Teams group’s or another list’s second one is left alone', () => {
    assert.match(
      body('Add-List'),
      /-notlike "MailUniversal\*Group" -or "\$\(\$there\.PrimarySmtpAddress\)" -ne \$address\) \{\r\n {6}throw/,
    )
  })

  test('members are set exactly in those it made, found by their alias; of another’s nobody is taken away, nor while somebody is missing', () => {
    const set = body('Set-List')
    assert.match(set, /\$ours = \(Get-DistributionGroup -Identity \$address\)\.Alias -eq \$id/)
    assert.match(set, /if \(\$ours -and \$missing\.Count -eq 0\) \{\r\n +Update-DistributionGroupMember/)
    assert.doesNotMatch(set, /Remove-/)
    for (const line of set.split('\r\n').filter(line => /(?:Set|Update|Add)-DistributionGroup(?:Member)? /.test(line)))
      assert.match(line, /-BypassSecurityGroupManagerCheck/)
  })

  test('somebody elsewhere becomes a contact, an address of the organisation never: it would be in the way of its mailbox', () => {
    assert.match(body('Add-Contact'), /if \(\$domains -contains [^\r]*\{ return \}\r\n +New-MailContact/)
  })

  test('are opened to nobody and sign nothing', () => {
    const opened = exchangeScript('aid', rows, online)
      .split('\r\n')
      .find(line => /Open-To \$mailbox \$principal/.test(line))
    assert.match(opened ?? '', /@\('anna\.martin@aid\.example', 'contact@aid\.example'\)/)
  })
})
