import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exchangeScript } from '../../shared/inventory/exchange-script.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { full, smallest } from '../playbooks/examples.ts'
import { parseFaults } from './powershell.ts'

const online = parsePlaybook(full, undefined, 'town')
const server = parsePlaybook(smallest, undefined, 'lift')

const row = (address: string, wanted: Partial<MailboxRow['wanted']> = {}, state = 'planned') =>
  ({ address, state, wanted: { address, kind: 'user', ...wanted } }) as MailboxRow

const rows = [
  row('anna@aid.example', {
    target: { user: 'anna.martin@aid.example' },
    calendarShares: [
      { reader: 'ben@aid.example', role: 'Reviewer' },
      { reader: "o'neil@aid.example", role: 'Delegate' },
      { reader: 'access@aid.example', role: 'AvailabilityOnly' },
    ],
  }),
  row('ben@aid.example', { target: { user: 'AID\\ben' }, calendarShares: [{ reader: 'anna@aid.example', role: 'Editor' }] }),
  row('box@aid.example', {
    kind: 'shared',
    members: ['ben@aid.example'],
    calendarShares: [{ reader: 'later@aid.example', role: 'LimitedDetails' }],
  }),
  row('access@aid.example', { kind: 'list', members: ['ben@aid.example'] }),
  row('info@aid.example', {
    kind: 'alias',
    aliasOf: 'box@aid.example',
    calendarShares: [{ reader: 'ben@aid.example', role: 'Editor' }],
  }),
  row('gone@aid.example', { calendarShares: [{ reader: 'ben@aid.example', role: 'Editor' }] }, 'cancelled'),
]
const calls = (script: string) => script.split('\r\n').filter(line => line.startsWith('Set-Calendar-Share '))

describe('the shared calendars of a wave', () => {
  test('are shared with each reader as the target names both; not those of an alias, nor what was dropped', () => {
    for (const settings of [online, server])
      assert.deepEqual(calls(exchangeScript('aid', rows, settings)), [
        "Set-Calendar-Share 'anna.martin@aid.example' 'ben@aid.example' 'Reviewer'",
        "Set-Calendar-Share 'anna.martin@aid.example' 'o''neil@aid.example' 'Delegate'",
        "Set-Calendar-Share 'anna.martin@aid.example' 'access@aid.example' 'AvailabilityOnly'",
        "Set-Calendar-Share 'ben@aid.example' 'anna.martin@aid.example' 'Editor'",
        "Set-Calendar-Share 'box@aid.example' 'later@aid.example' 'LimitedDetails'",
      ])
  })

  test('come last, when mailboxes, lists and their members are there; a list that reads one is a security group', () => {
    const script = exchangeScript('aid', rows, online)
    assert.match(script, /Add-List 'access@aid\.example' .* Security\r/)
    assert.ok(script.indexOf("\nSet-List 'access") < script.indexOf('\nSet-Calendar-Share '))
  })

  test('can be parsed by PowerShell, and are not in a script without them', () => {
    for (const settings of [online, server]) {
      assert.deepEqual(parseFaults(exchangeScript('aid', rows, settings)), [])
      assert.doesNotMatch(exchangeScript('aid', [row('anna@aid.example')], settings), /Calendar|owed/)
    }
  })

  const body = (settings: typeof online, name = 'Set-Calendar-Share') =>
    new RegExp(`function ${name}[\\s\\S]*?\\r\\n\\}`).exec(exchangeScript('aid', rows, settings))?.[0] ?? ''

  test('the calendar is found by its type, whatever it is called there', () => {
    for (const settings of [online, server])
      assert.match(
        body(settings, 'Get-Calendar-Folder'),
        /Get-MailboxFolderStatistics -Identity \$mailbox -FolderScope Calendar .*FolderType -eq "Calendar"[\s\S]*"\$\(\$mailbox\):\\\$\(\$calendar\.Name\)"/,
      )
  })

  test('who is to see one no longer has his right taken, where there is one', () => {
    const former = {
      ...row('anna@aid.example', { target: { user: 'a.martin@aid.example' } }),
      formerReaders: ['ben@aid.example'],
    }
    for (const settings of [online, server]) {
      const script = exchangeScript('aid', [former, row('ben@aid.example', { target: { user: 'b@aid.example' } })], settings)
      assert.match(script, /^Remove-Calendar-Share 'a\.martin@aid\.example' 'b@aid\.example'\r$/m)
      assert.match(script, /if \(\$there\) \{ Remove-MailboxFolderPermission [^\r]*-Confirm:\$false \}/)
      assert.deepEqual(parseFaults(script), [])
    }
  })

  test('what is there as it should be is left alone, what differs is set, what is missing is added', () => {
    for (const settings of [online, server])
      assert.match(
        body(settings),
        /\$there = Get-MailboxFolderPermission [^\r]*-ErrorAction SilentlyContinue\r\n +if \(-not \$there\) \{ Add-MailboxFolderPermission [^\r]*\r\n +elseif \("\$\(\$there\.AccessRights\)" -ne \$rights\.AccessRights[^\r]*\) \{ Set-MailboxFolderPermission /,
      )
  })

  test('nobody gets a letter, and whoever is a delegate already stays one: the parameter that sends none would end that', () => {
    for (const settings of [online, server]) assert.doesNotMatch(exchangeScript('aid', rows, settings), /SendNotificationToUser/)
  })

  test('a delegate is made at Exchange Online; at an Exchange server, where no script can, he edits and the owner is to name him', () => {
    assert.match(body(online), /SharingPermissionFlags = "Delegate"/)
    assert.match(
      body(online),
      /-ne \$rights\.AccessRights -or \(\$role -eq "Delegate" -and "\$\(\$there\.SharingPermissionFlags\)" -notmatch "Delegate"\)/,
    )
    assert.doesNotMatch(exchangeScript('aid', rows, server), /SharingPermissionFlags/)
    assert.match(body(server), /\$rights\.AccessRights = "Editor"/)
    assert.match(exchangeScript('aid', rows, server), /Write-Warning "An Exchange server makes nobody a delegate by script/)
  })

  test('who is not there yet is still owed, and named at the end with what to do; somebody outside never gets a right', () => {
    for (const settings of [online, server]) {
      const script = exchangeScript('aid', rows, settings)
      assert.match(body(settings), /\$domains -notcontains \(\$reader -split "@"\)\[1\]/)
      assert.match(body(settings), /catch \{ \$script:owed \+= /)
      assert.match(script, /if \(\$owed\.Count -gt 0\) \{ Write-Warning "[^\r]*run this script again/)
      assert.ok(script.lastIndexOf('Set-Calendar-Share') < script.lastIndexOf('$owed.Count'))
    }
  })
})
