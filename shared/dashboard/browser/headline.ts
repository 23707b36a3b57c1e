import type { Wave, WaveRow } from '../answers.ts'
import type { Model } from './model.ts'
import { copiedMailboxes, countIn, needsSomebody } from './standing.ts'

type Words = Pick<Model, 'texts' | 'formats'>

/** One sentence on how a wave stands, and one on whether anybody has to do something. */
export function headline(
  { texts, formats }: Words,
  wave: WaveRow & Partial<Pick<Wave, 'domains' | 'toDo' | 'warnings' | 'awaits'>>,
): { stands: string; needs: string } {
  const { toDo = [], warnings = [], awaits = [] } = wave
  const said = { stands: stands({ texts, formats }, wave), needs: '' }
  const told = counted({ texts, formats }, { words: awaits.length, toDo: toDo.length, warnings: warnings.length })
  if (wave.state === 'cancelled' || wave.state === 'rolled-back') return { ...said, needs: told.join(' ') }
  const boxes = countIn(wave, 'held')
  const domains = (wave.domains ?? []).filter(({ state }) => state === 'held').length
  const stuck = counted({ texts, formats }, { boxes, domains })
  const calm = stuck.length === 0 && told.length === 0 && !needsSomebody(wave)
  return { ...said, needs: calm ? texts.headline.calm : [...stuck, ...told].join(' ') }
}

/** A sentence for each kind of thing of which there are some. */
export function counted({ texts, formats }: Words, numbers: Partial<Record<keyof typeof kinds, number>>): string[] {
  return Object.entries(numbers).flatMap(([kind, n]) =>
    n > 0 ? [texts.headline[kinds[kind as keyof typeof kinds]](n, formats.count(n))] : [],
  )
}

const kinds = {
  words: 'words',
  boxes: 'stuck',
  domains: 'stuckDomains',
  steps: 'steps',
  toDo: 'toDo',
  warnings: 'warnings',
} as const

function stands({ texts: { headline: say }, formats }: Words, wave: WaveRow): string {
  const { state, verdict, messages, mailboxes } = wave
  const total = formats.count(mailboxes.total)
  const arrived = formats.count(messages.copied + messages.adopted)
  switch (state) {
    case 'planned':
      return say.planned
    case 'preparing':
      return say.preparing(formats.count(copiedMailboxes(wave)), total)
    case 'ready':
      return say.ready
    case 'cutting-over':
      return say.cuttingOver
    case 'finishing':
      return say.finishing(formats.count(countIn(wave, 'completed')), total)
    case 'closing':
      return say.closing
    case 'rolling-back':
      return say.rollingBack
    case 'rolled-back':
      return say.rolledBack
    case 'held':
      return say.held
    case 'cancelled':
      return say.cancelled
    case 'closed':
      if (verdict === 'complete') return say.complete(arrived, messages.excepted, formats.count(messages.excepted))
      if (verdict === 'complete-with-exceptions')
        return say.exceptions(arrived, messages.excepted, formats.count(messages.excepted))
      return say.incomplete
  }
}
