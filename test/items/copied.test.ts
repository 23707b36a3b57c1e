import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { mailboxStatus } from '../../shared/commands/mailbox-status.ts'
import { Failure } from '../../shared/errors.ts'
import { graphItems } from '../../shared/graph/items.ts'
import type { ItemBox } from '../../shared/items/mailbox.ts'
import type { OldEntry, OldItems } from '../../shared/items/old.ts'
import { slotsByMailbox } from '../../shared/targets/graph-slots.ts'
import { MortalGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'
import { anna, type GraphMailbox, graphMailbox } from '../graph/mailbox.ts'
import { card, event, task } from '../sandbox/dav/entries.ts'
import type { Box } from '../sandbox/graph/items.ts'

/*
 * A wave whose calendars, contacts and tasks are copied: each comes once before its owner is told that the mailbox is copied, and mail never waits
 * for what a person must mend about them.
 */
const entries: OldEntry[] = [
  { at: '/anna/cal/a.ics', text: event('a', 'Council') },
  {
    at: '/anna/cal/b.ics',
    text: event('b', 'Parade', 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE;TZID=Europe/Brussels:20250709T140000'),
  },
  { at: '/anna/cal/c.ics', text: event('c', 'Board', 'ATTENDEE:mailto:ben@town.example') },
  { at: '/anna/cal/t.ics', text: task('t', 'Report') },
  ...['d', 'e', 'f', 'g'].map(uid => ({ at: `/anna/book/${uid}.vcf`, text: card(uid, `Person ${uid}`) })),
]
const names = ['Board', 'Council', 'Parade', 'Person d', 'Person e', 'Person f', 'Person g', 'Report']
const minute = 60_000

let at: GraphMailbox
let there: Box
before(async () => {
  at = await graphMailbox({ permissions: ['Contacts.ReadWrite', 'Calendars.ReadWrite', 'Tasks.ReadWrite.All'] })
  there = at.service.items.of(at.service.tenant.user(anna))
})
beforeEach(() => {
  for (const kind of [there.contacts, there.events, there.tasks]) kind.splice(0)
})
after(() => at.close())

const inGraph = (): ItemBox => graphItems(at.graph, slotsByMailbox(), anna)
const brought = () =>
  [...there.contacts, ...there.events, ...there.tasks]
    .map(({ fields }) => fields.displayName ?? fields.subject ?? fields.title)
    .sort()

/** A calendar server; `ill` throws what it fails with now. */
function shelf(all: () => readonly OldEntry[] = () => entries, ill: () => void = () => {}): OldItems {
  return {
    async shelves() {
      ill()
      return { calendars: 1, books: 1, others: 0 }
    },
    async count() {
      ill()
      return { calendars: 1, books: 1, others: 0, entries: 4, contacts: 4 }
    },
    async *entries() {
      ill()
      yield* all()
    },
  }
}

const failed = (code: string, verdict: 'permanent' | 'transient') =>
  new Failure({ verdict, during: 'reading the calendars of anna', code, hint: 'Check the login, then retry.' })

const dav = 'dav: { url: "https://dav.town.example/{user}/" }'

function scene(more: Partial<Scene> = {}, lateMail = 'PT2M'): Scene {
  const made = town()
  const playbook = made.playbook
    .replace('source:\n', `source:\n  ${dav}\n`)
    .replace('kind: exchange-server', 'kind: exchange-online')
    .replace('for: PT2M', `for: ${lateMail}`)
    .replace('copy: {', 'copy: { calendars: copy,')
  const wave = { ...made.wave, mailboxes: [{ address: anna }, { address: 'info@town.example', kind: 'alias', aliasOf: anna }] }
  return { ...made, playbook, wave, oldItems: () => shelf(), items: inGraph, ...more }
}

const statusOf = (world: World) => mailboxStatus(world.app(), 'town', anna)
const counts = async (world: World) => {
  const { found, created, already, excepted, left } = (await statusOf(world)).items ?? assert.fail('nothing is said of items')
  assert.equal(found, created + already + excepted + left)
  return { found, created, already, excepted, left }
}
const all = { found: 8, created: 8, already: 0, excepted: 0, left: 0 }

describe('calendars, contacts and tasks of the old server', () => {
  test('are brought with the mail, each once, before their owner is told; nobody is invited', async () => {
    let toldBefore: number | undefined
    const world: World = new World(
      scene({
        items: () => {
          toldBefore ??= world.targets
            .get(anna)
            ?.folder('INBOX')
            .messages.filter(({ raw }) => /ict@town\.example/.test(String(raw))).length
          return inGraph()
        },
      }),
    )
    const wave = await world.run()
    assert.equal(wave.verdict, 'complete', wave.reasons?.join())
    assert.deepEqual(brought(), names)
    assert.deepEqual(await counts(world), all)
    assert.equal(toldBefore, 0)
    assert.deepEqual(at.service.items.invited, [])
    const { items } = await statusOf(world)
    assert.deepEqual(
      [items?.calendars, items?.books, items?.kinds, items?.losses],
      [1, 1, { events: 3, tasks: 1, contacts: 4 }, { attendees: 1 }],
    )
    const again = world.lines.filter(({ work }) => work === 'bring-items')
    assert.equal(again.length, 1, 'an alias has none of its own')
  })

  test('bear the name of a further calendar; what stands in two comes once, and what is none is told', async () => {
    const shelfOf = (name: string) => ({ name, unlike: ['events'] as const })
    const read = (): OldEntry[] => [
      { at: '/anna/cal/a.ics', text: event('a', 'Council') },
      { at: '/anna/choir/a.ics', shelf: shelfOf('Choir'), text: event('a', 'Council') },
      { at: '/anna/choir/k.ics', shelf: shelfOf('Choir'), text: event('k', 'Concert', 'CATEGORIES:Music') },
      { at: '/anna/choir/t.ics', shelf: shelfOf('Choir'), text: task('t', 'Report') },
      { at: '/anna/choir/page.ics', shelf: shelfOf('Choir'), text: '<html>,</html>' },
      { at: '/anna/choir/lost.ics', refused: { reason: 'HTTP 500', remedy: 'Look there.' } },
    ]
    const world = new World(scene({ oldItems: () => shelf(read) }))
    await world.run()
    assert.deepEqual(await counts(world), { found: 6, created: 3, already: 1, excepted: 2, left: 0 })
    const categories = [...there.events, ...there.tasks].map(({ fields }) => [fields.subject ?? fields.title, fields.categories])
    assert.deepEqual(categories.sort(), [
      ['Concert', ['Music', 'Choir']],
      ['Council', undefined],
      ['Report', undefined],
    ])
    const { items } = await statusOf(world)
    assert.deepEqual(
      items?.exceptions.map(({ at, reason }) => [at, reason]),
      [
        ['/anna/choir/page.ics', 'it is neither a card nor a calendar'],
        ['/anna/choir/lost.ics', 'HTTP 500'],
      ],
    )
  })

  test('are left alone where the playbook does not say copy', async () => {
    const made = scene({ oldItems: () => assert.fail('nobody asked for calendars') })
    const world = new World({ ...made, playbook: made.playbook.replace('calendars: copy', 'calendars: elsewhere') })
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal((await statusOf(world)).items, undefined)
  })

  test('are there once, wherever the worker dies among them', async () => {
    const calm: MortalGate[] = []
    const process = (_: number, pass: () => void) => {
      const gate = new MortalGate(undefined, pass)
      calm.push(gate)
      return gate
    }
    await new World(scene()).run({ process })
    const calls = calm[0]?.names ?? []
    const begins = calls.findIndex(name => name.startsWith('dav.'))
    const ends = calls.findLastIndex(name => name.startsWith('items.')) + 3
    assert.ok(begins > 0 && ends - begins > 10, calls.slice(begins, ends).join())
    for (let n = begins; n <= ends; n++) {
      for (const when of ['before', 'after'] as const) {
        for (const kind of [there.contacts, there.events, there.tasks]) kind.splice(0)
        const world = new World(scene())
        const wave = await world.run({ process: (i, pass) => new MortalGate(i === 0 ? { at: n, when } : undefined, pass) })
        assert.deepEqual([wave.verdict, brought()], ['complete', names], `${when} call ${n}, ${calls[n - 1]}`)
        const { found, left, excepted } = await counts(world)
        assert.deepEqual([found, left, excepted], [8, 0, 0])
      }
    }
  })

  test('go on in another turn when the time of one is spent, and are counted once', async () => {
    const world: World = new World(
      scene({
        turnMs: 5 * minute,
        items: () => {
          const box = inGraph()
          return {
            ...box,
            make: async item => {
              world.clock.move(2 * minute)
              return box.make(item)
            },
          }
        },
      }),
    )
    assert.equal((await world.run()).verdict, 'complete')
    assert.ok(world.lines.filter(({ work }) => work === 'bring-items').length > 1)
    assert.deepEqual([brought(), await counts(world)], [names, all])
  })

  test('that their server refuses hold up no mail: the cause is told, and a retry brings them', async () => {
    let refuses = true
    const ill = () => {
      if (refuses) throw failed('HTTP 401', 'permanent')
    }
    const world = new World(scene({ oldItems: () => shelf(() => entries, ill) }))
    const wave = await world.run()
    assert.equal(wave.verdict, 'complete-with-exceptions')
    assert.match(wave.reasons?.join() ?? '', /anna@town\.example: calendars, contacts and tasks were not brought: .*HTTP 401/)
    const { state, items, messages } = await statusOf(world)
    assert.deepEqual(
      [state, items?.trouble?.code, items?.trouble?.hint],
      ['completed', 'HTTP 401', 'Check the login, then retry.'],
    )
    assert.equal(messages.copied + messages.excepted, messages.found)

    refuses = false
    const acted = await act(world.app(), 'town', 'retry', { why: 'the password was mended', mailboxes: [anna] }, 'Odile')
    assert.equal(acted.changed, 1)
    const second = await world.run()
    assert.equal(second.verdict, 'complete', second.reasons?.join())
    assert.deepEqual([brought(), await counts(world)], [names, all])
    assert.equal((await statusOf(world)).items?.trouble, undefined)
  })

  test('at which the program itself fails hold up no mail either', async () => {
    const broken = (): OldItems => ({
      shelves: async () => ({ calendars: 1, books: 0, others: 0 }),
      count: () => assert.fail('nobody counts in the evening'),
      // biome-ignore lint/correctness/useYield: it never comes to that
      async *entries() {
        throw new TypeError('a fault of ours')
      },
    })
    const world = new World(scene({ oldItems: broken }))
    await assert.rejects(world.run(), TypeError)
    const wave = await world.run()
    assert.equal(wave.verdict, 'complete-with-exceptions')
    assert.match(wave.reasons?.join() ?? '', /not brought: TypeError: a fault of ours/)
    assert.equal((await statusOf(world)).items?.trouble?.code, 'BUG')
  })

  test('whose server is down for minutes are waited for; for hours, they come with late mail, which does not wait', async () => {
    for (const [downMs, waits] of [
      [10 * minute, true],
      [120 * minute, false],
    ] as const) {
      for (const kind of [there.contacts, there.events, there.tasks]) kind.splice(0)
      let since: number | undefined
      const ill = () => {
        since ??= world.clock.now()
        if (world.clock.now() < since + downMs) throw failed('HTTP 503', 'transient')
      }
      const world: World = new World(scene({ oldItems: () => shelf(() => entries, ill) }, 'PT24H'))
      let without = false
      const until = async () => {
        const row = (await world.store.mailboxes.get('town', anna))?.row
        without ||= row?.state === 'draining' && brought().length === 0
        return (await world.wave())?.state === 'closed'
      }
      const wave = await world.run({ until })
      assert.deepEqual([wave.verdict, brought(), without], ['complete', names, !waits], wave.reasons?.join())
    }
  })

  test('whose server never comes back are given up with late mail, and the wave says so', async () => {
    const ill = () => {
      throw failed('HTTP 503', 'transient')
    }
    const world = new World(scene({ oldItems: () => shelf(() => entries, ill) }))
    const wave = await world.run()
    assert.deepEqual([wave.state, wave.verdict], ['closed', 'complete-with-exceptions'])
    const { trouble, comesAgain } = (await statusOf(world)).items as { trouble?: { code: string }; comesAgain?: boolean }
    assert.deepEqual([trouble?.code, comesAgain], ['HTTP 503', undefined])
  })

  test('of which Graph refuses one are told with it, and a retry tries that one alone', async () => {
    at.service.refuse({ times: 1, status: 400, code: 'ErrorInvalidPropertyRequest', only: /^POST .*contacts/ })
    const world = new World(scene())
    const wave = await world.run()
    assert.deepEqual(
      [wave.verdict, wave.reasons],
      ['complete-with-exceptions', [`${anna}: 1 of 8 events, contacts and tasks were not brought`]],
    )
    assert.deepEqual(await counts(world), { ...all, created: 7, excepted: 1 })
    const [exception, ...more] = (await statusOf(world)).items?.exceptions ?? []
    assert.match(exception?.at ?? '', /^\/anna\/book\/.\.vcf$/)
    assert.match(exception?.remedy ?? '', /correct/)
    assert.equal(more.length, 0)
    assert.doesNotMatch(JSON.stringify(await statusOf(world)), /Person|Council|Report/, 'what they say is not kept')

    there.events.splice(0, 1)
    await act(world.app(), 'town', 'retry', { why: 'mended' }, 'Odile')
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(await counts(world), all)
    assert.equal(there.events.length, 2, 'what its owner has deleted since stays deleted')
  })
})
