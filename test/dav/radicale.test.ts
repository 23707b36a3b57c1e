import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type DavOptions, openDav } from '../../shared/dav/dav.ts'
import { Failure } from '../../shared/errors.ts'
import { readOld } from '../../shared/items/old.ts'
import { card, event, task } from '../sandbox/dav/entries.ts'
import { type Radicale, startRadicale } from '../sandbox/dav/radicale.ts'

const anna = 'anna@town.example'
const reading = { timeZone: 'Europe/Brussels', now: Date.UTC(2025, 5, 1) }
const admin = { user: 'migration', password: 'opens-all' }
const secret = 'annas-own'

let dir: string
let server: Radicale

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'radicale-'))
  server = await startRadicale({ dir, users: { [anna]: secret, 'ben@town.example': 'bens' }, admin })
  const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`e${i}.ics`, event(`e${i}`, `Meeting ${i} <&>`)]))
  await server.put(anna, 'calendar', { tag: 'VCALENDAR', name: '2025', entries: { ...many, 't.ics': task('t', 'Report') } })
  await server.put(anna, 'choir', {
    tag: 'VCALENDAR',
    name: 'Choir',
    components: 'VEVENT',
    entries: { 'c.ics': event('c', 'Concert') },
  })
  const photo = `PHOTO;ENCODING=b;TYPE=JPEG:${Buffer.alloc(300_000, 7).toString('base64')}`
  const cards = { 'a.vcf': card('a', 'Ann Other', photo, 'NOTE:behind the picture'), 'é b.vcf': card('b', 'Bé Other') }
  await server.put(anna, 'contacts', { tag: 'VADDRESSBOOK', name: 'Contacts', entries: cards })
})

after(async () => {
  await server?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const open = (more: Partial<DavOptions> & { user?: string; pass?: string } = {}) =>
  openDav({
    url: server.url,
    direct: false,
    shared: false,
    login: async () => ({ user: more.user ?? anna, pass: more.pass ?? secret }),
    mailbox: anna,
    now: Date.now,
    ...more,
  })
const home = () => ({ url: `${server.url}${anna}/`, direct: true })

const failing = (code: string, hint: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error))
  assert.deepEqual([error.code, error.verdict], [code, 'permanent'])
  assert.match(error.hint, hint)
  assert.doesNotMatch(`${error.message} ${error.hint}`, /annas-own|opens-all|wrong-one/)
  return true
}

describe('the calendars and contacts of a mailbox at Radicale', () => {
  for (const [how, options] of [
    ['found by signing in as their owner', () => ({})],
    ['in the home that an administrator opens', () => ({ ...home(), shared: true, user: admin.user, pass: admin.password })],
  ] as const) {
    test(`${how} are read whole`, async () => {
      const old = open(options())
      assert.deepEqual(await old.shelves(), { calendars: 2, books: 1, others: 0 })
      const { items, exceptions } = await readOld(old, reading)
      assert.deepEqual(exceptions, [])
      const of = (wanted: string) => items.filter(({ kind }) => kind === wanted).map(({ body, at }) => ({ body, at }))
      assert.equal(of('events').length, 71)
      assert.deepEqual(
        of('tasks').map(({ at, body }) => [at, body.title, body.categories]),
        [[`/${anna}/calendar/t.ics`, 'Report', undefined]],
      )
      assert.deepEqual(
        of('contacts')
          .map(({ at, body }) => [at, body.displayName])
          .sort(),
        [
          [`/${anna}/contacts/a.vcf`, 'Ann Other'],
          [`/${anna}/contacts/é b.vcf`, 'Bé Other'],
        ],
      )
      assert.match(JSON.stringify(of('contacts')), /behind the picture/)
      const concert = of('events').find(({ body }) => body.subject === 'Concert')
      assert.deepEqual(concert?.body.categories, ['Choir'])
      const meeting = of('events').find(({ body }) => body.subject === 'Meeting 7 <&>')
      assert.deepEqual(meeting?.body.categories, ['2025'])
    })
  }

  test('are counted ahead as they are read then', async () => {
    for (const options of [{}, { ...home(), shared: true, user: admin.user, pass: admin.password }])
      assert.deepEqual(await open(options).count(), { calendars: 2, books: 1, others: 0, entries: 72, contacts: 2 })
    await assert.rejects(open({ pass: 'wrong-one' }).count(), failing('HTTP 401', /source\.dav\.auth/))
  })

  test('are not read with a wrong password, and the answer says where it stands', async () => {
    await assert.rejects(open({ pass: 'wrong-one' }).shelves(), failing('HTTP 401', /source\.dav\.auth/))
  })

  test('of somebody else are not read by one who may not', async () => {
    await assert.rejects(
      open({ ...home(), user: 'ben@town.example', pass: 'bens' }).shelves(),
      failing('HTTP 403', /right to read/),
    )
  })

  test('that are not there are told apart from none', async () => {
    const nobody = {
      url: `${server.url}nobody@town.example/`,
      direct: true,
      shared: true,
      user: admin.user,
      pass: admin.password,
    }
    await assert.rejects(open(nobody).shelves(), failing('HTTP 404', /source\.dav\.url/))
  })
})
