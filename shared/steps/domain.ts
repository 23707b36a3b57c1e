import { leftBehind, switchUntil } from '../calendar/missed.ts'
import { isMovable } from '../calendar/wave-day.ts'
import { type Answered, agreement, consensus, isTold, type Laggard } from '../dns/agreement.ts'
import { besideMx } from '../dns/beside-mx.ts'
import { lowerTtl, restore, rrset, sameData, settleMs, switchMx, zoneLines } from '../dns/records.ts'
import type { Authorities } from '../dns/resolve.ts'
import type { Change, Replaced } from '../dns/zone.ts'
import { Failure } from '../errors.ts'
import type { DomainFact } from '../life/facts.ts'
import { isPutBack } from '../life/wave.ts'
import type { DomainWork } from '../life/work.ts'
import { lives } from '../lives.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { type Answer, type Doing, type Turn, tell } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'
import { isMoving } from './moving-domains.ts'
import { domainOf } from './switched.ts'

type Step = (app: App, turn: Turn<DomainRow>) => Promise<Answer<DomainFact, DomainRow>>
type Waiting = { later: number; set: Partial<DomainRow> }

/** How long to wait before the servers are asked again, ms: often at first, since a secondary follows within seconds. */
const askAgainMs = (row: DomainRow, now: number) => Math.min(Math.max((now - row.since) / 4, 1_000), 60_000)

/** Reads what stands now, from every authoritative server alike, and learns what is to stand. */
const check: Step = async (app, { row }) => {
  const { domain } = row
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const dns = app.dns(playbook)
  const found = await dns.authorities(domain)
  const answers = await dns.askAll(found, domain, 'MX')
  const said = consensus(answers)
  if (!said.agreed) return notYet(app, row, 'its name servers to answer alike', said.laggards)
  const wantedMx = rrset(domain, 'MX', 1, await app.mxFor(playbook, domain)).data
  const before = row.before ?? { name: domain, type: 'MX' as const, rrset: said.rrset }
  const notes = await notesOn(app, playbook, domain, found, wantedMx)
  return { fact: 'domain-known', set: { zone: found.zone, before, wantedMx, answers: words(answers), ...notes } }
}

/** Lowers the TTL, proves it everywhere, then waits until no cache can hold the old one. */
const lower: Step = async (app, { row }) => {
  const { before, ttlSettledAt } = row
  if (ttlSettledAt !== undefined) {
    if (ttlSettledAt > app.now()) return { later: ttlSettledAt - app.now(), set: { waitsFor: 'the old TTL to pass' } }
    return { fact: 'ttl-settled' }
  }
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const changes = before ? lowerTtl([before], ttlOf(playbook)) : []
  const { open, answers = row.answers } = await change(app, playbook, row, changes)
  if (open) return open
  const settled = app.now() + (changes.length > 0 && before ? settleMs([before]) : 0)
  return { later: settled - app.now(), set: { ttlSettledAt: settled, waitsFor: 'the old TTL to pass', answers } }
}

/** Looks first whether the switch is still wanted: nobody else may say so while the records may be about to be written. */
const switchOver: Step = async (app, { row }) => {
  const wave = await app.store.waves.get('wave', keyPart(row.wave))
  if (wave?.row.state === 'cancelled' || isPutBack(wave?.row.state) || !(await isMoving(app, row))) return { fact: 'called-off' }
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  if (wave && (await isMissed(app, playbook, row, wave.row))) return { fact: 'put-off' }
  const replaced = await replace(app, playbook, row, switchChanges(playbook, row))
  if (replaced?.outcome === 'waiting') return { later: 60_000, set: { waitsFor: replaced.text } }
  return { fact: 'mx-written', set: { writtenAt: app.now() } }
}

/** Is it too late to write the new MX without a word, or was it left behind? Not where a server answers it already; late is not what a person released since. */
async function isMissed(app: App, playbook: Playbook, row: DomainRow, wave: WaveRow): Promise<boolean> {
  if (isMovable(wave)) return true
  const until = switchUntil(wave, playbook)
  const isLate = until !== undefined && app.now() > until && row.since <= until
  if (!isLate && !leftBehind(wave).includes(row.domain)) return false
  const wanted = wantedOf(playbook, row)
  const answers = await ask(app, playbook, row, wanted).then(
    told => told.answers,
    (error: unknown) => (error instanceof Failure ? [] : Promise.reject(error)),
  )
  return !answers.some(one => isTold(one) && sameData(one.rrset, wanted))
}

/** Nothing counts as done because a provider said so: each authoritative server is asked. */
const prove: Step = async (app, { row }) => {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const { found, answers, laggards } = await ask(app, playbook, row, wantedOf(playbook, row))
  if (laggards.length > 0) return notYet(app, row, 'every name server to answer the new MX', laggards)
  const notes = await notesOn(app, playbook, row.domain, found, row.wantedMx ?? [])
  return { fact: 'mx-proved', set: { switchedAt: app.now(), answers: words(answers), ...notes } }
}

const release: Step = async (app, { row }) => {
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(row.wave), states: ['synced'] }))
  const mine = rows.filter(({ address }) => domainOf(address) === row.domain)
  const set = ({ switchedAt = app.now() }: MailboxRow) => ({ switchedAt })
  await inParallel(mine, one => tell(app, lives.mailbox, lives.mailbox.at(one), { fact: 'switched', set: set(one) }))
  return { rest: true }
}

