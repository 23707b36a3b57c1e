import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exchangeScript } from '../../shared/inventory/exchange-script.ts'
import { quoted } from '../../shared/inventory/powershell.ts'
import { signaturesOf } from '../../shared/inventory/signatures.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { signatureHtml } from '../../shared/playbooks/signature.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { refusal } from '../intake/refusal.ts'
import { full, smallest } from '../playbooks/examples.ts'
import { parseFaults } from './powershell.ts'

const online = parsePlaybook(full, undefined, 'town')
const server = parsePlaybook(smallest, undefined, 'lift')

const row = (address: string, wanted: Partial<MailboxRow['wanted']>, state = 'planned') =>
  ({ address, state, wanted: { address, kind: 'user', ...wanted } }) as MailboxRow

const rows = [
  row('anna@aid.example', {}),
  row('contact@aid.example', { kind: 'shared', members: ['anna@aid.example'], displayName: 'L’accueil', phone: '01' }),
  row('info@aid.example', { kind: 'alias', aliasOf: 'contact@aid.example' }),
  row('gone@aid.example', { kind: 'shared', members: ['anna@aid.example'] }, 'cancelled'),
]

test('a shared mailbox is made once, its members open it and send from it, an alias leads to it; what was dropped is not there', () => {
  const script = exchangeScript('aid', rows, online)
  const calls = script.split('\r\n').filter(line => /^(Add|Set)-/.test(line))
  assert.deepEqual(calls, [
    "Add-Shared-Mailbox 'contact@aid.example' 'L’’accueil' 'contact_aid.example'",
    "Set-User -Identity 'contact@aid.example' -Phone '01'",
    "Add-Member-Of 'contact@aid.example' 'anna@aid.example'",
    "Set-Alias-Address 'contact@aid.example' 'info@aid.example'",
  ])
  assert.match(script, /Add-RecipientPermission/)
  assert.match(exchangeScript('aid', rows, server), /Add-ADPermission/)
})

const callsOf = (wanted: readonly MailboxRow[]) =>
  exchangeScript('aid', wanted, online)
    .split('\r\n')
    .filter(line => /^(Add|Set|Remove)-/.test(line))

test('mailboxes of the same name in two domains are two: Exchange takes a name and an alias once, and people tell them apart', () => {
  const calls = callsOf(['spf00.example', 'spf01.example'].map(domain => row(`contact@${domain}`, { kind: 'shared' })))
  assert.deepEqual(calls, [
    "Add-Shared-Mailbox 'contact@spf00.example' 'contact@spf00.example' 'contact_spf00.example'",
    "Add-Shared-Mailbox 'contact@spf01.example' 'contact@spf01.example' 'contact_spf01.example'",
  ])
  const long = `${'a'.repeat(64)}@`
  const names = callsOf(['x.example', 'y.example'].map(domain => row(long + domain, { kind: 'shared' }))).map(
    call => call.split("'")[5] ?? '',
  )
  assert.ok(names.every(name => /^[\w.-]{1,64}$/.test(name)) && new Set(names).size === 2, String(names))
})

test('the mailbox of a person that merely has the address as an alias is not made shared', () => {
  const script = exchangeScript('aid', rows, online)
  const body = /function Add-Shared-Mailbox[\s\S]*?\r\n\}/.exec(script)?.[0] ?? ''
  assert.match(
    body,
    /-clike "smtp:\*" -and "\$_" -ieq "smtp:\$address"[\s\S]*throw [\s\S]*Set-Mailbox -Identity \$address -Type Shared/,
  )
})

test('who is no member any more neither opens it nor sends from it', () => {
  const former = {
    ...row('contact@aid.example', { kind: 'shared', members: ['anna@aid.example'] }),
    formerMembers: ['ben@aid.example'],
  }
  assert.ok(callsOf([former]).includes("Remove-Member-Of 'contact@aid.example' 'ben@aid.example'"))
  assert.match(exchangeScript('aid', [former], online), /Remove-MailboxPermission[\s\S]*Remove-RecipientPermission/)
  assert.match(exchangeScript('aid', [former], server), /Remove-MailboxPermission[\s\S]*Remove-ADPermission/)
})

