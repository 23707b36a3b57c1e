import type { Model } from './model.ts'
import { countIn } from './standing.ts'

/** What a person who does not see the page should hear of: a wave’s new state, mailboxes that were held, more warnings, the server lost or back, or what it refused. */
export function changes(before: Model, after: Model): string[] {
  const { texts, formats } = after
  const heard: string[] = []
  if (before.lostAt === undefined && after.lostAt !== undefined) heard.push(texts.changed.lost)
  if (before.lostAt !== undefined && after.lostAt === undefined) heard.push(texts.changed.back)
  if (after.trouble !== undefined && before.trouble !== after.trouble) {
    const words = after.tell(after.trouble).map(({ text }) => text)
    heard.push(`${texts.trouble} ${words.join('')}`)
  }
  if (!before.wave || !after.wave || before.wave.wave !== after.wave.wave) return heard
  const { wave, state, verdict } = after.wave
  if (state !== before.wave.state || verdict !== before.wave.verdict) {
    const words = [texts.waveStates[state] ?? state, ...(verdict ? [texts.verdicts[verdict] ?? verdict] : [])]
    heard.push(texts.changed.state(wave, words.join(', ')))
  }
  const more = countIn(after.wave, 'held') - countIn(before.wave, 'held')
  if (more > 0) heard.push(texts.changed.stuck(more, formats.count(more)))
  for (const kind of ['toDo', 'warnings'] as const) {
    const n = after.wave[kind]?.length ?? 0
    if (n > (before.wave[kind]?.length ?? 0)) heard.push(texts.headline[kind](n, formats.count(n)))
  }
  return heard
}
