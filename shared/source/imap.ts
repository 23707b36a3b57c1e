import { messages } from '../imap/bodies.ts'
import { Lane, openAhead } from '../imap/lanes.ts'
import { listFolders } from '../imap/listing.ts'
import { enableCondstore, listings, standing, unselect } from '../imap/reading.ts'
import type { Endpoint } from '../imap/session.ts'
import type { Pace } from '../manners/pace.ts'
import { paced } from '../manners/paced.ts'
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
      yield* listings(wire, 'EXAMINE', wants)
    },
    async *messages(portions, careful) {
      const stream = messages(await lane.wire(), 'EXAMINE', portions, careful ? 'careful' : 'ahead')
      yield* pace ? paced(stream, pace) : stream
    },
    alive: () => lane.alive(),
    close: () => lane.close(),
  }
}
