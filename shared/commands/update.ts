import { z } from 'zod'
import { warningsOf } from '../calendar/warnings.ts'
import { gatesFor, keepCalendar } from '../calendar/wave-day.ts'
import { Refusal } from '../errors.ts'
import { check } from '../intake/faults.ts'
import { why } from '../intake/words.ts'
import { hasEnded } from '../life/wave.ts'
import type { Work } from '../life/work.ts'
import { type Living, lives } from '../lives.ts'
import type { Life } from '../machine.ts'
import type { Difference } from '../playbooks/difference.ts'
import { entityOf } from '../playbooks/entity.ts'
import { differencesFor } from '../playbooks/midway.ts'
import { type Playbook, parsePlaybook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { start } from '../run.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import { type MailboxRow, playbookKey, type WaveRow } from '../store/schema.ts'
import { gathered, type Stored, type Table } from '../store/store.ts'
import { record } from './audit.ts'
import { waveRow } from './status.ts'
import { forgetRefused, hasBegun, updateFaults } from './update-faults.ts'

const order = z.strictObject({ why })

/** What a planned wave waits for whose order was cut off: with some rows of one version and some of another it does not begin. */
const unfinished =
  'the rest of the order to take another version of its playbook, which was cut off: give it again (POST …/update)'

/** Rows of a version that has passed them by keep it: their receipts and mails name it. */
const finished: readonly string[] = [
  ...['completed', 'cancelled', 'rolled-back', 'sent', 'done', 'skipped', 'quiet', 'scanned'],
  ...['opened', 'expired'],
]

/**
 * A wave takes the newest version of its playbook, with every row of it that is not finished. Throws a Refusal with every difference that it cannot
 * take; nothing is stored then. An order that was cut off is finished by giving it again.
 */
export async function updateWave(app: App, name: string, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  const row = await waveRow(app, name)
  if (!value) throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', faults)
  if (hasEnded(row.state))
    throw notNow(
      `the wave is ${row.state}: what it was done with stays. Post what is left as another wave, which takes the newest`,
    )
  const newest = (await app.store.playbooks.get(...playbookKey(row.playbook)))?.row
  const to = Math.max(newest?.number ?? 0, row.playbookVersion)
  const mailboxes = await gathered(app.store.mailboxes.list({ partition: keyPart(name) }))
  const before = await app.playbook(row.playbook, row.playbookVersion)
  const after = newest?.number === to ? parsePlaybook(newest.body, undefined, row.playbook) : before
  if (to !== row.playbookVersion) {
    const found = await updateFaults(app, row, mailboxes, before, after)
    if (found.length > 0)
      throw new Refusal(409, 'not-now', 'the wave cannot take that version of its playbook; nothing was changed', found)
  }
  const from = Math.min(row.playbookVersion, ...mailboxes.map(one => (isOver(one.row) ? to : one.row.playbookVersion)))
  const differing = differencesFor(await app.playbook(row.playbook, from), after, entitiesIn(after, mailboxes))
  const details = { from, to, changed: pathsOf(differing) }
  const changed = await apply(app, row, mailboxes, { before, after, to }, () =>
    record(app, { subject: name, who, action: 'update', why: value.why, details }),
  )
  return {
    wave: name,
    action: 'update',
    from,
    to,
    changed,
    differences: differing,
    warnings: await warningsOf(app, await waveRow(app, name)),
  }
}

type Versions = { before: Playbook; after: Playbook; to: number }

/** Says it on the wave’s row, then on the others; a planned wave begins only once all have it. */
async function apply(
  app: App,
  row: WaveRow,
  mailboxes: readonly Stored<MailboxRow>[],
  { before, after, to }: Versions,
  say: () => Promise<void>,
): Promise<number> {
  const begun = hasBegun(row)
  let changed = 0
  let isSaid = false
  const sayOnce = async () => {
    if (!isSaid) await say()
    isSaid = true
  }
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(row.wave))
    if (!stored || stored.row.playbookVersion >= to) break
    if (hasEnded(stored.row.state) || hasBegun(stored.row) !== begun || stored.row.day !== row.day)
      throw notNow('the wave has gone on while this was checked: give the order again')
    await sayOnce()
    const next: WaveRow = { ...stored.row, playbookVersion: to, ...(begun ? {} : planned(stored.row, after, mailboxes)) }
    if ((await app.store.waves.save(next, stored.etag)) === 'conflict') continue
    changed++
    break
  }
  const take = async <S extends string, F extends string, W extends Work, R extends Versioned<S>>(
    life: Living<S, F, W, R>,
    rows: readonly Stored<R>[],
    first: (row: R) => Promise<void> = async () => {},
  ) => {
    const behind = rows.filter(one => !isOver(one.row) && one.row.playbookVersion < to)
    if (behind.length === 0) return
    await sayOnce()
    await inParallel(behind, async one => {
      await first(one.row)
      if (await takeVersion(app, life, one, to)) changed++
    })
  }
  const { store } = app
  const partition = keyPart(row.wave)
  await take(lives.mailbox, mailboxes, one => forgetRefused(app, one, before, after))
  await take(lives.domain, await gathered(store.domains.list({ partition })))
  await take(lives.step, await gathered(store.steps.list({ partition })))
  await take(lives.notice, await gathered(store.notices.list({ partition, states: ['due', 'held', 'undeliverable'] })))
  await take(lives.returns, await gathered(store.returns.list({ partition })))
  await take(lives.scan, await gathered(store.landings.list({ partition })))
  for (const one of await gathered(store.passwords.list({ partition }))) {
    if (isOver(one.row) || one.row.playbookVersion >= to) continue
    await sayOnce()
    if (
      await saved(store.passwords, one, now => (isOver(now) ? undefined : { ...now, playbookVersion: to }), [
        partition,
        keyPart(one.row.address),
      ])
    )
      changed++
  }
  await goOn(app, row, after)
  return changed
}

