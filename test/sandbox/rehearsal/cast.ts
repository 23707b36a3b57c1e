import { Temporal } from 'temporal-polyfill'
import { parse } from 'yaml'
import { dayOff } from '../../../shared/playbooks/days.ts'
import { entityOf, settingsOf } from '../../../shared/playbooks/entity.ts'
import { type Playbook, parsePlaybook } from '../../../shared/playbooks/playbook.ts'
import type { Resident } from '../world/people.ts'
import { type List, withLists } from './lists.ts'

/** A playbook that is rehearsed, as an operator wrote it: the wave that is played, its day D, its people, its lists. */
export type Cast = {
  name: string
  text: string
  playbook: Playbook
  wave: string
  day: string
  residents: Resident[]
  lists: List[]
}

/** The day D of a rehearsal where nothing else is said: clocks change between the calendar’s beginning and D. */
export const usualDay = '2025-04-07'

const people = [
  ['anna', 'Anna Peeters'],
  ['benoit', 'Benoît Lambert'],
  ['clara', 'Clara Janssens'],
  ['david', 'David Moreau'],
  ['eva', 'Eva Schmitz'],
  ['farid', 'Farid Benali'],
  ['greet', 'Greet De Smet'],
  ['hugo', 'Hugo Marchal'],
] as const

/**
 * Whom a playbook’s wave moves: the pilot where there is one, else the first in its order; `count` people with addresses of the domains of the entity that
 * is the wave, else of all, or of the class whose window D lies in. `day` absent: a date of its slots, a business day of its first window, else `usualDay`.
 */
export function castOf(text: string, count: number, day?: string): Cast {
  const playbook = parsePlaybook(text, 'application/yaml', String(Object(parse(text)).playbook))
  const { sequence, playbook: name } = playbook
  const wave = sequence?.pilot ?? sequence?.waves[0] ?? Object.entries(playbook.entities).find(([, one]) => one.domains)?.[0]
  const at = day ?? dayFor(playbook)
  const residents = Array.from({ length: count }, (_, i) => residentOf(playbook, wave, at, i))
  return { name, text, playbook, wave: wave ?? 'rehearsal', day: at, ...withLists(residents, playbook) }
}

function dayFor(playbook: Playbook): string {
  const { slots, windows } = playbook
  if (slots) return slots.dates.includes(usualDay) ? usualDay : (slots.dates[0] ?? usualDay)
  const [first] = Object.values(windows)
  if (!first || (first.from <= usualDay && usualDay <= first.to)) return usualDay
  let last = Temporal.PlainDate.from(first.to)
  while (dayOff(last.toString(), playbook)) last = last.subtract({ days: 1 })
  return last.toString()
}

/** Every third person has the last language of an entity; the others say none, and get its first. */
function residentOf(playbook: Playbook, wave: string | undefined, day: string, i: number): Resident {
  const resident = addressed(playbook, wave, day, i)
  const { languages = [] } = settingsOf(playbook, entityOf(playbook, { address: resident.address, wanted: resident }))
  const language = i % 3 === 2 ? languages.at(-1) : undefined
  return { ...resident, ...(language ? { language } : {}) }
}

function addressed(playbook: Playbook, wave: string | undefined, day: string, i: number): Resident {
  const entities = Object.entries(playbook.entities)
  const own = entities.find(([name, { domains = [] }]) => name === wave && domains.length > 0)
  const byDomain = (own ? [own] : entities).flatMap(([, { domains = [] }]) => domains)
  const pattern = Object.values(playbook.windows).find(
    ({ from, to, addresses }) => addresses && from <= day && day <= to,
  )?.addresses
  const [local, displayName] = people[i % people.length] ?? people[0]
  const turn = Math.floor(i / people.length)
  const user = turn === 0 ? local : `${local}${turn + 1}`
  const said = { displayName }
  if (pattern?.[0]) return { address: pattern[0].replace('*', String(i + 1).padStart(6, '0')), ...said }
  if (byDomain.length > 0) return { address: `${user}@${byDomain[i % byDomain.length]}`, ...said }
  const entity = entities[i % Math.max(entities.length, 1)]?.[0]
  return { address: `${user}@${playbook.playbook}.example`, ...said, ...(entity ? { entity } : {}) }
}
