import { compareMailboxes, type Difference } from '../mail/compare.ts'
import { type MailboxSnapshot, snapshot } from '../mail/snapshot.ts'
import { Wire, type WireLogin } from '../mail/wire.ts'
import type { World } from '../world.ts'
import type { Posted } from './post.ts'

/** One mailbox after its move, read from both servers by a client that shares nothing with the product. */
export type Checked = {
  address: string
  messages: number
  bytes: number
  /** How the copy differs from the original, beyond what Exchange cannot hold (keywords). */
  differences: Difference[]
  /** How often the completion notice lies in the new INBOX. */
  notices: number
  /** Mail from outside that is not exactly once in the new INBOX, and how often it is. */
  astray: { posted: Posted; times: number }[]
}

/** Compares each mailbox; two at a time, since both servers are on this machine. */
export async function checkMailboxes(world: World, posted: readonly Posted[]): Promise<Checked[]> {
  const left = [...world.residents.entries()]
  const checked: Checked[] = []
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [i, { address }] = next
      checked[i] = await checkMailbox(
        world,
        address,
        posted.filter(one => one.address === address),
      )
    }
  }
  await Promise.all([work(), work()])
  return checked
}

/** Compares one mailbox. What reached the new side by itself is counted and set apart first. */
export async function checkMailbox(world: World, address: string, posted: readonly Posted[]): Promise<Checked> {
  const [original, copy] = await Promise.all([snapshot(world.signIn('old', address)), snapshot(world.signIn('new', address))])
  const found = await searchInbox(world.signIn('new', address), [
    `HEADER Auto-Submitted "auto-generated" FROM "${world.noticesFrom}"`,
    ...posted.map(({ messageId }) => `HEADER Message-ID "${messageId}"`),
  ])
  const [notices = [], ...arrivals] = found
  const apart = new Set([...notices, ...posted.flatMap(({ side }, i) => (side === 'new' ? (arrivals[i] ?? []) : []))])
  const inbox = copy.get('INBOX') ?? []
  copy.set(
    'INBOX',
    inbox.filter(({ uid }) => !apart.has(uid)),
  )
  const { messages, bytes } = sizeOf(original)
  return {
    address,
    messages,
    bytes,
    differences: compareMailboxes(original, copy, { folderMap: world.folderMap, flags: storedFlags }),
    notices: notices.length,
    astray: posted.flatMap((one, i) => {
      const times = arrivals[i]?.length ?? 0
      return times === 1 ? [] : [{ posted: one, times }]
    }),
  }
}

/** Removes the oldest message of an INBOX at the new side, so that one can see a comparison fail. */
export async function spoil(world: World, address: string): Promise<void> {
  const wire = await Wire.open(world.signIn('new', address))
  try {
    await wire.must('SELECT INBOX')
    await wire.must('STORE 1 +FLAGS.SILENT (\\Deleted)')
    await wire.must('EXPUNGE')
  } finally {
    wire.close()
  }
}

/** Exchange keeps system flags and no keywords. */
const storedFlags = (flags: readonly string[]) => flags.filter(flag => flag.startsWith('\\'))

function sizeOf(mailbox: MailboxSnapshot): { messages: number; bytes: number } {
  const all = [...mailbox.values()].flat()
  return { messages: all.length, bytes: all.reduce((sum, { size }) => sum + size, 0) }
}

/** The UIDs that each search finds in INBOX. */
async function searchInbox(login: WireLogin, searches: readonly string[]): Promise<number[][]> {
  const wire = await Wire.open(login)
  try {
    await wire.must('EXAMINE INBOX')
    const found: number[][] = []
    for (const search of searches) {
      const { untagged } = await wire.must(`UID SEARCH ${search}`)
      const line = untagged.find(({ text }) => text.startsWith('* SEARCH'))?.text ?? ''
      found.push(line.split(' ').slice(2).filter(Boolean).map(Number))
    }
    return found
  } finally {
    wire.close()
  }
}
