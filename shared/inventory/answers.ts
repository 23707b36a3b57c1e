import type { Language } from '../intake/words.ts'
import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'
import { type About, type Accepted, assertOpen, judgedAnswer, type Read, storeAnswer } from './accept.ts'
import { type Followed, followAnswers, followsAtOnce } from './follow.ts'

/** What became of an answer: refused with its faults and nothing stored, or taken, and perhaps followed at once. */
export type Outcome = Read &
  (Partial<Record<keyof (Accepted & { followed: Followed }), undefined>> | (Accepted & { followed?: Followed }))

/** Takes an answer: judged whole, stored with who and when, followed where the wave does not wait for a confirmation. */
export async function acceptAnswers(
  app: App,
  wave: WaveRow,
  bytes: Uint8Array,
  contentType: string | undefined,
  who: string,
  about: About & { language?: Language | undefined } = {},
): Promise<Outcome> {
  assertOpen(wave)
  const read = await judgedAnswer(app, wave, bytes, contentType, about)
  if (read.faults.length > 0) return read
  const accepted = await storeAnswer(app, read, who)
  if (!followsAtOnce(wave)) return { ...read, ...accepted }
  return { ...read, ...accepted, followed: await followAnswers(app, wave, who, read.inventory.entity) }
}
