import { approved } from '../calendar/approved.ts'
import { lateSwitch, leftBehind, missedAt, missedCutover, whatToDo } from '../calendar/missed.ts'
import { lookAgain } from '../calendar/plan.ts'
import { waitsForOther } from '../calendar/sequence.ts'
import { notItsOwn } from '../calendar/shared-domains.ts'
import { wallClock } from '../calendar/wall-clock.ts'
import { keepCalendar } from '../calendar/wave-day.ts'
import { rememberForecast, scoreForecast } from '../forecast/score.ts'
import { progress } from '../forecast/sizes.ts'
import { scoreLanding } from '../landing/score.ts'
import { isPutOff, mayBeSwitched } from '../life/domain.ts'
import type { WaveFact } from '../life/facts.ts'
import type { WaveWork } from '../life/work.ts'
import { lives } from '../lives.ts'
import { isOfNotLedBack, isOfRollBack, isOfStuckRollBack, neverMoved, putBack } from '../notices/occasion.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { sealWave } from '../receipt/wave.ts'
import { type Answer, type Doing, type Turn, tell } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all, first, gathered, type Stored } from '../store/store.ts'
import { sumsToKeep } from '../sums.ts'
import { anyIn, anyLeft, nudgedOnce } from '../waiting.ts'
import { announceGroups, announceHeld, announceMissed, announceStuck, announceWave } from './announcing.ts'
import { inParallel } from './in-parallel.ts'
import { seeLedBack } from './leading-back.ts'
import { bouncing, domainsOf, givesUp, movingDomains, noteSwitched, withoutTarget, wordFor } from './moving-domains.ts'
import { newMailFirst } from './new-mail-first.ts'
import { leadOver } from './not-led.ts'
import { waitsForOthers } from './others-in-domain.ts'
import { lookAtSenders } from './senders.ts'
import { domainOf } from './switched.ts'
import { goOnFrom } from './take-up.ts'

type Step = (app: App, turn: Turn<WaveRow>) => Promise<Answer<WaveFact, WaveRow>>

/** How long a wave that waits for its mailboxes goes without looking again, ms; whoever comes to rest last kicks it anyway. */
const lookEveryMs = 60_000

const begin: Step = async (app, { row }) => {
  const gate = gateOf(row, 'provision') ?? (newMailFirst(row) ? undefined : gateOf(row, 'prestage'))
  if (gate !== undefined && gate > app.now()) {
    const { set, later = gate } = await lookAtSenders(app, row)
    return wait(Math.min(gate - app.now(), later), 'the first step of its calendar', set)
  }
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const mayBegin = async () => (await waitsForOther(app, row, playbook)) ?? (await goOnFrom(app, row, playbook))
  const [other] = await Promise.all([mayBegin(), rememberForecast(app, row)])
  if (other !== undefined) return wait(lookEveryMs, other)
  const { set } = await lookAtSenders(app, row)
  return { fact: 'wave-started', set: { ...set, beganAt: app.now() } }
}

const prepare: Step = async (app, { row }) => {
  const { wave } = row
  await startPlanned(app, row)
  for (const domain of await domainsOf(app, row)) await tell(app, lives.domain, lives.domain.at(domain), { fact: 'wave-started' })
  await announceGroups(app, row, false)
  if (newMailFirst(row)) {
    if (await anyIn(app.store, wave, ['planned', 'provisioning'])) return wait(lookEveryMs, 'mailboxes to exist at the target')
    await announceHeld(app, row)
    return { fact: 'mailboxes-synced' }
  }
  if (await anyLeft(app.store, wave, 'preparing')) return wait(lookEveryMs, 'mailboxes to be copied once')
  await announceHeld(app, row)
  await scoreForecast(app, row)
  return { fact: 'mailboxes-synced' }
}

/**
 * The cutover begins when its hour has come, every domain is ready, nobody would bounce and, where asked for, it is confirmed. Where its hour was
 * missed it waits for a word: nobody expects mail to arrive elsewhere from some other hour on.
 */
