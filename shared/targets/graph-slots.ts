/** At most `most` works at once; the others wait in line. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>

/** Requests at once to one mailbox: Exchange Online takes four of an app, and one stays free for notices. */
export const requestsAtOnce = 3

export function slots(most: number): Slots {
  let busy = 0
  const line: (() => void)[] = []
  return async work => {
    if (busy >= most) await new Promise<void>(resolve => line.push(resolve))
    else busy++
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else busy--
    }
  }
}

/** The slots of each mailbox, shared by all sessions of this worker with it. */
export function slotsByMailbox(most = requestsAtOnce): (mailbox: string) => Slots {
  const known = new Map<string, Slots>()
  return mailbox => {
    const found = known.get(mailbox) ?? slots(most)
    known.set(mailbox, found)
    return found
  }
}
