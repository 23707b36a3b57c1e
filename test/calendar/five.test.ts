import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import ICAL from 'ical.js'
import PostalMime from 'postal-mime'
import { act } from '../../shared/commands/act.ts'
import type { Language } from '../../shared/intake/words.ts'
import { acceptAnswers } from '../../shared/inventory/answers.ts'
import { followAnswers } from '../../shared/inventory/follow.ts'
import { dayText } from '../../shared/notices/formats.ts'
import { all } from '../../shared/store/store.ts'
import { World } from '../fakes/world.ts'
import { actForPeople, isOver, type Part, sceneOf, told } from './played.ts'

/** A wave of each shipped playbook and what its people must be told: wall clock, offset, notice, reader, issuer, languages. */
const parts: (Part & { says: string })[] = [
  {
    playbook: 'secours',
    wave: 'spf00',
    day: '2025-04-07',
    mailboxes: [{ address: 'anna@spf00.example' }],
    says: `
    2025-03-24 09:30 +01:00 workbook federations@spf-team.example postmaster fr
    2025-03-29 09:00 +01:00 answers-reminder federations@spf-team.example postmaster fr
    2025-04-01 09:00 +02:00 answers-overdue federations@spf-team.example postmaster fr
    2025-04-02 09:30 +02:00 confirm-date federations@spf-team.example postmaster fr
    2025-04-02 10:00 +02:00 procedures anna@spf00.example postmaster fr
    2025-04-05 09:00 +02:00 cut anna@spf00.example postmaster fr
    2025-04-06 18:15 +02:00 accounts federations@spf-team.example postmaster fr
    2025-04-06 18:15 +02:00 done anna@spf00.example postmaster fr
    2025-04-06 18:15 +02:00 trustee transfert@spf-team.example postmaster fr
    2025-04-07 08:00 +02:00 day-j anna@spf00.example postmaster fr
    2025-04-21 09:00 +02:00 report federations@spf-team.example postmaster fr`,
  },
  {
    playbook: 'bma',
    wave: 'pilote',
    day: '2024-10-24',
    mailboxes: [{ address: 'po000001@adm.cfwb.be' }, { address: 'po000002@adm.cfwb.be' }],
    says: `
    2024-10-10 09:00 +02:00 mail-1 po000001@adm.cfwb.be sgne fr
    2024-10-10 09:00 +02:00 mail-1 po000002@adm.cfwb.be sgne fr
    2024-10-24 06:00 +02:00 mail-2 po000001@adm.cfwb.be etnic fr
    2024-10-24 06:00 +02:00 mail-2 po000002@adm.cfwb.be etnic fr
    2024-10-24 06:00 +02:00 mail-3 po000001@adm.cfwb.be sgne fr
    2024-10-24 06:00 +02:00 mail-3 po000002@adm.cfwb.be sgne fr
    2024-10-24 07:00 +02:00 mail-4 po000001@adm.cfwb.be etnic fr
    2024-10-24 07:00 +02:00 mail-4 po000002@adm.cfwb.be etnic fr
    2024-10-27 05:00 +01:00 unopened po000001@adm.cfwb.be etnic fr
    2024-10-27 05:00 +01:00 unopened po000002@adm.cfwb.be etnic fr`,
  },
  {
    playbook: 'police',
    wave: 'pilot-dri',
    day: '2025-04-07',
    mailboxes: [
      { address: 'anna@police.belgium.eu', entity: 'direction-dri' },
      { address: 'jan@police.belgium.eu', entity: 'zone-nord', language: 'nl' },
    ],
    says: `
    2025-03-17 09:00 +01:00 technicians systems@dri.example dri fr
    2025-03-17 09:00 +01:00 technicians systems@zone-north.example dri nl
    2025-03-17 09:00 +01:00 unit chief@zone-north.example dri nl
    2025-03-17 09:00 +01:00 unit secretariat@dri.example dri fr
    2025-03-31 09:00 +02:00 your-day anna@police.belgium.eu dri fr
    2025-03-31 09:00 +02:00 your-day jan@police.belgium.eu dri nl
    2025-04-04 09:00 +02:00 eve anna@police.belgium.eu dri fr
    2025-04-04 09:00 +02:00 eve jan@police.belgium.eu dri nl
    2025-04-07 18:30 +02:00 after anna@police.belgium.eu dri fr
    2025-04-07 18:30 +02:00 after jan@police.belgium.eu dri nl
    2025-04-21 09:00 +02:00 report chief@zone-north.example dri nl
    2025-04-21 09:00 +02:00 report secretariat@dri.example dri fr`,
  },
  {
    playbook: 'parquet',
    wave: 'bruxelles',
    day: '2025-04-07',
    mailboxes: [{ address: 'jan@om-mp.example', language: 'nl' }],
    says: `
    2025-03-17 09:00 +01:00 announcement ict@om-mp.example college fr+nl
    2025-03-24 09:00 +01:00 rules jan@om-mp.example college fr+nl
    2025-03-31 09:00 +02:00 rules-again jan@om-mp.example college fr+nl
    2025-03-31 09:30 +02:00 confirm-date ict@om-mp.example ict fr+nl
    2025-04-01 09:00 +02:00 planned jan@om-mp.example ict fr+nl
    2025-04-04 09:00 +02:00 eve jan@om-mp.example ict fr+nl
    2025-04-07 07:00 +02:00 done jan@om-mp.example ict fr+nl
    2025-04-07 08:00 +02:00 pass jan@om-mp.example ict fr+nl
    2025-04-07 12:00 +02:00 unopened jan@om-mp.example ict fr+nl
    2025-04-21 09:00 +02:00 report ict@om-mp.example college fr+nl`,
  },
  {
    playbook: 'sii93',
    wave: 'repetition',
    day: '2025-04-07',
    mailboxes: [{ address: 'anna@essai.sii93.example' }],
    says: `
    2025-03-24 09:00 +01:00 town direction@sii93.example sii fr
    2025-03-31 09:00 +02:00 your-day anna@essai.sii93.example sii fr
    2025-04-04 10:00 +02:00 eve anna@essai.sii93.example sii fr
    2025-04-07 19:00 +02:00 after anna@essai.sii93.example sii fr
    2025-04-21 09:00 +02:00 report direction@sii93.example sii fr`,
  },
]

