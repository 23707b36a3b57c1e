import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { WaveRow } from '../store/schema.ts'
import { approved } from './approved.ts'
import { placeInOrder } from './order.ts'

/** Why a wave may not begin before another: in words; undefined where it may. */
export async function waitsForOther(app: App, row: WaveRow, playbook: Playbook): Promise<string | undefined> {
  return (await waitsForPilot(app, row, playbook)) ?? (await waitsForOneBefore(app, row, playbook))
}

/** The go of the pilot, without which nothing of another wave is even announced. */
export async function waitsForPilot(app: App, { wave }: WaveRow, playbook: Playbook): Promise<string | undefined> {
  const pilot = playbook.sequence?.pilot
  if (pilot === undefined || pilot === wave) return undefined
  const row = await find(app, pilot)
  if (!row) return `the pilot, wave ${pilot}, which does not exist yet`
  const { enough, missing } = approved(playbook, row, 'pilot')
  return enough
    ? undefined
    : `the pilot, wave ${pilot}, to be judged good by ${missing.join(' and ')} (POST …/approve, step pilot)`
}

async function waitsForOneBefore(app: App, wave: WaveRow, { sequence }: Playbook): Promise<string | undefined> {
  if (!sequence || sequence.pilot === wave.wave) return undefined
  const reckoned = sequence.order && (await placeInOrder(app, wave, sequence.pilot))
  if (reckoned && 'none' in reckoned) return reckoned.none
  const before = reckoned ? reckoned.before : sequence.waves.slice(0, Math.max(0, sequence.waves.indexOf(wave.wave)))
  for (const one of before.toReversed()) {
    const row = await find(app, one)
    // What was cancelled is waited for no more, but what was before it is.
    if (row?.state === 'cancelled') continue
    if (row?.state === 'rolled-back')
      return `wave ${one} before it, which was rolled back and is over: cancel this wave, and send it under another name once the sequence of its playbook goes on without ${one}`
    const reached = sequence.until === 'switched' ? row?.switchedAt : row?.closedAt
    if (reached !== undefined) return undefined
    return `wave ${one} before it, which ${row ? `is ${row.state}` : 'does not exist yet'}, to be ${sequence.until}`
  }
  return undefined
}

async function find(app: App, wave: string): Promise<WaveRow | undefined> {
  return (await app.store.waves.get('wave', keyPart(wave)))?.row
}
