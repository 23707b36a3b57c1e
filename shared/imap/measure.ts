import type { ImapFlow } from 'imapflow'
import type { Measured } from '../inventory/measured.ts'
import type { ListedFolder } from '../source/source.ts'
import { listOver } from './listing.ts'
import { connect, disconnect, type Endpoint, guard } from './session.ts'

/**
 * Looks at a mailbox over IMAP by LIST, STATUS, EXAMINE, GETQUOTAROOT and FETCH of sizes, none of which changes anything. Sizes come from
 * STATUS=SIZE (RFC 8438) where the server offers it, else message by message.
 */
export async function measure(endpoint: Endpoint, as: string): Promise<Measured> {
  const during = `looking at the mailbox ${as}`
  const client = await connect(endpoint, as)
  try {
    const folders = (await listOver(client, during)).filter(({ container, virtual }) => !container && !virtual)
    const total: Measured = { folders: folders.length, messages: 0, unread: 0, sizeBytes: 0 }
    for (const folder of folders) await addFolder(client, folder, total, during)
    const limits = client.capabilities.has('QUOTA') ? await client.getQuota('INBOX').catch(() => false as const) : false
    const storage = limits ? limits.storage : undefined
    if (storage?.usage !== undefined && storage.limit) total.quota = { usedBytes: storage.usage, mostBytes: storage.limit }
    return total
  } finally {
    await disconnect(client)
  }
}

async function addFolder(client: ImapFlow, { path, role }: ListedFolder, total: Measured, during: string): Promise<void> {
  const tellsSize = client.capabilities.has('STATUS=SIZE')
  const asked = { messages: true, unseen: true, ...(tellsSize ? { size: true } : {}) }
  const status = await guard(during, () => client.status(path, asked))
  const messages = status.messages ?? 0
  total.messages += messages
  total.unread += status.unseen ?? 0
  if (messages === 0) return
  await guard(during, () => client.mailboxOpen(path, { readOnly: true }))
  const sized = tellsSize && status.size !== undefined
  if (sized) total.sizeBytes += Number(status.size)
  // The last message by number is the newest arrival; the whole folder is asked only where sizes have to be added up.
  const newest = await guard(during, () => newestOf(client, sized ? '*' : '1:*', total, !sized))
  later(total, 'newestAt', newest)
  if (role === '\\Sent') later(total, 'lastSentAt', newest)
  if (role === '\\Inbox') later(total, 'lastReadAt', await guard(during, () => lastRead(client)))
}

async function newestOf(client: ImapFlow, range: string, total: Measured, adding: boolean): Promise<number> {
  let newest = 0
  for await (const { size = 0, internalDate } of client.fetch(range, { size: true, internalDate: true })) {
    if (adding) total.sizeBytes += size
    newest = Math.max(newest, timeOf(internalDate))
  }
  return newest
}

async function lastRead(client: ImapFlow): Promise<number> {
  const found = await client.search({ seen: true }, { uid: true })
  const last = found ? found.at(-1) : undefined
  if (last === undefined) return 0
  const message = await client.fetchOne(String(last), { internalDate: true }, { uid: true })
  return message ? timeOf(message.internalDate) : 0
}

function later(total: Measured, what: 'newestAt' | 'lastReadAt' | 'lastSentAt', at: number): void {
  if (at > (total[what] ?? 0)) total[what] = at
}

function timeOf(date: Date | string | undefined): number {
  const at = date === undefined ? 0 : new Date(date).getTime()
  return Number.isFinite(at) ? at : 0
}
