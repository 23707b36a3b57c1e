import type { Heads } from './heads.ts'

/** RFC 6154 roles, and INBOX (RFC 9051 5.1), by which folders of two servers find each other. */
export type Role = '\\Inbox' | '\\Sent' | '\\Drafts' | '\\Trash' | '\\Junk' | '\\Archive'

/** A folder as a server lists it. `segments`: its decoded path without the personal namespace prefix. */
export type ListedFolder = {
  path: string
  segments: string[]
  role?: Role
  subscribed: boolean
  /** How many messages it holds, where the server tells in its listing (LIST-STATUS, RFC 5819). */
  messages?: number
  /** How it stands, where the server tells that in its listing. */
  status?: FolderStatus
  /** Cannot be selected (`\Noselect`): a mere parent. */
  container: boolean
  /** Shows messages that live elsewhere (`\All`, `\Flagged`, Dovecot’s `virtual/`), or belongs to others or to all (RFC 2342): never copied. */
  virtual: boolean
}

/** A folder as opened. UIDVALIDITY as decimal text; `uidNext` is the UID that the next message gets at least. */
export type FolderStatus = { uidValidity: string; uidNext: number; exists: number; highestModseq?: string }

/** What FETCH (UID FLAGS INTERNALDATE RFC822.SIZE) tells. Flags without `\Recent`, date as epoch ms. */
export type Head = { uid: number; flags: string[]; internalDate: number; sizeBytes: number }

/** What of a folder is to be listed: messages from a UID on. */
export type Want = { path: string; fromUid: number }

/**
 * A folder as it stood when it was listed. `unlisted`: so many messages more the server counts in it (EXISTS) than it told of, though it was asked
 * twice; only where the whole folder was asked for.
 */
export type Listing = { path: string; status: FolderStatus; heads: Heads; unlisted?: number }

/**
 * Messages of one folder by UID, ascending, some hundred at a time. `uidValidity`: under which the UIDs were learned; under another they would
 * name other messages, so that reading fails.
 */
export type Portion = { path: string; uids: readonly number[]; uidValidity?: string }
export type Portions = AsyncIterable<Portion> | Iterable<Portion>

/**
 * Bytes that may be too many for memory. They are read once, to their end. `give` gives the memory of a piece back for another, once nobody will
 * look at it again.
 */
export type Body = { readonly sizeBytes: number; chunks(): AsyncIterable<Buffer>; give?(piece: Buffer): void }

/** A body whose pieces are somebody else’s: what is to be said of them for one that hands them on. */
export function passing(body: Body): Omit<Body, 'chunks'> {
  return { sizeBytes: body.sizeBytes, ...(body.give ? { give: piece => body.give?.(piece) } : {}) }
}

/**
 * A whole message, its bytes as stored (RFC 5322, unchanged). A large one is still arriving: read it before asking for the next. `free`
 * gives the memory of `raw` back for another message, once nobody will look at it again. `unreadable`: why the server cannot hand it out; `raw`
 * is empty then and is not the message.
 */
export type Message = Head & { path: string; raw: Buffer | Body; free?: () => void; unreadable?: string }

/**
 * One session with one mailbox of the old server. It only ever reads: EXAMINE, STATUS, SEARCH, FETCH and BODY.PEEK. One call at a time; what it names
 * is asked for ahead, over folders as well, so that a distant server is not waited for folder by folder. Everything that a wire does
 * to it is thrown as `Failure`, which names the message that was due where the server ended the connection while it handed messages out.
 */
export type Source = {
  folders(): Promise<ListedFolder[]>
  /** How folders stand (STATUS), in the same order; undefined for one that is not there. */
  standing(paths: readonly string[]): Promise<(FolderStatus | undefined)[]>
  /** Opens folders one after the other (EXAMINE) and lists their messages, in the same order. */
  list(wants: readonly Want[]): AsyncIterable<Listing>
  /**
   * Whole messages, portion by portion, in the order of UIDs. One that was expunged meanwhile is left out. `careful`: nothing is asked for ahead
   * of an answer, so that a server that falls with all that it had not sent yet is known to have fallen at a message.
   */
  messages(portions: Portions, careful?: boolean): AsyncIterable<Message>
  /** Is a message with this Message-ID in a folder? */
  holds(path: string, messageId: string): Promise<boolean>
  /** Can it still be used? */
  alive(): Promise<boolean>
  close(): Promise<void>
}
