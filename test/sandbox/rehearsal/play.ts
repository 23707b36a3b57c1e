import type { DiaryLine } from '../../../shared/calendar/diary.ts'
import type { DemoHost } from '../demo/host.ts'
import type { World } from '../world.ts'
import type { Cast } from './cast.ts'
import type { RehearsalClock } from './clock.ts'
import { type Errand, errandsFor, errandsOf, type Stage } from './errands.ts'
import { type Letters, lettersOf, type Read } from './letters.ts'

/** A wave as people see it: its diary, its steps, its domains, whose workbook is open, the templates of notices sent so far. */
export type Seen = {
  diary: DiaryLine[]
  warnings: string[]
  state: string
  verdict: string | null
  waitsFor?: string
  steps: { step: string; state: string; at: string; open: string[] }[]
  domains: { domain: string; state: string; waitsFor?: string }[]
  openAnswers: string[]
  told: ReadonlySet<string>
}

/** What was played: how each wave stands at the end, in the order of the casts, and every notice as it was read. */
export type Played = { seen: Seen[]; letters: Read[] }

/**
 * Lets everything due be done, plays the people, jumps to the next hour; until an instant, epoch ms, or until nothing is ahead. `at`: told after
 * each pause how a cast’s wave stands.
 */
export async function play(
  given: { host: DemoHost; world: World; clock: RehearsalClock; casts: readonly Cast[] },
  end: number,
  at: (cast: Cast, seen: Seen) => void,
  signal: AbortSignal,
): Promise<Played> {
  const { host, world, clock, casts } = given
  const post: Letters = lettersOf(world)
  const letters: Read[] = []
  const open = new Map<string, Errand>()
  const done = new Set<string>()
  let known: string[] = []
  const take = (cast: Cast, errands: readonly Errand[]) => {
    for (const errand of errands) {
      const key = `${cast.name} ${errand.key}`
      if (!done.has(key) && !open.has(key)) open.set(key, errand)
    }
  }
  for (;;) {
    await clock.quiet(signal)
    const now = clock.now()
    const seen = await Promise.all(casts.map(cast => look(host, cast)))
    const sent = ownersTold(seen)
    const fresh = await post.next([...new Set(sent)].filter(owner => countOf(sent, owner) > countOf(known, owner)))
    known = sent
    for (const [i, cast] of casts.entries()) {
      const stage: Stage = { host, world, cast }
      const found = seen[i] as Seen
      at(cast, found)
      take(cast, errandsFor(stage, found, now))
      for (const letter of fresh.filter(one => isOf(cast, one))) {
        const before = (page: string) =>
          letters.filter(({ to, links }) => to === letter.to && links.some(link => link.page === page)).length
        take(cast, errandsOf(stage, letter, before, now))
      }
    }
    letters.push(...fresh)
    const due = [...open].filter(([, errand]) => errand.at <= clock.now()).sort(([, a], [, b]) => a.at - b.at)
    for (const [key, errand] of due) {
      open.delete(key)
      done.add(key)
      await errand.run()
    }
    if (due.length > 0) continue
    const next = Math.min((await clock.next()) ?? Number.POSITIVE_INFINITY, ...[...open.values()].map(errand => errand.at))
    // At the end all look once more: what came twice may lie where nobody expected it.
    if (next > end) return { seen, letters: [...letters, ...(await post.next([...new Set(known)]))] }
    await clock.jumpTo(next)
  }
}

/** The owner of each notice about his own mailbox that was sent. */
function ownersTold(seen: readonly Seen[]): string[] {
  const notices = seen.flatMap(({ diary }) => diary.filter(({ kind, state }) => kind === 'notice' && state === 'happened'))
  return notices.flatMap(({ to, about }) => (to !== undefined && to === about ? [to] : []))
}

function countOf(owners: readonly string[], owner: string): number {
  return owners.filter(one => one === owner).length
}

async function look(host: DemoHost, { wave, playbook }: Cast): Promise<Seen> {
  const [{ diary, warnings }, { steps }, status, { open }] = await Promise.all([
    host.call<Pick<Seen, 'diary' | 'warnings'>>('GET', `waves/${wave}/diary`),
    host.call<Pick<Seen, 'steps'>>('GET', `waves/${wave}/steps`),
    host.call<Pick<Seen, 'state' | 'verdict' | 'domains'>>('GET', `waves/${wave}`),
    host.call<{ open: string[] }>('GET', `waves/${wave}/answers`),
  ])
  const sent = new Set(diary.filter(({ kind, state }) => kind === 'notice' && state === 'happened').map(({ what }) => what))
  const told = new Set(playbook.notices.filter(({ notice }) => sent.has(notice)).map(({ template }) => template))
  return { ...status, diary, warnings, steps, openAnswers: open, told }
}

/** Is it one of this wave’s notices? Its Message-ID ends in the wave’s name. */
export function isOf({ wave }: Cast, { messageId }: Read): boolean {
  return messageId.slice(0, messageId.lastIndexOf('@')).endsWith(`.${wave}`)
}
