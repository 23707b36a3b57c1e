import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { scanWave, waveInventory } from '../../shared/commands/inventory.ts'
import { mailboxStatus } from '../../shared/commands/mailbox-status.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Failure } from '../../shared/errors.ts'
import type { Language } from '../../shared/intake/words.ts'
import type { OldItems } from '../../shared/items/old.ts'
import type { App } from '../../shared/ports.ts'
import { all } from '../../shared/store/store.ts'
import { house, people, playbook, sent } from './house.ts'

/*
 * What people have at the calendar server is looked into ahead, where it is copied. Whatever happens there, what IMAP has told is kept.
 */
const copying = playbook
  .replace('source:\n', 'source:\n  dav: { url: "https://dav.aid.example/{user}/" }\n')
  .replace('kind: exchange-server', 'kind: exchange-online')
  .replace('routing:', 'copy: { calendars: copy }\nrouting:')
const [anna = '', bruno = '', chloe = '', contact = '', old = ''] = people

const counted = { calendars: 2, books: 1, others: 0, entries: 12, contacts: 3 }
const retry = 'Then retry the mailbox (POST …/retry).'

type Ill = { code: string; verdict?: 'permanent' | 'transient'; retryAfterMs?: number }

/** A calendar server, who was asked for there, and by how many at once at most; `ill` says who cannot be read and why. */
function server(ill: (address: string) => Ill | undefined) {
  const asked: string[] = []
  const busy = { now: 0, most: 0 }
  const oldItems = ({ address }: { address: string }): OldItems => ({
    shelves: () => assert.fail('one look counts'),
    // biome-ignore lint/correctness/useYield: nothing is read
    async *entries() {
      assert.fail('nothing is read ahead')
    },
    async count() {
      asked.push(address)
      busy.most = Math.max(busy.most, ++busy.now)
      await new Promise(resolve => setImmediate(resolve))
      busy.now--
      const found = ill(address)
      if (!found) return counted
      const { code, verdict = 'permanent', retryAfterMs } = found
      throw new Failure({ during: `reading of ${address}`, code, verdict, retryAfterMs, hint: `Mend it. ${retry}` })
    },
  })
  return { asked, busy, oldItems }
}

const warningsOf = async (app: App) =>
  ((await waveStatus(app, 'aid')).warnings ?? []).filter(one => /calendars and contacts/.test(one))

async function measured(app: App): Promise<number> {
  return (await all(app.store.inventories.list({}))).filter(row => row.measured).length
}

