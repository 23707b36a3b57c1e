import { wallClock } from '../calendar/wall-clock.ts'
import { forecastOf, pairOf } from '../forecast/forecast.ts'
import { programmeOf } from '../forecast/programme.ts'
import { calibrationOf } from '../forecast/score.ts'
import { instants } from '../forecast/short.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { ForecastRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { iso, waveRow } from './status.ts'

/** What is thought of a wave, from which rates, what it costs, and how good such forecasts have been. Throws a Refusal (404) where there is no such wave. */
export async function waveForecast(app: App, name: string) {
  const row = await waveRow(app, name)
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const [forecast, known, programme] = await Promise.all([
    forecastOf(app, row),
    all(app.store.forecasts.list({ partition: keyPart(pairOf(playbook)) })),
    programmeOf(app, row),
  ])
  const { copy, why, cost, startsAt, lengths: _, waiting, ...basis } = forecast
  const before = known.find(({ wave }) => wave === name)
  return {
    wave: name,
    copy: copy
      ? {
          ...{ startsAt: iso(startsAt), ...instants(copy) },
          local: { p50: wallClock(copy.p50At, playbook.timeZone), p90: wallClock(copy.p90At, playbook.timeZone) },
        }
      : null,
    ...(why === undefined ? {} : { why }),
    cost: cost ?? null,
    basis: { ...basis, rates: basis.measured > 0 ? 'measured' : 'assumed', waitingShare: Math.round(waiting * 1000) / 1000 },
    ...(before ? { before: said(before) } : {}),
    calibration: calibrationOf(known),
    ...(programme ? { programme: { ...programme, ...instants(programme) } } : {}),
  }
}

/** What was said before the wave began, and what came of it. */
function said({ madeAt, p50At, p90At, endedAt, bias, measured }: ForecastRow) {
  const at = (value: number | undefined) => (value === undefined ? undefined : iso(value))
  const below = p90At === undefined || endedAt === undefined ? {} : { belowP90: endedAt <= p90At }
  return {
    madeAt: iso(madeAt),
    p50At: at(p50At),
    p90At: at(p90At),
    endedAt: at(endedAt),
    ...(bias === undefined ? {} : { bias }),
    ...below,
    measured: measured ?? 0,
  }
}
