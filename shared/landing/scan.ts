import { Failure } from '../errors.ts'
import { isMailbox } from '../intake/mailbox.ts'
import type { ScanFact } from '../life/facts.ts'
import type { ScanWork } from '../life/work.ts'
import { settingsFor } from '../playbooks/entity.ts'
import { sizeText } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import type { Head, Source } from '../source/source.ts'
import { outsideHours } from '../steps/hours.ts'
import { keyPart } from '../store/columns.ts'
import type { LandingRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import type { Finding, Kind } from './finding.ts'
import { seenInBodies } from './finding.ts'
import { type Placed, placed } from './folders.ts'
import { quotaOf } from './quota.ts'
import { sampled } from './sample.ts'
import { type Counted, findingsOf, mostKept, packSeen, unpackSeen } from './seen.ts'
import { effects, ofBody, ofHead, presumed, type Takes, takesOf } from './takes.ts'

/** Bodies read in each folder and in a mailbox, about, and how large they may be, bytes. */
const mostBodies = 40
const mostBodiesInAll = 4_000
const mostBodyBytes = 4_000_000

/** More messages than that in a mailbox are not supported. */
const mostMessages = 500_000

/** Looks into every folder of a mailbox, largest last, and says what would not land. Goes on after a stop with the folders not looked into yet. */
const scanMailbox = async (app: App, turn: Turn<LandingRow>): Promise<Answer<ScanFact, LandingRow>> => {
  const { row } = turn
  const stored = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
  if (!stored || !isMailbox(stored.row.wanted)) return { fact: 'scanned', set: { findings: [], scannedAt: app.now() } }
  const playbook = settingsFor(await app.playbook(row.playbook, row.playbookVersion), stored.row)
  const shut = await outsideHours(app, turn)
  if (shut) return shut
  const { source, target, wanted, close } = await app.look(stored.row)
  try {
    const told = playbook.copy.largestMessageBytes
    const takes = target ? takesOf({ traits: target.traits, keeps: await keeperOf(target) }, told) : presumed(told)
    const folders = await foldersOf(source, target, takes, playbook)
    const bodies = Math.max(5, Math.min(mostBodies, Math.floor(mostBodiesInAll / folders.length)))
    const seen = row.seen ? unpackSeen(row.seen) : []
    const done = new Set(seen.map(({ path }) => path))
    for (const folder of folders.filter(({ path }) => !done.has(path))) {
      turn.signal.throwIfAborted()
      if (app.now() >= turn.until || wanted()) return { more: true, set: { seen: packSeen(seen) } }
      seen.push(await lookInto(source, folder, takes, `${row.wave} ${row.address}`, bodies, app.now()))
      if (seen.length % 20 === 0) await turn.save({ seen: packSeen(seen) })
    }
    const sum = (of: (one: Counted) => number) => seen.reduce((total, one) => total + of(one), 0)
    const size = { messages: sum(({ messages }) => messages), bytes: sum(({ bytes }) => bytes) }
    const findings = [...findingsOf(seen, seenInBodies), ...(await ofMailbox(app, playbook, stored.row, size))]
    const set = { ...size, folders: seen.length, findings, seen: packSeen(seen), presumed: takes.presumed, scannedAt: app.now() }
    return { fact: 'scanned', set }
  } finally {
    await close()
  }
}

/** All that can be done about a look ahead. */
export const scanDoing: Doing<ScanWork, ScanFact, LandingRow, App> = { 'scan-mailbox': scanMailbox }

async function keeperOf(target: Target): Promise<Takes['keeps']> {
  const [inbox] = await target.open(['INBOX'])
  return inbox?.keeps ?? (() => true)
}

async function foldersOf(source: Source, target: Target | undefined, { traits }: Takes, playbook: Playbook): Promise<Placed[]> {
  const { folders, trash, junk } = playbook.copy
  const listed = (await source.folders()).filter(
    ({ role }) => !(role === '\\Trash' && trash === 'leave') && !(role === '\\Junk' && junk === 'leave'),
  )
  return placed(listed, (await target?.folders()) ?? [], traits, folders, traits.rebuilds)
}

/** Looks at every head of a folder, and into so many `bodies` at most, chosen by chance from `seed`. */
export async function lookInto(
  source: Source,
  folder: Placed,
  takes: Takes,
  seed: string,
  bodies: number,
  now: number,
): Promise<Counted> {
  const { path, targetPath, kinds } = folder
  const heads: Head[] = []
  let uidValidity = ''
  for await (const listing of source.list([{ path, fromUid: 1 }])) {
    uidValidity = listing.status.uidValidity
    heads.push(...listing.heads)
  }
  const seen: Counted = {
    ...{ path, uidValidity, target: targetPath, kinds, looked: [], read: 0, uids: {}, counts: {}, examples: {} },
    messages: heads.length,
    bytes: heads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
  for (const kind of kinds) seen.examples[kind] = [`“${path}” becomes “${targetPath}”`]
  for (const head of heads) for (const kind of ofHead(head, takes, now)) note(seen, kind, head.uid, wordsOf(kind, head))
  const small = heads.filter(({ sizeBytes }) => sizeBytes <= mostBodyBytes).map(({ uid }) => uid)
  const chosen = sampled(small, bodies, `${seed} ${path} ${uidValidity}`)
  if (chosen.length > 0)
    for await (const message of source.messages([{ path, uids: chosen, uidValidity }])) {
      seen.looked.push(message.uid)
      seen.read++
      for (const kind of ofBody(message, takes)) note(seen, kind, message.uid, kind)
    }
  return seen
}

function note(seen: Counted, kind: Kind, uid: number, what: string): void {
  seen.counts[kind] = (seen.counts[kind] ?? 0) + 1
  const uids = seen.uids[kind] ?? []
  seen.uids[kind] = uids
  if (uids.length < mostKept) uids.push(uid)
  const examples = seen.examples[kind] ?? []
  seen.examples[kind] = examples
  if (examples.length < 3) examples.push(`“${seen.path}” UID ${uid}: ${what}`)
}

function wordsOf(kind: Kind, { sizeBytes, internalDate, flags }: Head): string {
  if (kind === 'too-large') return `${(sizeBytes / 1e6).toFixed(1)} MB`
  if (kind === 'keywords') return flags.filter(flag => !flag.startsWith('\\')).join(' ')
  return Number.isNaN(internalDate) ? 'no date' : new Date(internalDate).toISOString()
}

/** What concerns the mailbox as a whole: how much it holds, and who else has its address. */
async function ofMailbox(
  app: App,
  playbook: Playbook,
  mailbox: Parameters<App['look']>[0],
  { messages, bytes }: { messages: number; bytes: number },
): Promise<Finding[]> {
  const quota = quotaOf(playbook, mailbox.wanted)
  const found: [Kind, string][] = []
  if (quota !== undefined && bytes > quota.bytes)
    found.push(['over-quota', `${sizeText(bytes)} in ${sizeText(quota.bytes)} (${quota.of})`])
  if (messages > mostMessages) found.push(['too-many', `${messages} messages`])
  const group = await app.groupAt(playbook, mailbox.address).catch(unlessWeather)
  if (group !== undefined) found.push(['group-address', `the group “${group}”`])
  return found.map(([kind, example]) => ({
    kind,
    effect: effects[kind],
    count: 1,
    expected: 1,
    least: 1,
    most: 1,
    examples: [example],
  }))
}

/** Without leave to read groups nothing is known of them; what passes is waited for. */
function unlessWeather(error: unknown): undefined {
  if (error instanceof Failure && error.verdict === 'permanent') return undefined
  throw error
}
