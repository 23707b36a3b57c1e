import type { Measured, Quota } from '../inventory/measured.ts'
import type { ListedFolder } from '../source/source.ts'
import { fetchedOf } from './fetched.ts'
import type { Response } from './input.ts'
import { listFolders } from './listing.ts'
import { openFolder, searchedIn, settled } from './reading.ts'
import type { Endpoint } from './session.ts'
import { mailboxName, textOf } from './syntax.ts'
import { Wire } from './wire.ts'

/**
 * Looks at a mailbox over IMAP by LIST, STATUS, EXAMINE, SEARCH, GETQUOTAROOT and FETCH of sizes, none of which changes anything. Sizes come from
 * STATUS=SIZE (RFC 8438) where the server offers it, else message by message.
 */
export async function measure(endpoint: Endpoint, as: string): Promise<Measured> {
  const wire = await Wire.open(endpoint, as)
  wire.during = `looking at the mailbox ${as}`
  try {
    const folders = (await listFolders(wire)).filter(({ container, virtual }) => !container && !virtual)
    const total: Measured = { folders: folders.length, messages: 0, unread: 0, sizeBytes: 0 }
    const counts = await settled(folders.map(({ path }) => countOf(wire, path)))
    for (const [i, folder] of folders.entries()) await addFolder(wire, folder, counts[i] as Counted, total)
    const quota = wire.has('QUOTA') ? await quotaOf(wire) : undefined
    return { ...total, ...(quota ? { quota } : {}) }
  } finally {
    await wire.logout()
  }
}

type Counted = { messages: number; unread: number; sizeBytes?: number }

async function countOf(wire: Wire, path: string): Promise<Counted> {
  const found: Counted = { messages: 0, unread: 0 }
  const items = `MESSAGES UNSEEN${wire.has('STATUS=SIZE') ? ' SIZE' : ''}`
  const tagged = await wire.run(`STATUS ${mailboxName(path, wire.utf8)} (${items})`, ({ text }) => {
    const list = /^\* STATUS .*\(([^()]*)\) *$/is.exec(text)?.[1] ?? ''
    const of = (name: string) => new RegExp(`(?:^| )${name} (\\d+)`, 'i').exec(list)?.[1]
    found.messages = Number(of('MESSAGES') ?? found.messages)
    found.unread = Number(of('UNSEEN') ?? found.unread)
    const size = of('SIZE')
    if (size !== undefined) found.sizeBytes = Number(size)
  })
  if (tagged.status !== 'OK') throw wire.refused(tagged, `${wire.during}: counting “${textOf(path)}”`)
  return found
}

async function addFolder(wire: Wire, { path, role }: ListedFolder, counted: Counted, total: Measured): Promise<void> {
  const { messages, unread, sizeBytes } = counted
  total.messages += messages
  total.unread += unread
  if (messages === 0) return
  total.sizeBytes += sizeBytes ?? 0
  let newest = 0
  // The last message by number is the newest arrival; the whole folder is asked only where sizes have to be added up.
  const known = sizeBytes !== undefined
  const fetched = (take: (found: { internalDate: number; size: number }) => void) => (response: Response) => {
    const found = fetchedOf(response)
    if (found?.size !== undefined) take({ ...found, size: found.size })
  }
  const opened = openFolder(wire, 'EXAMINE', path)
  const sized = wire.must(
    `UID FETCH ${known ? '*' : '1:*'} (UID INTERNALDATE RFC822.SIZE)`,
    fetched(({ internalDate, size }) => {
      newest = Math.max(newest, internalDate || 0)
      if (!known) total.sizeBytes += size
    }),
  )
  await settled<unknown>([opened, sized])
  later(total, 'newestAt', newest)
  if (role === '\\Sent') later(total, 'lastSentAt', newest)
  if (role !== '\\Inbox') return
  // Not asked for ahead: a server may answer both at once, in turns (Dovecot does).
  let seen = 0
  await wire.must('UID SEARCH SEEN', response => {
    for (const uid of searchedIn(response)) seen = Math.max(seen, uid)
  })
  if (seen === 0) return
  const last = fetched(({ internalDate }) => later(total, 'lastReadAt', internalDate || 0))
  await wire.must(`UID FETCH ${seen} (UID INTERNALDATE RFC822.SIZE)`, last)
}

/** What is used of a mailbox’s quota; undefined where its server does not tell. */
export async function measureQuota(endpoint: Endpoint, as: string): Promise<Quota | undefined> {
  const wire = await Wire.open(endpoint, as)
  wire.during = `looking at the room of the mailbox ${as}`
  try {
    return wire.has('QUOTA') ? await quotaOf(wire) : undefined
  } finally {
    await wire.logout()
  }
}

/** What is used of the mailbox’s quota (RFC 9208), if there is one for its bytes; some servers tell of QUOTA and have none. */
async function quotaOf(wire: Wire): Promise<Quota | undefined> {
  let quota: Quota | undefined
  await wire.run('GETQUOTAROOT INBOX', ({ text }) => {
    const [, used = '', most = ''] = /^\* QUOTA .*\bSTORAGE (\d+) (\d+)/i.exec(text) ?? []
    if (Number(most) > 0) quota ??= { usedBytes: Number(used) * 1024, mostBytes: Number(most) * 1024 }
  })
  return quota
}

function later(total: Measured, what: 'newestAt' | 'lastReadAt' | 'lastSentAt', at: number): void {
  if (at > (total[what] ?? 0)) total[what] = at
}
