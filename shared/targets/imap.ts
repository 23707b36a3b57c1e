import { appendAll } from '../imap/append.ts'
import { Lane } from '../imap/lanes.ts'
import { listFolders, namespaceOf } from '../imap/listing.ts'
import { heads, messages, openFolder } from '../imap/reading.ts'
import { connect, disconnect, type Endpoint, guard } from '../imap/session.ts'
import { quoted, uidSet } from '../imap/syntax.ts'
import type { Target } from './target.ts'

/**
 * A target over IMAP APPEND. imapflow signs in, lists and makes folders; two pipelined connections of our own do the rest: one appends
 * and never selects a folder, the other looks.
 */
export async function openImapTarget(endpoint: Endpoint, mailbox: string): Promise<Target> {
  const control = await connect(endpoint, mailbox)
  const writing = new Lane(endpoint, mailbox)
  const looking = new Lane(endpoint, mailbox)
  const during = (doing: string) => `${doing} of ${mailbox} at ${endpoint.host}:${endpoint.port}`
  const { prefix, delimiter } = namespaceOf(control)
  const limit = control.capabilities.get('APPENDLIMIT')
  const traits = { delimiter, prefix, forbidden: delimiter, tellsUids: control.capabilities.has('UIDPLUS') }
  return {
    traits: typeof limit === 'number' ? { ...traits, mostBytes: limit } : traits,
    folders: () => listFolders(control, during('listing the folders')),
    async create(path) {
      await guard(during(`making folder “${path}”`), () => control.mailboxCreate(path))
      await control.mailboxSubscribe(path).catch(() => {})
    },
    async open(path) {
      const { permanentFlags, ...status } = await openFolder(await looking.wire(), 'SELECT', path)
      return { ...status, keeps: keeper(permanentFlags) }
    },
    async *heads(fromUid) {
      yield* heads(await looking.wire(), fromUid)
    },
    async *messages(batches) {
      yield* messages(await looking.wire(), batches)
    },
    async *append(path, outgoing) {
      yield* appendAll(await writing.wire(), path, outgoing)
    },
    async setFlags(changes) {
      const wire = await looking.wire()
      await Promise.all([...changes].map(([uid, flags]) => wire.must(`UID STORE ${uid} FLAGS.SILENT (${flags.join(' ')})`)))
    },
    async holds(messageId) {
      let found = false
      const wire = await looking.wire()
      await wire.must(`UID SEARCH HEADER MESSAGE-ID ${quoted(messageId)}`, ({ text }) => {
        if (/^\* SEARCH( \d+)+/i.test(text)) found = true
      })
      return found
    },
    async removeOurs(uids) {
      if (!traits.tellsUids || uids.length === 0) return uids.length === 0
      const wire = await looking.wire()
      await wire.must(`UID STORE ${uidSet(uids)} +FLAGS.SILENT (\\Deleted)`)
      await wire.must(`UID EXPUNGE ${uidSet(uids)}`)
      return true
    },
    alive: async () => control.usable === true && (await writing.alive()) && (await looking.alive()),
    async close() {
      await Promise.all([disconnect(control), writing.close(), looking.close()])
    },
  }
}

/** PERMANENTFLAGS (RFC 9051 7.1): a named flag is kept, `\*` keeps any keyword; without the list the server keeps everything. */
function keeper(permanent: readonly string[] | undefined): (flag: string) => boolean {
  if (!permanent) return () => true
  const known = new Set(permanent.map(name => name.toLowerCase()))
  return flag => known.has(flag.toLowerCase()) || (known.has('\\*') && !flag.startsWith('\\'))
}
