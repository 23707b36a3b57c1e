import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { Heads } from '../../shared/source/heads.ts'
import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { letter } from '../fakes/town.ts'
import { Engine, filled, subjects } from './engine.ts'

describe('a pass over a folder', () => {
  test('brings every message, in order, with flags and date, and counts them', async () => {
    const engine = filled(7)
    engine.source.setFlags('INBOX', 2, ['\\Seen', '$Label1'])
    const result = await engine.pass()
    assert.deepEqual(engine.arrived(), subjects(7))
    assert.deepEqual(engine.target.folder('INBOX').messages[1]?.flags, ['$Label1', '\\Seen'])
    assert.deepEqual(
      engine.target.folder('INBOX').messages.map(({ internalDate }) => internalDate),
      [0, 1000, 2000, 3000, 4000, 5000, 6000],
    )
    assert.deepEqual([result.current, result.found, result.new, result.counts.copied], [true, 7, 7, 7])
    assert.equal(engine.brought, 7)
  })

  test('leaves a notice or probe of ours in the old mailbox, wherever its mark stands', async () => {
    const engine = filled(1)
    for (const head of ['', 'Received: from x\r\n', 'X-Filter: nothing was found\r\n'.repeat(1_000)])
      engine.source.deliver('INBOX', Buffer.from(`${head}X-Releve-Notice: stays\r\nSubject: ours\r\n\r\nm\r\n`), [], 9_000)
    const { counts } = await engine.pass()
    assert.deepEqual([engine.arrived(), counts.copied], [subjects(1), 1])
  })

  test('again brings nothing', async () => {
    const engine = filled(4)
    await engine.pass()
    const again = await engine.pass()
    assert.deepEqual([again.current, again.new, engine.target.appended], [true, 0, 4])
  })

  test('brings only what is new', async () => {
    const engine = filled(4)
    await engine.pass()
    engine.source.deliver('INBOX', letter('new'))
    assert.equal((await engine.pass()).new, 1)
    assert.deepEqual(engine.arrived(), [...subjects(4), 'new'])
  })

  test('that runs out of time goes on where it stopped', async () => {
    const engine = filled(7)
    let chunks = 0
    assert.equal((await engine.pass({ time: () => chunks++ < 1 })).current, false)
    assert.deepEqual(engine.arrived(), subjects(3))
    assert.equal((await engine.pass()).current, true)
    assert.deepEqual(engine.arrived(), subjects(7))
  })

  test('leaves the source as it was', async () => {
    const engine = filled(3)
    const { changes } = engine.source
    await engine.pass()
    assert.equal(engine.source.changes, changes)
  })

  test('brings large messages in pieces, bytes unchanged', async () => {
    const engine = new Engine({}, { largeBytes: 500 })
    const large = letter('large', 'large', 'x'.repeat(5_000))
    engine.source.deliver('INBOX', letter('small'))
    engine.source.deliver('INBOX', large)
    engine.source.deliver('INBOX', letter('small too'))
    await engine.pass()
    assert.ok(engine.target.folder('INBOX').messages[1]?.raw.equals(large))
    assert.deepEqual((await engine.compare()).differences, [])
  })
})

