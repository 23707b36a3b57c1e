import { type Language, languages } from '../intake/words.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { local } from './facts.ts'

type Marked = Pick<Playbook, 'classification' | 'languages'>

/** The marking (`classification`) in a language, where there is one. */
export function markingOf({ classification }: Marked, language: Language): string | undefined {
  return classification === undefined ? undefined : local(classification, language)
}

/** The marking of what speaks to no one reader, for several parts of a house: as each says it in its first language, each once. */
export function markingsOf(parts: readonly Marked[]): string | undefined {
  const said = parts.flatMap(part => markingOf(part, part.languages?.[0] ?? languages[0]) ?? [])
  return said.length > 0 ? [...new Set(said)].join(' / ') : undefined
}
