import { type Answered, agreement } from './agreement.ts'
import { describe } from './records.ts'
import { type Change, checkChanges, type RecordType, subject, type ZoneHost } from './zone.ts'

/** Asks every authoritative server of a zone for a name and type; `askAll` of resolve.ts with its surroundings filled in. */
export type AskZone = (zone: string, name: string, type: RecordType) => Promise<Answered[]>

/**
 * The host that is a person. It never changes anything: `already` once every authoritative server answers as wanted, until then
 * `waiting` with the text to act on. Ask again until it is so; nothing else marks it as done.
 */
export function manual(askZone: AskZone): ZoneHost {
  return {
    atomic: false,
    async replace(zone, changes) {
      checkChanges(zone, changes)
      const parts = await Promise.all(changes.map(change => stateOf(zone, change, askZone)))
      const open = parts.filter(part => part !== undefined)
      if (open.length === 0) return { outcome: 'already' }
      const intro = `Please change ${open.length === 1 ? 'this record' : `these ${open.length} records together`} in the zone ${zone}:`
      return { outcome: 'waiting', text: [intro, ...open].join('\n\n') }
    },
  }
}

async function stateOf(zone: string, change: Change, askZone: AskZone): Promise<string | undefined> {
  const { name, type } = subject(change)
  const reached = agreement(await askZone(zone, name, type), change.after)
  if (reached.proved) return undefined
  const servers = reached.laggards.map(({ server, why }) => `    ${server}: ${why}`)
  return [`${name} ${type}`, describe(change), '  not yet so at:', ...servers].join('\n')
}
