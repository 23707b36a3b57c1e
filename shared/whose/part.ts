import { entityOf } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import { all, gathered } from '../store/store.ts'

/** What of a wave is his who acts for some entities only. `mine`: addresses; `domains`: those in which the wave has nobody else’s mailbox. */
export type Part = {
  whole: boolean
  mine: ReadonlySet<string>
  entities: ReadonlySet<string>
  domains: ReadonlySet<string>
}

/** Which part of each wave belongs to these entities; undefined for a wave that has no mailbox of theirs, or is not there. Each wave is looked at once. */
export type Whose = { entities: readonly string[]; part(wave: string): Promise<Part | undefined> }

/** The parts of waves that belong to these entities, by the version of its playbook that each wave follows. */
export function whoseOf(app: Pick<App, 'store' | 'playbook'>, entities: readonly string[]): Whose {
  const known = new Map<string, Promise<Part | undefined>>()
  return {
    entities,
    part(wave) {
      const part = known.get(wave) ?? partOf(app, entities, wave)
      known.set(wave, part)
      return part
    },
  }
}

async function partOf({ store, playbook }: Pick<App, 'store' | 'playbook'>, entities: readonly string[], wave: string) {
  const stored = await store.waves.get('wave', keyPart(wave))
  if (!stored) return undefined
  const settings = await playbook(stored.row.playbook, stored.row.playbookVersion)
  const rows = await gathered(store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'wanted']))
  const owned = rows.map(row => ({ address: row.address, entity: entityOf(settings, row) ?? '' }))
  const mine = owned.filter(({ entity }) => entities.includes(entity))
  if (mine.length === 0) return undefined
  const others = new Set(owned.flatMap(({ address, entity }) => (entities.includes(entity) ? [] : [domainOf(address)])))
  return {
    whole: mine.length === owned.length,
    mine: new Set(mine.map(({ address }) => address)),
    entities: new Set(mine.map(({ entity }) => entity)),
    domains: new Set(mine.map(({ address }) => domainOf(address)).filter(domain => !others.has(domain))),
  }
}

/** The domains of a wave whose MX another wave has as well, with mailboxes of others: it is switched, and put back, for both. */
export async function sharedWithOthers({ store }: Pick<App, 'store'>, whose: Whose, wave: string): Promise<string[]> {
  const rows = await all(store.domains.list({}))
  const own = new Set(rows.flatMap(row => (row.wave === wave ? [row.domain] : [])))
  const shared = await Promise.all(
    rows.map(async ({ wave: other, domain }) => {
      if (other === wave || !own.has(domain)) return []
      return (await whose.part(other))?.domains.has(domain) ? [] : [domain]
    }),
  )
  return [...new Set(shared.flat())].sort()
}