describe('a shipped playbook is played to its end', { timeout: 120_000 }, () => {
  for (const { says, ...part } of parts) {
    test(`${part.playbook}: who is told what, when, in which language, from whom, once`, async () => {
      const world = new World(sceneOf(part))
      await world.run({ until: isOver })
      assert.equal((await world.wave())?.verdict, 'complete')
      // Within a minute the order is that of the line in which notices wait, and nobody's promise.
      const wanted = says.trim().split(/\n\s*/).sort()
      assert.deepEqual((await told(world)).sort(), wanted)
      const said = new Set(wanted.map(line => line.split(' ')[3]))
      // No mailbox was held, no date moved.
      const { notices } = world.readPlaybook(world.scene.playbook, part.playbook)
      const quiet = notices.filter(({ notice }) => !said.has(notice)).map(({ template }) => template)
      assert.deepEqual([...new Set(quiet)], ['operator-held', 'rescheduled', 'withdrawn', 'moved-back'])
      const letters = world.readers.letters.map(({ to, messageId }) => `${to} ${messageId}`)
      assert.equal(new Set(letters).size, letters.length, 'somebody was told twice')
    })
  }
})

/**
 * What an operator does to a wave, when, and who is told so: notice, reader, languages, the day D that he is told. A date is moved before anybody
 * has heard of it; then when some have; at last all is called off.
 */
