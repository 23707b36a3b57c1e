import { z } from 'zod'
import { notItsOwn } from '../calendar/shared-domains.ts'
import { leave } from '../calendar/slots.ts'
import { type Fault, Refusal } from '../errors.ts'
import { check, show } from '../intake/faults.ts'
import { why } from '../intake/words.ts'
import { mayBeSwitched } from '../life/domain.ts'
import type { MailboxFact, WaveFact } from '../life/facts.ts'
import { isPutBack } from '../life/wave.ts'
import type { Work } from '../life/work.ts'
import { type Living, lives } from '../lives.ts'
import type { Life } from '../machine.ts'
import { calendarDay } from '../playbooks/days.ts'
import type { App } from '../ports.ts'
import { start, tell } from '../run.ts'
import { announceLeft, announceWave } from '../steps/announcing.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { askBackNow } from '../steps/leading-back.ts'
import { keyPart } from '../store/columns.ts'
import { type MailboxRow, playbookKey, type WaveRow } from '../store/schema.ts'
import { all, gathered, type Stored } from '../store/store.ts'
import { uncounted } from '../sums.ts'
import { nudgedOnce } from '../waiting.ts'
import { record } from './audit.ts'
import { approve, choose, postpone, reschedule } from './calendar-actions.ts'
import { warningsNow, waveRow } from './status.ts'
import { triableOf } from './triable.ts'

/** What an operator may do to a wave. */
export const actions = ['hold', 'release', 'reschedule', 'cancel', 'approve', 'rollback', 'retry'] as const
export type Action = (typeof actions)[number]

/** What else can be said about its calendar: a later day asked for, missed hours made up for or left. */
export const calendarActions = ['postpone', 'send-now', 'skip'] as const
type AnyAction = Action | (typeof calendarActions)[number]

const order = z.strictObject({
  why,
  mailboxes: z.array(z.string()).min(1).max(10_000).exactOptional(),
  day: calendarDay.exactOptional(),
  step: z.enum(['confirm', 'cutover', 'pilot', 'postpone', 'freeze']).exactOptional(),
  as: z.string().min(1).max(120).exactOptional(),
  steps: z.array(z.string().max(80)).min(1).max(200).exactOptional(),
  without: z.array(z.string().max(253)).min(1).max(1_000).exactOptional(),
})
type Order = z.output<typeof order>

/** What needs a day. */
const daily: readonly AnyAction[] = ['reschedule', 'postpone']
const dayMissing: Fault = { path: 'day', message: 'is missing: expected a day as YYYY-MM-DD' }

/** Carries out an action: checked whole, recorded with who and why, then told to the wave’s rows. Repeating it changes nothing more. */
export async function act(app: App, name: string, action: AnyAction, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  const row = await waveRow(app, name)
  const { chosen, wrong } = await mailboxesOf(app, name, Object(body).mailboxes)
  const found = [...faults, ...(daily.includes(action) && Object(body).day === undefined ? [dayMissing] : []), ...wrong]
  if (!value || found.length > 0) throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', found)
  const change = await prepare(app, row, action, value, chosen, who)
  await record(app, { subject: name, who, action, why: value.why, details: { ...value, why: undefined } })
  const changed = await change()
  return { wave: name, action, changed, warnings: await warningsNow(app, name) }
}

/** Checks that the action makes sense now; what it returns does it and counts what it changed. */
async function prepare(
  app: App,
  row: WaveRow,
  action: AnyAction,
  given: Order,
  chosen: Stored<MailboxRow>[],
  who: string,
): Promise<() => Promise<number>> {
  switch (action) {
    case 'hold':
    case 'cancel':
      if (action === 'cancel' && !given.mailboxes) await mustNotBeSwitching(app, row)
      return () => tellWaveAnd(app, row, given, chosen, action)
    case 'release':
      return () => release(app, row, given, chosen, { failedOnly: false })
    case 'retry': {
      const triable = await triableOf(app, row, chosen)
      return async () => {
        const again = await retryMessages(app, row, chosen, triable)
        const released = await release(app, row, given, chosen, { failedOnly: true })
        const asked = await askNow(app, row, chosen)
        return again + released + asked + (await hurryAll(app, row, given, chosen))
      }
    }
    case 'approve':
      return approve(app, row, given, who)
    case 'postpone':
      return postpone(app, row, given, who)
    case 'reschedule':
      return reschedule(app, row, given, who)
    case 'send-now':
    case 'skip':
      return choose(app, row, given, who, action)
    case 'rollback':
      return rollback(app, row)
  }
}

