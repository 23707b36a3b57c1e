import type { Change } from './changes.ts'
import type { Refused } from './rung.ts'

/** Response codes and statuses that are not about what is in the message: no change to it helps. */
const beside = new Set([
  ...['TOOBIG', 'APPENDLIMIT', 'OVERQUOTA', 'LIMIT', 'UNAVAILABLE', 'INUSE', 'SERVERBUG', 'CORRUPTION', 'ETHROTTLE'],
  ...['NOPERM', 'AUTHORIZATIONFAILED', 'AUTHENTICATIONFAILED', 'EXPIRED', 'PRIVACYREQUIRED', 'CONTACTADMIN'],
  ...['TRYCREATE', 'NONEXISTENT', 'EXPUNGEISSUED', 'READ-ONLY', '401', '403', '404', '413', '429', '503', '504', '507'],
])

/** What servers that give no code say of a size that they do not take; the first is Exchange’s. */
const sizeText =
  /maximum size of appendable|\b(?:message|mail|literal|request entity|size)\b[^.]{0,30}\b(?:too (?:big|large)|exceed)|size limit/i
const sizeCodes = new Set(['TOOBIG', 'APPENDLIMIT', '413'])

/** Is the refusal about the message’s size, the mailbox or the server, and not about what the message is like? */
export function isBeside({ code, text }: Refused): boolean {
  return beside.has(code.toUpperCase()) || sizeText.test(text) || /\bquota\b|throttled|backoff/i.test(text)
}

/** Is the refusal about the size of this message, and not about the room that is left for it? */
export function isTooLarge({ code, text }: Refused): boolean {
  return sizeCodes.has(code.toUpperCase()) || (sizeText.test(text) && !/quota/i.test(text))
}

/**
 * What servers say, and what it is about. Cyrus has a text for each; Exchange’s `Command Error. 10` has been seen for long
 * lines.
 */
const hints: readonly [RegExp, Change][] = [
  [/\bkeyword|\bflag/i, 'flags'],
  [/internal ?date|date[- ]time|invalid date/i, 'date'],
  [/bare (?:newline|lf|cr|line)|newlines/i, 'line-ends'],
  [/\bnul\b|\bnull (?:byte|char)/i, 'nul'],
  [/line[^.]{0,20}(?:long|length|exceed)|long line|command (?:argument )?error\. 1[01]/i, 'long-lines'],
  [/non-ascii|8-?bit|badcharset/i, 'eight-bit-headers'],
  [/separator|blank line|no body/i, 'separator'],
  [/invalid header|bad header|header/i, 'unparsable-header'],
  [/content-type|\bmime\b|boundary|unknown-cte/i, 'content-type'],
]

/** Which changes the server’s answer speaks of. */
export function hintedChanges({ code, text }: Refused): Change[] {
  return hints.filter(([pattern]) => pattern.test(`${code} ${text}`)).map(([, rung]) => rung)
}
