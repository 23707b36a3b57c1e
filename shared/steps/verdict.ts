import { byPolicy, unpack } from '../copy/ledger.ts'
import { type BriefChunk, briefChunks, isExcepted, someChunks } from '../copy/some-chunks.ts'
import { hasMissing } from '../items/brought.ts'
import { type ChunkRow, type FolderRow, folderKey, type MailboxRow, mailboxKey, type Verdict } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'

/** The verdict of one mailbox or of a whole wave, and what keeps it from being better. */
export type Judgement = { verdict: Verdict; reasons: string[] }

/** How many reasons a wave’s row holds, and how long each may be: a column takes 32 Ki characters. */
const named = 100
const longest = 250

/** A wave’s verdict, from those of its mailboxes by address. */
export function judge(mailboxes: readonly MailboxRow[], judged: ReadonlyMap<string, Judgement>): Judgement {
  const ordered = mailboxes.flatMap(({ address }) => judged.get(address) ?? [])
  const reasons = ordered.flatMap(({ reasons }) => reasons)
  const worst = (['incomplete', 'complete-with-exceptions'] as const).find(verdict =>
    ordered.some(one => one.verdict === verdict),
  )
  const none = mailboxes.every(({ state }) => state === 'cancelled')
  if (none) return { verdict: 'incomplete', reasons: ['every mailbox was cancelled'] }
  return { verdict: worst ?? 'complete', reasons: reasons.slice(0, named).map(reason => reason.slice(0, longest)) }
}

/** A mailbox’s rows, as they are read for its verdict. */
export type Rows = { folders: readonly FolderRow[]; chunks: readonly ChunkRow[] }

export async function rowsOf(store: Store, mailbox: MailboxRow): Promise<Rows> {
  const partition = mailboxKey(mailbox)
  const [folders, chunks] = await Promise.all([all(store.folders.list({ partition })), all(store.chunks.list({ partition }))])
  return { folders, chunks }
}

/** One mailbox: is it through, has every message an outcome, did the comparison find source and target alike? */
export async function judgeMailbox(store: Store, mailbox: MailboxRow, read?: Rows): Promise<Judgement> {
  const { address, state, error } = mailbox
  if (state === 'cancelled') return { verdict: 'complete', reasons: [] }
  const incomplete = (why: string): Judgement => ({ verdict: 'incomplete', reasons: [why] })
  if (state === 'held') return incomplete(error ? `${address}: held: ${error.message}` : `${address}: held`)
  if (state !== 'completed') return incomplete(`${address}: is ${state}`)

  const reasons: string[] = []
  let excepted = 0
  const partition = mailboxKey(mailbox)
  const folders = read?.folders ?? (await all(store.folders.list({ partition })))
  const sums = await sumsOf(store, mailbox, read)
  for (const folder of folders) {
    if (folder.state === 'gone') continue
    const { open, settled, spoiled } = sums.get(placeOf(folderKey(folder.path), folder.uidValidity)) ?? nothing
    if (folder.state !== 'current') reasons.push(`${address}: “${folder.path}” is ${folder.state}`)
    if (open > 0) reasons.push(`${address}: “${folder.path}” has ${open} chunks without an outcome`)
    if (settled !== folder.found)
      reasons.push(`${address}: “${folder.path}” has ${folder.found} messages and ${settled} outcomes`)
    const { checked } = folder
    if (!checked) reasons.push(`${address}: “${folder.path}” was not compared`)
    else if (checked.differing > 0)
      reasons.push(`${address}: “${folder.path}”: ${checked.differences[0]} (${checked.differing} in all)`)
    excepted += spoiled
  }
  if (reasons.length > 0) return { verdict: 'incomplete', reasons }
  const exceptions = [...(excepted > 0 ? [`${excepted} messages did not arrive as they were`] : []), ...itemsMissing(mailbox)]
  if (exceptions.length === 0) return { verdict: 'complete', reasons: [] }
  return { verdict: 'complete-with-exceptions', reasons: exceptions.map(why => `${address}: ${why}`) }
}

/** What is missing of calendars, contacts and tasks that were to be copied. */
function itemsMissing({ items }: MailboxRow): string[] {
  if (!items || !hasMissing(items)) return []
  const { excepted, found, trouble, left } = items
  if (items.through) return [`${excepted} of ${found} events, contacts and tasks were not brought`]
  const some = left > 0 ? `${left} of ${found} events, contacts and tasks` : 'calendars, contacts and tasks'
  return [`${some} were not brought${trouble ? `: ${trouble.message}` : ''}`]
}

/** What the chunks of a folder come to under one UIDVALIDITY. `spoiled`: exceptions that neither a policy nor the owner decided. */
type Sums = { open: number; settled: number; spoiled: number }
const nothing: Sums = { open: 0, settled: 0, spoiled: 0 }

function placeOf(folder: string, uidValidity = ''): string {
  return `${folder}|${uidValidity}`
}

/** One chunk at a time; the entries only of those in which not all arrived as they were. */
async function sumsOf(store: Store, mailbox: MailboxRow, read: Rows | undefined): Promise<Map<string, Sums>> {
  const found = new Map<string, Sums>()
  const sumsIn = ({ folder, uidValidity }: BriefChunk): Sums => {
    const place = placeOf(folder, uidValidity)
    const sums = found.get(place) ?? { ...nothing }
    found.set(place, sums)
    return sums
  }
  let some = false
  for await (const chunk of read?.chunks ?? briefChunks(store, mailbox)) {
    some ||= isExcepted(chunk)
    const sums = sumsIn(chunk)
    if (chunk.state === 'open') sums.open++
    sums.settled += chunk.copied + chunk.adopted + chunk.excepted
  }
  if (!some) return found
  for await (const chunk of read?.chunks.filter(isExcepted) ?? someChunks(store, mailbox, isExcepted)) {
    const spoiled = unpack(chunk.entries).filter(({ outcome }) => isException(outcome) && !byPolicy.includes(outcome))
    sumsIn(chunk).spoiled += spoiled.length
  }
  return found
}

function isException(outcome: string): boolean {
  return outcome !== 'copied' && outcome !== 'adopted' && outcome !== 'intended'
}