/** The mailboxes that an action is about, all where it names none; and what is wrong with names that are texts at least. */
async function mailboxesOf(app: App, wave: string, named: unknown): Promise<{ chosen: Stored<MailboxRow>[]; wrong: Fault[] }> {
  const rows = await gathered(app.store.mailboxes.list({ partition: keyPart(wave) }))
  if (!Array.isArray(named)) return { chosen: rows, wrong: [] }
  const byAddress = new Map(rows.map(one => [one.row.address, one]))
  const texts = named.slice(0, 10_000).map(one => (typeof one === 'string' ? one : undefined))
  const wrong = texts.flatMap((one, i) =>
    one === undefined || byAddress.has(one.toLowerCase())
      ? []
      : [{ path: `mailboxes[${i}]`, message: `expected a mailbox of wave “${wave}” (got ${show(one)})` }],
  )
  return { chosen: texts.flatMap(one => byAddress.get(one?.toLowerCase() ?? '') ?? []), wrong }
}

async function tellWaveAnd(
  app: App,
  row: WaveRow,
  { mailboxes }: Order,
  chosen: Stored<MailboxRow>[],
  fact: 'hold' | 'cancel',
): Promise<number> {
  let changed = 0
  if (!mailboxes) {
    if (await tell(app, lives.wave, lives.wave.at(row), { fact })) changed++
    for (const domain of await all(app.store.domains.list({ partition: keyPart(row.wave) })))
      if (await tell(app, lives.domain, lives.domain.at(domain), { fact })) changed++
    if (fact === 'cancel')
      for (const step of await all(app.store.steps.list({ partition: keyPart(row.wave) })))
        await tell(app, lives.step, lives.step.at(step), { fact })
    if (fact === 'cancel') {
      await announceWave(app, row, 'cancelled')
      await leave(app, row, row.wave)
    }
  }
  const told = await tellEach(app, row, chosen, fact)
  if (mailboxes && fact === 'cancel') await announceLeft(app, row)
  // A closed wave is judged again without those that were cancelled.
  if (mailboxes && fact === 'cancel' && told > 0) await judgeAgain(app, row)
  return changed + told
}

/**
 * Releases what is held: the wave itself last, or it would go on to its cutover while the mailboxes it waits for are still held, also where the order is
 * cut off. `failedOnly`: what a person holds stays held.
 */
async function release(
  app: App,
  row: WaveRow,
  { mailboxes }: Order,
  chosen: Stored<MailboxRow>[],
  { failedOnly }: { failedOnly: boolean },
): Promise<number> {
  const which = ({ error }: Pick<Life, 'error'>) => !failedOnly || error !== undefined
  const released = await tellEach(
    app,
    row,
    chosen.filter(one => which(one.row)),
    'release',
  )
  if (released > 0) await judgeAgain(app, row)
  if (mailboxes) return released
  let changed = released
  const partition = keyPart(row.wave)
  for (const domain of (await all(app.store.domains.list({ partition }))).filter(which))
    if (await tell(app, lives.domain, lives.domain.at(domain), { fact: 'release' })) changed++
  // A fault in their words, or in the way they take, is mended in a new version of the playbook.
  const set = {
    playbookVersion: (await app.store.playbooks.get(...playbookKey(row.playbook)))?.row.number ?? row.playbookVersion,
  }
  for (const notice of await all(app.store.notices.list({ partition, states: ['held', 'undeliverable'] })))
    if (await tell(app, lives.notice, lives.notice.at(notice), { fact: 'release', set })) changed++
  for (const step of await all(app.store.steps.list({ partition, states: ['held'] })))
    await tell(app, lives.step, lives.step.at(step), { fact: 'release' })
  for (const watch of await all(app.store.returns.list({ partition, states: ['held'] })))
    await tell(app, lives.returns, lives.returns.at(watch), { fact: 'release' })
  if (which(row) && (await tell(app, lives.wave, lives.wave.at(row), { fact: 'release' }))) changed++
  return changed
}

/** Mailboxes that are through try again what was refused, unreadable or not listed; the wave opens again and is judged anew. */
async function retryMessages(
  app: App,
  row: WaveRow,
  chosen: Stored<MailboxRow>[],
  triable: Stored<MailboxRow>[],
): Promise<number> {
  const told = await tellEach(app, row, triable, 'retry')
  // Also where an earlier order was cut off between the two.
  if (told > 0 || chosen.some(one => one.row.state === 'retrying')) await judgeAgain(app, row)
  return told
}

/** Whether their new mail is led over, or back, by now is asked at once of those that wait for it. */
async function askNow(app: App, wave: WaveRow, chosen: Stored<MailboxRow>[]): Promise<number> {
  const waiting = chosen.filter(({ row }) => row.probeAt !== undefined && row.switchedAt === undefined)
  let changed = await askBackNow(app, wave, chosen)
  await inParallel(waiting, async one => {
    const fact = { fact: 'cutover-due', set: { probeAt: app.now() } } as const
    if (await tell(app, lives.mailbox, lives.mailbox.at(one.row), fact, one)) changed++
  })
  return changed
}

async function judgeAgain(app: App, row: WaveRow): Promise<void> {
  const set = { verdict: undefined, reasons: undefined }
  await tell(app, lives.wave, lives.wave.at(row), { fact: 'mailbox-released', set })
}

