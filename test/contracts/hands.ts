/** The hands of a mailbox’s owner, past the port that is tested: what the owner puts in, and what the owner sees. */
export type Hands = {
  /** Personal namespace prefix, which folders other than INBOX bear; none unless given. */
  prefix?: string
  delimiter: string
  make(path: string): Promise<void>
  /** Returns the UID. */
  deliver(path: string, raw: Buffer, flags?: readonly string[], internalDate?: number): Promise<number>
  setFlags(path: string, uid: number, flags: readonly string[]): Promise<void>
  expunge(path: string, uid: number): Promise<void>
  remove(path: string): Promise<void>
  read(path: string): Promise<Seen[]>
  close(): Promise<void>
}

export type Seen = { uid: number; raw: Buffer; flags: string[]; internalDate: number }

/** Messages that servers and clients stumble over, by what is odd in them. Lines end in CRLF, as RFC 5322 asks. */
export const oddities: Record<string, Buffer> = {
  plain: Buffer.from('From: a@old.example\r\nSubject: plain\r\n\r\nText\r\n'),
  'without a body': Buffer.from('Subject: no body\r\n\r\n'),
  'without an end of header': Buffer.from('Subject: no end\r\n'),
  'with 8-bit headers': Buffer.from('Subject: Été\r\n\r\nÀ bientôt\r\n', 'latin1'),
  'with dots and continuation lines': Buffer.from('Subject: a\r\n b\r\n\r\n.\r\n..\r\n.end\r\n'),
  'with braces and quotes': Buffer.from('Subject: {3}\r\n\r\n{12+}\r\n* OK "x\\y" )\r\na1 OK done\r\n'),
  'with a long line': Buffer.from(`Subject: long\r\n\r\n${'x'.repeat(20_000)}\r\n`),
  'without a last line end': Buffer.from('Subject: open\r\n\r\nno newline at the end'),
  'of a hundred kilobytes': Buffer.from(`Subject: big\r\n\r\n${'0123456789abcdef\r\n'.repeat(5_700)}`),
}
