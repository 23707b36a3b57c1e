import type { App } from '../ports.ts'
import { newMailFirst } from '../steps/new-mail-first.ts'
import { keyPart } from '../store/columns.ts'
import type { ForecastRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { atOnceOf, forecastOf, pairOf } from './forecast.ts'
import { hoursOf, openMs } from './hours.ts'
import { learnedFromWave } from './learned.ts'
import { priors } from './pace.ts'

/** Writes down what is thought of a wave before its first work. Said once: a forecast that stands is never changed by a later one. */
export async function rememberForecast(app: App, row: WaveRow): Promise<void> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const { copy, mailboxes, messages, bytes, measured } = await forecastOf(app, row)
  const said = {
    pair: pairOf(playbook),
    wave: row.wave,
    playbook: row.playbook,
    madeAt: app.now(),
    mailboxes,
    messages,
    bytes,
    measured,
  }
  await app.store.forecasts.insert({ ...said, ...copy })
}

/** Once every mailbox has been copied: holds the forecast against what happened, and keeps what the wave teaches for the next. */
export async function scoreForecast(app: App, row: WaveRow): Promise<void> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const stored = await app.store.forecasts.get(keyPart(pairOf(playbook)), keyPart(row.wave))
  if (!stored || stored.row.endedAt !== undefined) return
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(row.wave) }))
  const ends = mailboxes.flatMap(({ syncedAt }) => (syncedAt === undefined ? [] : [syncedAt]))
  if (ends.length === 0) return
  const { madeAt, p50At } = stored.row
  const endedAt = ends.reduce((a, b) => Math.max(a, b))
  const from = newMailFirst(row) ? Math.max(madeAt, row.gates?.prestage ?? 0) : madeAt
  const took = Math.max(1, endedAt - from)
  // What hours kept shut is no slowness of the servers.
  const open = Math.max(1, openMs(from, endedAt, hoursOf(row, playbook)))
  const learned = learnedFromWave(mailboxes, priors[playbook.target.kind], open, atOnceOf(playbook))
  const bias = p50At === undefined ? {} : { bias: Math.round((took / Math.max(1, p50At - from)) * 1000) / 1000 }
  // Lost to another save: that one has written the same.
  await app.store.forecasts.save({ ...stored.row, endedAt, learned, ...bias }, stored.etag)
}

/** How forecasts over a pair of servers have turned out. `below`: share of copies that ended before their P90; `bias`: the median of time taken over time forecast. */
export type Calibration = { waves: number; below?: number; bias?: number }

/** The calibration of forecasts that were scored. */
export function calibrationOf(rows: readonly ForecastRow[]): Calibration {
  const scored = rows.filter(({ p90At, endedAt }) => p90At !== undefined && endedAt !== undefined)
  if (scored.length === 0) return { waves: 0 }
  const below = scored.filter(({ p90At = 0, endedAt = 0 }) => endedAt <= p90At).length / scored.length
  const biases = scored.flatMap(({ bias }) => (bias === undefined ? [] : [bias])).sort((a, b) => a - b)
  const middle = biases[Math.floor((biases.length - 1) / 2)]
  return { waves: scored.length, below, ...(middle === undefined ? {} : { bias: middle }) }
}
