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
  /** Cannot be selected (`\Noselect`): a mere parent. */
  container: boolean
  /** Shows messages that live elsewhere (`\All`, `\Flagged`, Dovecot’s `virtual/`): never copied. */
  virtual: boolean
}

/** A folder as opened. UIDVALIDITY as decimal text; `uidNext` is the UID that the next message gets at least. */
export type FolderStatus = { uidValidity: string; uidNext: number; exists: number; highestModseq?: string }

/** What FETCH (UID FLAGS INTERNALDATE RFC822.SIZE) tells. Flags without `\Recent`, date as epoch ms. */
export type Head = { uid: number; flags: string[]; internalDate: number; sizeBytes: number }

/** UIDs to read, ascending, some hundred at a time. */
export type Batches = AsyncIterable<readonly number[]> | Iterable<readonly number[]>

/** Bytes that may be too many for memory. They are read once, to their end. */
export type Body = { readonly sizeBytes: number; chunks(): AsyncIterable<Buffer> }

/**
 * A whole message, its bytes as stored (RFC 5322, unchanged). A large one is still arriving: read it before asking for the next.
 * `unreadable`: why the server cannot hand it out; `raw` is empty then and is not the message.
 */
export type Message = Head & { raw: Buffer | Body; unreadable?: string }

/**
 * One session with one mailbox of the old server. It only ever reads: EXAMINE, FETCH and BODY.PEEK. Everything that a wire does
 * to it is thrown as `Failure`.
 */
export type Source = {
  folders(): Promise<ListedFolder[]>
  /** Opens a folder (EXAMINE); what follows concerns it. */
  open(path: string): Promise<FolderStatus>
  /** Heads of all messages with UIDs from `fromUid` on, ascending. */
  heads(fromUid: number): AsyncIterable<Head>
  /** Whole messages of batches of UIDs, batch by batch; the next batches are asked for ahead. One that was expunged meanwhile is left out. */
  messages(batches: Batches): AsyncIterable<Message>
  /** Can it still be used? */
  alive(): Promise<boolean>
  close(): Promise<void>
}
