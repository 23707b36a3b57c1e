import { createHash } from 'node:crypto'
import { Failure } from '../errors.ts'
import type { App } from '../ports.ts'
import { keyPart, mostCharacters } from '../store/columns.ts'
import type { OrderRow, WaveRow } from '../store/schema.ts'
import { all, type Stored } from '../store/store.ts'
import { placeOf, type Ranking, ranked } from './ranking.ts'

/** The stored order of a playbook's waves, if any was ever reckoned. */
export function orderOf(app: App, playbook: string): Promise<Stored<OrderRow> | undefined> {
  return app.store.orders.get('order', keyPart(playbook))
}

/**
 * Reckons the order of a playbook's waves anew and keeps it as what is proposed; what is in force stays so. Waves that follow the order already
 * keep their places before the others; the pilot has none. Throws a Failure where the report cannot be had, or names nobody of them, or where
 * they are more than a row holds.
 */
export async function propose(app: App, playbook: string, pilot: string | undefined): Promise<OrderRow> {
  const use = await app.teamsUse()
  for (;;) {
    const stored = await orderOf(app, playbook)
    const kept = await ranking(app, playbook, pilot, stored?.row.inForce, use)
    if (JSON.stringify(kept).length > mostCharacters) throw tooMany(kept.places.length)
    const row: OrderRow = { playbook, ...stored?.row, proposed: kept }
    const saved = stored ? await app.store.orders.save(row, stored.etag) : await app.store.orders.insert(row)
    if (saved !== 'conflict' && saved !== 'exists') return row
  }
}

/** What a wave waits for under an order that is reckoned: which waves are before it, in their order, or in words that there is no order yet. */
export async function placeInOrder(
  app: App,
  { wave, playbook }: WaveRow,
  pilot: string | undefined,
): Promise<{ before: string[] } | { none: string }> {
  const has = (ranking: Ranking | undefined) => ranking?.places.some(one => one.wave === wave) ?? false
  const row = (await orderOf(app, playbook))?.row
  if (row && has(row.inForce)) {
    const waves = row.inForce?.places.map(place => place.wave) ?? []
    return { before: waves.slice(0, waves.indexOf(wave)) }
  }
  if (!has(row?.proposed)) await propose(app, playbook, pilot)
  return {
    none:
      'the order by the use of Teams to be put into force ' +
      `(GET /api/playbooks/${playbook}/order shows who comes when and why; POST …/order/approve)`,
  }
}

async function ranking(
  app: App,
  playbook: string,
  pilot: string | undefined,
  before: Ranking | undefined,
  use: Awaited<ReturnType<App['teamsUse']>>,
): Promise<Ranking> {
  const waves = (await all(app.store.waves.list({ partition: 'wave' }))).filter(one => one.playbook === playbook)
  const placed = before?.places.filter(({ wave }) => waves.some(one => one.wave === wave && hasBegun(one))) ?? []
  const open = waves.filter(one => one.wave !== pilot && !hasBegun(one) && one.state !== 'cancelled')
  const read = await Promise.all(
    open.map(async one => placeOf(one, await all(app.store.mailboxes.list({ partition: keyPart(one.wave) })), use)),
  )
  if (read.length > 0 && read.every(({ people, unseen }) => people === unseen)) throw namesNobody(use.until)
  const places = [...placed.map(one => ({ ...one, begun: true as const })), ...ranked(read)]
  const seal = createHash('sha256')
    .update(JSON.stringify([use.until, places]))
    .digest('hex')
    .slice(0, 16)
  return { at: app.now(), until: use.until, places, seal }
}

function hasBegun({ beganAt }: WaveRow): boolean {
  return beganAt !== undefined
}

function namesNobody(until: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during: 'ordering waves by the use of Teams',
    code: 'NOBODY-IN-REPORT',
    text: `the report up to ${until} names nobody of the waves`,
    hint: 'See that addresses of the wave are the names people sign in with (else give target.user), or list the waves under sequence.waves; then release.',
  })
}

function tooMany(waves: number): Failure {
  return new Failure({
    verdict: 'permanent',
    during: 'ordering waves by the use of Teams',
    code: 'TOO-MANY-WAVES',
    text: `${waves} waves of one playbook are more than an order holds`,
    hint: 'Give some of them another playbook, or list the waves under sequence.waves; then release.',
  })
}
