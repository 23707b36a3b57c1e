import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import PostalMime from 'postal-mime'
import { act } from '../../shared/commands/act.ts'
import { coordinate, lookCoordinate, renewLinks } from '../../shared/commands/coordinate.ts'
import { waveSteps } from '../../shared/commands/diary.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { bookSlot } from '../../shared/commands/slots.ts'
import { waveRow, waveStatus } from '../../shared/commands/status.ts'
import type { Sent } from '../../shared/coordinators/send.ts'
import { keptMs } from '../../shared/coordinators/standing.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { xlsxType } from '../../shared/inventory/workbook.ts'
import { sentBytes } from '../../shared/notices/kept.ts'
import { owe } from '../../shared/notices/owed.ts'
import type { App } from '../../shared/ports.ts'
import { all } from '../../shared/store/store.ts'
import { chance, oneOf } from '../fakes/chance.ts'
import { refusal } from '../intake/refusal.ts'
import { answers, filled, right } from '../inventory/house.ts'
import { mangled } from '../inventory/mangled.ts'
import { federation, playbook, tokenOf, undated } from './federations.ts'

const reader = { asked: 'en', accepted: null }

const look = async (app: App, token: string, asked = 'en') => {
  const { status, body } = await lookCoordinate(app, token, { asked, accepted: null }, null)
  return { status, html: String(body) }
}
const send = async (app: App, token: string, sent: Sent) => {
  const { status, body } = await coordinate(app, token, async () => sent, reader)
  return { status, html: body, told: /<section[\s\S]*<\/section>/.exec(body)?.[0] ?? '' }
}
const workbook = async (app: App, token: string, of = 'aid') => {
  const found = await lookCoordinate(app, token, { asked: 'fr', accepted: null }, of)
  if (!('file' in found)) return assert.fail('no workbook')
  return found.body
}
const upload = async (app: App, token: string, bytes: Uint8Array) =>
  send(app, token, { do: 'answer', of: 'aid', file: { bytes, type: xlsxType } })
const rightAnswer = async (app: App, token: string) =>
  upload(app, token, await filled(await workbook(app, token), answers(right)))
