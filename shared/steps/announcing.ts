import { cutoverGraceMs, lateCutover, lateSwitch, leftBehind } from '../calendar/missed.ts'
import type { Elsewhere } from '../calendar/shared-domains.ts'
import { isPutBack } from '../life/wave.ts'
import { heldUp, isOfLeaving, left } from '../notices/occasion.ts'
import { type Concerns, isForOwners, namedOn, onePerEntity, owe, several } from '../notices/owed.ts'
import { namesDay } from '../notices/write.ts'
import type { Event } from '../playbooks/calendar.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, MailboxRow, NoticeRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'
import { domainOf } from './switched.ts'

/** Has a mailbox got as far as an event? */
const reached: Readonly<Partial<Record<Event, (row: MailboxRow) => boolean>>> = {
  begun: ({ state }) => state !== 'planned',
  provisioned: ({ targetReadyAt }) => targetReadyAt !== undefined,
  switched: ({ switchedAt }) => switchedAt !== undefined,
  copied: ({ state }) => state === 'draining' || state === 'completed',
  completed: ({ state }) => state === 'completed',
}

/**
 * Writes down what is owed to those who look after several mailboxes, as soon as all of an entity’s have got as far as an event. `settled`: no
 * more is to come, and whoever is held will be named. Asked at each look of a wave; twice equals once.
 */
export async function announceGroups(app: App, wave: WaveRow, settled: boolean): Promise<void> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const named = Object.entries(reached).flatMap(([event, has]) =>
    groupNotices(playbook, event as Event).map(name => ({ name, has })),
  )
  if (named.length === 0) return
  const rows = await moving(app, wave)
  for (const { name, has } of named) {
    const waiting = new Set(settled ? [] : rows.filter(row => !has(row)).map(row => entityOf(playbook, row)))
    const ready = rows.filter(row => !waiting.has(entityOf(playbook, row)))
    for (const row of onePerEntity(playbook, ready, name)) await owe(app, playbook, row, name)
  }
}

/**
 * Writes down what is owed because of something that happens to a whole wave: to everybody; where its day is moved or it is called off, to whoever
 * was told a date that no longer holds; where it is rolled back, to whoever was told anything; and to operators. `occasion` tells it from the last time; nothing is said
 * of mailboxes in the domains `but`.
 */
export async function announceWave(
  app: App,
  wave: WaveRow,
  event: Event,
  occasion?: string,
  but: readonly { domain: string }[] = [],
): Promise<void> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const names = namedOn(playbook, event)
  if (names.length === 0) return
  const changes = event === 'rescheduled' || event === 'cancelled' || event === 'rolled-back'
  const rows = await moving(app, wave, changes && event !== 'rescheduled')
  const concerns = changes ? await toldBefore(app, wave, playbook, rows, event) : undefined
  // What has moved was no longer to be moved on that date, and nothing else can be put back.
  const about = changes ? rows.filter(({ switchedAt }) => (switchedAt !== undefined) === (event === 'rolled-back')) : rows
  const concerned = about.filter(({ address }) => but.every(({ domain }) => domain !== domainOf(address)))
  for (const name of names) await oweAll(app, playbook, concerned, name, occasion, concerns)
}

/**
 * Writes down what is owed because mailboxes left a wave that goes on: to each owner, and to those who look after them unless their own answer said
 * so; only where a date was told. Twice equals once.
 */
export async function announceLeft(app: App, wave: WaveRow): Promise<void> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const names = namedOn(playbook, 'cancelled')
  if (names.length === 0 || wave.state === 'cancelled' || isPutBack(wave.state)) return
  const rows = await moving(app, wave, true)
  const gone = rows.filter(({ state, switchedAt }) => state === 'cancelled' && switchedAt === undefined)
  if (gone.length === 0) return
  const concerns = await toldBefore(app, wave, playbook, rows, 'cancelled')
  const ordered = Map.groupBy(
    gone.filter(({ dropped }) => dropped === undefined),
    row => entityOf(playbook, row),
  )
  for (const name of names)
    for (const some of isForOwners(playbook, name) ? gone.map(row => [row]) : ordered.values())
      await oweAll(app, playbook, some, name, left(some), concerns)
}

/**
 * Who was last told a date that no longer holds: that of another day D or, where nothing is moved any more, any that was not taken back since. Where a
 * wave is rolled back, who was told anything. Operators always hear of it.
 */
async function toldBefore(
  app: App,
  wave: WaveRow,
  playbook: Playbook,
  mailboxes: readonly MailboxRow[],
  event: 'rescheduled' | 'cancelled' | 'rolled-back',
): Promise<Concerns> {
  const entities = new Map(mailboxes.map(row => [row.address, entityOf(playbook, row)]))
  const dated = new Map<string, boolean>()
  const isDated = ({ notice, address, entity = entities.get(address) }: NoticeRow) => {
    const key = JSON.stringify([notice, entity])
    const settings = settingsOf(playbook, entity)
    const template = settings.notices.find(one => one.notice === notice)?.template
    const found = dated.get(key) ?? (template !== undefined && namesDay(settings, template))
    dated.set(key, found)
    return found
  }
  const reader = ({ to, address, entity }: Pick<NoticeRow, 'to' | 'address' | 'entity'>) => JSON.stringify([to, address, entity])
  const off = namedOn(playbook, 'cancelled')
  // Of several mailboxes some may have left; the others keep their date.
  const takesBack = ({ notice, address, occasion }: NoticeRow) =>
    off.includes(notice) && !(address === several && isOfLeaving(occasion))
  const last = new Map<string, { at: number; row: NoticeRow }>()
  for await (const { row } of app.store.notices.list({ partition: keyPart(wave.wave), states: ['due', 'sent', 'cancelled'] })) {
    const at = row.attempted ?? (row.state === 'due' && takesBack(row) ? row.since : undefined)
    if (at === undefined || at < (last.get(reader(row))?.at ?? 0)) continue
    if (event === 'rolled-back' || takesBack(row) || isDated(row)) last.set(reader(row), { at, row })
  }
  return (one, audience) => {
    const told = last.get(reader(one))?.row
    if (audience === 'operator' || told === undefined) return audience === 'operator'
    return event === 'rolled-back' || (!takesBack(told) && (event === 'cancelled' || told.day !== wave.day))
  }
}

