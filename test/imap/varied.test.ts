import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { digestOf } from '../../shared/copy/match.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import type { Source } from '../../shared/source/source.ts'
import { between, chance, oneOf } from '../fakes/chance.ts'
import { scripted } from './scripted.ts'
import { type Folder, type Held, someMail, varied } from './varied.ts'

const capabilities = [
  'IMAP4rev1',
  'IMAP4rev1 NAMESPACE UIDPLUS',
  'IMAP4rev1 LIST-EXTENDED SPECIAL-USE CONDSTORE ENABLE',
  'IMAP4rev2 UTF8=ACCEPT',
]
const delimiters = ['"/"', '"."', 'NIL', '"\\\\"']
const plain = ['INBOX', 'Sent', 'Tom &- Jerry', '&AMk-t&AOk-', 'with space', '{5}', 'NIL', 'x'.repeat(180)]
const names = [...plain, 'a "quoted" one', 'back\\slash']

/** What is read of all folders, by UIDVALIDITY, which is another for each. */
async function read(source: Source): Promise<Map<string, unknown[]>> {
  const paths = (await source.folders()).map(({ path }) => path)
  for (const [i, stand] of (await source.standing(paths)).entries()) assert.ok(stand, paths[i])
  const found = new Map<string, unknown[]>()
  const portions: { path: string; uidValidity: string; uids: number[] }[] = []
  for await (const { path, status, heads } of source.list(paths.map(path => ({ path, fromUid: 1 })))) {
    found.set(status.uidValidity, [...heads])
    portions.push({ path, uidValidity: status.uidValidity, uids: [...heads].map(({ uid }) => uid) })
  }
  for (const portion of portions) {
    const read: { uid: number }[] = []
    for await (const { raw, uid, flags, internalDate, unreadable } of source.messages([portion])) {
      const pieces: Buffer[] = []
      if (Buffer.isBuffer(raw)) pieces.push(raw)
      else for await (const piece of raw.chunks()) pieces.push(Buffer.from(piece))
      const digest = digestOf(Buffer.concat(pieces))
      read.push({ uid, flags, internalDate, digest, unreadable } as { uid: number })
    }
    // A large one whose UID is told behind it comes last.
    found.get(portion.uidValidity)?.push(...read.sort((a, b) => a.uid - b.uid))
  }
  return found
}

function held({ messages }: Folder): unknown[] {
  const head = ({ uid, flags, internalDate }: Held) => ({ uid, flags: [...flags].sort(), internalDate })
  return [
    ...messages.map(one => ({ ...head(one), sizeBytes: one.raw.length })),
    ...messages.map(one => ({ ...head(one), digest: digestOf(one.raw), unreadable: undefined })),
  ]
}

const from = 1
const count = 60

describe('what a server holds is what is read of it, in whatever words it says so', { timeout: 60_000 }, () => {
  for (let seed = from; seed < from + count; seed++)
    test(`seed ${seed}`, { timeout: 20_000 }, async () => {
      const random = chance(seed)
      const folders = names.slice(0, between(random, 1, names.length)).map((name, i): Folder => {
        const messages = someMail(random, between(random, 0, 12))
        return { name, uidValidity: 4_294_967_295 - i, uidNext: (messages.at(-1)?.uid ?? 0) + 1, messages }
      })
      const server = await scripted(varied(random, folders, oneOf(random, delimiters)), oneOf(random, capabilities))
      const source = openImapSource(server.endpoint, 'anna@town.example')
      try {
        const found = await read(source)
        assert.deepEqual(found, new Map(folders.map(folder => [String(folder.uidValidity), held(folder)])))
      } finally {
        await source.close()
        server.close()
      }
    })
})
