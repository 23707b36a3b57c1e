import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, describe, test } from 'node:test'
import { identify } from '../../shared/copy/match.ts'
import { Failure } from '../../shared/errors.ts'
import type { Outgoing, Target } from '../../shared/targets/target.ts'
import { type Hands, oddities } from './hands.ts'

/**
 * A mailbox that nobody else uses, its owner’s hands, and a session of ours with it. `essence`: what of a message such a target promises to keep;
 * absent: every byte.
 */
export type TargetUnderTest = {
  target: Target
  hands: Hands
  essence?: (raw: Buffer) => Promise<string>
  /** Messages that such a target refuses for good; none unless given. */
  refuses?: (raw: Buffer) => boolean
  close(): Promise<void>
}

/** What every target promises. Every test works in a folder of its own. */
export function targetContract(what: string, open: () => Promise<TargetUnderTest>): void {
  describe(`target contract: ${what}`, { timeout: 60_000 }, () => {
    let target: Target
    let hands: Hands
    let at: TargetUnderTest
    beforeAll(async () => {
      at = await open()
      ;({ target, hands } = at)
    })
    afterAll(() => at.close())

    let folders = 0
    const folder = async () => {
      const path = `T${++folders}`
      await target.create([{ path }])
      return path
    }
    const date = Date.UTC(2001, 1, 3, 4, 5, 6)
    const outgoing = (uid: number, raw: Buffer, flags: string[] = [], internalDate = date): Loose => ({
      uid,
      raw,
      flags,
      internalDate,
    })
    const some = (count: number) =>
      Array.from({ length: count }, (_, i) => outgoing(i + 1, Buffer.from(`Subject: s${i}\r\n\r\nText ${i}\r\n`)))
    const append = async (path: string, messages: Iterable<Loose>) => {
      const answers: Answer[] = []
      for await (const { of, ...answer } of target.append(each(path, messages))) answers.push({ of: of.uid, ...answer })
      return answers
    }
    const stand = async (path: string) => {
      const [opened] = await target.open([path])
      assert.ok(opened)
      return opened
    }
    const placeOf = async (path: string) => ({ path, uidValidity: (await stand(path)).uidValidity })
    const essence = (raw: Buffer) => at.essence?.(raw) ?? Promise.resolve(raw.toString('latin1'))
    const essences = (messages: readonly { raw: Outgoing['raw'] }[]) =>
      Promise.all(messages.map(({ raw }) => essence(raw as Buffer)))
    const uidsOf = async (path: string) => (await hands.read(path)).map(({ uid }) => uid)

    test('makes a folder and lists it, with its parents', async () => {
      const { delimiter } = target.traits
      const path = ['Été & après', '2024', 'Mai'].join(delimiter)
      await target.create([{ path }])
      const listed = await target.folders()
      assert.deepEqual(listed.find(one => one.path === path)?.segments, ['Été & après', '2024', 'Mai'])
      assert.ok(listed.find(one => one.path === path)?.subscribed)
    })

    test('making a folder that is there leaves it as it is', async () => {
      const path = await folder()
      await hands.deliver(path, oddities.plain ?? Buffer.alloc(0))
      await target.create([{ path }])
      assert.equal((await stand(path)).exists, 1)
    })

    test('appends in order and tells the outcome of each', async () => {
      const path = await folder()
      const answers = await append(path, some(25))
      assert.deepEqual(
        answers.map(({ of, done }) => [of, done]),
        some(25).map(({ uid }) => [uid, true]),
      )
      const found = await hands.read(path)
      assert.deepEqual(await essences(found), await essences(some(25)))
    })

    test('tells the UIDs of what it appended, if it says so', async () => {
      const path = await folder()
      const { uidValidity } = await stand(path)
      const answers = await append(path, some(3))
      const uids = await uidsOf(path)
      for (const [i, answer] of answers.entries()) {
        assert.ok(answer.done)
        assert.ok(answer.uid !== undefined || !target.traits.tellsUids)
        if (answer.uid !== undefined) assert.deepEqual(answer, { of: i + 1, done: true, uidValidity, uid: uids[i] })
      }
    })

    test('keeps bytes, flags and date', async () => {
      const path = await folder()
      const { keeps } = await stand(path)
      const flags = ['\\Seen', '\\Answered', '$Label1', 'Projet'].filter(keeps).sort()
      assert.ok(flags.includes('\\Seen'))
      const messages = Object.values(oddities).map((raw, i) => outgoing(i + 1, raw, flags, date + i * 60_000))
      const refused = ({ raw }: Loose) => at.refuses?.(raw as Buffer) ?? false
      const answers = await append(path, messages)
      assert.deepEqual(
        answers.map(({ of, done }) => [of, done]),
        messages.map(message => [message.uid, !refused(message)]),
      )
      const found = await hands.read(path)
      const taken = messages.filter(message => !refused(message))
      for (const [i, { raw, flags: kept, internalDate }] of found.entries()) {
        assert.equal(await essence(raw), await essence(taken[i]?.raw as Buffer), String(taken[i]?.uid))
        assert.deepEqual([kept, internalDate], [flags, taken[i]?.internalDate])
      }
      assert.equal(found.length, taken.length)
    })

    test('takes messages in pieces', async () => {
      const path = await folder()
      const raw = oddities['of a hundred kilobytes'] ?? Buffer.alloc(0)
      async function* chunks() {
        for (let from = 0; from < raw.length; from += 9_000) yield raw.subarray(from, from + 9_000)
      }
      const body = { sizeBytes: raw.length, chunks }
      await append(path, [...some(1), { uid: 2, raw: body, flags: [], internalDate: date }, ...some(1)])
      assert.equal(await essence((await hands.read(path))[1]?.raw ?? Buffer.alloc(0)), await essence(raw))
    })

    test('nothing to append is nothing', async () => assert.deepEqual(await append(await folder(), []), []))

    test('cannot append to a folder that is not there, and can go on', async () => {
      await assert.rejects(append('Nowhere', some(2)), (error: unknown) => {
        assert.ok(error instanceof Failure)
        assert.deepEqual([error.verdict, error.code], ['transient', 'TRYCREATE'])
        return true
      })
      const path = await folder()
      assert.equal((await append(path, some(1))).length, 1)
    })

    test('cannot open a folder that is not there', async () => {
      await assert.rejects(target.open(['Nowhere']), { name: 'Failure', verdict: 'transient' })
    })

    test('finds what it appended, from a UID on, without being told to look again', async () => {
      const path = await folder()
      await append(path, some(2))
      const { uidNext, exists } = await stand(path)
      assert.equal(exists, 2)
      await append(path, some(3))
      const uids = (await uidsOf(path)).slice(2)
      const found: string[] = []
      for await (const message of target.messages([{ path, uids }])) found.push((await identify(message)).digest)
      assert.equal(found.length, 3)
      const digests: string[] = []
      for await (const { uid, digest, internalDate } of target.digests([{ path, uids }])) {
        digests[uids.indexOf(uid)] = digest
        assert.equal(internalDate, date)
      }
      assert.deepEqual(digests, found)
      for await (const { heads } of target.list([{ path, fromUid: uidNext }]))
        assert.deepEqual(
          [...heads].map(({ uid }) => uid),
          uids,
        )
    })

    test('an append that is left in the middle leaves whole messages only', async () => {
      const path = await folder()
      for await (const { of } of target.append(each(path, some(30)))) if (of.uid === 3) break
      const found = await hands.read(path)
      assert.ok(found.length >= 3 && found.length <= 30, `${found.length}`)
      assert.deepEqual(await essences(found), await essences(some(found.length)))
      assert.equal((await append(await folder(), some(2))).length, 2)
    })

    test('a source that fails in the middle of an append fails it, and what was sent is whole', async () => {
      const path = await folder()
      async function* failing() {
        yield* each(path, some(4))
        throw new Failure({ verdict: 'transient', during: 'reading', code: 'ECONNRESET', hint: 'Wait.' })
      }
      await assert.rejects(
        async () => {
          for await (const _ of target.append(failing()));
        },
        { name: 'Failure', code: 'ECONNRESET' },
      )
      const found = await hands.read(path)
      assert.ok(found.length <= 4)
      assert.deepEqual(await essences(found), await essences(some(found.length)))
      assert.equal((await append(await folder(), some(2))).length, 2)
    })

    test('replaces flags by UID, and those of others stay', async () => {
      const path = await folder()
      await append(
        path,
        some(3).map(one => ({ ...one, flags: ['\\Seen'] })),
      )
      const [first = 0, second = 0] = await uidsOf(path)
      await target.setFlags(
        await placeOf(path),
        new Map([
          [first, ['\\Flagged']],
          [second, []],
        ]),
      )
      await target.setFlags(await placeOf(path), new Map())
      assert.deepEqual(
        (await hands.read(path)).map(({ flags }) => flags),
        [['\\Flagged'], [], ['\\Seen']],
      )
    })

    test('touches nothing in a folder that was numbered anew', async () => {
      const path = await folder()
      await append(path, some(2))
      const place = { path, uidValidity: '1' }
      const [first = 0] = await uidsOf(path)
      await assert.rejects(target.setFlags(place, new Map([[first, ['\\Seen']]])), { name: 'Failure', code: 'UIDVALIDITY' })
      if (target.traits.tellsUids)
        await assert.rejects(target.removeOurs(place, [first]), { name: 'Failure', code: 'UIDVALIDITY' })
      assert.deepEqual(
        (await hands.read(path)).map(({ flags }) => flags),
        [[], []],
      )
    })

    test('touches nothing where the last word before it forbids it', async () => {
      const path = await folder()
      await append(path, some(1))
      const place = await placeOf(path)
      const [first = 0] = await uidsOf(path)
      const go = () => {
        throw new Error('not any more')
      }
      await assert.rejects(target.setFlags(place, new Map([[first, ['\\Seen']]]), go), { message: 'not any more' })
      if (target.traits.tellsUids) await assert.rejects(target.removeOurs(place, [first], go), { message: 'not any more' })
      assert.deepEqual(
        (await hands.read(path)).map(({ flags }) => flags),
        [[]],
      )
    })

    test('appends to many folders in one go', async () => {
      const paths = [await folder(), await folder(), await folder()]
      async function* outgoing() {
        for (const path of paths) yield* each(path, some(7))
      }
      const answers: unknown[] = []
      for await (const { of, done } of target.append(outgoing())) answers.push([of.path, of.uid, done])
      assert.deepEqual(
        answers,
        paths.flatMap(path => some(7).map(({ uid }) => [path, uid, true])),
      )
      for (const path of paths) assert.equal((await hands.read(path)).length, 7)
    })

    test('flags of a message that is gone are no error', async () => {
      const path = await folder()
      await append(path, some(1))
      await target.setFlags(await placeOf(path), new Map([[99, ['\\Seen']]]))
    })

    test('knows a message by its Message-ID', async () => {
      const path = await folder()
      await append(path, [outgoing(1, Buffer.from('Message-ID: <a.b@c.example>\r\nSubject: s\r\n\r\n'))])
      assert.equal(await target.holds(path, '<a.b@c.example>'), true)
      assert.equal(await target.holds(path, '<x.y@c.example>'), false)
    })

    test('withdraws what has this Message-ID, as often as it came, and nothing else', async () => {
      const path = await folder()
      const named = (uid: number, id: string) => outgoing(uid, Buffer.from(`Message-ID: <${id}>\r\nSubject: s${uid}\r\n\r\n`))
      const answer = Buffer.from('Message-ID: <re@c.example>\r\nIn-Reply-To: <a.b@c.example>\r\nSubject: re\r\n\r\n')
      await append(path, [named(1, 'a.b@c.example'), outgoing(2, answer), named(3, 'a.b@c.example'), named(4, 'x.a.b@c.example')])
      const [first = 0, second, third = 0, fourth] = await uidsOf(path)
      await target.withdraw(path, '<a.b@c.example>')
      if (target.traits.tellsUids) assert.deepEqual(await uidsOf(path), [second, fourth])
      else {
        const deleted = (await hands.read(path)).flatMap(({ uid, flags }) => (flags.includes('\\Deleted') ? [uid] : []))
        assert.deepEqual(deleted, [first, third])
      }
      await target.withdraw(path, '<a.b@c.example>')
    })

    test('removes by UID what it is told to, and nothing else, not even what its owner marked as deleted', async () => {
      const path = await folder()
      await append(path, some(3))
      const [first = 0, second = 0, third = 0] = await uidsOf(path)
      await hands.setFlags(path, first, ['\\Deleted'])
      const can = await target.removeOurs(await placeOf(path), [second])
      assert.equal(can, target.traits.tellsUids)
      assert.deepEqual(await uidsOf(path), can ? [first, third] : [first, second, third])
      assert.equal(await target.removeOurs(await placeOf(path), []), true)
      assert.equal(await target.removeOurs(await placeOf(path), [second]), can)
    })
  })
}

/** A message that is not yet on its way to a folder, and an answer by the message’s number. */
type Loose = Omit<Outgoing, 'path'>
type Answer = { of: number; done: boolean; uid?: number; uidValidity?: string; code?: string; text?: string }

async function* each(path: string, messages: Iterable<Loose>): AsyncIterable<Outgoing> {
  for (const message of messages) yield { path, ...message }
}
