import { z } from 'zod'
import { Refusal } from '../errors.ts'
import { check, show } from '../intake/faults.ts'
import { why } from '../intake/words.ts'
import { hasEnded } from '../life/wave.ts'
import type { App } from '../ports.ts'
import { keyPart, mostCharacters } from '../store/columns.ts'
import type { WaveRow } from '../store/schema.ts'
import { record } from './audit.ts'
import { waveRow } from './status.ts'
import { leftToDo, notDone, saidDone } from './to-do.ts'

const order = z.strictObject({ why, toDo: z.array(z.string().max(mostCharacters)).min(1).max(1_000).exactOptional() })

/**
 * Writes down that somebody has done what a wave left to do: the lines of `toDo` that are named, all where none is. Nobody looks whether it is so.
 * Twice is once.
 */
export async function sayDone(app: App, name: string, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  const row = await waveRow(app, name)
  const left = await leftToDo(app, row)
  if (!hasEnded(row.state) && left.length === 0)
    throw refused(`the wave is ${row.state}: what it leaves to do is known once it has ended (toDo of GET /api/waves/{wave})`)
  const known = new Set([...left, ...saidDone(row).map(({ what }) => what)])
  const { toDo: named } = Object(body)
  const wrong = (Array.isArray(named) ? named.slice(0, 1_000) : []).flatMap((line, i) =>
    known.has(line) || typeof line !== 'string'
      ? []
      : [{ path: `toDo[${i}]`, message: `expected a line of the wave’s toDo (got ${show(line)})` }],
  )
  if (!value || wrong.length > 0)
    throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', [...faults, ...wrong])
  const began = app.now()
  const said = { who, why: value.why, at: began }
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(name))
    const what = notDone(stored?.row ?? row, [...new Set(value.toDo ?? left)])
    if (!stored || what.length === 0) return answer(row, left, 0)
    const done = [...(stored.row.done ?? []), { what, ...said }]
    if (JSON.stringify(done).length > mostCharacters)
      throw refused('the wave has no room for so much with such a reason: say it of several things at once, and in fewer words')
    for (const line of what)
      await record(app, { subject: name, who, action: 'done', why: value.why, details: { toDo: line } }, began)
    const now: WaveRow = { ...stored.row, done }
    if ((await app.store.waves.save(now, stored.etag)) !== 'conflict') return answer(now, left, what.length)
  }
}

function answer(row: WaveRow, left: readonly string[], changed: number) {
  return { wave: row.wave, action: 'done' as const, changed, toDo: notDone(row, left) }
}

function refused(message: string): Refusal {
  return new Refusal(409, 'not-now', message)
}
