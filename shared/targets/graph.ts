import { z } from 'zod'
import { digestOf } from '../copy/match.ts'
import { Failure } from '../errors.ts'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import { Heads } from '../source/heads.ts'
import type { FolderStatus, Message, Portions } from '../source/source.ts'
import { keepsOf } from './graph-flags.ts'
import { delimiter, GraphFolders, permission } from './graph-folders.ts'
import { type Seen, seenIn } from './graph-listing.ts'
import { headersProperty, losesByJson } from './graph-message.ts'
import { marks, nextNumber, numbered, validityOf, writtenNumber } from './graph-numbers.ts'
import type { Slots } from './graph-slots.ts'
import { settled, type Writing, type Written, writeJson, writeMime } from './graph-writing.ts'
import type { OpenFolder, Outgoing, Target } from './target.ts'

/** `slots`: the requests at once to this mailbox. `mark`: what tells this session’s numbers from another’s, any whole number. */
export type GraphTarget = { graph: Graph; slots: Slots; writer: 'graph-json' | 'graph-import-mime'; mark: number }

const writers = {
  // 35 MB, what Exchange Online takes unless it is raised; larger ones would have to be whole in memory.
  'graph-json': {
    write: writeJson,
    keeps: keepsOf(['\\Seen', '\\Flagged', '\\Answered', '\\Draft'], losesByJson),
    mostBytes: 36_700_160,
  },
  // One request of 4 MB, in base64.
  'graph-import-mime': { write: writeMime, keeps: keepsOf(['\\Seen', '\\Flagged', '\\Answered'], []), mostBytes: 3_145_728 },
} as const

/** A folder as it was when it was looked at: its messages by UID. */
type Looked = { path: string; folderId: string; messages: Map<number, Seen> }

