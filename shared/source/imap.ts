import { messages } from '../imap/bodies.ts'
import { Lane, openAhead } from '../imap/lanes.ts'
import { listFolders } from '../imap/listing.ts'
import { listings } from '../imap/message-list.ts'
import { enableCondstore, standing, uidsOf, unselect } from '../imap/reading.ts'
import type { Endpoint } from '../imap/session.ts'
import type { Pace } from '../manners/pace.ts'
import { paced } from '../manners/paced.ts'
import type { Heads } from './heads.ts'
import type { Source } from './source.ts'

/**
 * A source over one pipelined IMAP connection. Folders are opened by EXAMINE and bodies fetched by PEEK, so that nothing there changes, not even
 * `\Seen`.
 */
export function openImapSource(
  endpoint: Endpoint,
  mailbox: string,
  { pace, ahead }: { pace?: Pace | undefined; ahead?: boolean } = {},
): Source {
  const lane = new Lane(endpoint, mailbox)
  openAhead(ahead, [lane])
  /** Of each folder of the last listing, as long as who asked for it keeps it. */
  const listed = new Map<string, Heads>()
  const headOf = (path: string, uid: number) => listed.get(path)?.get(uid)
  return {
    async folders() {
      const wire = await lane.wire()
      unselect(wire)
      return listFolders(wire)
    },
    async standing(paths) {
      return standing(await lane.wire(), paths)
    },
    async *list(wants) {
      const wire = await lane.wire()
      enableCondstore(wire)
      listed.clear()
      for await (const listing of listings(wire, 'EXAMINE', wants)) {
        listed.set(listing.path, listing.heads)
        yield listing
      }
    },
    async *messages(portions, careful) {
      const stream = messages(await lane.wire(), 'EXAMINE', portions, careful ? 'careful' : 'ahead', headOf)
      yield* pace ? paced(stream, pace) : stream
    },
    holds: async (path, messageId) => (await uidsOf(await lane.wire(), 'EXAMINE', path, messageId)).length > 0,
    alive: () => lane.alive(),
    close: () => lane.close(),
  }
}
