import type { ImapFlow } from 'imapflow'
import { listFolders } from '../imap/listing.ts'
import { heads, messages, statusOf } from '../imap/reading.ts'
import { connect, disconnect, type Endpoint, guard } from '../imap/session.ts'
import type { Source } from './source.ts'

/** A source over IMAP. Folders are opened by EXAMINE and bodies fetched by PEEK, so that nothing there changes, not even `\Seen`. */
export async function openImapSource(endpoint: Endpoint, mailbox: string): Promise<Source> {
  const client: ImapFlow = await connect(endpoint, mailbox)
  const during = (doing: string) => `${doing} of ${mailbox} at ${endpoint.host}:${endpoint.port}`
  let open = 'INBOX'
  return {
    folders: () => listFolders(client, during('listing the folders')),
    async open(path) {
      await guard(during(`opening “${path}”`), () => client.mailboxOpen(path, { readOnly: true }))
      open = path
      return statusOf(client)
    },
    heads: fromUid => heads(client, during(`listing “${open}”`), fromUid),
    messages: uids => messages(client, during(`reading “${open}”`), uids),
    alive: () => client.usable === true,
    close: () => disconnect(client),
  }
}
