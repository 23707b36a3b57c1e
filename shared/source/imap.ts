import { messages } from '../imap/bodies.ts'
import { type Ahead, Control, Lane, openAhead } from '../imap/lanes.ts'
import { listFolders } from '../imap/listing.ts'
import { listings, standing } from '../imap/reading.ts'
import type { Endpoint } from '../imap/session.ts'
import type { Pace } from '../manners/pace.ts'
import { paced } from '../manners/paced.ts'
import type { Source } from './source.ts'

/**
 * A source over IMAP. Folders are opened by EXAMINE and bodies fetched by PEEK, so that nothing there changes, not even `\Seen`. imapflow
 * signs in and lists; what is read in bulk goes over a pipelined connection of our own.
 */
export function openImapSource(
  endpoint: Endpoint,
  mailbox: string,
  { pace, ahead }: { pace?: Pace | undefined; ahead?: Ahead } = {},
): Source {
  const control = new Control(endpoint, mailbox)
  const lane = new Lane(endpoint, mailbox)
  openAhead(ahead, [lane], control)
  const during = `listing the folders of ${mailbox} at ${endpoint.host}:${endpoint.port}`
  return {
    async folders() {
      return listFolders(await control.client(), during)
    },
    async standing(paths) {
      return standing(await lane.wire(), paths)
    },
    async *list(wants) {
      yield* listings(await lane.wire(), 'EXAMINE', wants)
    },
    async *messages(portions) {
      const stream = messages(await lane.wire(), 'EXAMINE', portions)
      yield* pace ? paced(stream, pace) : stream
    },
    alive: async () => (await control.alive()) && (await lane.alive()),
    async close() {
      await Promise.all([control.close(), lane.close()])
    },
  }
}
