import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { describe, test } from 'node:test'
import { sameFlags } from '../../shared/copy/flags.ts'
import { digestOf } from '../../shared/copy/match.ts'
import { Failure } from '../../shared/errors.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { Engine } from '../copy/engine.ts'
import { between, type Chance, chance, oneOf } from '../fakes/chance.ts'
import { type Script, scripted } from './scripted.ts'
import { type Folder, type Held, someMail, varied } from './varied.ts'

const news = ['\\Seen', '\\Flagged', 'kw']

/** A server in use, whose connections end anywhere while it is `wild`, and which lets nobody in for a while then. `ever`: all that it has held. */
function inUse(random: Chance, folder: Folder, ever: Held[], is: { wild: boolean }): Script {
  const speakers = new WeakMap<Socket, Script>()
  const wildness = oneOf(random, [1, 3, 6])
  const some = (share: number) => is.wild && random() < share * wildness
  let away = 0
  const live = () => {
    const { messages } = folder
    const one = messages[between(random, 0, Math.max(messages.length - 1, 0))]
    if (some(0.003)) {
      folder.uidValidity++
      folder.messages = messages.map((one, i) => ({ ...one, uid: i + 1 }))
      folder.uidNext = messages.length + 1
    } else if (some(0.04)) {
      const arrived = { ...(someMail(random, 1)[0] as Held), uid: folder.uidNext++ }
      folder.messages = [...messages, arrived]
      ever.push(arrived)
    } else if (one && some(0.02)) folder.messages = messages.filter(other => other !== one)
    else if (one && some(0.03)) {
      const flags = news.filter(() => random() < 0.5)
      folder.messages = messages.map(other => (other === one ? { ...one, flags } : other))
    }
  }
  const script: Script = (line, say, socket) => {
    const [tag, verb] = line.split(' ')
    if (away > 0 || some(0.02)) {
      away = away > 0 ? away - 1 : between(random, 0, 3)
      return void socket.end(oneOf(random, ['', '* BYE\r\n', '* BYE [UNAVAILABLE] back soon\r\n', '* BYE going down {3}\r\n']))
    }
    live()
    if (verb === 'UID' && some(0.03))
      return say(
        `${tag} ${oneOf(random, ['NO [UNAVAILABLE] later', 'NO [SERVERBUG] oops', 'NO', 'BAD what', 'NO [INUSE] x'])}\r\n`,
      )
    const speaker = speakers.get(socket) ?? varied(random, [folder])
    speakers.set(socket, speaker)
    if (!some(0.03)) return speaker(line, say, socket)
    // All of it up to somewhere.
    const said: Buffer[] = []
    speaker(line, say, { write: (data: Buffer) => said.push(Buffer.from(data)) } as unknown as Socket)
    const whole = Buffer.concat(said)
    socket.write(whole.subarray(0, between(random, 0, whole.length)))
    if (some(0.5)) socket.end('* BYE in the middle\r\n')
    else socket.end()
  }
  return Object.assign(script, { opens: true })
}

const from = 60
const count = 40

describe('whatever an old server does, each of its messages is copied, once', { timeout: 120_000 }, () => {
  for (let seed = from; seed < from + count; seed++)
    test(`seed ${seed}`, { timeout: 20_000 }, async () => {
      const random = chance(seed)
      const messages = someMail(random, between(random, 3, 40)).map((one, i) => ({ ...one, uid: i + 1 }))
      const folder: Folder = { name: 'INBOX', uidValidity: 7, uidNext: messages.length + 1, messages }
      const ever = [...messages]
      const is = { wild: true }
      const server = await scripted(inUse(random, folder, ever, is), oneOf(random, ['IMAP4rev1', 'IMAP4rev1 CONDSTORE ENABLE']))
      const engine = new Engine()
      const mirror = random() < 0.5
      engine.source.folder('INBOX').uidValidity = 7
      const pass = async (careful: boolean) => {
        const source = openImapSource(server.endpoint, 'anna@town.example')
        await engine.pass({ source, careful, mirror, limits: { messages: 7, bytes: 5_000_000 } }).finally(() => source.close())
      }
      try {
        for (let tries = 1, quiet = 0; quiet < 2; tries++) {
          is.wild = tries < 40
          const error = await pass(tries > 2).catch((error: unknown) => error)
          assert.ok(error === undefined || (error instanceof Failure && error.verdict === 'transient'), `${error}`)
          assert.ok(tries < 60, `${error}`)
          quiet = error === undefined ? quiet + 1 : 0
        }
        is.wild = false
        engine.source.folder('INBOX').uidValidity = folder.uidValidity
        await pass(false)
        const entries = new Map((await engine.entries()).map(entry => [entry.uid, entry]))
        const targets = [...entries.values()].flatMap(({ target }) => target ?? [])
        assert.equal(new Set(targets).size, targets.length, 'each has a copy of its own')
        const there = new Map(engine.target.folder('INBOX').messages.map(one => [one.uid, one]))
        for (const { uid, raw, flags, internalDate } of folder.messages) {
          const { outcome = '', target = 0, note } = entries.get(uid) ?? {}
          // What it refused, or ended at, again and again is for a person to try again.
          if (outcome === 'unreadable') continue
          // After it numbered all anew only their bytes tell twins apart.
          const twin = folder.uidValidity > 7 && outcome === 'altered' && note?.startsWith('date: ')
          assert.match(outcome, twin ? /./ : /^(copied|adopted)$/, `${uid} ${note}`)
          const copy = there.get(target)
          assert.deepEqual(
            [copy && digestOf(copy.sent), twin || copy?.internalDate],
            [digestOf(raw), twin || internalDate],
            `${uid}`,
          )
          assert.ok(copy && sameFlags(copy.flags, flags), `${uid} ${copy?.flags} ${flags}`)
        }
        if (mirror && folder.messages.every(({ uid }) => entries.get(uid)?.outcome !== 'unreadable'))
          assert.equal(there.size, folder.messages.length, 'what is gone is gone there')
        const counted = (raws: Buffer[]) => Map.groupBy(raws, raw => digestOf(raw))
        const held = counted(ever.map(({ raw }) => raw))
        for (const [digest, copies] of counted([...there.values()].map(({ sent }) => sent)))
          assert.ok(copies.length <= (held.get(digest)?.length ?? 0), `${copies.length} copies of one`)
      } finally {
        server.close()
      }
    })
})
