import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, describe, test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { type ChunkRow, chunkKey, type MailboxRow, mailboxKey } from '../../shared/store/schema.ts'
import { all, first, gathered, type Store } from '../../shared/store/store.ts'
import { chunkRow, mailboxRow, noticeRow, waveRow } from '../fakes/rows.ts'

export type StoreUnderTest = { store: Store; close(): Promise<void> }

/** What every store promises. Every test works in a wave of its own. */
export function storeContract(what: string, open: () => Promise<StoreUnderTest>): void {
  describe(`store contract: ${what}`, { timeout: 60_000 }, () => {
    let at: StoreUnderTest
    beforeAll(async () => {
      at = await open()
    })
    afterAll(() => at.close())

    let waves = 0
    const newWave = () => `w${++waves}`
    const addresses = (rows: { address: string }[]) => rows.map(({ address }) => address)
    const get = async (row: MailboxRow) => {
      const stored = await at.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
      assert.ok(stored)
      return stored
    }

    test('a row that is not there is undefined', async () => {
      assert.equal(await at.store.mailboxes.get('nowhere', 'nobody'), undefined)
    })

    test('a row comes back as it was stored, every kind of column', async () => {
      const row = mailboxRow({
        wave: newWave(),
        state: 'pre-staging',
        dueAt: Date.UTC(2026, 2, 29, 0, 30, 15, 123),
        since: 0,
        found: 2_147_483_647,
        copied: 3_000_000_000,
        foundBytes: 9_007_199_254_740_991,
        waitsFor: '“Éléments” – 日本語 📁 \' " \\ \r\n',
        wanted: { address: 'anna@town.example', kind: 'shared', displayName: "L'Été" },
        error: { code: 'C', message: 'm', hint: 'h', at: 5 },
      })
      await at.store.mailboxes.insert(row)
      assert.deepEqual((await get(row)).row, row)
    })

    test('bytes come back as they were', async () => {
      const entries = Uint8Array.from({ length: 60_000 }, (_, i) => (i * 7) % 256)
      const row = chunkRow({ wave: newWave(), entries })
      await at.store.chunks.insert(row)
      const stored = await at.store.chunks.get(mailboxKey(row), chunkKey(row))
      assert.deepEqual(Buffer.from(stored?.row.entries ?? []), Buffer.from(entries))
    })

    test('what is stored is not changed through what was given or got', async () => {
      const row = waveRow({ wave: newWave(), gates: { cutover: 1 }, reasons: ['a'] })
      await at.store.waves.insert(row)
      row.reasons?.push('b')
      const got = await at.store.waves.get('wave', row.wave)
      got?.row.reasons?.push('c')
      assert.deepEqual((await at.store.waves.get('wave', row.wave))?.row.reasons, ['a'])
    })

    test('names with characters that keys cannot have are found again', async () => {
      const row = mailboxRow({ wave: `${newWave()}/a\\b#c?d|e=f%g`, address: `o'brien/é+x@town.example` })
      await at.store.mailboxes.insert(row)
      assert.equal((await get(row)).row.wave, row.wave)
      assert.deepEqual(addresses(await all(at.store.mailboxes.list({ partition: keyPart(row.wave) }))), [row.address])
    })

    test('a row is inserted once', async () => {
      const row = mailboxRow({ wave: newWave(), found: 1 })
      assert.notEqual(await at.store.mailboxes.insert(row), 'exists')
      assert.equal(await at.store.mailboxes.insert({ ...row, found: 2 }), 'exists')
      assert.equal((await get(row)).row.found, 1)
    })

    test('of many who insert the same row one succeeds', async () => {
      const row = mailboxRow({ wave: newWave() })
      const done = await Promise.all(Array.from({ length: 8 }, () => at.store.mailboxes.insert(row)))
      assert.equal(done.filter(one => one !== 'exists').length, 1)
    })

    test('a save needs the ETag of the last write', async () => {
      const row = mailboxRow({ wave: newWave() })
      const inserted = await at.store.mailboxes.insert(row)
      assert.ok(inserted !== 'exists')
      const saved = await at.store.mailboxes.save({ ...row, found: 1 }, inserted.etag)
      assert.ok(saved !== 'conflict')
      assert.equal(await at.store.mailboxes.save({ ...row, found: 2 }, inserted.etag), 'conflict')
      assert.notEqual(await at.store.mailboxes.save({ ...row, found: 3 }, saved.etag), 'conflict')
      assert.equal((await get(row)).row.found, 3)
    })

    test('a save of the same row once more is a new write too', async () => {
      const row = mailboxRow({ wave: newWave() })
      const inserted = await at.store.mailboxes.insert(row)
      assert.ok(inserted !== 'exists')
      assert.notEqual(await at.store.mailboxes.save(row, inserted.etag), 'conflict')
      assert.equal(await at.store.mailboxes.save(row, inserted.etag), 'conflict')
    })

    test('the ETag of a get and of a list is good for a save', async () => {
      const row = mailboxRow({ wave: newWave() })
      await at.store.mailboxes.insert(row)
      assert.notEqual(await at.store.mailboxes.save(row, (await get(row)).etag), 'conflict')
      const listed = await first(at.store.mailboxes.list({ partition: row.wave }))
      assert.notEqual(await at.store.mailboxes.save(row, listed?.etag ?? ''), 'conflict')
    })

    test('of rivals with the same ETag one wins', async () => {
      const row = mailboxRow({ wave: newWave() })
      await at.store.mailboxes.insert(row)
      const { etag } = await get(row)
      const done = await Promise.all([1, 2, 3, 4, 5].map(found => at.store.mailboxes.save({ ...row, found }, etag)))
      assert.equal(done.filter(one => one !== 'conflict').length, 1)
      assert.equal((await get(row)).row.found, done.findIndex(one => one !== 'conflict') + 1)
    })

    test('a save of a row that is gone is a conflict', async () => {
      const row = mailboxRow({ wave: newWave() })
      await at.store.mailboxes.insert(row)
      const { etag } = await get(row)
      await at.store.mailboxes.remove(row)
      assert.equal(await at.store.mailboxes.save(row, etag), 'conflict')
    })

    test('a column that is undefined is gone after a save', async () => {
      const row = mailboxRow({ wave: newWave(), claim: 'w', dueAt: 5, error: { code: 'C', message: 'm', hint: 'h', at: 1 } })
      const inserted = await at.store.mailboxes.insert(row)
      assert.ok(inserted !== 'exists')
      await at.store.mailboxes.save({ ...row, claim: undefined, dueAt: undefined, error: undefined }, inserted.etag)
      const found = (await get(row)).row
      assert.deepEqual([found.claim, found.dueAt, found.error], [undefined, undefined, undefined])
    })

    test('a row is removed, and removing it again is nothing', async () => {
      const row = mailboxRow({ wave: newWave() })
      await at.store.mailboxes.insert(row)
      await at.store.mailboxes.remove(row)
      await at.store.mailboxes.remove(row)
      assert.equal(await at.store.mailboxes.get(row.wave, row.address), undefined)
    })

    test('many rows are put, whatever is there', async () => {
      const wave = newWave()
      const rows = Array.from({ length: 230 }, (_, i) =>
        mailboxRow({ wave, address: `m${String(i).padStart(3, '0')}@town.example` }),
      )
      await at.store.mailboxes.put(rows.slice(0, 1))
      await at.store.mailboxes.put(rows)
      await at.store.mailboxes.put(rows.slice(0, 150).map(row => ({ ...row, found: 7 })))
      await at.store.mailboxes.put([])
      const found = await all(at.store.mailboxes.list({ partition: wave }))
      assert.deepEqual(addresses(found), addresses(rows))
      assert.equal(found.filter(row => row.found === 7).length, 150)
    })

    describe('a list', () => {
      const wave = 'listing'
      const rows: MailboxRow[] = [
        mailboxRow({ wave, address: 'b@x.example', state: 'synced', dueAt: 1_000 }),
        mailboxRow({ wave, address: 'a@x.example', state: 'planned' }),
        mailboxRow({ wave, address: 'd@x.example', state: 'synced', dueAt: 3_000 }),
        mailboxRow({ wave, address: 'C@x.example', state: 'held', dueAt: 2_000 }),
        mailboxRow({ wave: `${wave}2`, address: 'a@x.example', state: 'synced', dueAt: 1_000 }),
      ]
      beforeAll(async () => {
        for (const row of rows) await at.store.mailboxes.insert(row)
      })
      const list = async (query: Parameters<Store['mailboxes']['list']>[0]) =>
        (await all(at.store.mailboxes.list(query)))
          .filter(row => row.wave.startsWith(wave))
          .map(({ wave: of, address }) => `${of} ${address[0]}`)

      test('of a partition is in the order of its keys', async () => {
        assert.deepEqual(await list({ partition: wave }), ['listing C', 'listing a', 'listing b', 'listing d'])
      })

      test('of everything is in the order of partitions, then keys', async () => {
        assert.deepEqual(await list({}), ['listing C', 'listing a', 'listing b', 'listing d', 'listing2 a'])
      })

      test('may be asked for some columns only: what a row has of them comes, in the same order', async () => {
        const found = await gathered(
          at.store.mailboxes.pick({ partition: wave, states: ['held', 'synced'] }, ['address', 'dueAt', 'error']),
        )
        const expected = rows
          .filter(row => row.wave === wave && row.state !== 'planned')
          .map(({ address, dueAt }) => ({ address, dueAt }))
        assert.deepEqual(
          found,
          expected.sort((a, b) => (a.address < b.address ? -1 : 1)),
        )
        assert.deepEqual(await gathered(at.store.mailboxes.pick({ partition: wave, limit: 1 }, ['state'])), [{ state: 'held' }])
      })

      test('of a partition that is not there is empty', async () => assert.deepEqual(await list({ partition: 'none' }), []))

      test('is bounded by keys, the lower one included', async () => {
        assert.deepEqual(await list({ partition: wave, from: 'a@x.example', below: 'd@x.example' }), ['listing a', 'listing b'])
      })

      test('is filtered by states', async () => {
        assert.deepEqual(await list({ partition: wave, states: ['held', 'planned'] }), ['listing C', 'listing a'])
        assert.deepEqual(await list({ states: ['synced'] }), ['listing b', 'listing d', 'listing2 a'])
      })

      test('of what is due has only rows that owe something, up to the instant itself', async () => {
        assert.deepEqual(await list({ partition: wave, dueBy: 1_999 }), ['listing b'])
        assert.deepEqual(await list({ partition: wave, dueBy: 2_000 }), ['listing C', 'listing b'])
        assert.deepEqual(await list({ dueBy: 3_000, states: ['synced'] }), ['listing b', 'listing d', 'listing2 a'])
      })

      test('has as many as asked for', async () => {
        assert.deepEqual(await list({ partition: wave, limit: 2 }), ['listing C', 'listing a'])
        assert.deepEqual(await list({ partition: wave, states: ['synced'], limit: 1 }), ['listing b'])
      })

      test('may be left in the middle', async () => {
        assert.equal((await first(at.store.mailboxes.list({ partition: wave })))?.row.address, 'C@x.example')
        assert.equal(await first(at.store.mailboxes.list({ partition: 'none' })), undefined)
      })
    })

    test('a list longer than a page has everything once', async () => {
      const wave = newWave()
      const rows = Array.from({ length: 1_203 }, (_, i) => noticeRow({ wave, to: `r${String(i).padStart(5, '0')}@town.example` }))
      await at.store.notices.put(rows)
      const found = await all(at.store.notices.list({ partition: wave }))
      assert.deepEqual(
        found.map(({ to }) => to),
        rows.map(({ to }) => to),
      )
    })

    test('chunks are listed by folder, then UIDVALIDITY, then UID as a number', async () => {
      const wave = newWave()
      const chunk = (folder: string, uidValidity: string, firstUid: number): ChunkRow =>
        chunkRow({ wave, folder, uidValidity, firstUid })
      const wanted = [
        chunk('a', '9', 5),
        chunk('a', '9', 40),
        chunk('a', '9', 1_000),
        chunk('a', '1700000000', 1),
        chunk('b', '1', 1),
      ]
      await at.store.chunks.put(wanted.toReversed())
      const found = await all(at.store.chunks.list({ partition: mailboxKey({ wave, address: 'anna@town.example' }) }))
      const key = ({ folder, uidValidity, firstUid }: ChunkRow) => `${folder} ${uidValidity} ${firstUid}`
      assert.deepEqual(found.map(key), wanted.map(key))
    })

    test('a row that is too big for a column is refused, loudly', async () => {
      await assert.rejects(at.store.waves.insert(waveRow({ wave: newWave(), waitsFor: 'x'.repeat(40_000) })))
      await assert.rejects(at.store.chunks.insert(chunkRow({ wave: newWave(), entries: new Uint8Array(70_000) })))
    })
  })
}