describe('a message that cannot be brought as it is', () => {
  test('too large for the target is said to be, and the others go on', async () => {
    const engine = filled(2, { mostBytes: 1_000 })
    engine.source.deliver('INBOX', letter('huge', 'huge', 'x'.repeat(2_000)))
    engine.source.deliver('INBOX', letter('last'))
    const { counts, current } = await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 copied', '3 too-large', '4 copied'])
    assert.deepEqual([current, counts.excepted], [true, 1])
  })

  test('refused by the target is said to be, with its words', async () => {
    const engine = filled(3, { refuses: ({ raw }) => (raw.includes('m2') ? { code: 'CANNOT', text: 'bad MIME' } : undefined) })
    await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 refused', '3 copied'])
    assert.equal((await engine.entries())[1]?.note, 'bad MIME')
  })

  test('refused for its size without a code is too large', async () => {
    const exchange = { code: 'NO', text: 'Maximum size of appendable message has been exceeded.' }
    const engine = filled(2, { refuses: ({ raw }) => (raw.includes('m2') ? exchange : undefined) })
    await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 too-large'])
  })

  test('is no exception any more once its owner has deleted it, before the mailbox opened', async () => {
    const engine = filled(3, { refuses: ({ raw }) => (raw.includes('m2') ? { code: 'CANNOT', text: 'bad MIME' } : undefined) })
    await engine.pass()
    engine.source.expunge('INBOX', 2)
    await engine.pass({ additionsOnly: true })
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 refused', '3 copied'])
    const { found } = await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 vanished', '3 copied'])
    assert.equal((await engine.entries())[1]?.note, 'bad MIME; then its owner deleted or moved it')
    assert.deepEqual([found, (await engine.compare()).differences], [3, []])
  })

  test('that the source has no bytes of is unreadable, and no empty message takes its place', async () => {
    const engine = filled(3, {}, { hollow: ({ uid }) => uid === 2 })
    await engine.pass()
    assert.deepEqual(engine.arrived(), ['m1', 'm3'])
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 unreadable', '3 copied'])
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('with flags that the target cannot hold is altered, and says which', async () => {
    const engine = filled(2, { permanentFlags: ['\\Seen'] })
    engine.source.setFlags('INBOX', 1, ['\\Seen', '$Label1', 'Projet'])
    await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 altered', '2 copied'])
    assert.equal((await engine.entries())[0]?.note, 'the target cannot hold $Label1 Projet')
  })

  test('changed by the target is altered, and stays so when its flags change', async () => {
    const engine = filled(1, { rebuilds: true, admits: false })
    await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 altered'])
    engine.source.setFlags('INBOX', 1, ['\\Seen'])
    await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 altered'])
    assert.match((await engine.entries())[0]?.note ?? '', /other bytes/)
  })

  test('that the source lists but does not hand out is never called complete', async () => {
    let broken = true
    const engine = filled(3, {}, { keepsBack: ({ uid }) => broken && uid === 2 })
    await engine.pass()
    assert.deepEqual(engine.arrived(), ['m1', 'm3'])
    assert.match((await engine.compare()).differences.join(), /UID 2: is at the source, but was not handed out/)
    broken = false
    assert.equal((await engine.pass()).new, 1)
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm2'])
    assert.deepEqual((await engine.compare()).differences, [])
  })
})

describe('between passes', () => {
  test('changed flags follow', async () => {
    const engine = filled(4)
    await engine.pass()
    engine.source.setFlags('INBOX', 3, ['\\Flagged', '\\Seen'])
    await engine.pass()
    assert.deepEqual(
      engine.target.folder('INBOX').messages.map(({ flags }) => flags.join(' ')),
      ['', '', '\\Flagged \\Seen', ''],
    )
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('changed flags do not follow once its owner works at the target', async () => {
    const engine = filled(2)
    await engine.pass()
    engine.source.setFlags('INBOX', 1, ['\\Seen'])
    engine.source.deliver('INBOX', letter('new'))
    await engine.pass({ additionsOnly: true })
    assert.deepEqual(
      engine.target.folder('INBOX').messages.map(({ flags }) => flags.length),
      [0, 0, 0],
    )
  })

  test('what was marked as deleted is left behind, and sent when it no longer is', async () => {
    const engine = filled(3)
    engine.source.setFlags('INBOX', 2, ['\\Deleted'])
    await engine.pass()
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 deleted', '3 copied'])
    engine.source.setFlags('INBOX', 2, ['\\Seen'])
    engine.brought = 0
    await engine.pass()
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm2'])
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 copied', '3 copied'])
    assert.equal(engine.brought, 1)
  })

  test('what is expunged at the source stays at the target, unless the playbook says otherwise', async () => {
    const engine = filled(4)
    await engine.pass()
    engine.source.expunge('INBOX', 2)
    assert.equal((await engine.pass()).expunged, 1)
    assert.deepEqual(engine.arrived(), subjects(4))
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm4'])
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('what is expunged before the source numbers its messages anew is mirrored as well', async () => {
    const engine = filled(4)
    await engine.pass({ mirror: true })
    engine.source.expunge('INBOX', 2)
    engine.source.renumber('INBOX', 40)
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm4'])
    assert.deepEqual((await engine.compare()).differences, [])
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm4'])
  })

  test('what cannot be read when the source numbers its messages anew is not taken for expunged', async () => {
    let broken = false
    const engine = filled(4, {}, { hollow: ({ raw }) => broken && raw.includes('Subject: m2\r') })
    await engine.pass({ mirror: true })
    engine.source.renumber('INBOX', 40)
    broken = true
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), subjects(4))
  })

  test('mirroring removes nothing of a folder that suddenly seems almost empty', async () => {
    const engine = filled(50)
    await engine.pass()
    for (let uid = 1; uid <= 30; uid++) engine.source.expunge('INBOX', uid)
    await engine.pass({ mirror: true })
    assert.equal(engine.arrived().length, 50)
  })

  test('a message of the owner’s own at the target is left alone', async () => {
    const engine = filled(2)
    engine.target.deliver('INBOX', letter('own before'))
    await engine.pass()
    engine.target.deliver('INBOX', letter('own after'))
    engine.source.deliver('INBOX', letter('m3'))
    await engine.pass()
    await engine.compare()
    assert.deepEqual(engine.arrived(), ['own before', 'm1', 'm2', 'own after', 'm3'])
  })
})

describe('after an interruption', () => {
  /** The pass is cut after so many messages have landed. */
  async function cut(engine: Engine, landed: number): Promise<void> {
    const target = memoryTarget(engine.target)
    const append: typeof target.append = async function* (messages) {
      let n = 0
      for await (const answer of target.append(messages)) {
        if (++n > landed) throw new Failure({ verdict: 'transient', during: 'appending', code: 'ECONNRESET', hint: 'Wait.' })
        yield answer
      }
    }
    await assert.rejects(engine.pass({ target: { ...target, append } }), Failure)
  }

  test('what has landed is adopted, the rest is sent, nothing twice', async () => {
    for (let landed = 0; landed < 8; landed++) {
      const engine = filled(9)
      await cut(engine, landed)
      await engine.pass()
      assert.deepEqual(engine.arrived().toSorted(), subjects(9), `cut after ${landed}`)
      assert.deepEqual((await engine.compare()).differences, [])
    }
  })

  test('identical twins are counted, each keeps its date and flags', async () => {
    for (let landed = 0; landed < 8; landed++) {
      const engine = new Engine()
      for (let n = 0; n < 9; n++) engine.source.deliver('INBOX', letter('twin'), n % 2 ? ['\\Seen'] : [], n * 60_000)
      await cut(engine, landed)
      await engine.pass()
      const seen = ({ internalDate, flags }: { internalDate: number; flags: string[] }) => `${internalDate} ${flags}`
      const [source, target] = [engine.source, engine.target].map(box => box.folder('INBOX').messages.map(seen).sort())
      assert.deepEqual(target, source, `cut after ${landed}`)
    }
  })

  test('what was expunged at the source meanwhile is adopted once, and takes nobody else’s copy', async () => {
    for (let landed = 1; landed < 8; landed++) {
      const engine = new Engine()
      // All of one size and one second, so that only their bytes tell them apart.
      for (let n = 1; n <= 9; n++) engine.source.deliver('INBOX', letter(`m${n}`), [], 1000)
      await cut(engine, landed)
      engine.source.expunge('INBOX', 1)
      engine.source.expunge('INBOX', 5)
      await engine.pass()
      const arrived = engine.arrived()
      assert.equal(new Set(arrived).size, arrived.length, `cut after ${landed}: ${arrived.join(' ')}`)
      for (const subject of ['m2', 'm3', 'm4', 'm6', 'm7', 'm8', 'm9']) assert.ok(arrived.includes(subject), `${subject} is lost`)
    }
  })

  test('what cannot be read while it is looked for is not sent again, though it can be a moment later', async () => {
    const engine = filled(3, { rebuilds: true })
    await cut(engine, 2)
    const source = memorySource(engine.source)
    let looks = 0
    const messages: typeof source.messages = async function* (portions) {
      const refuses = looks++ === 0
      for await (const message of source.messages(portions))
        yield refuses && message.uid === 1 ? { ...message, raw: Buffer.alloc(0), unreadable: 'not now' } : message
    }
    await engine.pass({ source: { ...source, messages } })
    assert.deepEqual(engine.arrived().toSorted(), subjects(3))
    assert.equal((await engine.outcomes())[0], '1 unreadable')
  })

  test('what was expunged before it could be read takes nobody else’s copy', async () => {
    for (let landed = 1; landed < 8; landed++) {
      const engine = new Engine({}, { keepsBack: ({ uid }) => uid === 1 })
      for (let n = 1; n <= 9; n++) engine.source.deliver('INBOX', letter(`m${n}`), [], 1000)
      await cut(engine, landed)
      engine.source.expunge('INBOX', 1)
      await engine.pass()
      assert.deepEqual(engine.arrived().toSorted(), subjects(9).slice(1), `cut after ${landed}`)
    }
  })

  test('new mail that reached the target meanwhile is not taken for ours', async () => {
    const engine = filled(6)
    await cut(engine, 2)
    engine.target.deliver('INBOX', letter('delivered'))
    await engine.pass()
    assert.deepEqual(engine.arrived().toSorted(), ['delivered', ...subjects(6)])
  })

  test('a write that fails in the middle ends the pass with its failure, not the process', async () => {
    const engine = filled(9)
    const { save } = engine.store.chunks
    let saves = 0
    engine.store.chunks.save = async (row, etag) => (++saves === 2 ? 'conflict' : save(row, etag))
    const target = memoryTarget(engine.target)
    // The event loop turns between two answers: a rejection that nobody waits for is fatal then.
    const append: typeof target.append = async function* (messages) {
      for await (const answer of target.append(messages)) {
        yield answer
        await new Promise(resolve => setImmediate(resolve))
      }
    }
    await assert.rejects(engine.pass({ target: { ...target, append } }), { name: 'Error' })
    engine.store.chunks.save = save
    await engine.pass()
    assert.deepEqual(engine.arrived().toSorted(), subjects(9))
  })
})

describe('a target that tells no UIDs', () => {
  test('is asked for them, and identical twins get one each', async () => {
    const engine = new Engine({ uidPlus: false })
    for (let n = 0; n < 8; n++) engine.source.deliver('INBOX', letter('twin'), [], n * 1000)
    await engine.pass()
    const targets = (await engine.entries()).map(({ target }) => target)
    assert.deepEqual(targets, [1, 2, 3, 4, 5, 6, 7, 8])
    assert.deepEqual((await engine.compare()).differences, [])
  })
})

describe('a folder that is made anew', () => {
  test('at the target gets everything again', async () => {
    for (const uidPlus of [true, false]) {
      const engine = filled(5, { uidPlus })
      await engine.pass()
      engine.target.recreate('INBOX')
      await engine.pass()
      assert.deepEqual(engine.arrived(), subjects(5))
      assert.deepEqual((await engine.compare()).differences, [])
    }
  })

  test('at the target, with the same messages in it, gets nothing twice', async () => {
    const engine = filled(5)
    await engine.pass()
    engine.target.renumber('INBOX', 100)
    await engine.pass()
    assert.deepEqual(engine.arrived(), subjects(5))
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('at the source, with the same messages in it, brings nothing twice', async () => {
    const engine = filled(5)
    await engine.pass()
    engine.source.renumber('INBOX', 100)
    engine.source.deliver('INBOX', letter('new'))
    assert.equal((await engine.pass()).found, 6)
    assert.deepEqual(engine.arrived(), [...subjects(5), 'new'])
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('at the target in the middle of a pass does not let us touch what lies there now', async () => {
    for (const change of ['flags', 'expunge'] as const) {
      const engine = filled(3)
      await engine.pass()
      if (change === 'flags') engine.source.setFlags('INBOX', 1, ['\\Seen'])
      else engine.source.expunge('INBOX', 1)
      const target = memoryTarget(engine.target)
      const anew = () => {
        engine.target.recreate('INBOX')
        engine.target.deliver('INBOX', letter('own'))
      }
      const setFlags: typeof target.setFlags = async (at, changes, go) => {
        anew()
        return target.setFlags(at, changes, go)
      }
      const removeOurs: typeof target.removeOurs = async (at, uids, go) => {
        anew()
        return target.removeOurs(at, uids, go)
      }
      const changing = { ...target, setFlags, removeOurs }
      await assert.rejects(engine.pass({ target: changing, mirror: true }), { code: 'UIDVALIDITY' })
      assert.deepEqual(
        engine.target.folder('INBOX').messages.map(({ flags }) => flags),
        [[]],
      )
    }
  })
})

test('a folder that is too large for an argument list is copied all the same', async () => {
  const engine = filled(1)
  const source = memorySource(engine.source)
  const list: typeof source.list = async function* (wants) {
    for await (const listing of source.list(wants)) {
      const head = listing.heads.at(0)
      assert.ok(head)
      const many = Array.from({ length: 150_000 }, (_, i) => ({ ...head, uid: i + 1, flags: i === 0 ? [] : ['\\Deleted'] }))
      yield { ...listing, heads: Heads.of(many) }
    }
  }
  const limits = { messages: 500, bytes: 1e12 }
  const result = await engine.pass({ source: { ...source, list }, limits })
  assert.deepEqual([result.current, result.found, result.counts.copied], [true, 150_000, 1])
})