const openCutover: Step = async (app, { row }) => {
  await startPlanned(app, row)
  const domains = await movingDomains(app, row)
  await announceStuck(app, row)
  const gate = gateOf(row, 'cutover')
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const hour = leadsByMx(playbook.routing)
    ? 'the hour of its cutover'
    : 'the hour of its cutover, at which somebody leads its mail to the new side'
  if (gate !== undefined && gate > app.now()) return wait(gate - app.now(), hour)
  const missed = missedCutover(row, app.now())
  if (missed !== undefined) await announceMissed(app, row, missed)
  const behind = leftBehind(row)
  const going = domains.filter(({ domain }) => !behind.includes(domain))
  if (going.length < domains.length && going.length === 0)
    return wait(
      lookEveryMs,
      'somebody’s word: all its domains are left behind; POST …/approve with "step": "cutover" switches them',
      { word: { step: 'cutover' } },
    )
  const others = await waitsForOthers(app, row, going)
  if (others !== undefined) return wait(lookEveryMs, others[0], { word: others[1] })
  const late = going.filter(({ state }) => state !== 'ready' && state !== 'putting-off')
  if (late.length > 0) {
    const names = late.map(({ domain, state }) => `${domain} is ${state}`).join(', ')
    const word = wordFor(
      going,
      late.map(one => one.domain),
      behind,
    )
    if (word.without === undefined) return wait(lookEveryMs, `its domains: ${names}`)
    const without = JSON.stringify(word.without)
    return wait(
      lookEveryMs,
      `its domains: ${names}; POST …/approve with "step": "cutover", "without": ${without} lets the others go`,
      { word },
    )
  }
  const homeless = domains.length > 0 ? await withoutTarget(app, row.wave) : []
  const missing = homeless.filter(({ address }) => !behind.includes(domainOf(address)))
  if (missing.length > 0) {
    await announceHeld(app, row)
    const word = wordFor(
      going,
      missing.map(({ address }) => domainOf(address)),
      behind,
    )
    const without = word.without && JSON.stringify(word.without)
    return wait(
      lookEveryMs,
      without === undefined
        ? `mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: ${bouncing(missing)}; release those that are held, or cancel them`
        : `mailboxes that do not exist at the target yet, or are full there, whose mail would bounce: ${bouncing(missing)}; release those that are held, or cancel them; POST …/approve with "step": "cutover", "without": ${without} lets the others go`,
      without === undefined ? {} : { word },
    )
  }
  if (gateOf(row, 'confirm') !== undefined) {
    const confirm = { word: { step: 'confirm' } } as const
    const { enough, missing: by } = approved(playbook, row, 'confirm')
    if (!enough && by.includes('anybody')) return wait(lookEveryMs, 'the approval of its cutover (POST …/approve)', confirm)
    if (!enough) return wait(lookEveryMs, `the approval of its cutover by ${by.join(' and ')} (POST …/approve)`, confirm)
  }
  if (missed !== undefined)
    return wait(
      lookEveryMs,
      `somebody’s word: the hour of its cutover, ${wallClock(missed, playbook.timeZone)}, was missed; ${whatToDo}`,
      { word: { step: 'cutover' } },
    )
  return { fact: 'cutover-due' }
}