const changes: (Part & { orders: [at: string, to: string | 'off', told: string[]][] })[] = [
  {
    ...partOf('secours', 'spf00', '2025-03-03', [{ address: 'anna@spf00.example' }]),
    orders: [
      ['2025-02-10', '2025-04-07', []],
      ['2025-04-01', '2025-05-19', ['federation-moved federations@spf-team.example fr 2025-05-19']],
      ['2025-05-15', 'off', ['called-off anna@spf00.example fr', 'federation-off federations@spf-team.example fr']],
    ],
  },
  {
    ...partOf('bma', 'pilote', '2024-10-10', [{ address: 'po000001@adm.cfwb.be' }, { address: 'po000002@adm.cfwb.be' }]),
    orders: [
      ['2024-09-20', '2024-10-17', []],
      ['2024-10-04', '2024-10-24', ['moved po000001@adm.cfwb.be fr 2024-10-24', 'moved po000002@adm.cfwb.be fr 2024-10-24']],
      ['2024-10-15', 'off', ['called-off po000001@adm.cfwb.be fr', 'called-off po000002@adm.cfwb.be fr']],
    ],
  },
  {
    ...partOf('police', 'pilot-dri', '2025-04-07', [
      { address: 'anna@police.belgium.eu', entity: 'direction-dri' },
      { address: 'jan@police.belgium.eu', entity: 'zone-nord', language: 'nl' },
    ]),
    orders: [
      ['2025-03-11', '2025-04-14', []],
      [
        '2025-04-01',
        '2025-04-28',
        [
          'technicians-moved systems@dri.example fr 2025-04-28',
          'technicians-moved systems@zone-north.example nl 2025-04-28',
          'unit-moved chief@zone-north.example nl 2025-04-28',
          'unit-moved secretariat@dri.example fr 2025-04-28',
        ],
      ],
      [
        '2025-04-22',
        '2025-05-05',
        [
          'moved anna@police.belgium.eu fr 2025-05-05',
          'moved jan@police.belgium.eu nl 2025-05-05',
          'technicians-moved systems@dri.example fr 2025-05-05',
          'technicians-moved systems@zone-north.example nl 2025-05-05',
          'unit-moved chief@zone-north.example nl 2025-05-05',
          'unit-moved secretariat@dri.example fr 2025-05-05',
        ],
      ],
      [
        '2025-04-23',
        'off',
        [
          'called-off anna@police.belgium.eu fr',
          'called-off jan@police.belgium.eu nl',
          'technicians-off systems@dri.example fr',
          'technicians-off systems@zone-north.example nl',
          'unit-off chief@zone-north.example nl',
          'unit-off secretariat@dri.example fr',
        ],
      ],
    ],
  },
  {
    ...partOf('parquet', 'bruxelles', '2025-04-07', [{ address: 'jan@om-mp.example', language: 'nl' }]),
    orders: [
      ['2025-03-11', '2025-04-14', []],
      // He has had the binding rules, which name no date.
      ['2025-04-08', '2025-04-28', ['office-moved ict@om-mp.example fr,nl 2025-04-28']],
      [
        '2025-04-26',
        '2025-05-05',
        ['moved jan@om-mp.example fr,nl 2025-05-05', 'office-moved ict@om-mp.example fr,nl 2025-05-05'],
      ],
      ['2025-04-28', 'off', ['called-off jan@om-mp.example fr,nl', 'office-off ict@om-mp.example fr,nl']],
    ],
  },
  {
    ...partOf('sii93', 'repetition', '2025-04-07', [{ address: 'anna@essai.sii93.example' }]),
    orders: [
      ['2025-03-10', '2025-04-14', []],
      ['2025-04-02', '2025-04-28', ['town-moved direction@sii93.example fr 2025-04-28']],
      ['2025-04-22', 'off', ['called-off anna@essai.sii93.example fr', 'town-off direction@sii93.example fr']],
    ],
  },
]

