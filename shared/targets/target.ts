import type { Body, FolderStatus, ListedFolder, Listing, Message, Portions, Want } from '../source/source.ts'

/**
 * A message on its way into a folder: its bytes, and the flags and date that the target is to keep with it. `go` is called right before they
 * leave, and throws where they must not. `alone`: it goes once all before it were answered, in a command of its own.
 */
export type Outgoing = {
  path: string
  uid: number
  raw: Buffer | Body
  flags: string[]
  internalDate: number
  alone?: boolean
  go?: () => void
}

/** A message that is known by its bytes: their SHA-256, base64url; and its date, epoch ms. */
export type Digest = { path: string; uid: number; digest: string; internalDate: number }

/** The bytes that are expected under a UID, with their digest; undefined where nobody has them at hand. */
export type Expecting = (path: string, uid: number) => Expected | undefined
export type Expected = { sizeBytes: number; pieces: readonly Buffer[]; digest: string }

/** What became of one append, in the order of sending. `uid` absent: appended, but the server told no UID (no UIDPLUS). */
export type Appended<T extends Outgoing = Outgoing> =
  | { of: T; done: true; uidValidity?: string; uid?: number }
  /** The server refused this message for good; the connection is still usable. */
  | { of: T; done: false; code: string; text: string }

/**
 * What a target can store: asked for a flag or keyword. `loses`: what it keeps of no message at all, in words; every message that arrives there
 * is `altered`, and says so.
 */
export type Keeps = ((flag: string) => boolean) & { readonly loses?: readonly string[] }

/** A target folder as opened for looking. */
export type OpenFolder = FolderStatus & { keeps: Keeps }

/** A folder and the UIDVALIDITY under which UIDs in it are named; under another nothing is touched. */
export type Place = { path: string; uidValidity: string }

/** What a target admits it cannot do. */
export type Traits = {
  /** Hierarchy delimiter; it and `forbidden` characters cannot stand in a folder’s name. */
  delimiter: string
  forbidden: string
  /** Personal namespace prefix that new folders need, e.g. `INBOX.`. */
  prefix: string
  /** Prefixes of what is the mailbox’s own, and of what other people have or all have together; absent: nobody else’s is told of. */
  own?: readonly string[]
  others?: readonly string[]
  /** Does it rebuild what it stores (Exchange does), so that its bytes are never ours again? */
  rebuilds: boolean
  /** Does it tell the UID of what is appended (UIDPLUS, RFC 4315)? */
  tellsUids: boolean
  /** Largest message it takes, bytes; absent: not known. */
  mostBytes?: number
  /** Names, in lower case, of top-level folders that may hold other items than mail (Exchange lists those as well). */
  itemFolders?: ReadonlySet<string>
  /** Longest line of a message that it takes, bytes without the line end; absent: none is known. */
  mostLineBytes?: number
}

/** Names that Exchange keeps for itself at the top level: it answers NO, or has a folder there that holds no mail. In en, fr, nl and de. */
export const exchangeItemFolders: ReadonlySet<string> = new Set(
  (
    'files|calendar|calendrier|agenda|kalender|contacts|contactpersonen|kontakte|journal|logboek|tasks|tâches|taken|aufgaben|notes|notities|notizen|outbox|' +
    "boîte d'envoi|boîte d’envoi|postvak uit|postausgang|sync issues|conversation history|rss feeds|suggested contacts|quick step settings"
  ).split('|'),
)

/** Longest line that Exchange takes, without the line end: 9,900 bytes with it. */
export const exchangeLineBytes = 9_898

/**
 * One session with one mailbox of the new server. It appends; the only things that it ever changes or removes are messages named
 * by UID from our own ledger, and probes that we sent ourselves. Appending goes on beside one other call. Everything that a wire does to it is thrown as `Failure`, which names the first
 * message without an answer where the server ended the connection while appending; a refused message is a value.
 */
export type Target = {
  readonly traits: Traits
  folders(): Promise<ListedFolder[]>
  /** Makes folders and subscribes to them; one that is there already is left as it is. */
  create(folders: readonly { path: string; role?: string }[]): Promise<void>
  /** How folders stand (STATUS), in the same order; undefined for one that is not there. */
  standing(paths: readonly string[]): Promise<(FolderStatus | undefined)[]>
  /** Opens folders one after the other (SELECT), in the same order. */
  open(paths: readonly string[]): Promise<OpenFolder[]>
  /** Opens folders and lists their messages, in the same order. */
  list(wants: readonly Want[]): AsyncIterable<Listing>
  /** Whole messages, portion by portion, those appended since included. */
  messages(portions: Portions): AsyncIterable<Message>
  /** The same, of which only the SHA-256 of the bytes is kept. Where they are the expected ones their digest is taken over. */
  digests(portions: Portions, known?: Expecting): AsyncIterable<Digest>
  /** Appends in order. An outcome is yielded for each as the server gives it. */
  append<T extends Outgoing>(messages: AsyncIterable<T>): AsyncIterable<Appended<T>>
  /**
   * Replaces the flags of messages of ours, by UID. Resolves with those that it gave to a message instead, where it refused a keyword. `go` is called right
   * before, and throws where they may be another’s to set by now.
   */
  setFlags(
    at: Place,
    changes: ReadonlyMap<number, readonly string[]>,
    go?: () => void,
  ): Promise<ReadonlyMap<number, readonly string[]>>
  /** Is a message with this Message-ID in a folder? */
  holds(path: string, messageId: string): Promise<boolean>
  /**
   * Removes surplus copies of ours by UID (UID EXPUNGE, RFC 4315); false where the server can only expunge everything. `go` is called right before,
   * and throws where they may not be ours to remove any more.
   */
  removeOurs(at: Place, uids: readonly number[], go?: () => void): Promise<boolean>
  /** Removes the messages with this Message-ID, which nobody but us could give, from a folder. Without UIDPLUS they are marked as deleted. */
  withdraw(path: string, messageId: string): Promise<void>
  /** Can it still be used? */
  alive(): Promise<boolean>
  close(): Promise<void>
}
