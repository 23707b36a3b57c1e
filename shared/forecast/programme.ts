import { Temporal } from 'temporal-polyfill'
import { hasEnded, isPutBack } from '../life/wave.ts'
import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { type Forecast, forecastOf } from './forecast.ts'
import { doneAt, hoursOf } from './hours.ts'
import { quantile } from './simulate.ts'

/** Whether all waves of a playbook will be through by its last day. `p50At`, `p90At`: when their first copies will have ended, epoch ms. */
export type Programme = { endsOn: string; waves: number; p50At: number; p90At: number; onTime: boolean; late: string[] }

/**
 * The waves of a playbook that are still to be copied, one after the other in the order of their days, none before its own hour; and those
 * whose day lies after the last day of the programme. Undefined where the playbook names no last day.
 */
export async function programmeOf(app: App, { playbook: name, playbookVersion }: WaveRow): Promise<Programme | undefined> {
  const playbook = await app.playbook(name, playbookVersion)
  const { programme, timeZone } = playbook
  if (programme?.endsOn === undefined) return undefined
  const rows = (await all(app.store.waves.list({ partition: 'wave' }))).filter(row => row.playbook === name)
  const open = rows.filter(({ state }) => !hasEnded(state) && !isPutBack(state))
  const ordered = open.sort((a, b) => order(a) - order(b))
  const forecasts: Forecast[] = []
  for (const row of ordered) forecasts.push(await forecastOf(app, row))
  const chain = (share: number) =>
    forecasts.reduce(
      (at, { startsAt, lengths }, i) =>
        doneAt(Math.max(at, startsAt), quantile(lengths, share), hoursOf(ordered[i] ?? {}, playbook)),
      app.now(),
    )
  const [p50At, p90At] = [chain(0.5), chain(0.9)]
  const ends = Temporal.PlainDate.from(programme.endsOn).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  const late = open.filter(({ day }) => day !== undefined && day > (programme.endsOn ?? '')).map(({ wave }) => wave)
  return { endsOn: programme.endsOn, waves: open.length, p50At, p90At, onTime: p90At < ends && late.length === 0, late }
}

function order({ day, createdAt }: WaveRow): number {
  return day === undefined ? createdAt : Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds
}