const cutOver: Step = async (app, { row }) => {
  // Answers are of no use from here on: who waits for them need not wait for his next look.
  await lookAgain(app, row.wave)
  await startPlanned(app, row)
  const moving = new Set((await movingDomains(app, row)).map(({ domain }) => domain))
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const hour = lateSwitch(row, playbook, app.now())
  const behind = leftBehind(row)
  const awaitsWord = ({ domain }: DomainRow) => hour !== undefined || behind.includes(domain)
  const homeless = Map.groupBy(await withoutTarget(app, row.wave), ({ address }) => domainOf(address))
  await inParallel(await domainsOf(app, row), async one => {
    const isMoving = moving.has(one.domain)
    if (isMoving && (awaitsWord(one) || homeless.has(one.domain))) return
    const fact = isMoving ? 'cutover-due' : givesUp(one)
    if (fact) await tell(app, lives.domain, lives.domain.at(one), { fact })
  })
  const kept = (await domainsOf(app, row)).filter(({ state }) => state !== 'cancelled' && state !== 'rolled-back')
  const late = kept.filter(({ state }) => state !== 'switched')
  if (late.length > 0) {
    // Where nothing is written the whole day can still be moved.
    if (app.now() > (missedAt(row) ?? Number.POSITIVE_INFINITY) && kept.every(isPutOff)) return { fact: 'cutover-missed' }
    await announceStuck(app, row)
    await announceGroups(app, row, false)
    const names = late
      .map(({ domain, state }) => {
        const missing = homeless.get(domain)?.slice(0, 5)
        if (missing === undefined) return `${domain} is ${state}`
        return `${domain} is ${state} (missing or full at the target: ${missing.map(({ address }) => address).join(' ')})`
      })
      .join(', ')
    if (!late.some(awaitsWord)) return wait(lookEveryMs, `its domains: ${names}`)
    const switches = 'POST …/approve with "step": "cutover" switches each as soon as it is ready'
    const asks = { word: { step: 'cutover' } } as const
    if (hour === undefined)
      return wait(lookEveryMs, `somebody’s word: some of its domains were left behind (${names}); ${switches}`, asks)
    const at = wallClock(hour, playbook.timeZone)
    return wait(lookEveryMs, `somebody’s word: the hour of its cutover, ${at}, was missed by some (${names}); ${switches}`, asks)
  }
  const { unled, set } = await leadOver(app, row, playbook)
  if (unled.length > 0) {
    const names = `${unled.slice(0, 5).join(', ')}${unled.length > 5 ? ` and ${unled.length - 5} more` : ''}`
    const toLead = `mailboxes whose new mail is to be led to the new side (GET …/routing.csv says where): ${names}`
    return wait(lookEveryMs, toLead, set)
  }
  return { fact: 'domains-switched', set: { ...set, switchedAt: app.now() } }
}

const finish: Step = async (app, { row }) => {
  await startPlanned(app, row)
  const unswitched = new Set((await domainsOf(app, row)).flatMap(({ domain, state }) => (state === 'switched' ? [] : [domain])))
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const { set } = await leadOver(app, row, playbook)
  if (playbook.routing.kind !== 'recipient')
    await tellAll(app, row, ['synced'], 'switched', ({ address }) => !unswitched.has(domainOf(address)))
  const left = await anyLeft(app.store, row.wave, 'finishing')
  await announceGroups(app, row, !left)
  if (left) return wait(lookEveryMs, 'mailboxes to be finished', set)
  await scoreForecast(app, row)
  await announceHeld(app, row)
  const owed = await first(app.store.notices.list({ partition: keyPart(row.wave), states: ['due'], limit: 1 }))
  if (owed) return wait(lookEveryMs, `notices to be sent, the next to ${owed.row.to}`, set)
  return { fact: 'mailboxes-settled', set }
}

const close: Step = async (app, { row, until }) => {
  const gate = gateOf(row, 'close')
  if (gate !== undefined && gate > app.now()) return wait(gate - app.now(), 'the day it closes')
  await announceWave(app, row, 'closed')
  const sealed = await sealWave(app, row, () => app.now() < until)
  if (!sealed) return wait(1_000, 'its mailboxes to be sealed')
  const landing = (await scoreLanding(app, row.wave))?.scores
  const sums = sumsToKeep(row, await gathered(app.store.mailboxes.pick({ partition: keyPart(row.wave) }, progress)))
  return { fact: 'closed', set: { ...sealed, landing, sums, closedAt: app.now() } }
}

