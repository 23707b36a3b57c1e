import { createHash } from 'node:crypto'
import { canonicalJson } from '../intake/canonical.ts'
import { keyPart } from '../store/columns.ts'
import { type AnswerRow, answerPartition } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'
import type { Said } from './answer.ts'

/** Every version of a wave's answers, of one entity or of all, oldest first within an entity. */
export function answersIn(store: Store, wave: string, entity?: string): Promise<AnswerRow[]> {
  const partition = keyPart(wave)
  if (entity === undefined) return all(store.answers.list({ partition }))
  // `}` follows `|` in ASCII.
  return all(store.answers.list({ partition, from: `${keyPart(entity)}|`, below: `${keyPart(entity)}}` }))
}

/** The answer that holds for an entity, or undefined before its first. */
export async function latestAnswer(store: Store, wave: string, entity: string): Promise<AnswerRow | undefined> {
  return (await answersIn(store, wave, entity)).at(-1)
}

/** What an answer said, by address. */
export async function saidIn(store: Store, answer: AnswerRow): Promise<Said[]> {
  const lines = await all(store.answerLines.list({ partition: answerPartition(answer) }))
  return lines.map(({ said }) => said)
}

/** The digest of all that was said, the same whatever the order of rows and columns. */
export function digestOf(entity: string, said: readonly Said[]): string {
  const sorted = [...said].sort((a, b) => (a.address < b.address ? -1 : 1))
  return createHash('sha256')
    .update(canonicalJson({ entity, said: sorted }))
    .digest('hex')
}

/** The seal of a version: who said what when, after which version. Times as epoch ms. */
export function sealOf(
  { wave, entity, version, at, who, digest }: Omit<AnswerRow, 'seal' | 'lines'>,
  before: string | undefined,
): string {
  return createHash('sha256')
    .update(canonicalJson({ wave, entity, version, at, who, digest, before: before ?? null }))
    .digest('hex')
}