type Versioned<S extends string = string> = Life<S> & { wave: string; playbookVersion: number }

/** What a wave that has not begun is made from anew; its former kicks move it no more. */
function planned(row: WaveRow, after: Playbook, mailboxes: readonly Stored<MailboxRow>[]): Partial<WaveRow> {
  const { day, pass } = row
  const entities = entitiesIn(after, mailboxes)
  return {
    pass: pass + 1,
    gates: day === undefined ? {} : gatesFor(after, day),
    plannedFor: undefined,
    entities: entities.length > 0 ? entities : undefined,
    notBefore: undefined,
    dueAt: undefined,
    waitsFor: unfinished,
    word: undefined,
  }
}

/** A planned wave whose rows all have the version: its calendar is written down, and it waits for its hour again. */
async function goOn(app: App, { wave }: WaveRow, after: Playbook): Promise<void> {
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(wave))
    if (stored?.row.waitsFor !== unfinished) return
    if (stored.row.day !== stored.row.plannedFor) {
      await keepCalendar(app, stored.row, after)
      continue
    }
    const isHeld = stored.row.state === 'held'
    const next: WaveRow = { ...stored.row, waitsFor: undefined, ...(isHeld ? {} : { dueAt: app.now() + app.quietMs }) }
    if ((await app.store.waves.save(next, stored.etag)) === 'conflict') continue
    await start(app, lives.wave, next)
    return
  }
}

/** A row takes the version, whoever is at work on it: he saves on. What waits for its hour after a failure is tried at once. */
async function takeVersion<S extends string, F extends string, W extends Work, R extends Versioned<S>>(
  app: App,
  life: Living<S, F, W, R>,
  listed: Stored<R>,
  to: number,
): Promise<boolean> {
  let isTried = false
  const change = (row: R): R | undefined => {
    if (isOver(row) || row.playbookVersion >= to) return undefined
    isTried = row.error !== undefined && row.claim === undefined && (row.notBefore ?? 0) > app.now()
    const anew = isTried ? { notBefore: undefined, tries: 0, dueAt: app.now() + app.quietMs } : {}
    return { ...row, playbookVersion: to, ...anew }
  }
  const { partition, key } = life.at(listed.row)
  const now = await saved(life.table(app.store), listed, change, [partition, key])
  if (now && isTried) await start(app, life, now)
  return now !== undefined
}

async function saved<R>(
  table: Table<R>,
  listed: Stored<R>,
  change: (row: R) => R | undefined,
  at: [string, string],
): Promise<R | undefined> {
  for (let stored: Stored<R> | undefined = listed; stored; stored = await table.get(...at)) {
    const next = change(stored.row)
    if (!next) return undefined
    if ((await table.save(next, stored.etag)) !== 'conflict') return next
  }
  return undefined
}

function isOver({ state }: { state: string }): boolean {
  return finished.includes(state)
}

function entitiesIn(playbook: Playbook, mailboxes: readonly Stored<MailboxRow>[]): string[] {
  return [...new Set(mailboxes.flatMap(({ row }) => entityOf(playbook, row) ?? []))].sort()
}

/** Some dozens at most. */
function pathsOf(found: readonly Difference[]): string[] {
  const paths = found.map(({ path }) => path)
  return paths.length > 60 ? [...paths.slice(0, 60), `and ${paths.length - 60} more`] : paths
}

function notNow(message: string): Refusal {
  return new Refusal(409, 'not-now', message)
}