const rollBack: Step = async (app, { row }) => {
  // One that cannot be put back waits for a person: told again at each look it would be tried without end.
  const domains = (await domainsOf(app, row)).filter(({ heldFrom }) => heldFrom !== 'rolling-back')
  // What has not come to be switched is let alone from now on; one that failed is proved to have its old MX, unless it was left behind.
  const mayHaveChanged = (one: DomainRow) => mayBeSwitched(one) || (one.state === 'held' && !leftBehind(row).includes(one.domain))
  const back = (one: DomainRow) => (mayHaveChanged(one) ? 'roll-back' : 'cancel')
  await inParallel(domains, one => tell(app, lives.domain, lives.domain.at(one), { fact: back(one) }))
  // Whoever copies on would tell people that their mail has moved, and so may what is owed to them; what is completed stays so.
  const partition = keyPart(row.wave)
  const mailboxes = await gathered(app.store.mailboxes.list({ partition }))
  await nudgedOnce(app, row.wave, () =>
    inParallel(mailboxes, one => tell(app, lives.mailbox, lives.mailbox.at(one.row), { fact: 'cancel' }, one)),
  )
  const owed = await all(app.store.notices.list({ partition, states: ['due'] }))
  const before = owed.filter(({ occasion }) => ![isOfRollBack, isOfStuckRollBack, isOfNotLedBack].some(is => is(occasion)))
  await inParallel(before, notice => tell(app, lives.notice, lives.notice.at(notice), { fact: 'cancel' }))
  const late = (await domainsOf(app, row)).filter(mayBeSwitched)
  if (late.length > 0) {
    await announceStuck(app, row)
    return wait(lookEveryMs, `its domains: ${late.map(({ domain, state }) => `${domain} is ${state}`).join(', ')}`)
  }
  if (!(await noteSwitched(app, row))) return wait(1_000, 'its mailboxes to come to rest')
  await announceWave(app, row, 'rolled-back', putBack, await notItsOwn(app, row.wave))
  await announceWave(app, row, 'cancelled', neverMoved)
  return { fact: 'rolled-back' }
}

/** What is left of a wave that was put back or cancelled: whether mail that was led over by itself is led back. */
const lookBack: Step = async (app, { row }) => {
  const { later, set } = await seeLedBack(app, row)
  return later === undefined ? { rest: true, set } : { later, set }
}

/** All that can be done for a wave, by the name that its machine gives it. */
export const waveDoing: Doing<WaveWork, WaveFact, WaveRow, App> = {
  'begin-wave': onDay(begin),
  'prepare-wave': onDay(prepare),
  'open-cutover': onDay(openCutover),
  'cut-over': onDay(cutOver),
  'finish-wave': onDay(finish),
  'close-wave': onDay(close),
  'roll-back-wave': rollBack,
  'see-led-back': lookBack,
}

/** A step of a wave whose calendar is first brought in line with its day, where a stop kept that from being done. */
function onDay(step: Step): Step {
  return async (app, turn) => {
    const { row } = turn
    if (row.day !== row.plannedFor) await keepCalendar(app, row, await app.playbook(row.playbook, row.playbookVersion))
    return step(app, turn)
  }
}

/** Epoch ms before which a step of the wave does not begin; undefined where its calendar does not name it. */
export function gateOf(row: WaveRow, step: string): number | undefined {
  return row.gates?.[step]
}

function wait(later: number, waitsFor: string, set: Partial<WaveRow> = {}): Answer<WaveFact, WaveRow> {
  return { later: Math.max(later, 1_000), set: { word: undefined, ...set, waitsFor } }
}

/** Starts whoever has not begun: at first all, later those that were held when the others began. */
async function startPlanned(app: App, wave: WaveRow): Promise<void> {
  await tellAll(app, wave, ['planned'], 'wave-started')
}

async function tellAll(
  app: App,
  { wave }: WaveRow,
  states: MailboxRow['state'][],
  fact: 'wave-started' | 'switched',
  which: (row: MailboxRow) => boolean = () => true,
): Promise<void> {
  const rows: Stored<MailboxRow>[] = []
  for await (const one of app.store.mailboxes.list({ partition: keyPart(wave), states })) if (which(one.row)) rows.push(one)
  const set = ({ switchedAt = app.now() }: MailboxRow) => (fact === 'switched' ? { switchedAt } : {})
  await inParallel(rows, one => tell(app, lives.mailbox, lives.mailbox.at(one.row), { fact, set: set(one.row) }, one))
}
