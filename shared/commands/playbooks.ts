import { Refusal } from '../errors.ts'
import { hasEnded } from '../life/wave.ts'
import { noticeFaults } from '../notices/fitting.ts'
import { type Difference, differences } from '../playbooks/difference.ts'
import { settingsOf } from '../playbooks/entity.ts'
import { oddQuotas } from '../playbooks/odd-quotas.ts'
import { type Playbook, parsePlaybook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type PlaybookRow, playbookKey } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { recordOnce } from './audit.ts'
import { carryOut } from './dry-run.ts'

/**
 * As `storePlaybook`, or (`?dryRun=true`) shows what that would change: the differences to the stored version by path, and the open waves that keep
 * the version they began with. Throws the same Refusal.
 */
export async function putPlaybook(app: App, name: string, sent: Sent, dryRun: string | null) {
  const { dry, result } = await carryOut(app, dryRun, on => storePlaybook(on, name, sent.body, sent.contentType, sent.who))
  const { created, ...answer } = result
  if (!dry) return { status: created ? 201 : 200, answer }
  const current = await app.store.playbooks.get(...playbookKey(name))
  // Null: there is no version yet, or one that this program cannot read.
  const found = current && since(parsePlaybook(sent.body, sent.contentType, name), current.row.body)
  return { status: 200, answer: { ...answer, created, differences: found ?? null, keep: await openWaves(app, name) } }
}

type Sent = { body: string; contentType: string | undefined; who: string }

/** Waves of a playbook that are not over: none of them follows a version that comes after it was sent. */
async function openWaves(app: App, name: string) {
  const waves = await all(app.store.waves.list({ partition: 'wave' }))
  const open = waves.filter(({ playbook, state }) => playbook === name && !hasEnded(state))
  return open.map(({ wave, state, day, playbookVersion }) => ({ wave, state, ...(day ? { day } : {}), version: playbookVersion }))
}

/** Stores a playbook as its next version, if it is valid and says anything new. `warnings`: what is allowed and hardly meant. Throws a Refusal with every fault. */
export async function storePlaybook(app: App, name: string, body: string, contentType: string | undefined, who: string) {
  const playbook = parsePlaybook(body, contentType, name)
  checkNotices(playbook)
  const odd = oddQuotas(playbook)
  const said = odd.length > 0 ? { warnings: odd } : {}
  for (;;) {
    const current = await app.store.playbooks.get(...playbookKey(name))
    if (current?.row.body === body) return { playbook: name, version: current.row.number, created: false, ...said }
    const number = (current?.row.number ?? 0) + 1
    const [, version] = playbookKey(name, number)
    const row: PlaybookRow = { playbook: name, version, number, body, at: app.now(), who }
    if ((await app.store.playbooks.insert(row)) === 'exists') {
      // Another request stored this version, or was stopped before it pointed `current` at it: finish that, then look again.
      const stored = await app.store.playbooks.get(...playbookKey(name, number))
      if (stored) await putInForce(app, stored.row, readable(stored.row), current?.row.body)
      continue
    }
    await putInForce(app, row, playbook, current?.row.body)
    return { playbook: name, version: number, created: true, ...said }
  }
}

/** Points `current` at a stored version; before that it is in the audit, once, whoever comes to do so. */
async function putInForce(app: App, row: PlaybookRow, playbook: Playbook | undefined, before: string | undefined): Promise<void> {
  const { playbook: subject, number, who = 'nobody known', at } = row
  const said = playbook ? { ...changed(playbook, before), ...accepted(playbook) } : {}
  await recordOnce(app, { subject, who, action: 'playbook', details: { version: number, ...said } }, at, number)
  await app.store.playbooks.put([{ ...row, version: 'current' }])
}

/** The paths at which it differs from the version before, some dozens at most; nothing for the first, or for one that this version cannot read. */
function changed(playbook: Playbook, before: string | undefined): { changed?: string[] } {
  const found = before === undefined ? undefined : since(playbook, before)?.map(({ path }) => path)
  if (!found) return {}
  return { changed: found.length > 60 ? [...found.slice(0, 60), `and ${found.length - 60} more`] : found }
}

/** What it says differently from a stored version; undefined where this version of the program cannot read that one. */
function since(playbook: Playbook, before: string): Difference[] | undefined {
  const was = readable({ playbook: playbook.playbook, body: before })
  return was && differences(was, playbook)
}

/** A stored version; undefined where this version of the program cannot read it. */
function readable({ playbook, body }: Pick<PlaybookRow, 'playbook' | 'body'>): Playbook | undefined {
  try {
    return parsePlaybook(body, undefined, playbook)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Who answers for passwords in mails, and why. */
function accepted(playbook: Playbook): { acceptedRisk?: unknown } {
  const all = [undefined, ...Object.keys(playbook.entities)].map(entity => settingsOf(playbook, entity).passwords)
  const risks = all.flatMap(passwords => (passwords.mode === 'mail' ? [passwords.acceptRisk] : []))
  return risks.length > 0 ? { acceptedRisk: risks[0] } : {}
}

/** A notice that cannot be written is a fault of the playbook, not of the night it is due. */
function checkNotices(playbook: Playbook): void {
  const faults = noticeFaults(playbook)
  if (faults.length > 0) throw new Refusal(400, 'invalid-playbook', 'the playbook has faults; nothing was stored', faults)
}