/** Puts back what stood before. Whether the new MX was written is asked of the servers where nobody lived to write it down. */
const restoreMx: Step = async (app, { row }) => {
  const { before } = row
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  if (!before) return { fact: 'mx-restored' }
  if (row.writtenAt === undefined) {
    const { answers } = await ask(app, playbook, row, before.rrset)
    const agreed = agreement(answers, before.rrset, { ttl: 'any' })
    if (agreed.proved && !(await isAhead(app, playbook, row, answers)))
      return { fact: 'mx-restored', set: { answers: words(answers) } }
    // Whoever is silent says nothing against it: there is nothing to put back before somebody answers otherwise.
    if (!agreed.proved && answers.every(one => !isTold(one) || sameData(one.rrset, before.rrset)))
      return notYet(app, row, 'every name server to answer the old MX', agreed.laggards)
  }
  const now = [{ ...before, rrset: wantedOf(playbook, row) }]
  const { open, answers } = await change(app, playbook, row, restore(now, [before], ttlOf(playbook)))
  if (open) return open
  const said = answers ?? words((await ask(app, playbook, row, before.rrset)).answers)
  return { fact: 'mx-restored', set: { switchedAt: undefined, answers: said } }
}

/**
 * Does the primary hold something else than its servers answer? It may have taken the new MX a moment ago, and not be one that is asked. One that
 * refuses us took nothing.
 */
async function isAhead(app: App, playbook: Playbook, row: DomainRow, answers: readonly Answered[]): Promise<boolean> {
  if (row.ttlSettledAt === undefined) return false
  const seen = answers.find(isTold)?.rrset ?? null
  const change = seen ? { before: seen, after: seen } : { before: wantedOf(playbook, row), after: null }
  try {
    const host = await app.zoneHost(playbook)
    return (await host.replace(row.zone ?? row.domain, [change])).outcome === 'conflict'
  } catch (error) {
    if (error instanceof Failure && error.verdict === 'permanent') return false
    throw error
  }
}

/** All that can be done for a domain, by the name that its machine gives it. */
export const domainDoing: Doing<DomainWork, DomainFact, DomainRow, App> = {
  'check-domain': check,
  'lower-ttl': lower,
  'switch-mx': switchOver,
  'prove-mx': prove,
  'release-mailboxes': release,
  'restore-mx': restoreMx,
}

/** Makes changes and proves them at every server: what is still awaited (`open`), or what all answer where something was changed. */
async function change(
  app: App,
  playbook: Playbook,
  row: DomainRow,
  changes: Change[],
): Promise<{ open?: Waiting; answers?: string[] }> {
  const replaced = await replace(app, playbook, row, changes)
  if (replaced?.outcome === 'waiting') return { open: { later: 60_000, set: { waitsFor: replaced.text } } }
  const said: string[] = []
  for (const { after } of changes) {
    const { answers, laggards } = await ask(app, playbook, row, after)
    if (laggards.length > 0) return { open: notYet(app, row, 'every name server to follow', laggards) }
    said.push(...words(answers))
  }
  return changes.length > 0 ? { answers: said } : {}
}

/** Compare and set at the DNS host. A conflict is a person’s to solve. */
async function replace(
  app: App,
  playbook: Playbook,
  row: DomainRow,
  changes: Change[],
): Promise<Exclude<Replaced, { outcome: 'conflict' }> | undefined> {
  if (changes.length === 0) return undefined
  const host = await app.zoneHost(playbook)
  const replaced = await host.replace(row.zone ?? row.domain, changes)
  if (replaced.outcome !== 'conflict') return replaced
  throw new Failure({
    verdict: 'permanent',
    during: `changing the records of ${row.domain}`,
    code: 'DNS-CONFLICT',
    text: replaced.found.map(({ why }) => why).join(' '),
    hint: 'Somebody else changed these records since they were read. Put back what stood before, or what is wanted, then release the domain’s wave.',
  })
}

async function ask(app: App, playbook: Playbook, { domain }: DomainRow, wanted: Change['after']) {
  const dns = app.dns(playbook)
  const found = await dns.authorities(domain)
  const answers = await dns.askAll(found, domain, 'MX')
  const agreed = agreement(answers, wanted)
  return { found, answers, laggards: agreed.proved ? [] : agreed.laggards }
}

function switchChanges(playbook: Playbook, { domain, before, wantedMx = [] }: DomainRow): Change[] {
  return switchMx(before ? [before] : [], [domain], wantedMx, ttlOf(playbook))
}

function wantedOf(playbook: Playbook, { domain, wantedMx = [] }: DomainRow) {
  return rrset(domain, 'MX', ttlOf(playbook), wantedMx)
}

function ttlOf({ routing }: Playbook): number {
  return leadsByMx(routing) ? routing.ttl : 300
}

function notYet(app: App, row: DomainRow, what: string, laggards: Laggard[]): Waiting {
  const answers = laggards.map(({ server, why, hint }) => `${server}: ${why}. ${hint}`)
  return { later: askAgainMs(row, app.now()), set: { waitsFor: what, answers } }
}

/** What does not add up about a domain: its servers, and the records beside its MX. */
async function notesOn(
  app: App,
  playbook: Playbook,
  domain: string,
  found: Authorities,
  mx: readonly string[],
): Promise<Pick<DomainRow, 'notes'>> {
  const texts = (name: string) => app.dns(playbook).askAll(found, name, 'TXT')
  const beside = await besideMx(texts, domain, { mx, isOnline: playbook.target.kind === 'exchange-online' })
  const notes = [...found.notes, ...beside]
  return { notes: notes.length > 0 ? notes : undefined }
}

function words(answers: readonly Answered[]): string[] {
  return answers.map(one =>
    'failure' in one
      ? `${one.server}: ${one.failure.message}`
      : `${one.server}: ${one.rrset ? zoneLines(one.rrset).join('; ') : 'no MX'}`,
  )
}
