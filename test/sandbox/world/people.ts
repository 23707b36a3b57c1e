import type { Language } from '../../../shared/intake/words.ts'

/** One person or desk of the town: whose mailbox moves. */
export type Resident = {
  address: string
  displayName: string
  language?: Language
  entity?: string
  kind?: 'shared'
  members?: string[]
}

const desks = [
  ['accueil', 'Accueil de la mairie'],
  ['direction', 'Direction de l’école'],
  ['etat-civil', 'État civil'],
  ['cantine', 'Cantine scolaire'],
  ['urbanisme', 'Service de l’urbanisme'],
  ['bibliotheque', 'Bibliothèque de l’école'],
  ['ccas', 'Action sociale'],
  ['vie-scolaire', 'Vie scolaire'],
  ['police', 'Police municipale'],
  ['gestion', 'Gestion des écoles'],
  ['finances', 'Finances'],
  ['sports', 'Équipements sportifs'],
] as const

/** So many residents, dealt to the domains in turn; beyond the named desks they are numbered. */
export function residents(count: number, domains: readonly string[]): Resident[] {
  return Array.from({ length: count }, (_, i) => {
    const [local, displayName] = desks[i % desks.length] ?? desks[0]
    const round = Math.floor(i / desks.length)
    const suffix = round === 0 ? '' : `${round + 1}`
    const domain = domains[i % domains.length] ?? ''
    return {
      address: `${local}${suffix}@${domain}`,
      displayName: round === 0 ? displayName : `${displayName} ${round + 1}`,
      language: i % 4 === 3 ? 'nl' : 'fr',
    }
  })
}
