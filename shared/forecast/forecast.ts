import { isMailbox } from '../intake/mailbox.ts'
import { settingsFor } from '../playbooks/entity.ts'
import { licenceOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { newMailFirst } from '../steps/new-mail-first.ts'
import { keyPart } from '../store/columns.ts'
import type { ForecastRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { type Cost, costOf, type Wanted } from './cost.ts'
import { doneAt, hoursOf } from './hours.ts'
import { type Learned, learnedFrom, workersOfHost } from './learned.ts'
import { assumedMs, believed, type Prior, priors, together } from './pace.ts'
import { type Load, quantile, simulated, type Terms } from './simulate.ts'
import { type Progress, progress, type Size, sizeOf, usual } from './sizes.ts'

/** When the first copy will have ended: as likely sooner as later (`p50At`), and in nine of ten cases (`p90At`), epoch ms. */
export type CopyEnds = { p50At: number; p90At: number }

/**
 * What is thought of a wave. `copy` absent: its first copy has ended, or nothing is known to reckon with (`why`). `lengths`: simulated
 * lengths of what is left, ms, ascending. `measured`: mailboxes over the same pair of servers that the rates come from; 0: assumed rates.
 */
export type Forecast = {
  copy?: CopyEnds
  why?: string
  cost?: Cost
  startsAt: number
  mailboxes: number
  messages: number
  bytes: number
  unknownSizes: number
  measured: number
  atOnce: number
  bytesPerSecond: number
  waiting: number
  lengths: number[]
}

/** What holds for a wave: its playbook, and what is thought of the servers. */
type Around = { playbook: Playbook; prior: Prior; terms: Omit<Terms, 'leastMs'> }

/** When the copy of a wave will end, and what its licences cost a month. The same rows give the same answer. */
export async function forecastOf(app: App, row: WaveRow, given?: readonly Progress[]): Promise<Forecast> {
  const partition = keyPart(row.wave)
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const [mailboxes, known, scanned] = await Promise.all([
    given ?? gathered(app.store.mailboxes.pick({ partition }, progress)),
    all(app.store.forecasts.list({ partition: keyPart(pairOf(playbook)) })),
    scannedSizes(app, row.wave),
  ])
  const around = aroundOf(
    playbook,
    mailboxes,
    known.filter(({ wave }) => wave !== row.wave),
  )
  return forecast(row, mailboxes, scanned, around, app.now())
}

/** The pair of servers, by which rates are kept. */
export function pairOf({ source, target }: Pick<Playbook, 'source' | 'target'>): string {
  return `${source.imap.host}:${source.imap.port}>${target.imap.host}:${target.imap.port}`
}

/** How many mailboxes are copied at once: the host’s workers, within what the servers let us open. */
export function atOnceOf({ connections }: Playbook): number {
  return Math.min(workersOfHost, connections.source ?? workersOfHost, connections.target ?? workersOfHost)
}

/** Sizes that were read before the copy, by address. */
export async function scannedSizes(app: App, wave: string): Promise<ReadonlyMap<string, Size>> {
  const partition = keyPart(wave)
  const [probed, looked] = await Promise.all([
    gathered(app.store.inventories.pick({ partition }, ['address', 'measured'])),
    gathered(app.store.landings.pick({ partition }, ['address', 'messages', 'bytes'])),
  ])
  const sizes = new Map<string, Size>()
  for (const { address, measured } of probed)
    if (measured) sizes.set(address, { messages: measured.messages, bytes: measured.sizeBytes })
  for (const { address, messages, bytes } of looked)
    if (messages !== undefined && bytes !== undefined) sizes.set(address, { messages, bytes })
  return sizes
}

function aroundOf(playbook: Playbook, mailboxes: readonly Progress[], known: readonly ForecastRow[]): Around {
  const prior = priors[playbook.target.kind]
  const lessons: Learned[] = [...known.flatMap(({ learned }) => (learned ? [learned] : [])), learnedFrom(mailboxes, prior)]
  const sum = (of: (one: Learned) => number) => lessons.reduce((total, one) => total + of(one), 0)
  const workMs = sum(one => one.workMs)
  const terms = {
    atOnce: atOnceOf(playbook),
    pace: believed(together(lessons.map(({ pace }) => pace))),
    schedule: believed(together(lessons.map(({ schedule }) => schedule))),
    waiting: workMs > 0 ? sum(one => one.waitedMs) / workMs : 0,
  }
  return { playbook, prior, terms }
}

function forecast(
  row: WaveRow,
  mailboxes: readonly Progress[],
  scanned: ReadonlyMap<string, Size>,
  { playbook, prior, terms }: Around,
  now: number,
): Forecast {
  const mine = mailboxes.filter(({ state, wanted }) => state !== 'cancelled' && isMailbox(wanted))
  const sizes = mine.map(mailbox => sizeOf(mailbox, scanned.get(mailbox.address)))
  const whole = usual(sizes.filter(size => size !== undefined))
  const owed = mine.flatMap((mailbox, i): Owed[] => owedOf(mailbox, sizes[i], whole))
  const left = owed.map((one): Load => ({ ms: msOf(one, prior), sizeScatter: one.known ? 0 : 1 }))
  const { prestage = 0, provision = prestage } = row.gates ?? {}
  const startsAt = newMailFirst(row) ? Math.max(now, prestage) : row.state === 'planned' ? Math.max(now, provision) : now
  const total = (of: (size: Size) => number) =>
    sizes.reduce((sum, size) => sum + ((size ?? whole) ? of(size ?? whole ?? none) : 0), 0)
  const bytes = Math.round(total(size => size.bytes))
  const lengths = left.length > 0 ? simulated(left, { ...terms, leastMs: leastMs(owed, playbook) }, row.wave) : []
  const cost = costOf(mailboxes.filter(({ state }) => state !== 'cancelled').flatMap(mailbox => wantedBy(mailbox, playbook)))
  const why = whyNot(row, mine, left, whole)
  const at = (share: number) => doneAt(startsAt, quantile(lengths, share), hoursOf(row, playbook))
  const p50Ms = quantile(lengths, 0.5)
  const leftShare =
    left.reduce((sum, { ms }) => sum + ms, 0) /
    Math.max(
      1,
      total(size => assumedMs(prior, size)),
    )
  return {
    ...(why === undefined ? { copy: { p50At: at(0.5), p90At: at(0.9) } } : { why }),
    ...(cost ? { cost } : {}),
    startsAt,
    mailboxes: mine.length,
    messages: Math.round(total(size => size.messages)),
    bytes,
    unknownSizes: sizes.filter(size => size === undefined).length,
    measured: terms.pace.measured,
    atOnce: terms.atOnce,
    bytesPerSecond: p50Ms > 0 ? Math.round((bytes * Math.min(1, leftShare) * 1000) / p50Ms) : 0,
    waiting: terms.waiting,
    lengths,
  }
}

const none: Size = { messages: 0, bytes: 0 }

/** What is still to be copied of a mailbox that holds `taken`, and whether that is known or a guess. */
type Owed = { taken: Size; done: Size; known: boolean }

/** What is left of one mailbox; nothing of one that has been copied once or is held. */
function owedOf(mailbox: Progress, size: Size | undefined, whole: Size | undefined): Owed[] {
  if (!['planned', 'provisioning', 'pre-staging'].includes(mailbox.state)) return []
  const taken = size ?? whole
  const done = { messages: mailbox.copied + mailbox.adopted + mailbox.excepted, bytes: mailbox.copiedBytes }
  return taken ? [{ taken, done, known: size !== undefined }] : []
}

function msOf({ taken, done }: Owed, prior: Prior): number {
  const began = done.messages > 0 ? assumedMs({ ...prior, mailboxMs: 0 }, done) : 0
  return Math.max(0, assumedMs(prior, taken) - began)
}

/** How long the rates that the playbook allows let it take at least, ms. */
function leastMs(owed: readonly Owed[], { source, target }: Playbook): number {
  const left = (of: (size: Size) => number) => owed.reduce((sum, { taken, done }) => sum + Math.max(0, of(taken) - of(done)), 0)
  const seconds = [source.limits, target.limits].flatMap(limits => [
    left(({ bytes }) => bytes) / (limits?.bytesPerSecond ?? Number.POSITIVE_INFINITY),
    left(({ messages }) => messages) / (limits?.messagesPerSecond ?? Number.POSITIVE_INFINITY),
  ])
  return Math.max(...seconds) * 1_000
}

/** Why there is nothing to say of the end of the copy; undefined where there is. */
function whyNot(row: WaveRow, mine: readonly Progress[], left: readonly Load[], whole: Size | undefined): string | undefined {
  if (row.state === 'held') return 'the wave is held'
  if (row.state !== 'planned' && row.state !== 'preparing') return 'its first copy has ended'
  if (mine.length === 0) return 'it has no mailbox to copy'
  if (!whole) return 'no mailbox of it has been measured: scan it (POST …/scan), or wait until its copy has begun'
  return left.length === 0 ? 'every mailbox has been copied once' : undefined
}

function wantedBy(mailbox: Progress, playbook: Playbook): Wanted[] {
  const settings = settingsFor(playbook, mailbox)
  const name = licenceOf(settings, mailbox.wanted)
  return name === undefined ? [] : [{ name, priced: settings.licences[name] }]
}
