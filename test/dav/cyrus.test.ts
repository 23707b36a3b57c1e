import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDav } from '../../shared/dav/dav.ts'
import { Failure } from '../../shared/errors.ts'
import { readOld } from '../../shared/items/old.ts'
import { card, event, task } from '../sandbox/dav/entries.ts'
import { startCyrus } from '../sandbox/mail/cyrus.ts'

const anna = 'anna@town.example'
const ben = 'ben@town.example'
const reading = { timeZone: 'Europe/Brussels', now: Date.UTC(2025, 5, 1) }

test('calendars and contacts at Cyrus are read as their owner, from its address or from the person’s; nobody reads those of another', async t => {
  const cyrus = await startCyrus({ [anna]: 'own-secret', [ben]: 'bens' }, { user: 'migration', password: 'proxy-secret' })
  t.after(() => cyrus.stop())
  const entries = {
    'calendars/a.ics': event('a', 'Council'),
    'calendars/t.ics': task('t', 'Report'),
    'addressbooks/c.vcf': card('c', 'Ann Other'),
  }
  for (const [name, body] of Object.entries(entries)) {
    const [home, file = ''] = name.split('/')
    const type = file.endsWith('.ics') ? 'text/calendar; charset=utf-8' : 'text/vcard; charset=utf-8'
    const headers = { authorization: `Basic ${btoa(`${anna}:own-secret`)}`, 'content-type': type }
    const put = await fetch(`${cyrus.dav}dav/${home}/user/${anna}/Default/${file}`, { method: 'PUT', headers, body })
    assert.equal(put.status, 201, await put.text())
  }
  const open = (url: string, user: string, pass: string, direct = false, shared = false) =>
    openDav({ url, direct, shared, login: async () => ({ user, pass }), mailbox: anna, now: Date.now })
  const person = `${cyrus.dav}dav/principals/user/${anna}/`
  for (const old of [open(cyrus.dav, anna, 'own-secret'), open(person, anna, 'own-secret', true)]) {
    assert.deepEqual(await old.count(), { calendars: 1, books: 1, others: 0, entries: 2, contacts: 1 })
    assert.deepEqual(await old.shelves(), { calendars: 1, books: 1, others: 0 })
    const { items, exceptions } = await readOld(old, reading)
    assert.deepEqual([items.map(({ name }) => name).sort(), exceptions], [['Ann Other', 'Council', 'Report'], []])
  }
  for (const [user, pass] of [
    [ben, 'bens'],
    ['migration@town.example', 'proxy-secret'],
  ] as const) {
    await assert.rejects(
      open(person, user, pass, true, true).shelves(),
      error => error instanceof Failure && error.code === 'HTTP 403',
    )
  }
})