describe('a date that is moved, and taken back', { timeout: 120_000 }, () => {
  for (const { orders, ...part } of changes) {
    test(`${part.playbook}: whoever was told it is told, once, in his language; his calendar follows; nobody else hears of it`, async () => {
      const { world, told } = await changed(
        part,
        orders.map(([at, to]) => ({ at, to: [to] })),
      )
      assert.deepEqual(
        told,
        orders.map(([, , wanted]) => wanted),
      )
      // Whatever was put into a calendar is replaced, and taken out of it at the end.
      for (const events of Map.groupBy(await eventsIn(world), ({ to, uid }) => `${to} ${uid}`).values()) {
        const said = events.map(({ method, status, sequence }) => `${method} ${status} ${sequence}`)
        const counted = events.map(({ sequence }) => sequence)
        assert.deepEqual(
          counted,
          counted.toSorted((a, b) => a - b),
          'SEQUENCE never falls',
        )
        assert.equal(said.at(-1), `CANCEL CANCELLED ${orders.length}`)
        assert.ok(
          said.slice(0, -1).every(line => line.startsWith('PUBLISH CONFIRMED ')),
          said.join(', '),
        )
      }
    })
  }

  const bma = partOf('bma', 'pilote', '2024-10-10', [{ address: 'po000001@adm.cfwb.be' }])
  const tables: [what: string, to: string[], told: string[]][] = [
    [
      'moved again at once: only the last date is told',
      ['2024-10-17', '2024-10-24'],
      ['moved po000001@adm.cfwb.be fr 2024-10-24'],
    ],
    ['moved and moved back at once: there is nothing to tell', ['2024-10-17', '2024-10-10'], []],
    ['moved and called off at once: only that is told', ['2024-10-17', 'off'], ['called-off po000001@adm.cfwb.be fr']],
  ]
  for (const [what, to, wanted] of tables)
    test(what, async () => {
      const { told } = await changed(bma, [{ at: '2024-10-01', to }])
      assert.deepEqual(told, [wanted])
    })
  test('moved while a date is being written into a letter: no letter leaves with the old one', async () => {
    const world = new World(sceneOf(bma))
    let moves = 0
    await world.run({
      process: () => ({
        dead: false,
        // What is sent is kept first: the letter is composed by then.
        async call(name, work) {
          if (name === 'noticeBodies.put' && moves++ === 0)
            await act(world.app(), bma.wave, 'reschedule', { why: 'too much at once', day: '2024-10-17' }, 'operator')
          return work()
        },
      }),
      until: () => world.readers.letters.length > 0,
    })
    const rows = await all(world.store.notices.list({}))
    assert.deepEqual(
      rows.map(({ notice, state, day }) => `${notice} ${state} ${day}`),
      ['mail-1 sent 2024-10-17'],
    )
    const { text = '' } = await PostalMime.parse(world.readers.letters[0]?.mime ?? '')
    assert.ok(text.includes(dayText(Date.parse('2024-10-17T12:00Z'), 'Europe/Brussels', 'fr')), text)
  })
  test('what waits in line when all is called off is not said any more', async () => {
    const { world, told } = await changed(bma, [{ at: 'in line', to: ['off'] }])
    assert.deepEqual([told, world.readers.letters.length], [[[]], 0])
    const rows = await all(world.store.notices.list({}))
    assert.deepEqual(
      rows.map(({ notice, state }) => `${notice} ${state}`),
      ['mail-1 cancelled'],
    )
  })
})

/** Whoever has been told something of a wave that is put back: notice, reader, languages, way. */
const putBack: (Part & { at: string; told: string[] })[] = [
  {
    ...partOf('secours', 'spf00', '2025-04-07', [{ address: 'anna@spf00.example' }]),
    at: '2025-04-08',
    told: ['federation-back federations@spf-team.example fr smtp', 'put-back anna@spf00.example fr smtp'],
  },
  {
    ...partOf('bma', 'pilote', '2024-10-24', [{ address: 'po000001@adm.cfwb.be' }]),
    at: '2024-10-25',
    told: ['put-back po000001@adm.cfwb.be fr smtp'],
  },
  {
    ...partOf('police', 'pilot-dri', '2025-04-07', [
      { address: 'anna@police.belgium.eu', entity: 'direction-dri' },
      { address: 'jan@police.belgium.eu', entity: 'zone-nord', language: 'nl' },
    ]),
    at: '2025-04-08',
    told: [
      'put-back anna@police.belgium.eu fr smtp',
      'put-back jan@police.belgium.eu nl smtp',
      'technicians-back systems@dri.example fr smtp',
      'technicians-back systems@zone-north.example nl smtp',
      'unit-back chief@zone-north.example nl smtp',
      'unit-back secretariat@dri.example fr smtp',
    ],
  },
  {
    ...partOf('parquet', 'bruxelles', '2025-04-07', [{ address: 'jan@om-mp.example', language: 'nl' }]),
    at: '2025-04-08',
    told: ['office-back ict@om-mp.example fr,nl smtp', 'put-back jan@om-mp.example fr,nl smtp'],
  },
  {
    ...partOf('sii93', 'repetition', '2025-04-07', [{ address: 'anna@essai.sii93.example' }]),
    at: '2025-04-08',
    told: ['put-back anna@essai.sii93.example fr smtp', 'town-back direction@sii93.example fr smtp'],
  },
]

