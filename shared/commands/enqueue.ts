import { createHash } from 'node:crypto'
import { slotOf } from '../calendar/slots.ts'
import { gatesFor, keepCalendar } from '../calendar/wave-day.ts'
import { dayFaults } from '../calendar/windows.ts'
import { Refusal } from '../errors.ts'
import { oneOf } from '../intake/faults.ts'
import { canonicalWave, type WaveRequest } from '../intake/wave.ts'
import { lookAtTenant } from '../inventory/tenant-ahead.ts'
import { lives } from '../lives.ts'
import { needsDay } from '../playbooks/calendar.ts'
import { entityOf } from '../playbooks/entity.ts'
import { type Playbook, parsePlaybook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { start } from '../run.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import { type DomainRow, playbookKey, type WaveRow } from '../store/schema.ts'
import { mustBeHis } from '../whose/bring.ts'
import { record } from './audit.ts'
import { mustBook } from './calendar-actions.ts'
import { mustBeNowhereElse } from './elsewhere.ts'
import { type Common, newLife, newMailbox } from './new-mailbox.ts'

/** Stores a wave and starts it. The same request again is the same wave; another one of its name is refused. `created`: was it new? */
export async function enqueueWave(app: App, request: WaveRequest, who: string): Promise<{ created: boolean }> {
  const digest = createHash('sha256').update(canonicalWave(request)).digest('hex')
  const stored = await app.store.playbooks.get(...playbookKey(request.playbook))
  const playbook = stored && parsePlaybook(stored.row.body, undefined, request.playbook)
  if (playbook) mustBeHis(app, playbook, request)
  const existing = await app.store.waves.get('wave', keyPart(request.wave))
  if (existing) return again(app, existing.row, request, digest, who)
  if (!playbook) {
    const details = [
      {
        path: 'playbook',
        message: `there is no playbook “${request.playbook}”: send it first, PUT /api/playbooks/${request.playbook}`,
      },
    ]
    throw new Refusal(422, 'unknown-playbook', 'the wave names a playbook that is not stored; nothing was stored', details)
  }
  checkEntities(playbook, request)
  await mustBeNowhereElse(app, playbook, request)
  const day = request.day ?? (await slotOf(app, playbook, request.wave))?.day
  const gates = gatesOf(playbook, day)
  if (day !== undefined) {
    const faults = dayFaults(playbook, request.wave, day, request.mailboxes)
    if (faults.length > 0) throw new Refusal(400, 'invalid-wave', 'the wave does not suit its day; nothing was stored', faults)
    await mustBook(app, playbook, request.wave, day, who, request.mailboxes.length)
  }
  const common = { wave: request.wave, playbook: request.playbook, playbookVersion: stored.row.number }

  // The name is taken before anything else is stored, so that of two requests at once only one leaves rows. Without `dueAt` nothing
  // begins before every mailbox is stored.
  const row: WaveRow = {
    ...newLife(app),
    ...common,
    ...(day ? { day } : {}),
    gates,
    ...entitiesOf(playbook, request),
    request: digest,
    createdAt: app.now(),
    waitsFor: unfinished,
  }
  if ((await app.store.waves.insert(row)) === 'exists') {
    const other = await app.store.waves.get('wave', keyPart(request.wave))
    // The other one had another day: the place is its own again.
    if (other?.row.day && other.row.day !== day)
      await mustBook(app, playbook, request.wave, other.row.day, who, request.mailboxes.length)
    if (other) return again(app, other.row, request, digest, who)
  }
  await complete(app, playbook, common, request, who)
  await lookAtTenant(app, row)
  return { created: true }
}

/** What a wave waits for whose request was cut off half-way. */
const unfinished = 'the rest of its request, which was cut off: send the same request again'

/** Stores what the wave holds, then starts it. Twice equals once: rows that are there already may have moved, and stay. */
async function complete(app: App, playbook: Playbook, common: Common, request: WaveRequest, who: string): Promise<void> {
  await inParallel(request.mailboxes, wanted => app.store.mailboxes.insert(newMailbox(app, common, wanted)))
  for (const domain of domainsOf(playbook, request)) await app.store.domains.insert({ ...newLife(app), ...common, domain })
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(request.wave))
    if (stored && stored.row.day !== stored.row.plannedFor) {
      await keepCalendar(app, stored.row, playbook)
      continue
    }
    if (stored?.row.state !== 'planned' || stored.row.dueAt !== undefined) return
    const details = { mailboxes: request.mailboxes.length, day: request.day }
    await record(app, { subject: request.wave, who, action: 'enqueue', details }, stored.row.createdAt)
    const row: WaveRow = { ...stored.row, waitsFor: undefined, dueAt: app.now() + app.quietMs }
    if ((await app.store.waves.save(row, stored.etag)) === 'conflict') continue
    await start(app, lives.wave, row)
    return
  }
}

/** When each step of the calendar begins at the earliest, epoch ms. Throws a Refusal where the calendar needs a day. */
export function gatesOf(playbook: Playbook, day: string | undefined): Record<string, number> {
  if (day === undefined) {
    if (!needsDay(playbook.calendar)) return {}
    const details = [{ path: 'day', message: 'is missing: this playbook’s calendar counts from day D; expected YYYY-MM-DD' }]
    throw new Refusal(400, 'invalid-wave', 'the wave has one fault; nothing was stored', details)
  }
  return gatesFor(playbook, day)
}

function checkEntities({ entities }: Playbook, { mailboxes, playbook }: WaveRequest): void {
  const known = Object.keys(entities)
  const details = mailboxes.flatMap(({ entity }, i) => {
    if (entity === undefined || known.includes(entity)) return []
    const taken =
      known.length === 0
        ? `the playbook ${playbook} has no entities: add it there, or leave this out`
        : `expected ${oneOf(known, entity)}`
    return [{ path: `mailboxes[${i}].entity`, message: `${taken}` }]
  })
  if (details.length === 0) return
  const fallen = details.length === 1 ? 'one fault' : `${details.length} faults`
  throw new Refusal(400, 'invalid-wave', `the wave has ${fallen}; nothing was stored`, details)
}

async function again(app: App, row: WaveRow, request: WaveRequest, digest: string, who: string): Promise<{ created: boolean }> {
  if (row.request === digest) {
    if (row.state === 'planned' && row.dueAt === undefined && row.waitsFor === unfinished) {
      const { wave, playbook: name, playbookVersion } = row
      const playbook = await app.playbook(name, playbookVersion)
      await complete(app, playbook, { wave, playbook: name, playbookVersion }, request, who)
    }
    return { created: false }
  }
  const state = app.entities ? '' : ` (it is ${row.state})`
  const details = [{ path: 'wave', message: `“${row.wave}” is taken by another wave${state}: choose another name` }]
  throw new Refusal(409, 'wave-exists', 'there is another wave of this name; nothing was stored', details)
}

/** Whose mailboxes they are, where any are an entity’s. */
function entitiesOf(playbook: Playbook, { mailboxes }: WaveRequest): Pick<WaveRow, 'entities'> {
  const all = mailboxes.flatMap(wanted => entityOf(playbook, { address: wanted.address, wanted }) ?? [])
  return all.length > 0 ? { entities: [...new Set(all)].sort() } : {}
}

/** The domains whose MX the wave switches: those of its addresses, where its playbook routes by domain. */
function domainsOf({ routing }: Playbook, { mailboxes }: WaveRequest): DomainRow['domain'][] {
  if (!leadsByMx(routing)) return []
  return [...new Set(mailboxes.map(({ address }) => domainOf(address)))].sort()
}
