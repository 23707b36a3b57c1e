import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { factsOf } from '../../shared/notices/gather.ts'
import { letterOf } from '../../shared/notices/letter.ts'
import { textOf } from '../../shared/notices/mime.ts'
import { dressOf, partsOf } from '../../shared/notices/write.ts'
import type { Notice } from '../../shared/playbooks/notice.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'

const playbook = parsePlaybook(
  `${town().playbook}licences:\n  E1: { sku: STANDARDPACK, price: 2.76, quota: 50 GB, browserOnly: true }\n  E3: { price: 8.24, quota: 100 GB }\n`,
  undefined,
  'town',
)
const row = (address: string, licence: string) => mailboxRow({ address, wanted: { address, kind: 'user', licence } })

const said = (notice: Partial<Notice>, audience: Notice['audience'], about: ReturnType<typeof mailboxRow>[], of = playbook) => {
  const facts = factsOf({ playbook: of, wave: waveRow({ day: '2025-04-07' }), audience, about, issuer: 'ICT' })
  const all = { notice: 'x', template: 'x', audience, issuer: 'it', channel: 'smtp' as const, attach: [], ...notice }
  const known = { ...facts, known: { ...facts.known, 'at.freeze': { instant: 0 } } }
  return textOf(partsOf(of, all, known, ['fr']), dressOf(of)).replaceAll('\r\n', '\n')
}

test('whoever opens a shared mailbox is not told to sign in to it, nor to change its password', () => {
  const trustee = parsePlaybook(
    readFileSync(new URL('../../shared/playbooks/secours.yaml', import.meta.url), 'utf8'),
    undefined,
    'secours',
  )
  const address = 'contact@spf00.org'
  const box = (kind: 'shared' | 'user') => [mailboxRow({ address, wanted: { address, kind } })]
  for (const template of ['day-j', 'access', 'access-cut']) {
    const [shared, own] = [said({ template }, 'owner', box('shared'), trustee), said({ template }, 'owner', box('user'), trustee)]
    assert.match(own, /votre mot de passe|Votre mot de passe/)
    assert.match(own, /^(?![\s\S]*partagée)/)
    assert.match(shared, /partagée[\s\S]*votre propre boîte/)
    assert.doesNotMatch(shared, /Changez votre mot de passe|vous remettra votre mot de passe|Votre mot de passe|Configurez/)
  }
})

test('where people sign in with the account of the house, no notice says that the password of the old server stays', () => {
  const text = readFileSync(new URL('../../shared/playbooks/sii93.yaml', import.meta.url), 'utf8')
  const sii = parsePlaybook(text, undefined, 'sii93')
  const about = [mailboxRow({ address: 'anna@bobigny.example' })]
  for (const template of ['your-day', 'after-move', 'access', 'day-j', 'planned']) {
    const letter = said({ template }, 'owner', about, sii)
    assert.doesNotMatch(
      letter,
      /mot de passe (?:ne change pas|n’a pas changé|reste)|Changez votre mot de passe|communiqué séparément/,
      template,
    )
  }
  assert.match(said({ template: 'after-move' }, 'owner', about, sii), /compte de session\s: le nom et le mot de passe/)
  const own = parsePlaybook(
    text.replace('accounts: script', 'accounts: existing').replace('user: login', 'user: address'),
    undefined,
    'sii93',
  )
  assert.match(said({ template: 'access' }, 'owner', about, own), /Votre mot de passe reste celui/)
})

test('who looks after mailboxes sees which are shared and which are aliases, for which there is no password', () => {
  const about = [
    row('anna@town.example', 'E1'),
    mailboxRow({ address: 'box@town.example', wanted: { address: 'box@town.example', kind: 'shared' } }),
    mailboxRow({ address: 'i@town.example', wanted: { address: 'i@town.example', kind: 'alias', aliasOf: 'anna@town.example' } }),
  ]
  const text = said({ template: 'accounts' }, 'trustee', about)
  assert.match(
    text,
    /- anna@town\.example\n- box@town\.example \(boîte partagée\)\n- i@town\.example \(alias de anna@town\.example\)/,
  )
  assert.match(text, /partagées et les alias n’ont pas de mot de passe/)
  assert.doesNotMatch(said({ template: 'accounts' }, 'trustee', about.slice(0, 1)), /n’ont pas de mot de passe/)
  assert.match(said({ template: 'closing-report' }, 'coordinator', about), /i@town\.example\s: alias de anna@town\.example\n/)
})

