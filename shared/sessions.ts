import type { Sessions } from './ports.ts'
import type { Source } from './source/source.ts'
import type { Target } from './targets/target.ts'

type Pair = { source: Source; target: Target }

/** How long a session that nobody uses stays open for the next step of the same mailbox, ms. */
const idleMs = 5_000

/** Sessions by mailbox. What is given back is used again by the next step, and closed when none comes. */
export class SessionPool {
  private readonly idle = new Map<string, { pair: Pair; timer: NodeJS.Timeout }[]>()

  for(mailbox: string, open: () => Promise<Pair>): Sessions {
    return {
      open: async () => {
        const waiting = this.idle.get(mailbox)?.pop()
        if (!waiting) return open()
        clearTimeout(waiting.timer)
        if (await alive(waiting.pair)) return waiting.pair
        await close(waiting.pair)
        return open()
      },
      giveBack: async pair => {
        if (!(await alive(pair))) return close(pair)
        const timer = setTimeout(() => this.drop(mailbox, pair), idleMs)
        timer.unref()
        this.idle.set(mailbox, [...(this.idle.get(mailbox) ?? []), { pair, timer }])
      },
    }
  }

  /** Closes everything that is idle. */
  async close(): Promise<void> {
    const pairs = [...this.idle.values()].flat()
    this.idle.clear()
    for (const { timer } of pairs) clearTimeout(timer)
    await Promise.all(pairs.map(({ pair }) => close(pair)))
  }

  private drop(mailbox: string, pair: Pair): void {
    const left = (this.idle.get(mailbox) ?? []).filter(one => one.pair !== pair)
    if (left.length > 0) this.idle.set(mailbox, left)
    else this.idle.delete(mailbox)
    void close(pair)
  }
}

async function alive({ source, target }: Pair): Promise<boolean> {
  return (await source.alive()) && (await target.alive())
}

async function close({ source, target }: Pair): Promise<void> {
  await Promise.allSettled([source.close(), target.close()])
}
