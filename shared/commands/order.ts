import { z } from 'zod'
import { orderOf, propose } from '../calendar/order.ts'
import type { Place, Ranking } from '../calendar/ranking.ts'
import { Refusal } from '../errors.ts'
import { check } from '../intake/faults.ts'
import { why } from '../intake/words.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { playbookKey, type WaveRow } from '../store/schema.ts'
import { record } from './audit.ts'
import { lookAtPlanned } from './calendar-actions.ts'
import { iso } from './status.ts'

const consent = z.strictObject({ why, seal: z.string({ error: 'expected the seal of the order that was shown to you' }) })

/** Which wave comes when and why: what waves follow now, and what was reckoned last. Throws a Refusal where the playbook asks for no such order. */
export async function showOrder(app: App, name: string) {
  await asked(app, name)
  const row = (await orderOf(app, name))?.row
  const [inForce, proposed] = await Promise.all([said(app, row?.inForce), said(app, row?.proposed)])
  return { playbook: name, inForce, proposed }
}

/** Reckons the order anew, to be looked at; waves follow it once it is approved. */
export async function reckonOrder(app: App, name: string) {
  const { sequence } = await asked(app, name)
  await propose(app, name, sequence?.pilot)
  return showOrder(app, name)
}

/** Puts the proposed order into force: exactly the one whose seal is named. Twice is once. */
export async function approveOrder(app: App, name: string, body: unknown, who: string) {
  await asked(app, name)
  const { value, faults = [] } = check(consent, body)
  if (!value) throw new Refusal(400, 'invalid-action', 'the approval has faults; nothing was changed', faults)
  const began = app.now()
  for (;;) {
    const stored = await orderOf(app, name)
    if (stored?.row.inForce?.seal === value.seal) return showOrder(app, name)
    const { proposed } = stored?.row ?? {}
    if (!stored || proposed?.seal !== value.seal)
      throw new Refusal(409, 'not-now', 'another order is proposed now than the one with this seal: look at it again')
    await record(app, { subject: name, who, action: 'order', why: value.why, details: { seal: value.seal } }, began)
    const row = { ...stored.row, proposed: undefined, inForce: proposed }
    if ((await app.store.orders.save(row, stored.etag)) !== 'conflict') break
  }
  await lookAtPlanned(app, name)
  return showOrder(app, name)
}

async function asked(app: App, name: string): Promise<Playbook> {
  const stored = await app.store.playbooks.get(...playbookKey(name))
  if (!stored) throw new Refusal(404, 'unknown-playbook', `there is no playbook “${name}”`)
  const playbook = await app.playbook(name, stored.row.number)
  if (playbook.sequence?.order !== undefined) return playbook
  throw new Refusal(409, 'not-now', 'the playbook asks for no order that is reckoned (sequence: { order: teams-use })')
}

async function said(app: App, ranking: Ranking | undefined) {
  if (!ranking) return null
  const rows = await Promise.all(ranking.places.map(async ({ wave }) => app.store.waves.get('wave', keyPart(wave))))
  const waves = ranking.places.map((place, i) => told(place, i + 1, rows[i]?.row))
  const at = iso(ranking.at)
  const warnings = turned(waves)
  return { seal: ranking.seal, reckonedAt: at, reportUntil: ranking.until, waves, ...(warnings.length > 0 ? { warnings } : {}) }
}

function told({ wave, score, acts, people, unseen, begun }: Place, place: number, row: WaveRow | undefined) {
  const missing = unseen > 0 ? `; ${unseen} of them are not in the report and count as nothing` : ''
  const each = `${Math.round(score * 10) / 10} acts a person in thirty days: ${acts} by ${people}${missing}`
  const { state, day } = row ?? {}
  return { place, wave, ...(state ? { state } : {}), ...(day ? { day } : {}), why: begun ? `has begun already; ${each}` : each }
}

/** Waves whose days contradict their places: the later one would wait for the earlier one. */
function turned(waves: readonly { wave: string; day?: string }[]): string[] {
  return waves.slice(1).flatMap(({ wave, day }, i) => {
    const before = waves[i]
    if (!before?.day || !day || before.day <= day) return []
    return [`${wave} (${day}) comes after ${before.wave}, whose day is later (${before.day}): reschedule one of them`]
  })
}