test('a list is called one, and is no mailbox: it is not counted, nothing of it is moved, and of passwords there is nothing to say', () => {
  const about = [
    mailboxRow({ address: 'anna@town.example', state: 'completed' }),
    mailboxRow({
      address: 'team@town.example',
      state: 'completed',
      wanted: { address: 'team@town.example', kind: 'list', members: ['anna@town.example'] },
    }),
  ]
  const { known, is } = factsOf({ playbook, wave: waveRow({}), audience: 'coordinator', about, issuer: 'ICT' })
  assert.deepEqual([known.mailboxes, known.completed, is['without-password']], [{ count: 1 }, { count: 1 }, false])
  assert.match(
    said({ template: 'accounts' }, 'trustee', about),
    /- anna@town\.example\n- team@town\.example \(liste de distribution\)/,
  )
  assert.match(said({ template: 'closing-report' }, 'coordinator', about), /team@town\.example\s: liste de distribution\n/)
})

test('a surcharge is told with the cost when the date is to be confirmed', () => {
  const mixed = { ...playbook, inventory: { ...playbook.inventory, mix: { E1: 2, E3: 1 } } }
  const text = (...licences: string[]) => {
    const about = licences.map((licence, i) => row(`p${i}@town.example`, licence))
    return said({ template: 'confirm-date' }, 'coordinator', about, mixed)
  }
  assert.match(text('E3', 'E3', 'E3'), /Coût mensuel estimé\s: 24,72\s€\n.*surcoût.*: 10,96\s€/)
  assert.doesNotMatch(text('E1', 'E1', 'E3'), /surcoût/)
})

test('what an owner is told depends on his licence, by its name or its part number', () => {
  const told = (licence: string) => {
    const about = [row('anna@town.example', licence)]
    const { is, known } = factsOf({ playbook, wave: waveRow({}), audience: 'owner', about, issuer: 'ICT' })
    return [is['browser-only'], known.licence, known.quota]
  }
  const e1 = [true, { text: 'E1' }, { sizeBytes: 50 * 2 ** 30 }]
  assert.deepEqual(told('E1'), e1)
  assert.deepEqual(told('STANDARDPACK'), e1)
  assert.deepEqual(told('E3'), [false, { text: 'E3' }, { sizeBytes: 100 * 2 ** 30 }])
  assert.deepEqual(told('F1'), [false, undefined, undefined])
})

test('at an Exchange server an owner is told the room that the playbook gives each mailbox: the 2 GB of bma, in its third message', () => {
  const text = readFileSync(new URL('../../shared/playbooks/bma.yaml', import.meta.url), 'utf8')
  const bma = parsePlaybook(text, undefined, 'bma')
  const about = [mailboxRow({ address: 'po000001@adm.cfwb.be' })]
  const letter = letterOf({
    playbook: bma,
    wave: waveRow({ playbook: 'bma' }),
    notice: 'mail-3',
    to: 'po000001@adm.cfwb.be',
    messageId: '<1@x.example>',
    date: 0,
    about,
    staysBehind: true,
  })
  assert.match(textOf(letter?.parts ?? [], letter?.dress ?? assert.fail()), /Votre espace de stockage\s: 2\sGo\./)
})

test('a coordinator is told what his mailboxes cost a month, an owner is not', () => {
  const about = [row('anna@town.example', 'E1'), row('ben@town.example', 'E3')]
  const cost = (audience: 'coordinator' | 'owner') =>
    factsOf({ playbook, wave: waveRow({}), audience, about, issuer: 'ICT' }).known.cost
  assert.deepEqual(cost('coordinator'), { euros: 11 })
  assert.equal(cost('owner'), undefined)
})
