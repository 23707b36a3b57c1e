import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import type { FolderStatus, Head, Portions, Source } from '../../shared/source/source.ts'
import { type Hands, oddities } from './hands.ts'

/** A mailbox that nobody else uses, its owner’s hands, and a session of ours with it. */
export type SourceUnderTest = {
  source: Source
  hands: Hands
  close(): Promise<void>
  /** What the server makes of the bytes it is given; nothing unless given. */
  stores?: (raw: Buffer) => Buffer
  /** False: it does not tell UIDNEXT when a folder is opened (RFC 3501 allows that). */
  tellsUidNext?: boolean
  /** It has CONDSTORE (RFC 7162). */
  condstore?: boolean
}

/** What every source promises. Every test works in a folder of its own. */
export function sourceContract(what: string, open: () => Promise<SourceUnderTest>): void {
  describe(`source contract: ${what}`, { timeout: 60_000 }, () => {
    let source: Source
    let hands: Hands
    let at: SourceUnderTest
    beforeAll(async () => {
      at = await open()
      ;({ source, hands } = at)
    })
    afterAll(() => at.close())

    let folders = 0
    const folder = async () => {
      const path = `${hands.prefix ?? ''}F${++folders}`
      await hands.make(path)
      return path
    }
    const look = async (path: string, fromUid = 1): Promise<{ status: FolderStatus; heads: Head[] }> => {
      for await (const { status, heads } of source.list([{ path, fromUid }])) return { status, heads: [...heads] }
      throw new Error(`${path} was not listed`)
    }
    const read = async (portions: Portions) => {
      const found: (Head & { bytes: Buffer })[] = []
      for await (const { raw, path: _, free: __, ...head } of source.messages(portions)) {
        const pieces: Buffer[] = []
        if (Buffer.isBuffer(raw)) pieces.push(raw)
        else for await (const piece of raw.chunks()) pieces.push(Buffer.from(piece))
        found.push({ ...head, bytes: Buffer.concat(pieces) })
      }
      return found
    }

    test('lists the INBOX with its role, and folders by their segments', async () => {
      const parent = `${hands.prefix ?? ''}Été`
      await hands.make(parent)
      await hands.make(`${parent}${hands.delimiter}2024 & après`)
      const listed = await source.folders()
      assert.equal(listed.find(({ path }) => path === 'INBOX')?.role, '\\Inbox')
      const nested = listed.find(({ segments }) => segments.length === 2 && segments[0] === 'Été')
      assert.deepEqual(nested?.segments, ['Été', '2024 & après'])
      assert.equal(nested?.path, `${parent}${hands.delimiter}2024 & après`)
      for (const { container, virtual } of listed.filter(({ path }) => path.startsWith(parent)))
        assert.deepEqual([container, virtual], [false, false])
    })

    test('opens an empty folder', async () => {
      const path = await folder()
      const { status, heads } = await look(path)
      assert.match(status.uidValidity, /^[1-9]\d*$/)
      assert.deepEqual([status.uidNext, status.exists], [1, 0])
      assert.deepEqual(heads, [])
      assert.deepEqual(await read([{ path, uids: [1, 2, 3] }]), [])
    })

    test('cannot open a folder that is not there, and can go on', async () => {
      await assert.rejects(look(`${hands.prefix ?? ''}Nowhere`), (error: unknown) => {
        assert.ok(error instanceof Failure)
        assert.equal(error.verdict, 'transient')
        assert.match(error.message, /exist|no folder/i)
        assert.ok(error.hint)
        return true
      })
      await look('INBOX')
      assert.equal(await source.alive(), true)
    })

    test('lists many folders in the order asked for, and tells how they stand', async () => {
      const paths: string[] = []
      for (let n = 0; n < 40; n++) {
        paths.push(await folder())
        for (let m = 0; m < n % 3; m++) await hands.deliver(paths[n] ?? '', Buffer.from(`Subject: ${n} ${m}\r\n\r\n`))
      }
      const listed: unknown[] = []
      for await (const { path, status, heads } of source.list(paths.map(path => ({ path, fromUid: 1 }))))
        listed.push([path, status.exists, heads.length])
      assert.deepEqual(
        listed,
        paths.map((path, n) => [path, n % 3, n % 3]),
      )
      const stand = await source.standing([...paths.slice(0, 3), 'Nowhere'])
      assert.deepEqual(
        stand.map(one => one?.exists),
        [0, 1, 2, undefined],
      )
      const { status } = await look(paths[2] ?? '')
      const uidNext = at.tellsUidNext === false ? 3 : status.uidNext
      assert.deepEqual([stand[2]?.uidValidity, stand[2]?.uidNext], [status.uidValidity, uidNext])
    })

    test('tells of every change of a folder, also of the one that is open: opened, asked for and listed alike', async () => {
      const path = await folder()
      const uid = await hands.deliver(path, Buffer.from('Subject: first\r\n\r\n'))
      const stands = async () => {
        const { status } = await look(path)
        assert.equal(status.highestModseq !== undefined, at.condstore === true)
        const listed = (await source.folders()).find(one => one.path === path)
        if (listed?.status) assert.deepEqual({ ...listed.status }, { ...status })
        const [asked] = await source.standing([path])
        if (at.tellsUidNext !== false) assert.deepEqual({ ...asked }, { ...status })
        return status
      }
      const changes = [
        () => hands.deliver(path, Buffer.from('Subject: second\r\n\r\n')),
        () => hands.setFlags(path, uid, ['\\Seen']),
        () => hands.expunge(path, uid),
      ]
      let before = await stands()
      for (const change of changes) {
        await change()
        // The folder is still open here: it must not be told as it was seen last.
        const listed = (await source.folders()).find(one => one.path === path)
        const after = await stands()
        if (listed?.status) assert.deepEqual({ ...listed.status }, { ...after })
        if (at.condstore) assert.notEqual(after.highestModseq, before.highestModseq)
        before = after
      }
    })

    test('hands out messages of many folders in one go, in order', async () => {
      const wanted: string[] = []
      const portions: { path: string; uids: number[] }[] = []
      for (let n = 0; n < 8; n++) {
        const path = await folder()
        const uids: number[] = []
        for (let m = 0; m < 5; m++) uids.push(await hands.deliver(path, Buffer.from(`Subject: ${n} ${m}\r\n\r\n`)))
        portions.push({ path, uids: uids.slice(0, 2) }, { path, uids: uids.slice(2) })
        wanted.push(...uids.map((_, m) => `Subject: ${n} ${m}\r\n\r\n`))
      }
      assert.deepEqual(
        (await read(portions)).map(({ bytes }) => bytes.toString()),
        wanted,
      )
    })

    test('does not hand out messages of a folder that was numbered anew', async () => {
      const path = await folder()
      await hands.deliver(path, oddities.plain ?? Buffer.alloc(0))
      await assert.rejects(read([{ path, uids: [1], uidValidity: '1' }]), { name: 'Failure', code: 'UIDVALIDITY' })
      assert.equal((await look(path)).heads.length, 1)
    })

    test('tells heads in the order of UIDs, with flags, date and size', async () => {
      const path = await folder()
      const date = Date.UTC(2001, 1, 3, 4, 5, 6)
      const first = await hands.deliver(path, oddities.plain ?? Buffer.alloc(0), ['\\Seen', '$Label1'], date)
      const second = await hands.deliver(path, oddities['with a long line'] ?? Buffer.alloc(0), [], date + 1_000)
      const { status, heads } = await look(path)
      assert.deepEqual([status.exists, status.uidNext], [2, at.tellsUidNext === false ? 1 : second + 1])
      assert.deepEqual(heads, [
        { uid: first, flags: ['$Label1', '\\Seen'], internalDate: date, sizeBytes: oddities.plain?.length },
        { uid: second, flags: [], internalDate: date + 1_000, sizeBytes: oddities['with a long line']?.length },
      ])
    })

    test('tells heads from a UID on, and none where there are none, though `n:*` names the last', async () => {
      const path = await folder()
      const uids: number[] = []
      for (let n = 0; n < 4; n++) uids.push(await hands.deliver(path, oddities.plain ?? Buffer.alloc(0)))
      await hands.expunge(path, uids[1] ?? 0)
      const found = async (from: number) => (await look(path, from)).heads.map(({ uid }) => uid)
      assert.deepEqual(await found(uids[1] ?? 0), [uids[2], uids[3]])
      assert.deepEqual(await found((uids[3] ?? 0) + 1), [])
      assert.deepEqual(await found(4_000_000_000), [])
    })

    test('hands out every message byte for byte', async () => {
      const path = await folder()
      const wanted = new Map<number, Buffer>()
      for (const raw of Object.values(oddities)) wanted.set(await hands.deliver(path, raw), at.stores?.(raw) ?? raw)
      const found = await read([{ path, uids: [...wanted.keys()] }])
      assert.equal(found.length, wanted.size)
      for (const { uid, bytes, sizeBytes } of found) {
        assert.ok(bytes.equals(wanted.get(uid) ?? Buffer.alloc(0)), `${[...wanted.keys()].indexOf(uid)}`)
        assert.equal(sizeBytes, bytes.length)
      }
    })

    test('hands out batch by batch, in order, without what is not there', async () => {
      const path = await folder()
      const uids: number[] = []
      for (let n = 0; n < 12; n++) uids.push(await hands.deliver(path, Buffer.from(`Subject: ${n}\r\n\r\n`)))
      await hands.expunge(path, uids[4] ?? 0)
      async function* batches() {
        yield { path, uids: uids.slice(0, 3) }
        yield { path, uids: [uids[4] ?? 0] }
        yield { path, uids: uids.slice(5, 12) }
      }
      const wanted = [...uids.slice(0, 3), ...uids.slice(5, 12)]
      const found = await read(batches())
      assert.deepEqual(
        found.map(({ uid }) => uid),
        wanted,
      )
      assert.deepEqual(
        found.map(({ bytes }) => bytes.toString()),
        wanted.map(uid => `Subject: ${uids.indexOf(uid)}\r\n\r\n`),
      )
      assert.deepEqual(await read([]), [])
    })

    test('hands out hundreds at once', async () => {
      const path = await folder()
      const uids: number[] = []
      for (let n = 0; n < 300; n++) uids.push(await hands.deliver(path, Buffer.from(`Subject: ${n}\r\n\r\n${'y'.repeat(n)}\r\n`)))
      assert.equal((await look(path)).heads.length, 300)
      const found = await read([uids.slice(0, 100), uids.slice(100, 200), uids.slice(200)].map(some => ({ path, uids: some })))
      assert.deepEqual(
        found.map(({ uid }) => uid),
        uids,
      )
    })

    test('may be left in the middle, and goes on', async () => {
      const path = await folder()
      const uids: number[] = []
      for (let n = 0; n < 20; n++) uids.push(await hands.deliver(path, oddities['of a hundred kilobytes'] ?? Buffer.alloc(0)))
      for await (const { uid } of source.messages([{ path, uids }])) {
        assert.equal(uid, uids[0])
        break
      }
      assert.deepEqual(
        (await read([{ path, uids: uids.slice(-2) }])).map(({ uid }) => uid),
        uids.slice(-2),
      )
    })

    test('sees what came after it was opened, once it is opened again', async () => {
      const path = await folder()
      await look(path)
      await hands.deliver(path, oddities.plain ?? Buffer.alloc(0))
      const { status, heads } = await look(path)
      assert.deepEqual([status.exists, heads.length], [1, 1])
    })

    test('knows a message by its Message-ID, and changes nothing by that', async () => {
      const path = await folder()
      await hands.deliver(path, Buffer.from('Message-ID: <a.b@c.example>\r\nSubject: s\r\n\r\n'))
      const before = await hands.read(path)
      assert.deepEqual([await source.holds(path, '<a.b@c.example>'), await source.holds(path, '<b@c.example>')], [true, false])
      assert.deepEqual(await hands.read(path), before)
    })

    test('changes nothing, not even \\Seen and \\Recent', async () => {
      const path = await folder()
      const uid = await hands.deliver(path, oddities.plain ?? Buffer.alloc(0), ['\\Flagged'])
      const before = await hands.read(path)
      await look(path)
      await read([{ path, uids: [uid] }])
      await source.standing([path])
      assert.deepEqual(await hands.read(path), before)
    })

    test('has another UIDVALIDITY for a folder that was deleted and made anew', async () => {
      const path = await folder()
      await hands.deliver(path, oddities.plain ?? Buffer.alloc(0))
      const { uidValidity } = (await look(path)).status
      await look('INBOX')
      await hands.remove(path)
      await hands.make(path)
      const anew = (await look(path)).status
      assert.notEqual(anew.uidValidity, uidValidity)
      assert.equal(anew.exists, 0)
    })
  })
}
