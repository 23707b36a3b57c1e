import { ImapFlow } from 'imapflow'
import type { Hands } from './hands.ts'

/** How the owner signs in. */
export type Owner = { host: string; port: number; user: string; pass: string }

/** The owner, with a mail program. */
export async function handsOn({ host, port, user, pass }: Owner): Promise<Hands> {
  const auth = { user, pass }
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth, logger: false, disableAutoIdle: true })
  client.on('error', () => {})
  await client.connect()
  const within = async <T>(path: string, work: () => Promise<T>) => {
    const lock = await client.getMailboxLock(path)
    try {
      return await work()
    } finally {
      lock.release()
    }
  }
  // CLOSE would expunge what is marked as deleted.
  const leave = () => client.mailboxOpen('INBOX', { readOnly: true })
  return {
    prefix: client.namespace?.prefix ?? '',
    delimiter: client.namespace?.delimiter ?? '/',
    make: async path => void (await client.mailboxCreate(path)),
    async deliver(path, raw, flags = [], internalDate = 0) {
      // imapflow filters flags by the folder that is open, and knows a keyword only once it is there.
      return within(path, async () => {
        await client.append(path, raw, [], new Date(internalDate))
        await client.noop()
        const { uid } = (await client.fetchOne('*', { uid: true })) || { uid: 0 }
        if (flags.length > 0) await client.messageFlagsSet(String(uid), [...flags], { uid: true })
        return uid
      })
    },
    setFlags: (path, uid, flags) =>
      within(path, async () => void (await client.messageFlagsSet(String(uid), [...flags], { uid: true }))),
    expunge: (path, uid) => within(path, async () => void (await client.messageDelete(String(uid), { uid: true }))),
    async remove(path) {
      await leave()
      await client.mailboxDelete(path)
    },
    async read(path) {
      await leave()
      return within(path, async () => {
        const found = []
        const { exists = 0 } = client.mailbox || {}
        if (exists === 0) return []
        for await (const { uid, source, flags, internalDate } of client.fetch('1:*', {
          uid: true,
          flags: true,
          internalDate: true,
          source: true,
        })) {
          const kept = [...(flags ?? [])].filter(flag => flag !== '\\Recent').sort()
          found.push({ uid, raw: source ?? Buffer.alloc(0), flags: kept, internalDate: new Date(internalDate ?? 0).getTime() })
        }
        return found
      })
    },
    close: () => client.logout(),
  }
}
