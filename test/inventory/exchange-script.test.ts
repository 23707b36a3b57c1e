import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchangeScript, quoted } from '../../shared/inventory/exchange-script.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'

const row = (address: string, wanted: Partial<MailboxRow['wanted']>, state = 'planned') =>
  ({ address, state, wanted: { address, kind: 'user', ...wanted } }) as MailboxRow

const rows = [
  row('anna@aid.example', {}),
  row('contact@aid.example', { kind: 'shared', members: ['anna@aid.example'], displayName: 'L’accueil', phone: '01' }),
  row('info@aid.example', { kind: 'alias', aliasOf: 'contact@aid.example' }),
  row('gone@aid.example', { kind: 'shared', members: ['anna@aid.example'] }, 'cancelled'),
]

test('a shared mailbox is made once, its members open it and send from it, an alias leads to it; what was dropped is not there', () => {
  const script = exchangeScript('aid', rows, 'exchange-online')
  const calls = script.split('\r\n').filter(line => /^(Add|Set)-/.test(line))
  assert.deepEqual(calls, [
    "Add-Shared-Mailbox 'contact@aid.example' 'L’’accueil'",
    "Set-User -Identity 'contact@aid.example' -Phone '01'",
    "Add-Member-Of 'contact@aid.example' 'anna@aid.example'",
    "Set-Alias-Address 'contact@aid.example' 'info@aid.example'",
  ])
  assert.match(script, /Add-RecipientPermission/)
  assert.match(exchangeScript('aid', rows, 'exchange-server'), /Add-ADPermission/)
})

test('no text ends its own quotes: PowerShell takes five characters for a single quote', () => {
  assert.equal(quoted("a'b’c‘d‚e‛f"), "'a''b’’c‘‘d‚‚e‛‛f'")
  assert.equal(quoted('a\nb$(c)'), "'a b$(c)'")
})
