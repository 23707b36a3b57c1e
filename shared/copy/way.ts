import type { Refused } from '../repair/rung.ts'
import type { Portion, Source } from '../source/source.ts'
import type { OpenFolder, Target } from '../targets/target.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import type { Entry } from './ledger.ts'
import type { Identity } from './match.ts'

/** What sending needs. `signal` aborts when the claim is lost: nothing more is sent then. */
export type Sending = {
  source: Source
  target: Target
  signal: AbortSignal
  now: () => number
  /** Did it fail more than once? Then the message at which a connection ends is to be known, whatever that costs. */
  careful?: boolean
  /** Throws `Superseded` where the claim may be another’s by now. */
  claimed?: (() => void) | undefined
}

/** The way of one folder: from where, to where, under which UIDVALIDITYs, and its ledger. `settled`: a chunk has all its outcomes. */
export type Way = {
  path: string
  uidValidity: string
  targetPath: string
  opened: OpenFolder
  ledger: FolderLedger
  settled: (chunk: Chunk) => void
}

/** A chunk and the way that it goes. `alone`: only this message of it, once `proof` was handed out. */
export type Load = { way: Way; chunk: Chunk; alone?: { uid: number; proof: readonly Portion[] } }

/** A chunk on its way. `due`: the messages of it that are to go. `unread`: how many of its messages the source has not handed out yet. */
export type Flight = Load & {
  entries: Map<number, Entry>
  /** One of its messages may be what connections end at: each is appended by itself. */
  apart: boolean
  due: ReadonlySet<number>
  unanswered: number
  unread: number
  prints: Identity[]
  /** What the target refused, and its words. */
  refused: Map<number, Refused>
  /** Digests of what was sent in place of a refused message. */
  mended: Map<number, string>
}
