import { copyFolders, type FolderResult, type Lane } from '../../shared/copy/copy.ts'
import { chunksOf, FolderLedger } from '../../shared/copy/folder-ledger.ts'
import type { Counts, Entry } from '../../shared/copy/ledger.ts'
import { type Comparison, compareFolder, firstCopyIn, type Seen } from '../../shared/copy/verify.ts'
import type { Listing, Source } from '../../shared/source/source.ts'
import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { type Manners, MemoryMailbox } from '../fakes/mailbox.ts'
import { memoryStore } from '../fakes/store.ts'
import { letter } from '../fakes/town.ts'

/** One folder on two servers in memory, and the engine between them: each pass begins from what is stored, as a new process does. */
export class Engine {
  readonly store = memoryStore()
  readonly source: MemoryMailbox
  readonly target: MemoryMailbox
  brought = 0
  private passed: Seen = {}

  constructor(target: Partial<Manners> = {}, source: Partial<Manners> = {}) {
    this.source = new MemoryMailbox(source)
    this.target = new MemoryMailbox(target)
  }

  async ledger(): Promise<FolderLedger> {
    const owner = {
      wave: 'w',
      address: 'anna@town.example',
      path: 'INBOX',
      targetPath: 'INBOX',
      fence: 1,
      now: () => 0,
    }
    return new FolderLedger(this.store.chunks, owner, (await chunksOf(this.store, owner)).in('INBOX'))
  }

  async pass(set: Partial<Lane> = {}): Promise<FolderResult> {
    let found: FolderResult | undefined
    const lane: Lane = {
      source: memorySource(this.source),
      target: memoryTarget(this.target),
      limits: { messages: 3, bytes: 1_000_000 },
      additionsOnly: false,
      mirror: false,
      signal: new AbortController().signal,
      now: Date.now,
      time: () => true,
      ...set,
    }
    const job = {
      path: 'INBOX',
      targetPath: 'INBOX',
      ledger: await this.ledger(),
      listed: () => {},
      brought: ({ copied, adopted }: Counts) => {
        this.brought += copied + adopted
      },
      done: async (result: FolderResult) => {
        found = result
      },
    }
    await copyFolders(lane, [job])
    if (!found) throw new Error('the folder was not finished')
    this.passed = found
    return found
  }

  async compare(
    livedIn = false,
    target = memoryTarget(this.target),
    source: Pick<Source, 'list'> = memorySource(this.source),
    before?: Comparison,
  ): Promise<Comparison> {
    const ledger = await this.ledger()
    const [here, there] = await Promise.all([
      one(source.list([{ path: 'INBOX', fromUid: 1 }])),
      one(target.list([{ path: 'INBOX', fromUid: firstCopyIn(ledger) }])),
    ])
    return compareFolder(here, there, ledger, target, { livedIn, seen: this.passed, before })
  }

  /** Every entry of the ledger under the source’s UIDVALIDITY of now, by UID. */
  async entries(): Promise<Entry[]> {
    const ledger = await this.ledger()
    const chunks = ledger.of(String(this.source.folder('INBOX').uidValidity))
    return chunks.flatMap(({ entries }) => entries).sort((a, b) => a.uid - b.uid)
  }

  /** The outcomes as `uid outcome`. */
  async outcomes(): Promise<string[]> {
    return (await this.entries()).map(({ uid, outcome }) => `${uid} ${outcome}`)
  }

  /** What the target holds, by subject, in order of arrival. */
  arrived(): string[] {
    return this.target.folder('INBOX').messages.map(({ sent }) => /^Subject: (.*)\r$/m.exec(sent.toString())?.[1] ?? '')
  }
}

/** Subjects of so many letters. */
export const subjects = (count: number) => Array.from({ length: count }, (_, i) => `m${i + 1}`)

/** An engine whose source holds so many letters. */
export function filled(count: number, ...manners: ConstructorParameters<typeof Engine>): Engine {
  const engine = new Engine(...manners)
  for (const [i, subject] of subjects(count).entries()) engine.source.deliver('INBOX', letter(subject), [], i * 1000)
  return engine
}

async function one(listings: AsyncIterable<Listing>): Promise<Listing> {
  for await (const listing of listings) return listing
  throw new Error('nothing was listed')
}
