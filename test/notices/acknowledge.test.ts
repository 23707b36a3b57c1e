import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import PostalMime from 'postal-mime'
import { acknowledge, lookAcknowledge } from '../../shared/commands/acknowledge.ts'
import { noticeList, noticePreview } from '../../shared/commands/notices.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { Refusal } from '../../shared/errors.ts'
import { sentBytes } from '../../shared/notices/kept.ts'
import { owe } from '../../shared/notices/owed.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const rules = (playbook: string) =>
  playbook
    .replace('on: copied, notice: done', 'on: copied, notice: rules')
    .replace(/notice: done, template: done/, 'notice: rules, template: acknowledgement')
    .concat('links: { rules: "https://rules.town.example" }\n')

async function told() {
  const scene = town()
  const world = new World({ ...scene, playbook: rules(scene.playbook) })
  await world.run()
  const [first] = world.readers.letters
  const { text = '' } = await PostalMime.parse(first?.mime ?? '')
  const token = /\/api\/acknowledge\/([\w-]+)/.exec(text)?.[1] ?? assert.fail('no link')
  return { world, app: world.app(), to: first?.to ?? '', token }
}

const reader = { asked: 'nl', accepted: null }

test('the rules are acknowledged by a button, once, and who and when is known', async () => {
  const { world, app, to, token } = await told()
  const rowOf = async () => (await all(world.store.notices.list({}))).find(row => row.to === to) ?? assert.fail('no row')
  const before = await lookAcknowledge(app, token, reader)
  assert.match(before.body, /<html lang="nl">[\s\S]*<form method="post">[\s\S]*Ik bevestig/)
  assert.equal((await rowOf()).acknowledgedAt, undefined)
  const at = world.clock.now()
  assert.match((await acknowledge(app, token, reader)).body, /geregistreerd/)
  world.clock.move(60_000)
  await acknowledge(app, token, reader)
  assert.equal((await rowOf()).acknowledgedAt, at)
  const audit = (await all(world.store.audit.list({}))).filter(({ action }) => action === 'acknowledge')
  assert.deepEqual(
    audit.map(({ who }) => who),
    [to],
  )
  const { notices, rules } = await noticeList(app, world.scene.wave.wave)
  const open = notices.flatMap(one => (one.to === to ? [] : [one.to]))
  assert.deepEqual(rules, { asked: 2, acknowledged: 1, open })
  const { sheets } = await readXlsx((await waveReport(app, world.scene.wave.wave, 'xlsx')).body as Uint8Array)
  assert.deepEqual(
    sheets[0]?.rows.filter(([what]) => String(what).startsWith('rules')),
    [
      ['rules acknowledged', '1 of 2'],
      ['rules not acknowledged', open[0]],
    ],
  )
  assert.equal(notices.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length, 1)
  assert.equal((await lookAcknowledge(app, 'another', reader)).status, 404)
})

test('what is kept of a notice has no link of its reader’s own in it, nor has any table', async () => {
  const { world, token } = await told()
  const rows = await all(world.store.notices.list({ partition: keyPart(world.scene.wave.wave) }))
  assert.equal(rows.length, 2)
  for (const row of rows) {
    const { text = '' } = await PostalMime.parse((await sentBytes(world.store, row)) ?? assert.fail('not kept'))
    assert.doesNotMatch(text, /api\/acknowledge\/[\w-]{8}/)
    assert.match(text, /api\/acknowledge\/(…|%E2%80%A6)/)
  }
  for (const table of [world.store.notices, world.store.acknowledgements, world.store.audit])
    for (const row of await all<object>(table.list({}))) assert.ok(!JSON.stringify(row).includes(token))
})

test('any notice can be seen before it is sent, in any language, as HTML, text or mail; nothing comes of it', async () => {
  const { world, app } = await told()
  const { wave } = world.scene.wave
  const [first] = await all(world.store.mailboxes.list({}))
  const look = async (more: string) =>
    noticePreview(app, wave, new URLSearchParams(`notice=rules&address=${first?.address}&${more}`))
  const sent = world.readers.letters.length
  assert.match(String((await look('language=de')).body), /<html lang="de">[\s\S]*verbindlich/)
  assert.match(String((await look('as=text&language=en')).body), /binding/)
  const mail = await PostalMime.parse((await look('as=eml')).body as Buffer)
  assert.equal(mail.headers.find(({ key }) => key === 'content-language')?.value, 'fr, nl')
  const kept = await PostalMime.parse((await look('sent=true')).body as Buffer)
  assert.equal(kept.messageId, world.readers.letters.find(({ to }) => to === first?.address)?.messageId)
  assert.equal(world.readers.letters.length, sent)
  await assert.rejects(noticePreview(app, wave, new URLSearchParams('notice=rules&address=nobody@x.example')), Refusal)
  await assert.rejects(noticePreview(app, wave, new URLSearchParams(`notice=other&address=${first?.address}`)), /it has rules/)
})

test('a reminder goes only to those who have not acknowledged, and its link acknowledges the rules', async () => {
  const scene = town()
  const playbook = rules(scene.playbook)
    .replace('on: copied, notice: rules', 'on: begun, notice: rules')
    .replace(
      /( *)- \{ notice: rules, template: acknowledgement,(.*)\}/,
      '$&\n$1- { notice: again, template: acknowledgement-reminder,$2}',
    )
  const world = new World({ ...scene, playbook })
  await world.run()
  const app = world.app()
  const rows = await all(world.store.notices.list({}))
  const [first, second] = rows.filter(({ notice }) => notice === 'rules')
  const mailboxes = await all(world.store.mailboxes.list({}))
  assert.ok(first && second)
  const linkOf = async (of: string) => {
    const letter = world.readers.letters.findLast(({ to }) => to === of)
    const { text = '' } = await PostalMime.parse(letter?.mime ?? '')
    return /\/api\/acknowledge\/([\w-]+)/.exec(text)?.[1] ?? assert.fail('no link')
  }
  await acknowledge(app, await linkOf(first.to), reader)
  const played = await app.playbook(first.playbook, first.playbookVersion)
  for (const mailbox of mailboxes) await owe(app, played, mailbox, 'again')
  await world.run()
  const again = (await all(world.store.notices.list({}))).filter(({ notice }) => notice === 'again')
  assert.deepEqual(
    again.map(({ to, state }) => [to, state]),
    [[second.to, 'sent']],
  )
  await acknowledge(app, await linkOf(second.to), reader)
  const kept = await all(world.store.notices.list({}))
  assert.deepEqual(kept.map(row => [row.notice, row.to === second.to && row.acknowledgedAt !== undefined]).sort(), [
    ['again', false],
    ['rules', false],
    ['rules', true],
  ])
})
