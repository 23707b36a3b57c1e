import { approved } from '../calendar/approved.ts'
import { recordOnce } from '../commands/audit.ts'
import { newMailbox } from '../commands/new-mailbox.ts'
import type { WantedMailbox } from '../intake/mailbox.ts'
import { lives } from '../lives.ts'
import { skuOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { tell } from '../run.ts'
import { announceLeft } from '../steps/announcing.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import { type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
import type { Stored } from '../store/store.ts'
import { uncounted } from '../sums.ts'
import type { Said } from './answer.ts'
import { type Inventory, inventoriesOf } from './inventory.ts'

/** What became of a wave’s mailboxes by its answers. `kept`: begun already, so that its kind cannot be another any more. */
export type Followed = { changed: number; dropped: number; added: number; kept: string[] }

/** Does the wave follow an answer as soon as it is given? Else it follows when the date is confirmed. */
export function followsAtOnce({ state, gates }: WaveRow): boolean {
  return state === 'planned' && gates?.confirm === undefined
}

/** The same once everybody whose word the playbook asks for has confirmed the date. */
export async function followConfirmed(app: App, name: string, playbook: Playbook, who: string): Promise<void> {
  const stored = await app.store.waves.get('wave', keyPart(name))
  if (stored && approved(playbook, stored.row, 'confirm').enough) await followAnswers(app, stored.row, who)
}

/**
 * Makes the wave’s mailboxes what the answers say: kinds, licences, directory; dropped ones are cancelled with the reason, new ones added. Twice
 * equals once; what was stopped half-way is finished by the next call. The audit says once of these answers what following them means, before
 * anything is done: afterwards nobody could tell what an interrupted call had still to do.
 */
export async function followAnswers(app: App, wave: WaveRow, who: string, entity?: string): Promise<Followed> {
  const inventories = (await inventoriesOf(app, wave)).filter(
    one => one.answer && (entity === undefined || one.entity === entity),
  )
  const [planned, done] = [nothing(), nothing()]
  for (const inventory of inventories)
    await inParallel(inventory.said.values(), async said => count(planned, said, await toDo(app, inventory, said)))
  if (planned.changed + planned.dropped + planned.added > 0) {
    const answers = inventories.flatMap(({ answer }) => answer ?? [])
    const details = { ...(entity ? { entity } : {}), ...planned, kept: planned.kept.sort() }
    const entry = { subject: wave.wave, who, action: 'follow-answers', details }
    const since = Math.max(...answers.map(({ at }) => at))
    await recordOnce(
      app,
      entry,
      since,
      answers.map(({ entity, version }) => [entity, version]),
    )
  }
  await uncounted(app.store, wave.wave, async () => {
    for (const inventory of inventories) await inParallel(inventory.said.values(), said => follow(app, inventory, said, done))
  })
  await announceLeft(app, wave)
  return done
}

const nothing = (): Followed => ({ changed: 0, dropped: 0, added: 0, kept: [] })

function count(followed: Followed, { address }: Said, { does }: ToDo): void {
  if (does === 'keep') followed.kept.push(address)
  else if (does === 'change') followed.changed++
  else if (does === 'drop') followed.dropped++
  else if (does === 'add') followed.added++
}

/** What an answer still asks for of one mailbox. `keep`: it has begun and stays as it is. */
type ToDo =
  | { does: 'nothing' | 'keep' }
  | { does: 'drop' | 'change'; stored: Stored<MailboxRow>; wanted: WantedMailbox }
  | { does: 'add'; before: MailboxRow | undefined; wanted: WantedMailbox }

async function toDo(app: App, { wave: { wave }, entity, settings, answer }: Inventory, said: Said): Promise<ToDo> {
  const stored = await app.store.mailboxes.get(keyPart(wave), keyPart(said.address))
  // A list is the operator's, whatever an answer makes of its address.
  if (stored?.row.wanted.kind === 'list') return { does: 'keep' }
  if (!said.keep) {
    const mayGo = stored && 'cancel' in lives.mailbox.machine[stored.row.state].on
    return mayGo ? { does: 'drop', stored, wanted: stored.row.wanted } : { does: 'nothing' }
  }
  if (!stored || stored.row.state === 'cancelled') {
    // What an operator cancelled stays so; what an earlier answer dropped and this one keeps begins anew.
    if (stored && stored.row.dropped === undefined) return { does: 'nothing' }
    if (stored && (await hasBegun(app, stored.row))) return { does: 'keep' }
    const known = settings.entities[entity] !== undefined ? { entity } : {}
    const wanted = wantedBy(said, { address: said.address, kind: 'user', ...known }, settings)
    return { does: 'add', before: stored?.row, wanted }
  }
  const wanted = wantedBy(membersOf(said, answer, stored.row), stored.row.wanted, settings)
  if (same(wanted, stored.row.wanted)) return { does: 'nothing' }
  const isFixed = stored.row.state !== 'planned' && wanted.kind !== stored.row.wanted.kind
  return isFixed ? { does: 'keep' } : { does: 'change', stored, wanted }
}

/** Whom an operator let in or out since the answer was given stays in, or out. */
function membersOf(said: Said, answer: Inventory['answer'], { membersChange, wanted }: MailboxRow): Said {
  if (said.kind !== 'shared' || !membersChange || !answer || membersChange.at <= answer.at) return said
  return { ...said, members: wanted.members ?? [] }
}

async function hasBegun(app: App, row: MailboxRow): Promise<boolean> {
  const folders = app.store.folders.list({ partition: mailboxKey(row), limit: 1 })
  return !(await folders[Symbol.asyncIterator]().next()).done
}

async function follow(app: App, inventory: Inventory, said: Said, done: Followed): Promise<void> {
  for (;;) {
    const todo = await toDo(app, inventory, said)
    if (await does(app, inventory, said, todo)) return count(done, said, todo)
  }
}

/** False where somebody was faster: it is looked at again. */
async function does(app: App, { wave: of, title }: Inventory, said: Said, todo: ToDo): Promise<boolean> {
  switch (todo.does) {
    case 'drop': {
      const dropped = said.reason ?? `the answer of ${title} does not keep it`
      const at = lives.mailbox.at(todo.stored.row)
      return (await tell(app, lives.mailbox, at, { fact: 'cancel', set: { dropped } })) !== undefined
    }
    case 'add': {
      const { wave, playbook, playbookVersion } = of
      if (todo.before) await app.store.mailboxes.remove(todo.before)
      return (await app.store.mailboxes.insert(newMailbox(app, { wave, playbook, playbookVersion }, todo.wanted))) !== 'exists'
    }
    case 'change': {
      const { row, etag } = todo.stored
      const changed = { ...row, wanted: todo.wanted, ...left(row, todo.wanted) }
      return (await app.store.mailboxes.save(changed, etag)) !== 'conflict'
    }
    default:
      return true
  }
}

type Former = Pick<MailboxRow, 'formerMembers' | 'formerReaders'>

/** Who may open it, or see its calendar, no longer: the script that let them in takes their rights away again. */
function left({ wanted, formerMembers, formerReaders }: MailboxRow, now: WantedMailbox): Former {
  const members = gone(wanted.members, now.members, formerMembers)
  const readers = gone(readersOf(wanted), readersOf(now), formerReaders)
  return { ...(members ? { formerMembers: members } : {}), ...(readers ? { formerReaders: readers } : {}) }
}

function gone(before: string[] = [], now: string[] = [], former: string[] = []): string[] | undefined {
  const all = [...new Set([...former, ...before])].filter(one => !now.includes(one))
  return all.length > 0 || former.length > 0 ? all.sort() : undefined
}

function readersOf({ calendarShares = [] }: WantedMailbox): string[] {
  return calendarShares.map(({ reader }) => reader)
}

/** A mailbox as the answer wants it; what the answer does not speak of stays as the operator gave it. */
export function wantedBy(said: Said, before: WantedMailbox, { licences }: Playbook): WantedMailbox {
  const { aliasOf: _, members: __, licence: own, reason: ___, fresh: ____, calendarShares: shared, ...rest } = before
  const { kind = 'user', licence, aliasOf, members, reason, surname, givenName, phone, jobTitle, department, fresh } = said
  const { source: _____, ...sourceless } = rest
  const name = nameOf({ givenName, surname })
  // What an operator called it stays; what an earlier answer did is said anew.
  const isTheirs = before.displayName === undefined || before.displayName === nameOf(before)
  const identifier = Object.values(said.identifiers ?? {})[0]
  const calendarShares = said.calendarShares ?? shared ?? []
  const sku = licence === undefined ? own : skuOf(licences, licence)
  return {
    ...(kind === 'alias' ? sourceless : rest),
    kind,
    answered: true,
    ...(kind === 'user' && sku !== undefined ? { licence: sku } : {}),
    ...(aliasOf === undefined ? {} : { aliasOf }),
    ...(members === undefined ? {} : { members }),
    ...(calendarShares.length === 0 ? {} : { calendarShares }),
    ...(reason === undefined ? {} : { reason }),
    ...(name !== '' && isTheirs ? { displayName: name } : {}),
    ...(surname === undefined ? {} : { surname }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(phone === undefined ? {} : { phone }),
    ...(jobTitle === undefined ? {} : { jobTitle }),
    ...(department === undefined ? {} : { department }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(fresh || before.fresh ? { fresh: true as const } : {}),
  }
}

function nameOf({ givenName, surname }: { givenName?: string | undefined; surname?: string | undefined }): string {
  return [givenName, surname].filter(Boolean).join(' ')
}

function same(a: WantedMailbox, b: WantedMailbox): boolean {
  const sorted = (one: WantedMailbox) => JSON.stringify(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)))
  return sorted(a) === sorted(b)
}
