/** A clock, epoch ms. */
export type Clock = () => number

/**
 * The clock moved by as many ms as a file says, for rehearsals; where there is no file, or none that can be read, it is not moved. The file
 * is read anew at most ten times a second.
 */
export function movedClock(real: Clock, read: () => string): Clock {
  let seen = Number.NEGATIVE_INFINITY
  let by = 0
  return () => {
    const now = real()
    if (now - seen >= 100) {
      seen = now
      by = offset(read)
    }
    return now + by
  }
}

function offset(read: () => string): number {
  try {
    const ms = Number(read().trim())
    return Number.isSafeInteger(ms) ? ms : 0
  } catch {
    return 0
  }
}