const everything = async (app: App) =>
  JSON.stringify(await Promise.all(Object.values(app.store).map(table => all<object>(table.list({})))), (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )

describe('a link', () => {
  test('stands in the notices of those who look after mailboxes; of it only a hash is kept', async () => {
    const { world, app } = await federation()
    const wave = await waveRow(app, 'aid')
    const [mailbox] = await all(app.store.mailboxes.list({}))
    if (!mailbox) assert.fail()
    await owe(app, await app.playbook(wave.playbook, wave.playbookVersion), mailbox, 'workbook')
    await world.run({ until: async () => (await all(app.store.notices.list({ states: ['sent'] }))).length > 0 })
    const [letter] = world.readers.letters
    assert.equal(letter?.to, 'jo@aid.example')
    const { text = '', html = '' } = await PostalMime.parse(letter.mime)
    const tokens = [...new Set([...`${text} ${html}`.matchAll(/\/api\/coordinate\/([\w-]+)/g)].map(([, token]) => token ?? ''))]
    assert.equal(tokens.length, 1)
    const [token = ''] = tokens
    assert.ok(token.length >= 22)
    assert.match((await look(app, token)).html, /The aid federation[\s\S]*Wednesday,? 7\sApril\s2027\b/)
    assert.ok(!(await everything(app)).includes(token))
    const [row] = await all(app.store.notices.list({}))
    const kept = row && (await sentBytes(app.store, row))
    assert.match((await PostalMime.parse(kept ?? '')).text ?? '', /api\/coordinate\/(…|%E2%80%A6)/)
  })

  test('is dead as soon as it is renewed, for that person alone; one that nobody made leads nowhere', async () => {
    const { app } = await federation()
    const [jo, tech] = [await tokenOf(app), await tokenOf(app, 'tech@aid.example')]
    assert.equal((await look(app, jo)).status, 200)
    const { links } = await renewLinks(app, 'aid', { why: 'the mail was passed on', to: 'JO@aid.example' }, 'Odile')
    assert.deepEqual(
      links.map(({ url: _, ...one }) => one),
      [{ to: 'jo@aid.example', entity: 'aid', audience: 'coordinator' }],
    )
    assert.equal((await look(app, jo)).status, 404)
    assert.equal((await send(app, jo, { do: 'confirm', day: '2027-04-07' })).status, 404)
    assert.equal((await look(app, tech)).status, 200)
    assert.equal((await look(app, links[0]?.url.split('/').at(-1) ?? '')).status, 200)
    assert.equal((await look(app, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).status, 404)
    const { status, details } = await refusal(() => renewLinks(app, 'aid', { why: 'a try', to: 'eve@x.example' }, 'Odile'))
    assert.equal(status, 400)
    assert.match(details[0]?.message ?? '', /it has jo@aid\.example, tech@aid\.example/)
  })

  test('changes nothing however often it is looked at', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    const before = await everything(app)
    for (const asked of ['fr', 'nl', 'de', 'en']) await look(app, token, asked)
    await workbook(app, token)
    assert.equal(await everything(app), before)
  })

  test('of one entity shows no address, name or workbook of another, whatever is asked for', async () => {
    const { app } = await federation({ sea: true })
    const [jo, max] = [await tokenOf(app), await tokenOf(app, 'max@sea.example')]
    const pages = async (token: string) => {
      const looked = await Promise.all(['fr', 'nl', 'de', 'en'].map(asked => look(app, token, asked)))
      const sent = await Promise.all(
        [
          { do: 'answer', of: 'sea' },
          { do: 'book', day: '2027-05-19' },
        ].map(one => send(app, token, one)),
      )
      return [...looked, ...sent].map(({ html }) => html).join()
    }
    assert.doesNotMatch(await pages(jo), /sea\.example|la mer/)
    assert.doesNotMatch(await pages(max), /aid\.example(?!<\/a>)|l’aide|value="aid"/)
    for (const other of ['sea', 'sea.example', '']) assert.ok(!('file' in (await lookCoordinate(app, jo, reader, other))))
    const sea = await filled(await workbook(app, max, 'sea'), rows => rows)
    const { told } = await upload(app, jo, sea)
    assert.doesNotMatch(told, /gull/)
    assert.deepEqual(await all(app.store.answers.list({})), [])
    assert.equal((await waveRow(app, 'aid')).day, '2027-04-07')
  })

  test('of one wave stays beside that of another of the same person: both work, and neither shows or moves the other’s mailboxes', async () => {
    const { app } = await federation({ playbook: undated })
    const later = { wave: 'late', playbook: 'aid', day: '2027-06-16', mailboxes: [{ address: 'zoe@aid.example' }] }
    await enqueueWave(app, await parseWave(JSON.stringify(later), 'application/json'), 'operator')
    const token = { aid: await tokenOf(app), late: await tokenOf(app, 'jo@aid.example', 'late') }
    const pages = async (of: keyof typeof token) =>
      (await Promise.all(['fr', 'nl', 'de', 'en'].map(async asked => look(app, token[of], asked)))).map(({ status, html }) => {
        assert.equal(status, 200)
        return html
      })
    const zoe = /zoe@aid\.example/
    const others = /(?:anna|bruno|chloe|contact|old)@aid\.example/
    for (const html of await pages('aid')) assert.ok(others.test(html) && !zoe.test(html))
    for (const html of await pages('late')) assert.ok(zoe.test(html) && !others.test(html))
    const sheets = async (of: keyof typeof token) => JSON.stringify((await readXlsx(await workbook(app, token[of]))).sheets)
    assert.ok(!zoe.test(await sheets('aid')))
    assert.ok(!others.test(await sheets('late')))
    assert.equal((await rightAnswer(app, token.aid)).status, 200)
    assert.deepEqual([...new Set((await all(app.store.answers.list({}))).map(({ wave }) => wave))], ['aid'])
    await send(app, token.late, { do: 'postpone', day: '2027-06-23', why: 'Our fair is that week' })
    assert.deepEqual([(await waveRow(app, 'aid')).asked, (await waveRow(app, 'late')).asked?.day], [undefined, '2027-06-23'])
    // A workbook of one, handed in on the page of the other, changes nothing there.
    const stray = await filled(await workbook(app, token.aid), answers(right))
    const { status, told } = await upload(app, token.late, stray)
    assert.notEqual(status, 200, told)
    assert.deepEqual([...new Set((await all(app.store.answers.list({}))).map(({ wave }) => wave))], ['aid'])
    await renewLinks(app, 'aid', { why: 'the mail was passed on', to: 'jo@aid.example' }, 'Odile')
    assert.deepEqual([(await look(app, token.aid)).status, (await look(app, token.late)).status], [404, 200])
  })

  test('ends with its wave: closed it only says how it ended, and a month later nothing', async () => {
    const { world, app } = await federation()
    const token = await tokenOf(app)
    const stored = await app.store.waves.get('wave', 'aid')
    if (!stored) assert.fail()
    const closed = { ...stored.row, state: 'closed' as const, verdict: 'complete' as const, closedAt: app.now() }
    await app.store.waves.save(closed, stored.etag)
    const { status, html } = await look(app, token)
    assert.equal(status, 200)
    assert.match(html, /finished[\s\S]*complete[\s\S]*Mailboxes finished/)
    assert.doesNotMatch(html, /<form|@aid\.example(?!\.)[^<]*<\/li>/)
    assert.equal((await send(app, token, { do: 'confirm', day: '2027-04-07' })).status, 422)
    world.clock.move(keptMs)
    assert.equal((await look(app, token)).status, 410)
  })
})

describe('an answer', () => {
  test('comes back with only the wrong rows, each at its cell, and nothing is stored', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    const said = { ...right, 'anna@aid.example': { ...right['anna@aid.example'], Type: 'E9' } }
    const { status, told } = await upload(app, token, await filled(await workbook(app, token), answers(said)))
    assert.equal(status, 422)
    assert.match(told, /Points to correct: 1[\s\S]*Adresses!I2[\s\S]*Choose E1, E3, shared, alias/)
    const [, base64 = ''] = /download="aid-aid-corrections\.xlsx" href="data:[\w./-]+;base64,([^"]+)"/.exec(told) ?? []
    const { sheets } = await readXlsx(Buffer.from(base64, 'base64'))
    assert.equal(sheets[0]?.rows.length, 2)
    assert.deepEqual(await all(app.store.answers.list({})), [])
  })

  test('without a fault is stored in the coordinator’s name, once; the page then shows who, when, its seal and what it costs', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    assert.match((await look(app, token)).html, /have not received an answer[\s\S]*By our proposal/)
    const { status, told } = await rightAnswer(app, token)
    assert.equal(status, 200)
    assert.match(told, /Addresses kept: 5, of which new: 1\. Addresses dropped: 1/)
    assert.match((await rightAnswer(app, token)).told, /says the same/)
    const [answer, ...more] = await all(app.store.answers.list({}))
    assert.equal(more.length, 0)
    assert.equal(answer?.who, 'jo@aid.example')
    const { html } = await look(app, token)
    assert.match(html, /Answer no\. 1, handed in by jo@aid\.example on/)
    assert.ok(html.includes(answer.seal))
    assert.match(html, /By your answer[\s\S]*E3<\/th><td>€8\.24<\/td><td>1</)
    assert.match(html, /Every address has an answer/)
  })

  test('that is no file, no workbook, or too large is told so', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    assert.match((await send(app, token, { do: 'answer', of: 'aid' })).told, /Choose a file first/)
    const notes = await upload(app, token, Buffer.from('dear all'))
    assert.match(notes.told, /could not be read[\s\S]*It is not an \.xlsx workbook/)
    const large = await upload(app, token, Buffer.alloc(8 * 2 ** 20 + 1, 'PK'))
    assert.equal(large.status, 413)
    assert.match(large.told, /8 MB at most/)
  })
})