describe('a wave that is put back after people were told that their mail has moved', { timeout: 120_000 }, () => {
  for (const { at, told: wanted, ...part } of putBack)
    test(`${part.playbook}: each is told once, in his language, where he reads again`, async () => {
      const { world, told } = await changed(part, [{ at, to: ['back'] }])
      assert.deepEqual(told, [wanted])
      const last = (await eventsIn(world)).filter(({ to }) => to === part.mailboxes[0]?.address).at(-1)
      assert.equal(last?.method ?? 'CANCEL', 'CANCEL')
    })
})

describe('a mailbox that leaves its wave', { timeout: 120_000 }, () => {
  const two = [{ address: 'anna@spf00.example' }, { address: 'ben@spf00.example' }]
  const secours = partOf('secours', 'spf00', '2025-04-07', two)
  const toOwner = (name: string) => `called-off ${name}@spf00.example fr`
  const toFederation = 'federation-off federations@spf-team.example fr'
  const tables: [what: string, part: Part, orders: { at: string; to: string[] }[], told: string[][]][] = [
    ['before anybody has heard of a date: nobody is told', secours, [{ at: '2025-03-12', to: ['-anna@spf00.example'] }], [[]]],
    [
      'is told of once, to its owner and his coordinator; what is called off later is told to the others',
      secours,
      [
        { at: '2025-04-03', to: ['-anna@spf00.example', '-anna@spf00.example'] },
        { at: '2025-04-04', to: ['off'] },
      ],
      [
        [toOwner('anna'), toFederation],
        [toOwner('ben'), toFederation],
      ],
    ],
    [
      'and another one an hour later: each is told of his own',
      secours,
      [
        { at: '2025-04-03T08:00Z', to: ['-anna@spf00.example'] },
        { at: '2025-04-03T09:00Z', to: ['-ben@spf00.example'] },
      ],
      [
        [toOwner('anna'), toFederation],
        [toOwner('ben'), toFederation],
      ],
    ],
    [
      'once its mail has moved: its owner goes on reading there, and is told nothing',
      secours,
      [{ at: '2025-04-08', to: ['-anna@spf00.example'] }],
      [[]],
    ],
    [
      'while its date waits in line: that is not said any more',
      partOf('bma', 'pilote', '2024-10-10', [{ address: 'po000001@adm.cfwb.be' }]),
      [{ at: 'in line', to: ['-po000001@adm.cfwb.be'] }],
      [[]],
    ],
  ]
  for (const [what, part, orders, wanted] of tables)
    test(what, async () => {
      const { world, told } = await changed(part, orders)
      assert.deepEqual(told, wanted)
      if (orders[0]?.at === 'in line') assert.equal(world.readers.letters.length, 0)
    })

  test('is told what becomes of new mail where its domain moves without it; the dates of the others stay in calendars', async () => {
    const { world } = await changed(secours, [{ at: '2025-04-03', to: ['-anna@spf00.example'] }])
    const said = async (name: string) => {
      const [row] = (await all(world.store.notices.list({}))).filter(({ notice }) => notice === name)
      const letter = world.readers.letters.find(({ messageId }) => messageId === row?.messageId)
      return PostalMime.parse(letter?.mime ?? assert.fail(name))
    }
    const [owner, coordinator] = [await said('called-off'), await said('federation-off')]
    assert.match(owner.text ?? '', /n’arriveront plus dans votre boîte actuelle/)
    assert.doesNotMatch(owner.text ?? '', /comme d’habitude|Vous n’avez rien à faire/)
    assert.match(Buffer.from(owner.attachments[0]?.content as ArrayBuffer).toString(), /METHOD:CANCEL/)
    assert.match(coordinator.text ?? '', /anna@spf00\.example/)
    assert.doesNotMatch(coordinator.text ?? '', /ben@/)
    assert.deepEqual(coordinator.attachments, [])
  })

  test('by its coordinator’s answer: its owner is told, he is not', async () => {
    const world = new World(sceneOf(secours))
    const isTold = async () => {
      const told = await all(world.store.notices.list({ states: ['sent'] }))
      return told.filter(({ notice }) => notice === 'procedures').length === 2
    }
    await world.run({
      until: async () => {
        await actForPeople(world)
        return isTold()
      },
    })
    const wave = (await world.wave()) ?? assert.fail('no wave')
    const answer = 'adresse,conserver,type,raison\nanna@spf00.example,non,,\nben@spf00.example,oui,E1,\n'
    await acceptAnswers(world.app(), wave, Buffer.from(answer), 'text/csv', 'coordinator', { entity: 'spf00.example' })
    await followAnswers(world.app(), wave, 'coordinator')
    await followAnswers(world.app(), wave, 'coordinator')
    const owed = await all(world.store.notices.list({ states: ['due'] }))
    assert.deepEqual(
      owed.map(({ notice, to }) => `${notice} ${to}`),
      ['called-off anna@spf00.example'],
    )
  })
})