/** Writes down one notice for every mailbox: to each owner, or once per entity. */
export async function oweAll(
  app: App,
  playbook: Playbook,
  mailboxes: readonly MailboxRow[],
  name: string,
  occasion?: string,
  concerns?: Concerns,
): Promise<void> {
  const about = isForOwners(playbook, name) ? mailboxes : onePerEntity(playbook, mailboxes, name)
  await inParallel(about, mailbox => owe(app, playbook, mailbox, name, occasion, concerns))
}

/**
 * Writes down what is owed because mailboxes are held, or a domain is stuck. The same ones held for the same reason are told
 * of once, others again.
 */
export async function announceHeld(app: App, wave: WaveRow): Promise<void> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const named = namedOn(playbook, 'held')
  if (named.length === 0) return
  const rows = await moving(app, wave, isPutBack(wave.state))
  const held = rows.filter(({ state }) => state === 'held')
  const stuck = await stuckDomains(app, wave)
  if (held.length + stuck.length === 0) return
  const names = [
    ...held.map(({ address, since }) => `${address} ${since}`),
    ...stuck.map(one => `${one.domain} ${one.state === 'held' ? one.since : 'late'}`),
  ]
  const occasion = heldUp(names, isPutBack(wave.state))
  const concerned = rows.filter(row => row.state === 'held' || stuck.some(({ domain }) => domain === domainOf(row.address)))
  for (const name of named)
    if (isForOwners(playbook, name)) await oweAll(app, playbook, held, name)
    else await oweAll(app, playbook, concerned, name, occasion)
}

/** The same, only where a domain is stuck: a mailbox that somebody holds is his own doing as long as the wave goes on. */
export async function announceStuck(app: App, wave: WaveRow): Promise<void> {
  if ((await stuckDomains(app, wave)).length > 0) await announceHeld(app, wave)
}

/**
 * The domains of a wave that wait for a person: something failed (not: somebody holds them), or an hour after the cutover, or the roll-back, began not
 * every name server answers what it should.
 */
export async function stuckDomains(app: App, wave: WaveRow): Promise<DomainRow[]> {
  const { state, since } = wave
  const rows = await all(app.store.domains.list({ partition: keyPart(wave.wave), states: mayWait }))
  const late = (state === 'cutting-over' || state === 'rolling-back') && app.now() - since > cutoverGraceMs
  const isPutOff = late && lateSwitch(wave, await app.playbook(wave.playbook, wave.playbookVersion), app.now()) !== undefined
  const behind = leftBehind(wave)
  const waits = ({ domain, state, error }: DomainRow) => {
    if (state === 'held') return error !== undefined
    if (state === 'ready') return isPutOff || (late && behind.includes(domain))
    // It is put off at its next look, and told of then.
    return late && !(isPutOff && state === 'switching')
  }
  return rows.filter(waits)
}

/** The same, and those that a cutover which is late waits for, whether or not somebody has to mend anything. */
export async function awaitedDomains(app: App, wave: WaveRow): Promise<DomainRow[]> {
  const stuck = await stuckDomains(app, wave)
  if (lateCutover(wave, app.now()) === undefined) return stuck
  const rows = await all(app.store.domains.list({ partition: keyPart(wave.wave), states: notReady }))
  return [...stuck, ...rows.filter(one => !stuck.some(({ domain }) => domain === one.domain))]
}

const notReady: DomainRow['state'][] = ['checking', 'lowering', 'held']
const mayWait: DomainRow['state'][] = [
  'held',
  'checking',
  'lowering',
  'ready',
  'switching',
  'putting-off',
  'proving',
  'rolling-back',
]

/** Tells those who are told of what is held that the hour of a cutover was missed: once for each such hour. */
export async function announceMissed(app: App, wave: WaveRow, hour: number): Promise<void> {
  await announceOnce(app, wave, `cutover ${hour}`)
}

/** The same where a cutover would have mail of other waves bounce: once for the same domains and waves on the same day. */
export async function announceElsewhere(app: App, wave: WaveRow, elsewhere: readonly Elsewhere[]): Promise<void> {
  const names = elsewhere.map(one => `${one.domain} ${one.wave}`)
  await announceOnce(app, wave, heldUp([`elsewhere ${wave.day}`, ...names], false))
}

/** Says something of a whole wave once to each, not for each entity they look after. */
async function announceOnce(app: App, wave: WaveRow, occasion: string): Promise<void> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const names = groupNotices(playbook, 'held')
  if (names.length === 0) return
  const rows = await moving(app, wave)
  const readers = (row: MailboxRow) => JSON.stringify(settingsOf(playbook, entityOf(playbook, row)).people)
  const about = [...new Map(rows.map(row => [readers(row), row])).values()]
  for (const name of names) await oweAll(app, playbook, about, name, occasion)
}

function groupNotices(playbook: Playbook, event: Event): string[] {
  return namedOn(playbook, event).filter(name => !isForOwners(playbook, name))
}

async function moving(app: App, { wave }: WaveRow, cancelledToo = false): Promise<MailboxRow[]> {
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave) }))
  return rows.filter(({ state }) => cancelledToo || state !== 'cancelled')
}