test('with the id of the app, every mailbox of the wave is opened to it, new ones too; an alias and what was dropped are not', () => {
  const script = exchangeScript('aid', [...rows, row('new@aid.example', { fresh: true })], online)
  const lines = script.split('\r\n')
  assert.equal(
    lines.find(line => line !== '' && !/^\uFEFF?#/.test(line)),
    'param([string]$App)',
    'param comes first',
  )
  assert.match(script, /if \(\$App\) \{\r\n {2}\$principal = Get-ServicePrincipal -Identity \$App/)
  const opened = "@('anna@aid.example', 'contact@aid.example', 'new@aid.example')"
  assert.ok(lines.includes(`  foreach ($mailbox in ${opened}) { Open-To $mailbox $principal.Id }`), script)
  assert.doesNotMatch(exchangeScript('aid', rows, server), /\$App|Open-To/)
  const house = smallest
    .replace('accounts: existing', 'accounts: script')
    .replace(/(target:[\s\S]*auth: )\{[^}]*\}/, '$1{ kind: authzid, user: migration, secret: NEW }')
  const shared = exchangeScript('aid', rows, parsePlaybook(house, undefined, 'lift'))
  assert.match(
    shared,
    /foreach \(\$mailbox in @\('anna@aid\.example', 'contact@aid\.example'\)\) \{ Open-To \$mailbox 'migration' \}/,
  )
  for (const one of [script, shared]) assert.deepEqual(parseFaults(one), [])
})

test('members and owners are those of the target, where they are called otherwise there', () => {
  const calls = callsOf([
    row('anna@aid.example', { target: { user: 'anna.martin@aid.example' } }),
    row('ben@aid.example', { target: { user: 'AID\\ben' } }),
    row('contact@aid.example', { kind: 'shared', members: ['anna@aid.example', 'ben@aid.example'] }),
    row('info@aid.example', { kind: 'alias', aliasOf: 'anna@aid.example' }),
  ])
  assert.deepEqual(calls.slice(1), [
    "Add-Member-Of 'contact@aid.example' 'anna.martin@aid.example'",
    "Add-Member-Of 'contact@aid.example' 'ben@aid.example'",
    "Set-Alias-Address 'anna.martin@aid.example' 'info@aid.example'",
  ])
})

test('no text ends its own quotes: PowerShell takes five characters for a single quote', () => {
  assert.equal(quoted("a'b’c‘d‚e‛f"), "'a''b’’c‘‘d‚‚e‛‛f'")
  assert.equal(quoted('a\nb$(c)'), "'a b$(c)'")
})

describe('a signature', () => {
  const html = (text: string, names = {}) => signatureHtml(text, 'fr', names).replace(/^<div[^>]*><br>|<\/div>$/g, '')

  test('is made of the directory’s attributes, line by line', () => {
    assert.equal(
      signatureHtml('{name}\n{jobTitle}, {department}\n', 'fr', {}),
      '<div lang="fr" style="font-family:sans-serif;font-size:10pt"><br>%%DisplayName%%<br>%%Title%%, %%Department%%</div>',
    )
  })

  for (const [what, text, expected] of [
    ['markup', '<script>x</script> & "more"', '&#60;script&#62;x&#60;/script&#62; &#38; &#34;more&#34;'],
    ['an attribute of one’s own', '%%Notes%% 100 %', '&#37;&#37;Notes&#37;&#37; 100 &#37;'],
    ['an attribute put together', '%{name}%', '&#37;%%DisplayName%%&#37;'],
    ['control characters', 'a\tb\u2028c\r\nd', 'a&#32;b&#32;c<br>d'],
    ['names that are markup', '{house}|{entity}', '&#60;b&#62;|%%'.replace('%%', '&#37;&#37;Manager&#37;&#37;')],
    ['a member of all objects', '{toString}{constructor}', ''],
  ] as const)
    test(`${what}: nothing but placeholders becomes an attribute or markup`, () =>
      assert.equal(html(text, { house: '<b>', entity: '%%Manager%%' }), expected))

  const playbook = parsePlaybook(
    `${smallest}languages: [nl, fr]
branding: { name: { fr: La Maison, nl: Het Huis } }
signature:
  fr: "{name} – {house}"
  nl: "{name} – {house}"
entities:
  north:
    title: L’équipe'; Remove-Mailbox x; '
    signature: { fr: "{name}, {entity}" }
  south: {}
`,
    undefined,
    'lift',
  )
  const all = [
    row('anna@aid.example', { language: 'fr' }),
    row('ben@aid.example', { entity: 'north', language: 'nl', target: { user: 'b.en@aid.example' } }),
    row('cleo@aid.example', { entity: 'north', language: 'de' }),
    row('box@aid.example', { kind: 'shared', entity: 'north', language: 'fr' }),
    row('info@aid.example', { kind: 'alias', aliasOf: 'box@aid.example' }),
    row('gone@aid.example', { language: 'fr' }, 'cancelled'),
  ]

  test('goes to those of an entity in their language, else in the playbook’s first', () => {
    const signing = signaturesOf(playbook, all).map(({ name, members }) => [name, ...members])
    assert.deepEqual(signing, [
      ['releve-signature-lift-fr', 'anna@aid.example'],
      ['releve-signature-lift-nl'],
      ['releve-signature-lift-north-fr', 'box@aid.example'],
      ['releve-signature-lift-north-nl', 'b.en@aid.example', 'cleo@aid.example'],
      ['releve-signature-lift-south-fr'],
      ['releve-signature-lift-south-nl'],
    ])
  })

  test('is a rule and a group in the script, made or changed, and no text ends its quotes', () => {
    const script = exchangeScript('aid', all, online, signaturesOf(playbook, all))
    assert.match(script, /Get-TransportRule \| Where-Object \{ \$_\.Name -eq \$name \}\) \{ Set-TransportRule/)
    assert.match(script, /else \{ New-TransportRule -Name \$name @rule/)
    // Whoever runs it the second time need not be the manager of the groups that the first made.
    for (const line of script.split('\r\n').filter(line => /(?:Set|Remove-|Add)-?DistributionGroup(?:Member)? /.test(line)))
      assert.match(line, /-BypassSecurityGroupManagerCheck/)
    const calls = script.split('\r\n').filter(line => /^Set-Sign/.test(line))
    const north = calls.find(line => line.startsWith("Set-Signature 'releve-signature-lift-north-fr'")) ?? ''
    assert.match(north, /%%DisplayName%%, L’’équipe&#39;; Remove-Mailbox x; &#39;<\/div>'$/)
    assert.equal(
      calls.find(line => line.startsWith("Set-Signers 'releve-signature-lift-fr'")),
      "Set-Signers 'releve-signature-lift-fr' @('anna@aid.example') @('releve-signature-lift-nl', 'releve-signature-lift-north-fr', " +
        "'releve-signature-lift-north-nl', 'releve-signature-lift-south-fr', 'releve-signature-lift-south-nl')",
    )
    // Outside its literals the script has nothing of what was written in the playbook.
    const bare = calls.map(line => line.replaceAll(/'(?:[^'‘’‚‛]|''|[‘’‚‛]{2})*'/g, 'T'))
    assert.deepEqual([...new Set(bare.map(line => line.replaceAll(/T(?:, T)*/g, 'T')))].sort(), [
      'Set-Signature T T',
      'Set-Signers T @(T) @(T)',
    ])
  })

  test('without one the script has no rule', () => {
    assert.doesNotMatch(
      exchangeScript('aid', rows, online, signaturesOf(parsePlaybook(smallest, undefined, 'lift'), rows)),
      /TransportRule/,
    )
  })

  test('a name that is too long is cut, and stays another than its neighbour', () => {
    const long = 'e'.repeat(60)
    const text = `${smallest}signature: { fr: "{name}" }\nentities: { ${long}a: {}, ${long}b: {} }\n`
    const names = signaturesOf(parsePlaybook(text, undefined, 'lift'), []).map(({ name }) => name)
    assert.ok(names.every(name => name.length <= 64) && new Set(names).size === 3)
  })

  for (const [what, text, path, says] of [
    ['an unknown placeholder', '{ fr: "{nmae}" }', 'signature.fr', /no \{nmae\}; did you mean \{name\}/],
    ['no language', '{}', 'signature', /at least one of fr, nl, de, en/],
    ['too long for a rule', `{ nl: "${'<'.repeat(1_500)}" }`, 'signature.nl', /characters as HTML/],
  ] as const)
    test(`${what} is refused by path`, async () => {
      const { details } = await refusal(async () => parsePlaybook(`${smallest}signature: ${text}\n`, undefined, 'lift'))
      const fault = details.find(one => one.path === path)
      assert.match(fault?.message ?? JSON.stringify(details), says)
    })
})