function partOf(playbook: string, wave: string, day: string, mailboxes: Part['mailboxes']): Part {
  return { playbook, wave, day, mailboxes }
}

/** A wave to which orders are given at their hours (a day, `off`, `back`, or the address of a mailbox that leaves), or while a notice waits `in line`; those of one hour before anything else happens. `told`: who was told of each. */
async function changed(part: Part, orders: { at: string; to: string[] }[]): Promise<{ world: World; told: string[][] }> {
  const letters: number[] = []
  const happens = orders.map(({ at, to }) => ({
    when: async (world: World) => {
      const owed = (await all(world.store.notices.list({ states: ['due'] }))).length
      return at === 'in line' ? owed > 0 : world.clock.now() >= Date.parse(at) && owed === 0
    },
    does: async (world: World) => {
      letters.push(world.readers.letters.length)
      const order = (action: 'cancel' | 'rollback' | 'reschedule', more: object) =>
        act(world.app(), part.wave, action, { why: 'the town has decided so', ...more }, 'operator')
      for (const what of to)
        if (what === 'off') await order('cancel', {})
        else if (what === 'back') await order('rollback', {})
        else if (what.startsWith('-')) await order('cancel', { mailboxes: [what.slice(1)] })
        else await order('reschedule', { day: what })
    },
  }))
  const world = new World({ ...sceneOf(part), happens })
  await world.run({
    until: async () => {
      await actForPeople(world)
      const owed = await all(world.store.notices.list({ states: ['due'] }))
      const isBack = (await world.wave())?.state !== 'rolling-back'
      return letters.length === orders.length && owed.length === 0 && isBack
    },
  })
  const { notices } = world.readPlaybook(world.scene.playbook, part.playbook)
  const rows = new Map((await all(world.store.notices.list({}))).map(row => [row.messageId, row]))
  const said = await Promise.all(
    world.readers.letters.map(async ({ messageId, mime }, i) => {
      const row = rows.get(messageId) ?? assert.fail(messageId)
      const template = notices.find(({ notice }) => notice === row.notice)?.template
      if (template !== 'rescheduled' && template !== 'withdrawn' && template !== 'moved-back') return undefined
      const { text = '' } = await PostalMime.parse(mime)
      if (template === 'rescheduled')
        for (const language of row.languages?.split(',') ?? [])
          assert.ok(text.includes(dayText(Date.parse(`${row.day}T12:00Z`), 'Europe/Brussels', language as Language)), text)
      const more = template === 'rescheduled' ? [row.day] : template === 'moved-back' ? [row.channel] : []
      const line = [row.notice, row.to, row.languages, ...more].join(' ')
      return { after: letters.filter(count => count <= i).length - 1, line }
    }),
  )
  const told = orders.map((_, n) => said.flatMap(one => (one?.after === n ? [one.line] : [])).sort())
  return { world, told }
}

/** Every entry of a calendar file that somebody got, in order. */
async function eventsIn(world: World) {
  const each = world.readers.letters.map(async ({ to, mime }) => {
    const { attachments } = await PostalMime.parse(mime)
    return attachments
      .filter(({ mimeType }) => mimeType === 'text/calendar')
      .flatMap(({ content }) => {
        const calendar = new ICAL.Component(ICAL.parse(Buffer.from(content as ArrayBuffer).toString()))
        return calendar.getAllSubcomponents('vevent').map(event => ({
          to,
          method: calendar.getFirstPropertyValue('method'),
          uid: event.getFirstPropertyValue('uid'),
          status: event.getFirstPropertyValue('status'),
          sequence: Number(event.getFirstPropertyValue('sequence') ?? 0),
        }))
      })
  })
  return (await Promise.all(each)).flat()
}
