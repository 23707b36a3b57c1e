import { Control, Lane } from '../imap/lanes.ts'
import { listFolders } from '../imap/listing.ts'
import { heads, messages, openFolder } from '../imap/reading.ts'
import type { Endpoint } from '../imap/session.ts'
import type { Pace } from '../manners/pace.ts'
import { paced } from '../manners/paced.ts'
import type { Source } from './source.ts'

/**
 * A source over IMAP. Folders are opened by EXAMINE and bodies fetched by PEEK, so that nothing there changes, not even `\Seen`. imapflow
 * signs in and lists; what is read in bulk goes over a pipelined connection of our own.
 */
export function openImapSource(endpoint: Endpoint, mailbox: string, pace?: Pace): Source {
  const control = new Control(endpoint, mailbox)
  const lane = new Lane(endpoint, mailbox)
  const during = `listing the folders of ${mailbox} at ${endpoint.host}:${endpoint.port}`
  return {
    async folders() {
      return listFolders(await control.client(), during)
    },
    async open(path) {
      const { permanentFlags: _, ...status } = await openFolder(await lane.wire(), 'EXAMINE', path)
      return status
    },
    async *heads(fromUid) {
      yield* heads(await lane.wire(), fromUid)
    },
    async *messages(batches) {
      const stream = messages(await lane.wire(), batches)
      yield* pace ? paced(stream, pace) : stream
    },
    alive: async () => (await control.alive()) && (await lane.alive()),
    async close() {
      await Promise.all([control.close(), lane.close()])
    },
  }
}