describe('the calendar server, looked into ahead', () => {
  test('counts for each mailbox, one after the other; mailbox, inventory and workbook show it', async () => {
    const { asked, busy, oldItems } = server(() => undefined)
    const { app } = await house({ playbook: copying, oldItems })
    assert.deepEqual([asked.toSorted(), busy.most], [people, 1])
    const taken = await scanWave(app, 'aid', false)
    assert.deepEqual([taken.measured, taken.left, taken.items], [5, 0, { looked: 5, failed: 0 }])
    assert.equal(asked.length, 5, 'who was read is not asked for again')
    const { itemsAhead } = await mailboxStatus(app, 'aid', anna)
    const at = new Date(app.now()).toISOString()
    assert.deepEqual(itemsAhead, { ...counted, at })
    const listed = (await waveInventory(app, 'aid')).entities.flatMap(({ addresses }) => addresses)
    assert.deepEqual(listed.find(({ address }) => address === anna)?.itemsAhead, itemsAhead)
    for (const [language, entries, contacts] of [
      ['en', 'Events and tasks', 'Contacts'],
      ['fr', 'Événements et tâches', 'Contacts'],
      ['nl', 'Afspraken en taken', 'Contacten'],
      ['de', 'Termine und Aufgaben', 'Kontakte'],
    ] as [Language, string, string][])
      assert.deepEqual(await columns(app, language, entries, contacts), [12, 3])
    assert.deepEqual(await warningsOf(app), [])
  })

  test('is left alone, and has no column, where calendars are not copied', async () => {
    const { asked, oldItems } = server(() => assert.fail('nobody asks'))
    const { app } = await house({ oldItems })
    assert.deepEqual([asked, (await scanWave(app, 'aid', true)).items], [[], undefined])
    assert.ok(!(await headings(app, 'en')).includes('Contacts'))
  })

  test('that does not let one person be read loses nothing of IMAP; the wave warns with what to do, until it was mended', async () => {
    let isMended = false
    const { asked, oldItems } = server(address => (address === bruno && !isMended ? { code: 'HTTP 401' } : undefined))
    const { app } = await house({ playbook: copying, oldItems })
    assert.equal(await measured(app), 5)
    assert.deepEqual(await warningsOf(app), [
      `mailboxes whose calendars and contacts could not be read ahead at the old server: ${bruno} (HTTP 401). Mend it. Then look again (POST …/inventory).`,
    ])
    const { itemsAhead } = await mailboxStatus(app, 'aid', bruno)
    const { code, hint } = itemsAhead?.error ?? {}
    assert.deepEqual([code, hint], ['HTTP 401', 'Mend it. Then look again (POST …/inventory).'])
    assert.deepEqual(await columns(app, 'en', 'Events and tasks', 'Contacts', bruno), ['could not be read', 'could not be read'])

    isMended = true
    asked.splice(0)
    assert.deepEqual((await scanWave(app, 'aid', false)).items, { looked: 5, failed: 0 })
    assert.deepEqual([asked, await warningsOf(app)], [[bruno], []])
  })

  test('that has nothing of somebody, and has of others, is told apart from one that has of nobody', async () => {
    for (const code of ['HTTP 404', 'NO-HOME']) {
      const some = await house({ playbook: copying, ...server(one => (one === old ? { code } : undefined)) })
      const [without, ...more] = await warningsOf(some.app)
      assert.match(without ?? '', /^mailboxes without calendars .*: old@aid\.example; nothing is brought for them/)
      assert.equal(more.length, 0)
      assert.deepEqual(await columns(some.app, 'en', 'Events and tasks', 'Contacts', old), ['none', 'none'])

      const none = server(() => ({ code }))
      const nobody = await house({ playbook: copying, ...none })
      assert.equal(none.asked.length, 5)
      const [wrong, ...others] = await warningsOf(nobody.app)
      assert.match(wrong ?? '', /^the old server has calendars and contacts of nobody .*check `source\.dav\.url`/)
      assert.equal(others.length, 0)
    }
  })

  for (const [what, ill] of [
    ['is down', { code: 'ECONNREFUSED', verdict: 'transient' }],
    ['refuses the login', { code: 'HTTP 401' }],
  ] as [string, Ill][])
    test(`that ${what} is not asked on and on; the next look begins with those it was not asked for`, async () => {
      let ails = true
      const { asked, oldItems } = server(() => (ails ? ill : undefined))
      const { app } = await house({ playbook: copying, oldItems })
      assert.deepEqual([asked.length, await measured(app)], [3, 5])
      const [unread = '', unasked = '', ...more] = await warningsOf(app)
      assert.match(unread, new RegExp(`could not be read ahead .*, .*, .* \\(${ill.code}\\)\\. .*Then look again`))
      assert.doesNotMatch(unread, /retry|by itself/)
      assert.match(unasked, /nobody has looked into yet: 2;/)
      assert.equal(more.length, 0)

      ails = false
      const first = asked.splice(0)
      assert.deepEqual((await scanWave(app, 'aid', false)).items, { looked: 5, failed: 0 })
      assert.deepEqual(new Set(asked.slice(0, 2)), new Set(people.filter(one => !first.includes(one))))
      assert.deepEqual(await warningsOf(app), [])
    })

  test('that asks for patience is left alone at once', async () => {
    const { asked, oldItems } = server(() => ({ code: 'HTTP 429', verdict: 'transient', retryAfterMs: 60_000 }))
    const { app } = await house({ playbook: copying, oldItems })
    assert.deepEqual([asked.length, await measured(app)], [1, 5])
  })

  test('is asked for the rest by the next call where the time was spent', async () => {
    let move = () => {}
    const { asked, oldItems } = server(() => void move())
    const { world, app } = await house({ playbook: copying, oldItems })
    for (const row of await all(app.store.inventories.list({}))) await app.store.inventories.remove(row)
    asked.splice(0)
    move = () => world.clock.move(world.turnMs)
    const { measured, left, items } = await scanWave(app, 'aid', false)
    assert.deepEqual([measured, left, items, asked.length], [5, 4, { looked: 1, failed: 0 }, 1])
    move = () => {}
    const { left: none, items: rest } = await scanWave(app, 'aid', false)
    assert.deepEqual([none, rest, asked.toSorted()], [0, { looked: 5, failed: 0 }, people])
  })

  test('that fails in a later look, or an IMAP server that does, keeps what was counted', async () => {
    let ails = false
    const { oldItems } = server(() => (ails ? { code: 'HTTP 503', verdict: 'transient' } : undefined))
    const { world, app } = await house({ playbook: copying, oldItems })
    ails = true
    world.sources.delete(chloe)
    const { failed, items } = await scanWave(app, 'aid', true)
    assert.deepEqual([failed, items], [0, { looked: 5, failed: 3 }])
    const rows = await all(app.store.inventories.list({}))
    assert.ok(rows.every(({ measured, items }) => measured && items?.entries === 12))
    assert.deepEqual(await columns(app, 'en', 'Events and tasks', 'Contacts', contact), [12, 3])
  })
})

async function headings(app: App, language: Language): Promise<unknown[]> {
  return (await readXlsx(await sent(app, language))).sheets[1]?.rows[0] ?? []
}

async function columns(app: App, language: Language, entries: string, contacts: string, of = anna): Promise<unknown[]> {
  const rows = (await readXlsx(await sent(app, language))).sheets[1]?.rows ?? []
  const row = rows.find(([address]) => address === of) ?? assert.fail()
  return [entries, contacts].map(name => row[rows[0]?.indexOf(name) ?? -1])
}
