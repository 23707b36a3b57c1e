/** What the server said to a message: its response code (RFC 5530) or status, and its text. */
export type Refused = { code: string; text: string }

/** What a target is known to take. `mostLineBytes`: without the line end. Absent: not known. */
export type Limits = {
  mostBytes?: number
  mostLineBytes?: number
  takesNul: boolean
  takes8BitHeaders: boolean
  takesKeywords: boolean
}

/** A message with what is told beside it. `internalDate`: epoch ms, NaN where the source told none. */
export type Repairable = { raw: Buffer; flags: string[]; internalDate: number }

/**
 * What is changed, the smallest first:
 * - `flags`: keywords, or the flags that the server named, are left out. The bytes stay.
 * - `date`: an INTERNALDATE that cannot be is replaced by the message’s own. The bytes stay.
 * - `line-ends`: bare CR and LF become CRLF.
 * - `nul`: NUL bytes go from headers; content that has them is encoded.
 * - `long-lines`: header fields are folded, content with long lines is encoded.
 * - `eight-bit-headers`: raw 8-bit bytes in headers become encoded words.
 * - `unparsable-header`: header lines that are no fields go behind `X-Unparsable:`.
 * - `separator`: the empty line between header and body is put in.
 * - `content-type`: what cannot be read of MIME goes behind `X-Unparsable:`, a multipart is closed.
 * - `enveloped`: the message is attached, whole and unchanged, to a new one that bears its names and date.
 */
export type RungName =
  | 'flags'
  | 'date'
  | 'line-ends'
  | 'nul'
  | 'long-lines'
  | 'eight-bit-headers'
  | 'unparsable-header'
  | 'separator'
  | 'content-type'
  | 'enveloped'

/**
 * One attempt. `rung`: the greatest change in it. `flags`, `internalDate`: only where they are changed. `note`: what was changed
 * and why.
 */
export type Rung = { rung: RungName; raw: Buffer; flags?: string[]; internalDate?: number; note: string }
