import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { factsOf } from '../../shared/notices/gather.ts'
import { letterOf } from '../../shared/notices/letter.ts'
import { textOf } from '../../shared/notices/mime.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'

const playbook = parsePlaybook(
  `${town().playbook}licences:\n  E1: { sku: STANDARDPACK, price: 2.76, quota: 50 GB, browserOnly: true }\n  E3: { price: 8.24, quota: 100 GB }\n`,
  undefined,
  'town',
)
const row = (address: string, licence: string) => mailboxRow({ address, wanted: { address, kind: 'user', licence } })

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
