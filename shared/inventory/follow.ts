import { approved } from '../calendar/approved.ts'
import { record } from '../commands/audit.ts'
import { newMailbox } from '../commands/new-mailbox.ts'
import type { WantedMailbox } from '../intake/mailbox.ts'
import { lives } from '../lives.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { tell } from '../run.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import { type MailboxRow, mailboxKey, type WaveRow } from '../store/schema.ts'
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
 * equals once; what was stopped half-way is finished by the next call.
 */
export async function followAnswers(app: App, wave: WaveRow, who: string, entity?: string): Promise<Followed> {
  const all = await inventoriesOf(app, wave)
  const done: Followed = { changed: 0, dropped: 0, added: 0, kept: [] }
  for (const inventory of all.filter(one => one.answer && (entity === undefined || one.entity === entity)))
    await inParallel(inventory.said.values(), said => follow(app, inventory, said, done))
  if (done.changed + done.dropped + done.added > 0)
    await record(app, { subject: wave.wave, who, action: 'follow-answers', details: { ...(entity ? { entity } : {}), ...done } })
  return done
}

async function follow(app: App, { wave, entity, settings, title }: Inventory, said: Said, done: Followed): Promise<void> {
  const { wave: name, playbook, playbookVersion } = wave
  for (;;) {
    const stored = await app.store.mailboxes.get(keyPart(name), keyPart(said.address))
    if (!said.keep) {
      if (!stored || stored.row.state === 'cancelled') return
      const dropped = said.reason ?? `the answer of ${title} does not keep it`
      if (await tell(app, lives.mailbox, lives.mailbox.at(stored.row), { fact: 'cancel', set: { dropped } })) done.dropped++
      return
    }
    // What an operator cancelled stays so; what an earlier answer dropped and this one keeps begins anew.
    if (stored?.row.state === 'cancelled') {
      if (stored.row.dropped === undefined) return
      const folders = await app.store.folders
        .list({ partition: mailboxKey(stored.row), limit: 1 })
        [Symbol.asyncIterator]()
        .next()
      if (!folders.done) return void done.kept.push(said.address)
      await app.store.mailboxes.remove(stored.row)
      continue
    }
    if (!stored) {
      const known = settings.entities[entity] !== undefined ? { entity } : {}
      const wanted = wantedBy(said, { address: said.address, kind: 'user', ...known }, settings)
      if ((await app.store.mailboxes.insert(newMailbox(app, { wave: name, playbook, playbookVersion }, wanted))) === 'exists')
        continue
      done.added++
      return
    }
    const wanted = wantedBy(said, stored.row.wanted, settings)
    if (same(wanted, stored.row.wanted)) return
    if (stored.row.state !== 'planned' && wanted.kind !== stored.row.wanted.kind) return void done.kept.push(said.address)
    const row: MailboxRow = { ...stored.row, wanted }
    if ((await app.store.mailboxes.save(row, stored.etag)) === 'conflict') continue
    done.changed++
    return
  }
}

/** A mailbox as the answer wants it; what the answer does not speak of stays as the operator gave it. */
export function wantedBy(said: Said, before: WantedMailbox, { licences }: Playbook): WantedMailbox {
  const { aliasOf: _, members: __, licence: own, reason: ___, fresh: ____, ...rest } = before
  const { kind = 'user', licence, aliasOf, members, reason, surname, givenName, phone, jobTitle, department, fresh } = said
  const { source: _____, ...sourceless } = rest
  const name = [givenName, surname].filter(Boolean).join(' ')
  const identifier = Object.values(said.identifiers ?? {})[0]
  const sku = licence === undefined ? own : (licences[licence]?.sku ?? licence)
  return {
    ...(kind === 'alias' ? sourceless : rest),
    kind,
    answered: true,
    ...(kind === 'user' && sku !== undefined ? { licence: sku } : {}),
    ...(aliasOf === undefined ? {} : { aliasOf }),
    ...(members === undefined ? {} : { members }),
    ...(reason === undefined ? {} : { reason }),
    ...(name === '' || before.displayName !== undefined ? {} : { displayName: name }),
    ...(surname === undefined ? {} : { surname }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(phone === undefined ? {} : { phone }),
    ...(jobTitle === undefined ? {} : { jobTitle }),
    ...(department === undefined ? {} : { department }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(fresh || before.fresh ? { fresh: true as const } : {}),
  }
}

function same(a: WantedMailbox, b: WantedMailbox): boolean {
  const sorted = (one: WantedMailbox) => JSON.stringify(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)))
  return sorted(a) === sorted(b)
}
