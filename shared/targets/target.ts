import type { Batches, Body, FolderStatus, Head, ListedFolder, Message } from '../source/source.ts'

/**
 * A message on its way: its bytes, and the flags and date that the target is to keep with it. `go` is called right before they leave, and
 * throws where they must not.
 */
export type Outgoing = { uid: number; raw: Buffer | Body; flags: string[]; internalDate: number; go?: () => void }

/** What became of one append, in the order of sending. `uid` absent: appended, but the server told no UID (no UIDPLUS). */
export type Appended =
  | { of: number; done: true; uidValidity?: string; uid?: number }
  /** The server refused this message for good; the connection is still usable. */
  | { of: number; done: false; code: string; text: string }

/** A target folder as opened for looking. `keeps`: can this flag or keyword be stored here? */
export type OpenFolder = FolderStatus & { keeps: (flag: string) => boolean }

/** What a target admits it cannot do. */
export type Traits = {
  /** Hierarchy delimiter; it and `forbidden` characters cannot stand in a folder’s name. */
  delimiter: string
  forbidden: string
  /** Personal namespace prefix that new folders need, e.g. `INBOX.`. */
  prefix: string
  /** Does it rebuild what it stores (Exchange does), so that its bytes are never ours again? */
  rebuilds: boolean
  /** Does it tell the UID of what is appended (UIDPLUS, RFC 4315)? */
  tellsUids: boolean
  /** Largest message it takes, bytes; absent: not known. */
  mostBytes?: number
}

/**
 * One session with one mailbox of the new server. It appends; the only things that it ever changes or removes are messages named
 * by UID from our own ledger. Everything that a wire does to it is thrown as `Failure`; a refused message is a value.
 */
export type Target = {
  readonly traits: Traits
  folders(): Promise<ListedFolder[]>
  /** Makes a folder and subscribes to it; one that is there already is left as it is. */
  create(path: string, role?: string): Promise<void>
  /** Opens a folder for looking; what follows except `append` concerns it. */
  open(path: string): Promise<OpenFolder>
  heads(fromUid: number): AsyncIterable<Head>
  /** Whole messages of the opened folder, those appended since included. */
  messages(batches: Batches): AsyncIterable<Message>
  /** Appends in order. An outcome is yielded for each as the server gives it. */
  append(path: string, messages: AsyncIterable<Outgoing>): AsyncIterable<Appended>
  /** Replaces the flags of messages of ours, by UID. */
  setFlags(changes: ReadonlyMap<number, readonly string[]>): Promise<void>
  /** Is a message with this Message-ID in the opened folder? */
  holds(messageId: string): Promise<boolean>
  /** Removes surplus copies of ours by UID (UID EXPUNGE, RFC 4315); false where the server can only expunge everything. */
  removeOurs(uids: readonly number[]): Promise<boolean>
  /** Can it still be used? */
  alive(): Promise<boolean>
  close(): Promise<void>
}
