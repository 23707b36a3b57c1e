import { appendAll } from '../imap/append.ts'
import { digests, messages } from '../imap/bodies.ts'
import { Lane, openAhead } from '../imap/lanes.ts'
import { listFolders } from '../imap/listing.ts'
import { listings } from '../imap/message-list.ts'
import { traitsOf } from '../imap/naming.ts'
import { openAll, openSame, settled, standing, uidsOf, unselect } from '../imap/reading.ts'
import type { Endpoint } from '../imap/session.ts'
import { setFlags } from '../imap/storing.ts'
import { mailboxName, uidSet } from '../imap/syntax.ts'
import type { Target, Traits } from './target.ts'

/**
 * A target over IMAP APPEND. Two pipelined connections: one appends and never selects a folder, the other does the rest.
 * `traits`: what another session found of the same mailbox, not asked again.
 */
export async function openImapTarget(
  endpoint: Endpoint,
  mailbox: string,
  { ahead, traits: known }: { ahead?: boolean; traits?: Traits | undefined } = {},
): Promise<Target> {
  const writing = new Lane(endpoint, mailbox)
  const looking = new Lane(endpoint, mailbox)
  openAhead(ahead, [writing, looking])
  const close = async () => void (await Promise.all([writing.close(), looking.close()]))
  const traits = await looking
    .wire()
    .then(wire => known ?? traitsOf(wire))
    .catch(async error => {
      await close()
      throw error
    })
  return {
    traits,
    async folders() {
      const wire = await looking.wire()
      unselect(wire)
      return listFolders(wire, traits)
    },
    async create(folders) {
      const wire = await looking.wire()
      const names = folders.map(({ path }) => mailboxName(path, wire.utf8))
      const making = names.map(name => wire.run(`CREATE ${name}`))
      const subscribing = names.map(name => wire.run(`SUBSCRIBE ${name}`))
      const made = (await settled([...making, ...subscribing])).slice(0, names.length)
      // One that is there already is refused as well, so it is looked whether they are there.
      const doubtful = folders.filter((_, i) => made[i]?.status !== 'OK')
      const there = await standing(
        wire,
        doubtful.map(({ path }) => path),
      )
      const refused = doubtful.findIndex((_, i) => there[i] === undefined)
      const answer = made[folders.indexOf(doubtful[refused] ?? { path: '' })]
      if (answer) throw wire.refused(answer, `making folder “${doubtful[refused]?.path}”`)
    },
    async standing(paths) {
      return standing(await looking.wire(), paths)
    },
    async open(paths) {
      const opened = await openAll(await looking.wire(), 'SELECT', paths)
      return opened.map(({ permanentFlags, ...status }) => ({ ...status, keeps: keeper(permanentFlags) }))
    },
    async *list(wants) {
      yield* listings(await looking.wire(), 'SELECT', wants)
    },
    async *messages(portions) {
      yield* messages(await looking.wire(), 'SELECT', portions, 'fresh')
    },
    async *digests(portions, known) {
      yield* digests(await looking.wire(), 'SELECT', portions, known)
    },
    async *append(outgoing) {
      yield* appendAll(await writing.wire(), outgoing)
    },
    async setFlags(at, changes, go) {
      if (changes.size === 0) return new Map()
      const wire = await looking.wire()
      await openSame(wire, at)
      go?.()
      return setFlags(wire, changes)
    },
    async holds(path, messageId) {
      return (await uidsOf(await looking.wire(), 'SELECT', path, messageId)).length > 0
    },
    async withdraw(path, messageId) {
      const wire = await looking.wire()
      const uids = await uidsOf(wire, 'SELECT', path, messageId)
      if (uids.length === 0) return
      await wire.must(`UID STORE ${uidSet(uids)} +FLAGS.SILENT (\\Deleted)`)
      if (traits.tellsUids) await wire.must(`UID EXPUNGE ${uidSet(uids)}`)
    },
    async removeOurs(at, uids, go) {
      if (!traits.tellsUids || uids.length === 0) return uids.length === 0
      const wire = await looking.wire()
      await openSame(wire, at)
      go?.()
      // In one packet: who is stopped between the two would leave them marked.
      await Promise.all([
        wire.must(`UID STORE ${uidSet(uids)} +FLAGS.SILENT (\\Deleted)`),
        wire.must(`UID EXPUNGE ${uidSet(uids)}`),
      ])
      return true
    },
    alive: async () => (await writing.alive()) && (await looking.alive()),
    close,
  }
}

/** PERMANENTFLAGS (RFC 9051 7.1): a named flag is kept, `\*` keeps any keyword; without the list the server keeps everything. */
function keeper(permanent: readonly string[] | undefined): (flag: string) => boolean {
  if (!permanent) return () => true
  const known = new Set(permanent.map(name => name.toLowerCase()))
  return flag => known.has(flag.toLowerCase()) || (known.has('\\*') && !flag.startsWith('\\'))
}
