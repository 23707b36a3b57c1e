import { cutoverGraceMs } from '../calendar/missed.ts'
import { lives } from '../lives.ts'
import type { App } from '../ports.ts'
import { start, tell } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { LedBackRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all, gathered, type Stored } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'
import { announceLate } from './not-led.ts'
import { firstProbeMs, minute } from './probing.ts'

/** How often a wave is looked at whose mail is being led back, ms. */
const lookEveryMs = 10 * minute

/** Can a letter prove that its mail is led back? One to a list would go to everybody on it, and what is new has no mailbox at the old server. */
export function isProvable({ wanted }: Pick<MailboxRow, 'wanted'>): boolean {
  return wanted.kind !== 'list' && !wanted.fresh
}

/** Is it still to be seen that mail is led back, as far as this wave is concerned? */
export function isOwed({ provedAt, leftTo }: Pick<LedBackRow, 'provedAt' | 'leftTo'>): boolean {
  return provedAt === undefined && leftTo === undefined
}

/** Is mail not seen to be led back an hour after that was first to be asked? */
export function isNotLedBack(row: LedBackRow, now: number): boolean {
  return isOwed(row) && now - row.askedAt >= cutoverGraceMs
}

/**
 * Has each mailbox of a wave that was put back or cancelled ask whether mail which had been led over by itself is led back; tells operators of those
 * that are late. `later`: when to look again, ms; absent: nobody asks any more. `set`: what the wave’s row remembers.
 */
export async function seeLedBack(app: App, wave: WaveRow): Promise<{ later?: number; set: Partial<WaveRow> }> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  if (playbook.routing.kind !== 'recipient') return { set: {} }
  const partition = keyPart(wave.wave)
  const led = (await all(app.store.mailboxes.list({ partition }))).filter(one => one.switchedAt !== undefined && isProvable(one))
  if (led.length === 0) return { set: {} }
  const known = new Set((await all(app.store.ledBacks.list({ partition }))).map(({ address }) => address))
  await inParallel(
    led.filter(({ address }) => !known.has(address)),
    async ({ address }) => {
      const [askedAt, probeAt] = [app.now(), app.now() + firstProbeMs]
      const life = { state: 'asking' as const, pass: 0, fence: 0, tries: 0, since: askedAt, notBefore: probeAt, dueAt: probeAt }
      const row: LedBackRow = { ...life, wave: wave.wave, address, askedAt, probeAt }
      if ((await app.store.ledBacks.insert(row)) !== 'exists') await start(app, lives.ledBack, row)
    },
  )
  await leaveToOthers(app, wave)
  const rows = await all(app.store.ledBacks.list({ partition }))
  const late = new Set(rows.filter(row => isNotLedBack(row, app.now())).map(({ address }) => address))
  const asked = rows.some(({ state }) => state === 'asking')
  const set = await announceLate(app, wave, playbook, {
    late: led.filter(({ address }) => late.has(address)),
    any: rows.some(isOwed),
    back: true,
  })
  return { ...(asked ? { later: lookEveryMs } : {}), set }
}

/** Where a younger wave leads the mail of one over by now, nobody asks any more whether it is led back. */
async function leaveToOthers(app: App, wave: WaveRow): Promise<void> {
  const rows = await gathered(app.store.ledBacks.list({ partition: keyPart(wave.wave) }))
  const owed = new Map(rows.filter(({ row }) => isOwed(row)).map(one => [one.row.address, one]))
  if (owed.size === 0) return
  const waves = await all(app.store.waves.list({ partition: 'wave' }))
  const younger = new Set(waves.filter(one => one.createdAt > wave.createdAt).map(one => one.wave))
  if (younger.size === 0) return
  for await (const { wave: leftTo, address, probeAt } of app.store.mailboxes.pick({}, ['wave', 'address', 'probeAt'])) {
    const one = younger.has(leftTo) && probeAt !== undefined ? owed.get(address) : undefined
    if (!one) continue
    await tell(app, lives.ledBack, lives.ledBack.at(one.row), { fact: 'asked-enough', set: { leftTo } }, one)
  }
}

/** Whether their mail is led back by now is asked at once of those of a wave of which that is not seen yet; what is held goes on. */
export async function askBackNow(app: App, wave: WaveRow, chosen: readonly Stored<MailboxRow>[]): Promise<number> {
  let changed = 0
  const meant = new Set(chosen.map(({ row }) => row.address))
  const rows = await gathered(app.store.ledBacks.list({ partition: keyPart(wave.wave) }))
  await inParallel(
    rows.filter(({ row }) => meant.has(row.address) && (isOwed(row) || row.state === 'held')),
    async one => {
      const fact = { fact: one.row.state === 'held' ? 'release' : 'ask-again', set: { probeAt: app.now() } } as const
      if (await tell(app, lives.ledBack, lives.ledBack.at(one.row), fact, one)) changed++
    },
  )
  // Also a wave of which nobody asked before.
  if (wave.state === 'rolled-back' || wave.state === 'cancelled') await start(app, lives.wave, wave)
  return changed
}
