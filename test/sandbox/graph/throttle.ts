import { Problem } from './answers.ts'

/** A refusal to give to coming requests; `retryAfter` seconds, a date, or absent as some services leave it. */
export type Refusing = {
  times: number
  status?: number
  code?: string
  retryAfter?: number | string
  /** Only for requests whose `METHOD /path` this fits. */
  only?: RegExp
  /** A body of something that is not Graph, such as a proxy's page. */
  html?: string
}

export type Throttle = {
  refuse(next: Refusing): void
  /** The refusal due for this request, if any. */
  due(asked: string): Refusing | undefined
  /** Enters one request to a mailbox, and returns how to leave; refused above the four at once the service allows each app. */
  enter(clientId: string, mailbox: string): () => void
}

const concurrentPerMailbox = 4

/** Refusals on demand, and the service's own limit of four requests at once for each app and mailbox. */
export function throttle(): Throttle {
  const queue: Refusing[] = []
  const open = new Map<string, number>()
  return {
    refuse: next => void queue.push({ ...next }),
    due: asked => {
      const at = queue.findIndex(one => one.only?.test(asked) ?? true)
      const found = queue[at]
      if (!found) return undefined
      found.times -= 1
      if (found.times <= 0) queue.splice(at, 1)
      return found
    },
    enter: (clientId, mailbox) => {
      const key = `${clientId} ${mailbox}`
      const now = open.get(key) ?? 0
      if (now >= concurrentPerMailbox) {
        const message = 'Application is over its MailboxConcurrency limit.'
        throw new Problem(429, 'ApplicationThrottled', message, { headers: { 'retry-after': '1' } })
      }
      open.set(key, now + 1)
      return () => void open.set(key, (open.get(key) ?? 1) - 1)
    },
  }
}
