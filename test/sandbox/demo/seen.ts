import type { MxAnswer, World } from '../world.ts'
import type { DemoHost } from './host.ts'

type Count = { found: number; copied: number; adopted: number; excepted: number }

/** A wave as the app answers it, as far as the demo reads it. */
export type WaveSeen = {
  state: string
  verdict: string | null
  waitsFor?: string
  reasons?: string[]
  messages: Count
  bytes: { found: number; copied: number }
  domains: { domain: string; state: string; waitsFor?: string; switchedAt?: string; error?: { code: string; message: string } }[]
}

/** One mailbox of the list. */
export type MailboxSeen = {
  address: string
  state: string
  messages: Count
  bytes: { found: number; copied: number }
  waitsFor?: string
  error?: { code: string; message: string }
}

/** What stands at one moment. `mx`: what each name server answered itself. */
export type Moment = { at: number; wave: WaveSeen; mailboxes: MailboxSeen[]; mx: Map<string, MxAnswer[]> }

/** Asks the app and the name servers. */
export async function look(host: DemoHost, world: World, wave: string): Promise<Moment> {
  const [seen, { mailboxes }, ...answers] = await Promise.all([
    host.call<WaveSeen>('GET', `waves/${wave}`),
    host.call<{ mailboxes: MailboxSeen[] }>('GET', `waves/${wave}/mailboxes`),
    ...world.domains.map(async domain => [domain, await world.mx(domain).catch(() => [])] as const),
  ])
  const order = new Map(world.residents.map(({ address }, i) => [address, i]))
  const sorted = mailboxes.sort((a, b) => (order.get(a.address) ?? 0) - (order.get(b.address) ?? 0))
  return { at: Date.now(), wave: seen, mailboxes: sorted, mx: new Map(answers) }
}

/** Messages that have an outcome. */
export const settled = ({ copied, adopted, excepted }: Count): number => copied + adopted + excepted

/** What the wave is doing, in words. */
export function stepOf({ wave, mailboxes }: Moment): string {
  const some = (state: string) => mailboxes.some(mailbox => mailbox.state === state)
  if (wave.state === 'preparing' && some('pre-staging')) return 'copying, while everybody goes on working'
  if (wave.state === 'preparing' && some('provisioning')) return 'making accounts and mailboxes'
  if (wave.state === 'ready') return 'waiting until no cache can hold the old TTL'
  if (wave.state === 'cutting-over') return 'switching MX, asking every name server'
  if (wave.state === 'finishing' && some('final-delta')) return 'copying what came meanwhile'
  if (wave.state === 'finishing' && some('verifying')) return 'comparing both sides'
  if (wave.state === 'finishing') return 'telling the owners, following late mail'
  if (wave.state === 'closed') return 'closed'
  return wave.state
}

/** How fast messages and bytes move. */
export class Pace {
  private readonly seen: Sample[] = []
  private copying: { from: number; until?: Sample } | undefined

  add(moment: Moment): void {
    const { at, wave, mailboxes } = moment
    const sample = { at, messages: settled(wave.messages), bytes: wave.bytes.copied }
    this.seen.push(sample)
    const busy = mailboxes.some(({ state }) => state === 'pre-staging')
    const early = mailboxes.some(({ state }) => state === 'planned' || state === 'provisioning')
    if (busy) this.copying ??= { from: at }
    else if (this.copying && !early) this.copying.until ??= sample
  }

  /** Per second over the first copy, from the first mailbox that began to the last that ended; nothing where that is unknown. */
  overall(): { messages: number; bytes: number } {
    const { from = 0, until } = this.copying ?? {}
    return between({ at: from, messages: 0, bytes: 0 }, until)
  }

  /** Per second over the last three seconds. */
  now(): { messages: number; bytes: number } {
    const last = this.seen.at(-1)
    return between(this.seen.findLast(({ at }) => at <= (last?.at ?? 0) - 3000) ?? this.seen[0], last)
  }
}

type Sample = { at: number; messages: number; bytes: number }

function between(one: Sample | undefined, other: Sample | undefined): { messages: number; bytes: number } {
  if (!one || !other || other.at <= one.at) return { messages: 0, bytes: 0 }
  const seconds = (other.at - one.at) / 1000
  return { messages: (other.messages - one.messages) / seconds, bytes: (other.bytes - one.bytes) / seconds }
}
