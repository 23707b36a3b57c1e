import { Failure } from '../../shared/errors.ts'
import type { MemoryMailbox } from './mailbox.ts'

/** The old mail system of a split domain, by which all mail of the domain comes in. */
export type Post = {
  /** Addresses whose mail it leads to the new side. */
  led: Set<string>
  /** Whose mail an alias is. */
  aliases: Map<string, string>
  /** What it took, in order. */
  letters: { to: string; side: 'old' | 'new'; at: number }[]
  /** What goes wrong with a letter: it is refused, kept back for ever, delivered twice, or taken though the answer is lost. */
  odd: (to: string, n: number) => 'refused' | 'kept' | 'twice' | 'unanswered' | undefined
  send(to: string, raw: Buffer): Promise<void>
}

/** Hands over to mailboxes in memory, into the folder `into`, with the lines that servers on the way write above a header. */
export function memoryPost(
  sources: Map<string, MemoryMailbox>,
  targets: Map<string, MemoryMailbox>,
  now: () => number,
  into = 'INBOX',
): Post {
  const trace = Buffer.from(
    'Received: from gate.old.example by mail.old.example;\r\n Thu, 1 Jan 2026 08:00:00 +0000\r\n'.repeat(60),
  )
  const post: Post = {
    led: new Set(),
    aliases: new Map(),
    letters: [],
    odd: () => undefined,
    async send(to, raw) {
      const odd = post.odd(to, post.letters.length)
      if (odd === 'refused') throw failed('permanent', '550', `no such user ${to}`)
      const side = post.led.has(to) ? 'new' : 'old'
      post.letters.push({ to, side, at: now() })
      const box = (side === 'new' ? targets : sources).get(post.aliases.get(to) ?? to)
      for (let n = odd === 'kept' ? 0 : odd === 'twice' ? 2 : 1; n > 0; n--)
        box?.deliver(into, Buffer.concat([trace, raw]), [], now())
      if (odd === 'unanswered') throw failed('transient', 'ECONNRESET', 'the connection ended')
    },
  }
  return post
}

function failed(verdict: 'permanent' | 'transient', code: string, text: string): Failure {
  return new Failure({ verdict, during: 'sending', code, text, hint: 'It is tried again by itself.' })
}
