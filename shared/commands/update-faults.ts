import { planned } from '../calendar/plan.ts'
import { gatesFor } from '../calendar/wave-day.ts'
import { dayFaults } from '../calendar/windows.ts'
import { type Fault, Refusal } from '../errors.ts'
import { canonicalJson } from '../intake/canonical.ts'
import { show } from '../intake/faults.ts'
import { needsDay } from '../playbooks/calendar.ts'
import { entityOf, settingsFor } from '../playbooks/entity.ts'
import { differencesFor, keptMidway, mappedAt } from '../playbooks/midway.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { type FolderRow, type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
import { all, type Stored } from '../store/store.ts'
import { mustBeNowhereElse } from './elsewhere.ts'

/** Has its work begun? Until then there is nothing that another version of its playbook could contradict. */
export function hasBegun({ state, heldFrom, beganAt }: WaveRow): boolean {
  return beganAt !== undefined || (heldFrom ?? state) !== 'planned'
}

const remedy = 'say it in the playbook as it was and give the order again; what must differ is a matter for another wave'

/** Why a wave cannot take another version of its playbook, all at once, by the path there; empty where it can. */
export async function updateFaults(
  app: App,
  row: WaveRow,
  mailboxes: readonly Stored<MailboxRow>[],
  before: Playbook,
  after: Playbook,
): Promise<Fault[]> {
  const rows = mailboxes.map(one => one.row)
  const moved = otherEntities(rows, before, after)
  if (!hasBegun(row))
    return [...(await madeFrom(app, row, rows, before, after)), ...moved.filter(({ unknown }) => unknown)].map(plain)
  const entities = [...new Set(rows.flatMap(one => entityOf(before, one) ?? []))]
  const kept = differencesFor(before, after, entities).flatMap(one => {
    const reason = keptMidway(one)
    return reason === undefined ? [] : [{ path: one.path, message: `${turned(one.was, one.is)}: ${reason}; ${remedy}` }]
  })
  return [...kept, ...hours(row, before, after), ...moved, ...(await mapped(app, rows, before, after))].map(plain)
}

/** Folders that the target would not make are listed anew, where the playbook gives them another name. */
export async function forgetRefused(app: App, mailbox: MailboxRow, before: Playbook, after: Playbook): Promise<void> {
  const paths = mappedAt(settingsFor(before, mailbox), settingsFor(after, mailbox))
  if (paths.length === 0) return
  for (const folder of await all(app.store.folders.list({ partition: mailboxKey(mailbox) })))
    if (isRefused(folder) && paths.some(path => isAt(folder.path, path))) await app.store.folders.remove(folder)
}

/** What the rows of a wave that has not begun were made from. */
async function madeFrom(
  app: App,
  row: WaveRow,
  rows: readonly MailboxRow[],
  before: Playbook,
  after: Playbook,
): Promise<Fault[]> {
  const { wave, day } = row
  const wanted = rows.map(one => one.wanted)
  const faults: Fault[] = []
  if (leadsByMx(before.routing) !== leadsByMx(after.routing)) {
    const message = `${turned(before.routing.kind, after.routing.kind)}: the wave was posted with${leadsByMx(before.routing) ? '' : 'out'} domains to switch`
    faults.push({ path: 'routing.kind', message: `${message}; ${remedy}` })
  }
  if (day === undefined && needsDay(after.calendar))
    faults.push({ path: 'calendar', message: 'counts from a day D, which the wave has not: name one first (POST …/reschedule)' })
  if (day !== undefined) {
    const suits = dayFaults(after, wave, day, wanted)
    faults.push(...suits.map(one => ({ ...one, message: `${one.message} (POST …/reschedule names another day)` })))
    if (after.slots && !(before.slots && after.slots.dates.includes(day)))
      faults.push({
        path: 'slots.dates',
        message: `the wave has no place on ${day} there: add the date as it was, or reschedule the wave first`,
      })
  }
  const elsewhere = await mustBeNowhereElse(app, after, { wave, playbook: row.playbook, mailboxes: [...wanted] }).then(
    () => [],
    error => {
      if (error instanceof Refusal) return error.details ?? []
      throw error
    },
  )
  return [...faults, ...elsewhere]
}

/** Mailboxes that another entity would have, or one that is not there. */
function otherEntities(rows: readonly MailboxRow[], before: Playbook, after: Playbook): (Fault & { unknown: boolean })[] {
  return rows.flatMap(row => {
    const [was, is] = [entityOf(before, row), entityOf(after, row)]
    const unknown = is !== undefined && !Object.hasOwn(after.entities, is)
    if (was === is && !unknown) return []
    const path = `entities.${was ?? is}`
    const message = unknown
      ? `${row.address} is of it, and it is not there any more; ${remedy}`
      : `${row.address} would be of ${is ?? 'none'} instead of ${was ?? 'none'}; ${remedy}`
    return [{ path, message, unknown }]
  })
}

/** Hours that would move under a wave that has begun, for days off that are said otherwise. */
function hours({ day }: WaveRow, before: Playbook, after: Playbook): Fault[] {
  const of = (playbook: Playbook) => (day === undefined ? null : [gatesFor(playbook, day), planned(playbook, day)])
  const isOwn =
    canonicalJson({ of: before.calendar }) !== canonicalJson({ of: after.calendar }) || before.timeZone !== after.timeZone
  if (isOwn || canonicalJson({ of: of(before) }) === canonicalJson({ of: of(after) })) return []
  const which = (['holidays', 'blackouts'] as const).filter(
    part => canonicalJson({ of: before[part] }) !== canonicalJson({ of: after[part] }),
  )
  return which.map(path => ({ path, message: `${turned(before[path], after[path])}: hours of the wave would move; ${remedy}` }))
}

/** Folders that have their place at the target already, and would get another one. */
async function mapped(app: App, rows: readonly MailboxRow[], before: Playbook, after: Playbook): Promise<Fault[]> {
  const found = new Map<string, Fault>()
  await inParallel([...rows], async row => {
    const [was, is] = [settingsFor(before, row), settingsFor(after, row)]
    const paths = mappedAt(was, is)
    if (paths.length === 0) return
    const folders = await all(app.store.folders.list({ partition: mailboxKey(row) }))
    for (const path of paths) {
      const there = folders.find(folder => isAt(folder.path, path) && !isRefused(folder))
      if (!there) continue
      const message = `${turned(was.copy.folders.map[path], is.copy.folders.map[path])}: ${row.address} has it at “${there.targetPath}” already; ${remedy}`
      found.set(path, { path: `copy.folders.map.${path}`, message })
    }
  })
  return [...found.values()]
}

/** A folder that the target would not make, and in which nothing is. */
function isRefused({ odd, targetUidValidity }: FolderRow): boolean {
  return odd === 'refused' && targetUidValidity === undefined
}

/** Is a folder meant by a path of the playbook, with the server’s delimiter or with `/`? */
function isAt(folder: string, path: string): boolean {
  return folder === path || ['.', '\\', '|', '^', '~'].some(delimiter => folder.split(delimiter).join('/') === path)
}

function turned(was: unknown, is: unknown): string {
  const whole = (value: object) => canonicalJson({ of: value }).slice(0, 200)
  const said = (value: unknown) =>
    value === undefined ? 'nothing' : typeof value === 'object' && value !== null ? whole(value) : show(value)
  return `was ${said(was)}, is ${said(is)}`
}

function plain({ path, message }: Fault): Fault {
  return { path, message }
}
