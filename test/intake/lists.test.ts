import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { parseWave } from '../../shared/intake/wave.ts'
import { refusal } from './refusal.ts'

const query = { wave: 'w', playbook: 'town' }
const sent = (mailboxes: unknown[]) => JSON.stringify({ ...query, mailboxes })
const team = {
  address: 'team@town.example',
  kind: 'list',
  members: ['anna@town.example', 'bob@other.example'],
  owners: ['anna@town.example'],
  senders: 'members',
}

describe('a distribution list', () => {
  test('has members here and elsewhere, owners, and those who may write to it', async () => {
    const { mailboxes } = await parseWave(sent([{ address: 'anna@town.example' }, team]), 'application/json')
    assert.deepEqual(mailboxes[1], team)
  })

  const rows = [
    ['adresse', 'type', 'membres', 'propriétaires', 'expéditeurs'],
    ['team@town.example', 'Liste de distribution', 'Anna@town.example; bob@other.example', 'anna@town.example', 'Members'],
  ]

  test('stands in a table, too, its addresses in one cell', async () => {
    const csv = rows.map(row => row.map(cell => `"${cell}"`).join(';')).join('\n')
    assert.deepEqual((await parseWave(csv, 'text/csv', query)).mailboxes, [team])
    const book = await writeXlsx({ sheets: [{ name: 'A', rows } as WriteSheet] })
    assert.deepEqual((await parseWave(book, undefined, query)).mailboxes, [team])
  })

  test('is called so in each of the languages', async () => {
    for (const word of ['list', 'Distribution list', 'liste', 'distributielijst', 'Verteiler'])
      for (const members of ['members', 'Membres', 'leden', 'Mitglieder']) {
        const { mailboxes } = await parseWave(`address;type;${members}\nteam@town.example;${word};a@b.example`, 'text/csv', query)
        assert.deepEqual([mailboxes[0]?.kind, mailboxes[0]?.members], ['list', ['a@b.example']], word)
      }
  })

  const faulty: [string, object, string, RegExp][] = [
    ['without members', { members: undefined }, 'members', /is missing: .*members/],
    ['with none', { members: [] }, 'members', /at least one member/],
    ['with itself', { members: ['Team@town.example'] }, 'members[0]', /itself/],
    ['with what is no address', { members: ['anna'] }, 'members[0]', /no @/],
    ['with too many', { members: Array.from({ length: 501 }, (_, i) => `m${i}@x.example`) }, 'members', /at most 500/],
    ['with an old mailbox', { source: { user: 'team' } }, 'source', /no mailbox of its own/],
    ['with an account', { target: { user: 'team' } }, 'target', /no mailbox of its own/],
    ['with a licence', { licence: 'SPE_E3' }, 'licence', /no mailbox of its own/],
    ['that is an alias', { aliasOf: 'anna@town.example' }, 'aliasOf', /only an alias/],
    ['for senders nobody knows', { senders: 'member' }, 'senders', /did you mean members/],
  ]
  for (const [what, wrong, path, says] of faulty)
    test(`${what} is refused by path`, async () => {
      const { details } = await refusal(() => parseWave(sent([{ ...team, ...wrong }]), 'application/json'))
      const at = details.find(one => one.path === `mailboxes[0].${path}`)
      assert.match(at?.message ?? JSON.stringify(details), says)
    })

  test('of a table names its cell', async () => {
    const csv = 'address;type;members\nanna@town.example;;\nteam@town.example;list;anna@town.example, bob'
    const { details } = await refusal(() => parseWave(csv, 'text/csv', query))
    assert.deepEqual(
      details.map(({ path, message }) => [path, message.slice(0, 8)]),
      [['mailboxes[1].members[1]', 'cell C3:']],
    )
  })

  test('alone has owners and senders', async () => {
    const box = { ...team, kind: 'shared' }
    const { details } = await refusal(() => parseWave(sent([box]), 'application/json'))
    assert.deepEqual(
      details.map(({ path }) => path),
      ['mailboxes[0].owners', 'mailboxes[0].senders'],
    )
  })

  test('finds room in its row with its longest members and owners', async () => {
    const long = (n: number, length: number) => `${`m${n}`.padEnd(Math.min(60, length - 14), 'x')}@${'x'.repeat(40)}.town.example`
    const members = Array.from({ length: 400 }, (_, i) => `m${i}.`.padEnd(45, 'x').concat('@town.example'))
    const owners = Array.from({ length: 10 }, (_, i) => long(i, 254))
    const { mailboxes } = await parseWave(sent([{ ...team, members, owners }]), 'application/json')
    assert.ok(JSON.stringify(mailboxes[0]).length < 32_768)
  })
})
