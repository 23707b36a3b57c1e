import type { FetchMessageObject, ImapFlow } from 'imapflow'
import type { FolderStatus, Head, Message } from '../source/source.ts'
import { failure, guard } from './session.ts'

/** What SELECT or EXAMINE told of the opened folder. */
export function statusOf(client: ImapFlow): FolderStatus {
  const { mailbox } = client
  if (!mailbox) throw failure('opening a folder', new Error('no folder is open'))
  const { uidValidity, uidNext, exists, highestModseq } = mailbox
  return { uidValidity: String(uidValidity), uidNext, exists, ...(highestModseq ? { highestModseq: String(highestModseq) } : {}) }
}

/** Heads of the opened folder from a UID on, ascending. */
export async function* heads(client: ImapFlow, during: string, fromUid: number): AsyncIterable<Head> {
  if (statusOf(client).exists === 0) return
  for await (const found of fetch(client, during, `${fromUid}:*`, false)) {
    // `n:*` always names the last message, even where its UID is below n (RFC 9051 sequence-set).
    if (found.uid >= fromUid) yield headOf(found)
  }
}

/** Whole messages of the opened folder. Few UIDs a command, since Exchange Server takes command lines of 10 KB at most. */
export async function* messages(client: ImapFlow, during: string, uids: readonly number[]): AsyncIterable<Message> {
  for (let i = 0; i < uids.length; i += 200) {
    for await (const found of fetch(client, during, uidSet(uids.slice(i, i + 200)), true)) {
      if (found.source) yield { ...headOf(found), raw: found.source }
    }
  }
}

async function* fetch(client: ImapFlow, during: string, set: string, source: boolean): AsyncIterable<FetchMessageObject> {
  const query = { uid: true, flags: true, internalDate: true, size: true, source }
  const found = client.fetch(set, query, { uid: true })
  const iterator = found[Symbol.asyncIterator]()
  try {
    for (;;) {
      const step = await guard(during, () => iterator.next())
      if (step.done) return
      yield step.value
    }
  } finally {
    await iterator.return?.(undefined)
  }
}

function headOf({ uid, flags, internalDate, size, source }: FetchMessageObject): Head {
  const date = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime()
  return {
    uid,
    flags: [...(flags ?? [])].filter(flag => flag.toLowerCase() !== '\\recent').sort(),
    internalDate: date,
    sizeBytes: source?.length ?? size ?? 0,
  }
}

/** UIDs as a sequence set with ranges: `1:4,7`. */
export function uidSet(uids: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < uids.length; ) {
    let j = i
    while (j + 1 < uids.length && uids[j + 1] === (uids[j] ?? 0) + 1) j++
    parts.push(i === j ? `${uids[i]}` : `${uids[i]}:${uids[j]}`)
    i = j + 1
  }
  return parts.join(',')
}
