import { appendAll } from '../imap/append.ts'
import { Control, Lane } from '../imap/lanes.ts'
import { listFolders } from '../imap/listing.ts'
import { traitsOf } from '../imap/naming.ts'
import { heads, messages, openFolder } from '../imap/reading.ts'
import { type Endpoint, guard } from '../imap/session.ts'
import { quoted, uidSet } from '../imap/syntax.ts'
import type { Target } from './target.ts'

/**
 * A target over IMAP APPEND. imapflow lists and makes folders; two pipelined connections of our own do the rest: one appends and never
 * selects a folder, the other looks.
 */
export async function openImapTarget(endpoint: Endpoint, mailbox: string): Promise<Target> {
  const control = new Control(endpoint, mailbox)
  const writing = new Lane(endpoint, mailbox)
  const looking = new Lane(endpoint, mailbox)
  const during = (doing: string) => `${doing} of ${mailbox} at ${endpoint.host}:${endpoint.port}`
  const traits = await traitsOf(await looking.wire())
  return {
    traits,
    async folders() {
      return listFolders(await control.client(), during('listing the folders'))
    },
    async create(path) {
      const client = await control.client()
      await guard(during(`making folder “${path}”`), () => client.mailboxCreate(path))
      await client.mailboxSubscribe(path).catch(() => {})
    },
    async open(path) {
      const { permanentFlags, ...status } = await openFolder(await looking.wire(), 'SELECT', path)
      return { ...status, keeps: keeper(permanentFlags) }
    },
    async *heads(fromUid) {
      yield* heads(await looking.wire(), fromUid)
    },
    async *messages(batches) {
      const wire = await looking.wire()
      // A session learns of messages that another one appended at its next command; FETCH alone may come too early. Its answer is awaited,
      // since Dovecot puts a NOOP off until the commands after it are done, and FETCH would then miss what the NOOP was for.
      await wire.must('NOOP')
      yield* messages(wire, batches)
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
    alive: async () => (await control.alive()) && (await writing.alive()) && (await looking.alive()),
    async close() {
      await Promise.all([control.close(), writing.close(), looking.close()])
    },
  }
}

/** PERMANENTFLAGS (RFC 9051 7.1): a named flag is kept, `\*` keeps any keyword; without the list the server keeps everything. */
function keeper(permanent: readonly string[] | undefined): (flag: string) => boolean {
  if (!permanent) return () => true
  const known = new Set(permanent.map(name => name.toLowerCase()))
  return flag => known.has(flag.toLowerCase()) || (known.has('\\*') && !flag.startsWith('\\'))
}
