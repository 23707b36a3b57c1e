import type { Target } from '../playbooks/target.ts'

/** What workers brought of a mailbox, and how long they were at it, ms. Only rounds that were heard to their end count. */
export type Pace = { ms: number; messages: number; bytes: number }

/** Logarithms of ratios, summed: how often, their sum, and the sum of their squares. Sums of several waves can be added. */
export type Sums = { n: number; sum: number; squares: number }

/** What the logarithm of a ratio is thought to be: its mean, how sure that mean is (standard error), and how single cases scatter. */
export type Belief = { mean: number; error: number; scatter: number; measured: number }

/** What a mailbox costs where nothing has been measured: milliseconds for itself, a message and a byte. */
export type Prior = { mailboxMs: number; messageMs: number; byteMs: number }

/**
 * Assumed until measured. Exchange Online: 20 messages/s and 0.4 MB/s for one mailbox, which throttling leaves of it; a server in the house:
 * 200 messages/s and 10 MB/s. Two seconds for signing in and making folders.
 */
export const priors: Readonly<Record<Target['kind'], Prior>> = {
  'exchange-online': { mailboxMs: 2_000, messageMs: 50, byteMs: 1_000 / 400_000 },
  'exchange-server': { mailboxMs: 2_000, messageMs: 5, byteMs: 1_000 / 10_000_000 },
}

/** The assumption is worth as much as so many measured mailboxes, and its scatter is a factor of two either way. */
const worth = 4
const scatter = Math.log(2)

/** How long a worker is at a mailbox of this size by the assumption, ms. */
export function assumedMs({ mailboxMs, messageMs, byteMs }: Prior, { messages, bytes }: { messages: number; bytes: number }) {
  return mailboxMs + messages * messageMs + bytes * byteMs
}

export const nothing: Sums = { n: 0, sum: 0, squares: 0 }

/** The sums with one more ratio (measured over assumed). */
export function learned({ n, sum, squares }: Sums, ratio: number): Sums {
  const log = Math.log(ratio)
  return { n: n + 1, sum: sum + log, squares: squares + log * log }
}

export function together(all: readonly Sums[]): Sums {
  return all.reduce((a, b) => ({ n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares }), nothing)
}

/**
 * What is to be thought after these measurements: the assumption counts as `worth` cases at ratio 1 that scatter by a factor of two, and
 * fades as real ones come (a normal-inverse-gamma prior at its mean).
 */
export function believed({ n, sum, squares }: Sums): Belief {
  const mean = sum / (worth + n)
  const about = worth * (scatter ** 2 + mean ** 2) + squares - 2 * mean * sum + n * mean ** 2
  const spread = Math.sqrt(Math.max(about / (worth + n), 0.05 ** 2))
  return { mean, error: spread / Math.sqrt(worth + n), scatter: spread, measured: n }
}