test('a playbook that asks nothing about mailboxes has a page without a workbook, whose numbers follow the copy', async () => {
  const asks = playbook
    .replace(/ {2}- \{ at: "D-(?:14|7|5) .*\n/g, '')
    .replace('step: provision', 'step: prestage')
    .replace('template: inventory', 'template: done')
  const { app } = await federation({ playbook: asks })
  for (const row of await all(app.store.inventories.list({}))) await app.store.inventories.remove(row)
  const token = await tokenOf(app)
  const { html } = await look(app, token)
  assert.doesNotMatch(html, /workbook|Monthly cost|Confirming|@aid\.example<\/li>/)
  assert.match(html, /Wednesday,? 7\sApril\s2027[\s\S]*Choosing a date/)
  assert.match((await upload(app, token, Buffer.from('x'))).told, /no longer taken/)
  const stored = await app.store.waves.get('wave', 'aid')
  if (!stored) assert.fail()
  await app.store.waves.save({ ...stored.row, state: 'finishing' }, stored.etag)
  const [first] = await all(app.store.mailboxes.list({ limit: 1 }))
  if (!first) assert.fail()
  await app.store.mailboxes.put([{ ...first, state: 'completed', found: 12, copied: 10, adopted: 1, excepted: 1 }])
  const after = (await look(app, token)).html
  assert.match(after, /switched, the last messages[\s\S]*1 of 5[\s\S]*11 of 12[\s\S]*<dd>1<\/dd>/)
  assert.doesNotMatch(after, /<form/)
})

describe('the date', () => {
  test('is confirmed by the coordinator, after his answer, and by the operator: who said what when is shown', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    const yes = { do: 'confirm', day: '2027-04-07' }
    assert.match((await send(app, token, yes)).told, /Hand in the workbook first/)
    await rightAnswer(app, token)
    assert.match((await send(app, token, { ...yes, day: '2027-05-19' })).told, /date has changed/)
    assert.equal((await send(app, token, yes)).status, 200)
    assert.equal((await send(app, token, yes)).status, 200)
    const { approvals = [] } = await waveRow(app, 'aid')
    assert.deepEqual(
      approvals.map(({ who, as, day }) => [who, as, day]),
      [['jo@aid.example', 'coordinator', '2027-04-07']],
    )
    assert.match(
      (await look(app, token)).html,
      /Coordination: yes, said by jo@aid\.example on [\s\S]*Migration team: no answer yet/,
    )
    await act(app, 'aid', 'approve', { why: 'both agree', step: 'confirm', as: 'operator' }, 'odile@it.example')
    const { html } = await look(app, token)
    assert.match(html, /Everybody has confirmed[\s\S]*Migration team: yes, said by odile@it\.example/)
    assert.doesNotMatch(html, /<form/)
    assert.equal((await app.store.mailboxes.get('aid', 'old@aid.example'))?.row.state, 'cancelled')
  })

  test('is not confirmed by who is not asked', async () => {
    const { app } = await federation()
    const token = await tokenOf(app, 'tech@aid.example')
    await rightAnswer(app, token)
    assert.doesNotMatch((await look(app, token)).html, /I confirm/)
    assert.equal((await send(app, token, { do: 'confirm', day: '2027-04-07' })).status, 422)
    assert.equal((await waveRow(app, 'aid')).approvals, undefined)
  })

  test('is chosen among the open ones; a full one refuses and names the next', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    for (const name of ['a', 'b']) await bookSlot(app, 'aid', { for: name, wishes: ['2027-05-19'] }, 'x')
    const full = await send(app, token, { do: 'book', day: '2027-05-19' })
    assert.equal(full.status, 409)
    assert.match(full.told, /no room left on Wednesday,? 19\sMay\s2027[\s\S]*Still open: Wednesday,? 16\sJune\s2027/)
    const booked = await send(app, token, { do: 'book', day: '2027-06-16' })
    assert.match(booked.told, /takes place on Wednesday,? 16\sJune\s2027/)
    assert.equal((await waveRow(app, 'aid')).day, '2027-06-16')
    await send(app, token, { do: 'book', day: '2027-06-16' })
    assert.equal((await waveRow(app, 'aid')).dayMoves, 1)
    const audit = (await all(app.store.audit.list({}))).filter(({ action }) => action === 'reschedule')
    assert.deepEqual(
      audit.map(({ who }) => who),
      ['jo@aid.example'],
    )
    assert.equal((await send(app, token, { do: 'book', day: '2028-01-01' })).status, 422)
  })
})

