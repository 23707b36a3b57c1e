import { Failure } from '../errors.ts'
import { sameData, sameRRset } from './records.ts'
import {
  type Change,
  checkChanges,
  type Found,
  type RecordType,
  type Replaced,
  type RRset,
  subject,
  type ZoneHost,
} from './zone.ts'

/** What stands at a name and type; `tag` is what the API needs to change just that (record ids, an ETag). */
export type Held<T> = { rrset: RRset | null; tag: T }

/** A change that is still to be made, and what it replaces. */
export type Pending<T> = { change: Change; held: Held<T> }

/** What an HTTP API of a DNS host can do. */
export type ZoneApi<T> = {
  name: string
  /** Are all changes of one `write` made together? */
  atomic: boolean
  /** Are the records of one set changed one by one, new ones first? What holds old and new ones only, and some new, is a change that was cut short. */
  byRecord?: boolean
  /** Asked once before anything else; throws where the zone is not served. */
  zone(zone: string): Promise<void>
  read(zone: string, name: string, type: RecordType): Promise<Held<T>>
  /** Makes the changes, removals first. May answer `lost` where what was read has changed since. */
  write(zone: string, pending: readonly Pending<T>[]): Promise<'lost' | undefined>
  /** Makes public what was written; also where a call that was cut short has left it unpublished. */
  publish?(zone: string): Promise<void>
}

/**
 * Compare and set over an API that mostly has no such thing: read, compare, write, read again. Calls about one zone follow each other within this process; where the
 * API cannot refuse by what was read, somebody else’s change in the moment between reading and writing is overwritten.
 */
export function apiZone<T>(api: ZoneApi<T>): ZoneHost {
  const turns = new Map<string, Promise<unknown>>()
  return {
    atomic: api.atomic,
    async replace(zone, changes) {
      checkChanges(zone, changes)
      const turn = (turns.get(zone) ?? Promise.resolve()).then(() => replace(api, zone, changes))
      turns.set(
        zone,
        turn.catch(() => {}),
      )
      return turn
    },
  }
}

async function replace<T>(api: ZoneApi<T>, zone: string, changes: Change[]): Promise<Replaced> {
  await api.zone(zone)
  const held = await readAll(api, zone, changes)
  if (stands(changes, held)) {
    await api.publish?.(zone)
    return { outcome: 'already' }
  }
  const others = odd(changes, held, api.byRecord)
  if (others.length > 0) return { outcome: 'conflict', found: others }
  await noAlias(api, zone, changes)
  const pending = changes.flatMap((change, at): Pending<T>[] => {
    const one = held[at] as Held<T>
    return sameRRset(one.rrset, change.after) ? [] : [{ change, held: one }]
  })
  // A CNAME that goes makes room.
  pending.sort((one, other) => Number(one.change.after !== null) - Number(other.change.after !== null))
  const lost = await api.write(zone, pending)
  await api.publish?.(zone)
  const after = await readAll(api, zone, changes)
  if (stands(changes, after)) return { outcome: lost ? 'already' : 'applied' }
  const changed = odd(changes, after)
  if (changed.length > 0) return { outcome: 'conflict', found: changed }
  const during = `changing ${changes.map(change => `${subject(change).name} ${subject(change).type}`).join(', ')} at ${api.name}`
  const hint = `${api.name} took the change and does not show it yet: it is looked at again by itself. If it lasts, look at the zone there.`
  throw new Failure({ verdict: 'transient', during, code: 'NOT-YET', hint })
}

/** Four at a time: these APIs limit their callers. */
async function readAll<T>(api: ZoneApi<T>, zone: string, changes: Change[]): Promise<Held<T>[]> {
  const held: Held<T>[] = []
  for (let at = 0; at < changes.length; at += 4) {
    const some = changes.slice(at, at + 4).map(change => api.read(zone, subject(change).name, subject(change).type))
    held.push(...(await Promise.all(some)))
  }
  return held
}

function stands(changes: Change[], held: readonly { rrset: RRset | null }[]): boolean {
  return changes.every(({ after }, at) => sameRRset(after, held[at]?.rrset ?? null))
}

function odd(changes: Change[], held: readonly { rrset: RRset | null }[], byRecord = false): Found[] {
  return changes.flatMap((change, at): Found[] => {
    const found = held[at]?.rrset ?? null
    if (sameRRset(found, change.after) || sameData(found, change.before) || (byRecord && isCutShort(change, found))) return []
    const why = 'it holds something else than was read before: somebody changed it; read the records again'
    return [{ ...subject(change), found, why }]
  })
}

/** Is it a change of ours that was stopped in its middle? */
function isCutShort({ before, after }: Change, found: RRset | null): boolean {
  const [old, fresh, data] = [before, after, found].map(one => one?.data ?? []) as [string[], string[], string[]]
  return (
    data.every(one => old.includes(one) || fresh.includes(one)) && data.some(one => fresh.includes(one) && !old.includes(one))
  )
}

/** A CNAME keeps other records out, whatever the API says to that. */
async function noAlias<T>(api: ZoneApi<T>, zone: string, changes: Change[]): Promise<void> {
  const names = new Set(
    changes.flatMap(({ before, after }) => (before === null && after !== null && after.type !== 'CNAME' ? [after.name] : [])),
  )
  const goes = ({ before, after }: Change) => after === null && before?.type === 'CNAME'
  for (const name of names) {
    if (changes.some(change => goes(change) && subject(change).name === name)) continue
    if ((await api.read(zone, name, 'CNAME')).rrset === null) continue
    const hint = `Remove the CNAME at ${name}, which keeps other records out, then retry.`
    throw new Failure({
      verdict: 'permanent',
      during: `changing ${name} at ${api.name}`,
      code: 'NOT-MADE',
      text: 'a CNAME stands there',
      hint,
    })
  }
}