/** A target over Microsoft Graph. UIDs are numbers of our own, see graph-numbers.ts; UIDVALIDITY is drawn from Graph’s id of the folder. */
export function openGraphTarget({ graph, slots, writer, mark }: GraphTarget, mailbox: string): Target {
  const { write, keeps, mostBytes } = writers[writer]
  const base = `users/${segment(mailbox)}`
  const folders = new GraphFolders(graph, mailbox, slots)
  const writing: Writing = { graph, mailbox, slots }
  const ask = { during: `looking at the messages of ${mailbox}`, permission }
  /** The greatest number given out, by folder. */
  const given = new Map<string, number>()
  /** Folders as they were seen last, by path. */
  const known = new Map<string, Looked>()

  const seen = async (path: string, code: 'NONEXISTENT' | 'TRYCREATE') => {
    const folderId = await folders.idOf(path, code)
    try {
      return { folderId, found: await slots(() => seenIn(graph, mailbox, folderId, ask.during)) }
    } catch (error) {
      throw isGone(error) ? folders.gone(path, code) : error
    }
  }
  const look = async (path: string): Promise<Looked> => {
    const { folderId, found } = await seen(path, 'NONEXISTENT')
    const looked = { path, folderId, messages: numbered(found.filter(({ unfinished }) => !unfinished)) }
    known.set(path, looked)
    return looked
  }
  const statusOf = ({ folderId, messages }: Looked): FolderStatus => {
    // What comes without a number of ours is counted on from the last one.
    const uidNext = Math.max(greatest(messages), given.get(folderId) ?? 0) + 1
    return { uidValidity: validityOf(folderId), uidNext, exists: messages.size }
  }
  /** The folder with these UIDs, looked at anew where it does not have them all. */
  const having = async (path: string, uids: Iterable<number>, uidValidity: string | undefined): Promise<Looked> => {
    let looked = known.get(path)
    for (const uid of uids) if (!looked?.messages.has(uid)) looked = undefined
    looked ??= await look(path)
    if (uidValidity === undefined || uidValidity === validityOf(looked.folderId)) return looked
    known.delete(path)
    const hint = 'The folder was made anew; the next pass looks for everything again.'
    throw new Failure({ verdict: 'transient', during: `opening “${path}” of ${mailbox}`, code: 'UIDVALIDITY', hint })
  }

  /** The folder before the first append to it; what was left unfinished there goes, its writer was stopped. */
  const begin = async (path: string) => {
    const { folderId, found } = await seen(path, 'TRYCREATE')
    for (const { graphId } of found.filter(({ unfinished }) => unfinished)) await remove(graphId)
    const finished = numbered(found.filter(({ unfinished }) => !unfinished))
    given.set(folderId, Math.max(given.get(folderId) ?? 0, greatest(finished)))
    return folderId
  }
  const remove = async (graphId: string) => {
    await quietly(() => slots(() => graph.act(`${base}/messages/${segment(graphId)}/permanentDelete`, {}, ask)))
  }

  const named = async (path: string, messageId: string) => {
    const folderId = await folders.idOf(path, 'NONEXISTENT')
    const filter = encodeURIComponent(`internetMessageId eq '${odataQuoted(messageId)}'`)
    const within = `${base}/mailFolders/${segment(folderId)}/messages?$filter=${filter}&$select=id&$top=10`
    return slots(() => graph.list(within, z.object({ id: z.string() }), ask))
  }

  return {
    traits: { delimiter, prefix: '', forbidden: delimiter, rebuilds: true, tellsUids: true, mostBytes },
    folders: () => folders.list(),
    async create(wanted) {
      for (const { path } of wanted) await folders.create(path)
    },
    async standing(paths) {
      const found: (FolderStatus | undefined)[] = []
      for (const path of paths) found.push(await unlessGone(async () => statusOf(await look(path))))
      return found
    },
    async open(paths) {
      const opened: OpenFolder[] = []
      for (const path of paths) opened.push({ ...statusOf(await look(path)), keeps })
      return opened
    },
    async *list(wants) {
      for (const { path, fromUid } of wants) {
        const looked = await look(path)
        const heads = [...looked.messages].flatMap(([uid, one]) => (uid >= fromUid ? [headOf(uid, one)] : []))
        yield { path, status: statusOf(looked), heads: Heads.of(heads) }
      }
    },
    messages: portions => read(portions),
    async *digests(portions) {
      for await (const { path, uid, raw, internalDate } of read(portions))
        yield { path, uid, digest: digestOf(raw), internalDate }
    },
    async *append(outgoing) {
      const begun = new Map<string, string>()
      for await (const message of outgoing) {
        const folderId = begun.get(message.path) ?? (await begin(message.path))
        begun.set(message.path, folderId)
        const number = nextNumber(given.get(folderId) ?? 0) + (Math.abs(mark) % marks)
        message.go?.()
        given.set(folderId, number)
        const written = await put(folderId, message, number)
        if ('code' in written) yield { of: message, done: false, ...written }
        else yield { of: message, done: true, uidValidity: validityOf(folderId), uid: number }
      }
    },
    async setFlags({ path, uidValidity }, changes, go) {
      if (changes.size === 0) return new Map()
      const { folderId, messages } = await having(path, changes.keys(), uidValidity)
      for (const [uid, flags] of changes) {
        const one = messages.get(uid)
        if (!one) continue
        const set = settled(flags, writtenNumber(folderId, uid))
        go?.()
        await quietly(() => slots(() => graph.patch(`${base}/messages/${segment(one.graphId)}`, set, ask)))
      }
      return new Map()
    },
    holds: async (path, messageId) => (await named(path, messageId)).length > 0,
    async withdraw(path, messageId) {
      for (const { id } of await named(path, messageId)) await remove(id)
      known.delete(path)
    },
    async removeOurs({ path, uidValidity }, uids, go) {
      if (uids.length === 0) return true
      const { messages } = await having(path, uids, uidValidity)
      for (const uid of uids) {
        const one = messages.get(uid)
        if (one?.number === undefined) continue
        go?.()
        await remove(one.graphId)
      }
      known.delete(path)
      return true
    },
    alive: async () => true,
    close: async () => {},
  }

  async function* read(portions: Portions): AsyncIterable<Message & { raw: Buffer }> {
    for await (const { path, uids, uidValidity } of portions) {
      const { messages } = await having(path, uids, uidValidity)
      for (const uid of uids) {
        const one = messages.get(uid)
        const raw = one && (await quietly(() => slots(() => bytesOf(graph, base, one.graphId, ask))))
        if (one && raw) yield { ...headOf(uid, one), path, sizeBytes: raw.length, raw }
      }
    }
  }

  async function put(folderId: string, message: Outgoing, number: number): Promise<Written> {
    try {
      return await write(writing, folderId, message, number)
    } catch (error) {
      throw isGone(error) ? folders.gone(message.path, 'TRYCREATE') : error
    }
  }
}

function greatest(messages: ReadonlyMap<number, Seen>): number {
  return [...messages.keys()].at(-1) ?? 0
}

function headOf(uid: number, { flags, internalDate, sizeBytes }: Seen) {
  return { uid, flags, internalDate, sizeBytes }
}

/** What tells a message from others: the header that it was made with, where that was kept; else the whole of it. */
async function bytesOf(
  graph: Graph,
  base: string,
  graphId: string,
  ask: { during: string; permission: string },
): Promise<Buffer> {
  const path = `${base}/messages/${segment(graphId)}`
  const filter = encodeURIComponent(`id eq '${headersProperty}'`)
  const shape = z.object({ singleValueExtendedProperties: z.array(z.object({ value: z.string() })).nullish() })
  const { singleValueExtendedProperties: kept } = await graph.get(
    `${path}?$select=id&$expand=singleValueExtendedProperties($filter=${filter})`,
    shape,
    ask,
  )
  const header = kept?.[0]?.value
  return header === undefined ? graph.bytes(`${path}/$value`, ask) : Buffer.from(`${header}\r\n`, 'latin1')
}

function isGone(error: unknown): boolean {
  return error instanceof Failure && error.code === 'ErrorItemNotFound'
}

/** Undefined for a folder that is not there. */
async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Failure && error.code === 'NONEXISTENT') return undefined
    throw error
  }
}

/** Undefined for a message that is no longer there. */
async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}
