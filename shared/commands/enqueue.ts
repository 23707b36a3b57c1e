import { createHash } from 'node:crypto'
import { Refusal } from '../errors.ts'
import { canonicalWave, type WaveRequest } from '../intake/wave.ts'
import { lives } from '../lives.ts'
import { needsDay, stepsDue } from '../playbooks/calendar.ts'
import { type Playbook, parsePlaybook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { start } from '../run.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import { type DomainRow, type MailboxRow, playbookKey, type WaveRow } from '../store/schema.ts'
import { record } from './audit.ts'

/** Stores a wave and starts it. The same request again is the same wave; another one of its name is refused. `created`: was it new? */
export async function enqueueWave(app: App, request: WaveRequest, who: string): Promise<{ created: boolean }> {
  const digest = createHash('sha256').update(canonicalWave(request)).digest('hex')
  const existing = await app.store.waves.get('wave', keyPart(request.wave))
  if (existing) return again(app, existing.row, digest)

  const stored = await app.store.playbooks.get(...playbookKey(request.playbook))
  if (!stored) {
    const details = [
      {
        path: 'playbook',
        message: `there is no playbook “${request.playbook}”: send it first, PUT /api/playbooks/${request.playbook}`,
      },
    ]
    throw new Refusal(422, 'unknown-playbook', 'the wave names a playbook that is not stored; nothing was stored', details)
  }
  const playbook = parsePlaybook(stored.row.body, undefined, request.playbook)
  const gates = gatesOf(playbook, request.day)
  const common = { wave: request.wave, playbook: request.playbook, playbookVersion: stored.row.number }

  await app.store.mailboxes.put(request.mailboxes.map(wanted => newMailbox(app, common, wanted)))
  await app.store.domains.put(domainsOf(playbook, request).map(domain => ({ ...newLife(app), ...common, domain })))
  const row: WaveRow = {
    ...newLife(app),
    ...common,
    ...(request.day ? { day: request.day } : {}),
    gates,
    request: digest,
    createdAt: app.now(),
    dueAt: app.now() + app.quietMs,
  }
  const inserted = await app.store.waves.insert(row)
  if (inserted === 'exists') {
    const other = await app.store.waves.get('wave', keyPart(request.wave))
    if (other) return again(app, other.row, digest)
  }
  await record(app, {
    subject: request.wave,
    who,
    action: 'enqueue',
    details: { mailboxes: request.mailboxes.length, day: request.day },
  })
  await start(app, lives.wave, row)
  return { created: true }
}

/** When each step of the calendar begins at the earliest, epoch ms. Throws a Refusal where the calendar needs a day. */
export function gatesOf(playbook: Playbook, day: string | undefined): Record<string, number> {
  if (day === undefined) {
    if (!needsDay(playbook.calendar)) return {}
    const details = [{ path: 'day', message: 'is missing: this playbook’s calendar counts from day D; expected YYYY-MM-DD' }]
    throw new Refusal(400, 'invalid-wave', 'the wave has one fault; nothing was stored', details)
  }
  return Object.fromEntries(stepsDue(playbook, day).flatMap(({ step, dueAt }) => (step === undefined ? [] : [[step, dueAt]])))
}

async function again(app: App, row: WaveRow, digest: string): Promise<{ created: boolean }> {
  if (row.request === digest) {
    // A request that was stopped before its kick is finished here.
    if (row.state === 'planned') await start(app, lives.wave, row)
    return { created: false }
  }
  const details = [{ path: 'wave', message: `“${row.wave}” is taken by another wave (it is ${row.state}): choose another name` }]
  throw new Refusal(409, 'wave-exists', 'there is another wave of this name; nothing was stored', details)
}

function newLife(app: App) {
  return { state: 'planned' as const, pass: 0, fence: 0, tries: 0, since: app.now() }
}

type Common = { wave: string; playbook: string; playbookVersion: number }

function newMailbox(app: App, common: Common, wanted: MailboxRow['wanted']): MailboxRow {
  const counts = {
    folders: 0,
    found: 0,
    copied: 0,
    adopted: 0,
    excepted: 0,
    foundBytes: 0,
    copiedBytes: 0,
    latePasses: 0,
    lateEmpty: 0,
  }
  return { ...newLife(app), ...common, ...counts, address: wanted.address, wanted }
}

/** The domains whose MX the wave switches: those of its addresses, where its playbook routes by domain. */
function domainsOf({ routing }: Playbook, { mailboxes }: WaveRequest): DomainRow['domain'][] {
  if (routing.kind === 'none') return []
  return [...new Set(mailboxes.map(({ address }) => domainOf(address)))].sort()
}