/** What waits for its hour after a failure is tried now. */
async function hurryAll(app: App, row: WaveRow, { mailboxes }: Order, chosen: Stored<MailboxRow>[]): Promise<number> {
  let changed = 0
  await inParallel(chosen, async one => {
    if (one.row.error !== undefined && (await hurry(app, lives.mailbox, one.row))) changed++
  })
  if (mailboxes) return changed
  const partition = keyPart(row.wave)
  if (await hurry(app, lives.wave, row)) changed++
  // Name servers that do not answer alike are no failure, and may do so by now.
  for (const domain of await all(app.store.domains.list({ partition })))
    if (await hurry(app, lives.domain, domain, () => true)) changed++
  for (const notice of await all(app.store.notices.list({ partition, states: ['due'] })))
    if (await hurry(app, lives.notice, notice)) changed++
  return changed
}

async function hurry<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  app: App,
  life: Living<S, F, W, R>,
  row: R,
  isMeant: (row: R) => boolean = ({ error }) => error !== undefined,
): Promise<boolean> {
  const { partition, key } = life.at(row)
  for (;;) {
    const stored = await life.table(app.store).get(partition, key)
    if (!stored || !isMeant(stored.row) || (stored.row.notBefore ?? 0) <= app.now()) return false
    const now: R = { ...stored.row, notBefore: undefined, tries: 0, dueAt: app.now() + app.quietMs }
    if ((await life.table(app.store).save(now, stored.etag)) === 'conflict') continue
    await start(app, life, now)
    return true
  }
}

/** Says it to each as it was read: a thousand need not be read again, and their wave is looked at once. */
async function tellEach(app: App, { wave }: WaveRow, rows: Stored<MailboxRow>[], fact: MailboxFact): Promise<number> {
  let changed = 0
  const tellOne = async (one: Stored<MailboxRow>) => {
    if (await tell(app, lives.mailbox, lives.mailbox.at(one.row), { fact }, one)) changed++
  }
  if (rows.length > 0) await uncounted(app.store, wave, () => nudgedOnce(app, wave, () => inParallel(rows, tellOne)))
  return changed
}

/** Throws a Refusal (409) where an MX may be half-way: it would go on to the new side, for a wave that is none any more. */
async function mustNotBeSwitching(app: App, { wave, state }: WaveRow): Promise<void> {
  if (state === 'cancelled' || isPutBack(state)) return
  const domains = await all(app.store.domains.list({ partition: keyPart(wave) }))
  const others = (await notItsOwn(app, wave)).map(({ domain }) => domain)
  const half = domains.filter(one => one.state !== 'switched' && mayBeSwitched(one) && !others.includes(one.domain))
  if (half.length === 0) return
  const names = half.map(({ domain }) => domain).join(', ')
  throw refused(`the MX of ${names} is being switched: roll the wave back (POST …/rollback), which ends it and leaves the old MX`)
}

async function rollback(app: App, row: WaveRow): Promise<() => Promise<number>> {
  const domains = await all(app.store.domains.list({ partition: keyPart(row.wave) }))
  if (row.state === 'cancelled' && !domains.some(mayBeSwitched))
    throw refused('the wave is cancelled, and nothing of it is switched: there is nothing to put back')
  if (row.state === 'ready' && !domains.some(mayBeSwitched)) throw notSwitched(row)
  const others = await notItsOwn(app, row.wave)
  const own = domains.filter(one => mayBeSwitched(one) && !others.some(({ domain }) => domain === one.domain))
  if (own.length === 0 && others.length > 0 && domains.some(mayBeSwitched)) throw notForThis(row, others)
  if (!('roll-back' in lives.wave.machine[row.state].on)) throw notSwitched(row)
  return async () => {
    const told = await tell(app, lives.wave, lives.wave.at(row), { fact: 'roll-back' satisfies WaveFact })
    // Nobody is to be asked for the new MX a minute longer.
    await inParallel(domains, domain => hurry(app, lives.domain, domain, ({ state }) => state === 'switching'))
    return told ? 1 : 0
  }
}

/** Where the MX led to the new side before the wave, “the old one” is what it has: people would be told that they read at the old server again. */
function notForThis({ state }: WaveRow, others: Awaited<ReturnType<typeof notItsOwn>>): Refusal {
  const names = others.map(({ domain, by }) => `${domain} (${by === undefined ? 'by hand' : `wave “${by}”`})`).join(', ')
  const instead = 'cancel' in lives.wave.machine[state].on ? ', or cancel this one' : ''
  return refused(
    `the MX led to the new side before this wave, which has nothing to put back: ${names}; put it back there, for all mailboxes of the domain${instead}`,
  )
}

function notSwitched({ state }: WaveRow): Refusal {
  return refused(`the wave is ${state}: nothing of it was switched, so there is nothing to put back; cancel it instead`)
}

function refused(message: string): Refusal {
  return new Refusal(409, 'not-now', message)
}