describe('another day, where none are offered', () => {
  const wish = { do: 'postpone', day: '2027-04-21', why: ' Our fair is that week ' }

  test('is asked for with a reason, shown as waiting, seen by the operator and granted by him', async () => {
    const { app } = await federation({ playbook: undated })
    const token = await tokenOf(app)
    assert.match((await look(app, token)).html, /Another date[\s\S]*Our team decides[\s\S]*min="2027-04-08"/)
    const { status, told } = await send(app, token, wish)
    assert.equal(status, 200)
    assert.match(told, /recorded and waits for our team/)
    const { html } = await look(app, token)
    assert.match(html, /Wednesday,? 7\sApril\s2027[\s\S]*Asked for: Wednesday,? 21\sApril\s2027 \(request of /)
    assert.match(html, /Your reason: Our fair is that week[\s\S]*A new request replaces/)
    const { day, asked, warnings = [] } = await waveStatus(app, 'aid')
    const { at: _, ...said } = asked ?? assert.fail('nothing is asked for')
    assert.deepEqual([day, said], ['2027-04-07', { day: wish.day, who: 'jo@aid.example', why: 'Our fair is that week' }])
    assert.match(
      warnings.join('\n'),
      /^jo@aid\.example asks for 2027-04-21 instead of 2027-04-07 \(Our fair .*"step": "postpone"/m,
    )
    const { steps } = await waveSteps(app, 'aid')
    assert.deepEqual(
      steps.flatMap(({ step, state, open }) => (step === 'postpone' ? [[state, open]] : [])),
      [['waiting-for-people', ['anybody']]],
    )
    const granting = { why: 'we have room', step: 'postpone' }
    assert.equal((await refusal(() => act(app, 'aid', 'approve', granting, 'jo@aid.example'))).status, 409)
    await act(app, 'aid', 'approve', granting, 'odile@it.example')
    const after = await waveStatus(app, 'aid')
    assert.deepEqual([after.day, after.asked], ['2027-04-21', undefined])
    assert.doesNotMatch((after.warnings ?? []).join(), /asks for|another day/)
    assert.doesNotMatch((await look(app, token)).html, /Asked for|Your reason/)
    const audit = (await all(app.store.audit.list({}))).filter(({ action }) => ['postpone', 'approve'].includes(action))
    assert.deepEqual(audit.map(({ action, who }) => `${action} ${who}`).sort(), [
      'approve odile@it.example',
      'postpone jo@aid.example',
    ])
  })

  test('is refused with words where it cannot be, and nothing is asked for', async () => {
    const { world, app } = await federation({ playbook: undated })
    const token = await tokenOf(app)
    const cases: [Partial<typeof wish>, RegExp][] = [
      [{ day: '2027-04-07' }, /from Thursday,? 8\sApril\s2027 on/],
      [{ day: '2027-02-30' }, /from Thursday,? 8\sApril\s2027 on/],
      [{ day: '' }, /from Thursday,? 8\sApril\s2027 on/],
      [{ day: '2027-05-05' }, /from Saturday,? 1\sMay\s2027 to Sunday,? 9\sMay\s2027[\s\S]*comptage/],
      [{ day: '2027-07-14' }, /Not all mailboxes of this migration may be moved on Wednesday,? 14\sJuly\s2027/],
      [{ why: ' - ' }, /in a few words why/],
    ]
    for (const [said, words] of cases) {
      const { status, told } = await send(app, token, { ...wish, ...said })
      assert.ok([400, 422].includes(status), `${status}`)
      assert.match(told, words)
      assert.doesNotMatch(told, /anna/)
    }
    assert.equal((await waveRow(app, 'aid')).asked, undefined)
    world.clock.move(Date.parse('2027-04-20T08:00:00Z') - world.clock.now())
    assert.match((await send(app, token, { ...wish, day: '2027-04-20' })).told, /from Wednesday,? 21\sApril\s2027 on/)
    const stored = (await app.store.waves.get('wave', 'aid')) ?? assert.fail()
    await app.store.waves.save({ ...stored.row, state: 'cutting-over' }, stored.etag)
    assert.doesNotMatch((await look(app, token)).html, /Another date/)
    assert.match((await send(app, token, wish)).told, /not possible as the migration stands/)
  })

  test('asked for once more is another; whoever is of another entity sees the day, not who asks or why', async () => {
    const { world, app } = await federation({ playbook: undated, sea: true })
    const [jo, max] = [await tokenOf(app), await tokenOf(app, 'max@sea.example')]
    await send(app, jo, wish)
    const { asked } = await waveRow(app, 'aid')
    world.clock.move(60_000)
    await send(app, jo, wish)
    assert.deepEqual((await waveRow(app, 'aid')).asked, asked)
    const seen = (await look(app, max)).html
    assert.match(seen, /Asked for: Wednesday,? 21\sApril/)
    assert.doesNotMatch(seen, /jo@aid|fair/)
    await send(app, max, { ...wish, day: '2027-06-16', why: 'A regatta' })
    const { day, who } = (await waveRow(app, 'aid')).asked ?? assert.fail('nothing is asked for')
    assert.deepEqual([day, who], ['2027-06-16', 'max@sea.example'])
    await act(app, 'aid', 'reschedule', { why: 'it stays', day: '2027-04-07' }, 'odile@it.example')
    assert.equal((await waveRow(app, 'aid')).asked, undefined)
  })

  test('is not asked for where dates are offered', async () => {
    const { app } = await federation()
    const token = await tokenOf(app)
    assert.doesNotMatch((await look(app, token)).html, /Another date/)
    assert.equal((await send(app, token, wish)).status, 422)
    assert.equal((await waveRow(app, 'aid')).asked, undefined)
  })
})

test('what is sent is written down with who, and bounded: more is refused and leaves nothing', async () => {
  const { world, app } = await federation()
  const token = await tokenOf(app)
  const statuses = []
  for (let n = 0; n < 40; n++) statuses.push((await send(app, token, { do: 'nothing' })).status)
  assert.deepEqual([...new Set(statuses)], [422, 429])
  assert.equal(statuses.filter(status => status === 422).length, 30)
  const sent = async () => (await all(app.store.audit.list({}))).filter(({ action }) => action === 'coordinate')
  assert.equal((await sent()).length, 31)
  assert.ok((await sent()).every(({ who }) => who === 'jo@aid.example'))
  assert.match((await send(app, token, { do: 'nothing' })).told, /Wait an hour/)
  world.clock.move(3_600_001)
  assert.equal((await send(app, token, { do: 'nothing' })).status, 422)
})

test('whatever file is sent to a page, it is told or taken whole, and nothing wrong is ever stored', {
  timeout: 120_000,
}, async () => {
  const { world, app } = await federation({ sea: true })
  const token = await tokenOf(app)
  const good = await filled(await workbook(app, token), answers(right))
  const others = async () => JSON.stringify(await app.store.mailboxes.get('aid', 'gull@sea.example'))
  const mailboxes = async () => JSON.stringify(await all(app.store.mailboxes.list({})))
  const before = { others: await others(), mailboxes: await mailboxes() }
  const random = chance(5)
  const kinds = new Set<number>()
  for (let n = 0; n < 100; n++) {
    const file = mangled(random, good, n)
    const { status, told } = await send(app, token, {
      do: oneOf(random, ['answer', 'answer', 'confirm', 'book']),
      of: 'aid',
      file,
    })
    kinds.add(status)
    assert.ok([200, 400, 413, 415, 422].includes(status), `${status}: ${told}`)
    assert.match(told, status === 200 ? /class="good"/ : /class="bad"/)
    world.clock.move(200_000)
  }
  assert.ok(kinds.has(400) && kinds.has(422))
  const stored = await all(app.store.answers.list({}))
  for (const one of stored) assert.deepEqual([one.entity, one.lines, one.who], ['aid', 6, 'jo@aid.example'])
  assert.equal(await others(), before.others)
  assert.equal(await mailboxes(), before.mailboxes)
  assert.equal((await waveRow(app, 'aid')).approvals, undefined)
  assert.equal((await waveRow(app, 'aid')).day, '2027-04-07')
})
