import type { WantedMailbox } from '../intake/mailbox.ts'
import { overridden } from './entities.ts'
import { type Playbook, playbookSchema } from './playbook.ts'

/** As much of a mailbox's row as says whose it is. */
export type Belongs = { address: string; wanted: Pick<WantedMailbox, 'entity'> }

/** The entity of a mailbox: the one that the wave names, else the one with its domain; of two domains the longer. Undefined where it has none. */
export function entityOf({ entities }: Pick<Playbook, 'entities'>, { address, wanted }: Belongs): string | undefined {
  if (wanted.entity !== undefined) return wanted.entity
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const fits = Object.entries(entities).flatMap(([name, { domains = [] }]) =>
    domains.filter(own => domain === own || domain.endsWith(`.${own}`)).map(own => ({ name, length: own.length })),
  )
  return fits.sort((a, b) => b.length - a.length)[0]?.name
}

const known = new WeakMap<Playbook, Map<string, Playbook>>()

/** The playbook as it holds for one mailbox: its defaults, with what the mailbox's entity says otherwise. */
export function settingsFor(playbook: Playbook, mailbox: Belongs): Playbook {
  return settingsOf(playbook, entityOf(playbook, mailbox))
}

/** The playbook as it holds for an entity; without one, or with one that it does not know, its defaults. */
export function settingsOf(playbook: Playbook, name: string | undefined): Playbook {
  const entity = name !== undefined && Object.hasOwn(playbook.entities, name) ? playbook.entities[name] : undefined
  if (name === undefined || entity === undefined) return playbook
  const made = known.get(playbook) ?? new Map<string, Playbook>()
  known.set(playbook, made)
  const before = made.get(name)
  if (before) return before
  // What does not fit was refused when the playbook was sent.
  const settings = { ...playbookSchema.parse(overridden(playbook, entity)), entities: playbook.entities }
  made.set(name, settings)
  return settings
}
