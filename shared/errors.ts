/**
 * What to do about a failure. `transient`: weather, try again later; `permanent`: a person must act, see the hint;
 * `poison`: the input itself cannot be read.
 */
export type Verdict = 'transient' | 'permanent' | 'poison'

export type FailureFacts = {
  verdict: Verdict
  /** What was being done, in an operator's words: `signing in to imap.example.org as anna`. */
  during: string
  /** The wire's own code where there is one: `AUTHENTICATIONFAILED`, `ECONNREFUSED`, `429`. */
  code: string
  /** The server's own text, cut to a line, without secrets. */
  text?: string | undefined
  /** How long the other side asked us to stay away, in milliseconds. */
  retryAfterMs?: number | undefined
  /** What a person should do next, as a sentence. */
  hint: string
  cause?: unknown
}

/** A message at which a connection ended, by the UID that its source gives it: `reading` its body there, or `appending` it to the folder `path`. */
export type End = { doing: 'reading' | 'appending'; path: string; uid: number }

/** Everything that a wire does to us, classified once at the adapter's edge. Any other exception is a bug. */
export class Failure extends Error {
  readonly verdict: Verdict
  readonly during: string
  readonly code: string
  readonly retryAfterMs: number | undefined
  readonly hint: string
  /** The message at which the connection ended, where it ended at one. */
  at: End | undefined
  /** That was written down. A message is given up after some such ends, so they come to an end by themselves. */
  counted = false

  constructor(facts: FailureFacts) {
    super(`${facts.during}: ${facts.code}${facts.text ? ` (${oneLine(facts.text)})` : ''}`, { cause: facts.cause })
    this.name = 'Failure'
    this.verdict = facts.verdict
    this.during = facts.during
    this.code = facts.code
    this.retryAfterMs = facts.retryAfterMs
    this.hint = facts.hint
  }
}

/** What a person should do about a failure that nobody tries again; of weather that did not pass, what else there is to look at. */
export function lastHint({ verdict, hint }: Pick<Failure, 'verdict' | 'hint'>): string {
  if (verdict !== 'transient') return hint
  const parts = hint.split(/(?<=[.;:])\s+/).filter(part => !/by itself|^Nothing to do:$/.test(part))
  const rest = parts.join(' ').replace(/;$/, '.')
  return `It was tried for hours and is tried no more: look why, in the server’s own log too, then retry (POST …/retry). ${rest}`.trim()
}

/** One fault in what a person sent: where it is (`mailboxes[3].address`), and what was expected there. */
export type Fault = { path: string; message: string }

/** A refused request: all its faults at once, nothing stored. `status` is the HTTP status to answer with. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: Fault[]

  constructor(status: number, code: string, message: string, details: Fault[] = []) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.details = details
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t]+/g, ' ').slice(0, 300)
}
