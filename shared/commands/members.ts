import { z } from 'zod'
import type { MembersChange } from '../accounts/accounts.ts'
import { Refusal } from '../errors.ts'
import { address } from '../intake/address.ts'
import { check } from '../intake/faults.ts'
import { members, placeOf } from '../intake/mailbox.ts'
import { why } from '../intake/words.ts'
import { type Change, membersScript } from '../inventory/exchange-script.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { record } from './audit.ts'
import { waveRow } from './status.ts'
import { membersLine, notDone } from './to-do.ts'
import { membersAfter, mustStandAtTarget, openingFaults } from './who-may-open.ts'

const change = z.strictObject({ address, add: members.default([]), remove: members.default([]) })
const order = z.strictObject({ why, mailboxes: z.array(change).min(1).max(500) })
type Order = z.output<typeof change>

/**
 * Lets people into shared mailboxes and out of them, at any time. Exchange does that by no call of Graph: the answer has the PowerShell for just this
 * change, and the wave’s toDo names it until somebody says that it was run. Throws a Refusal with every fault; nothing is changed then. Twice is once.
 */
export async function changeMembers(app: App, name: string, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  const row = await waveRow(app, name)
  mustStandAtTarget(row)
  const rows = await gathered(app.store.mailboxes.list({ partition: keyPart(name) }))
  const mailboxes = rows.map(one => one.row)
  const found = [...faults, ...(await openingFaults(app, row, mailboxes, Object(body).mailboxes))]
  if (!value || found.length > 0) throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', found)
  const began = app.now()
  const byAddress = new Map(mailboxes.map(one => [one.address, one]))
  const changing = value.mailboxes.filter(one => {
    const mailbox = byAddress.get(one.address)
    return mailbox && changed(row, mailbox, one, began)
  })
  if (changing.length > 0) {
    const details = { mailboxes: changing }
    await record(app, { subject: name, who, action: 'members', why: value.why, details }, began)
    await sayChanged(app, name, began)
    for (const one of changing) await save(app, row, one, began)
  }
  const changes = value.mailboxes.flatMap(({ address: at, add, remove }): Change[] => {
    const mailbox = byAddress.get(at)
    return mailbox ? [{ wanted: mailbox.wanted, added: add, removed: remove }] : []
  })
  return {
    wave: name,
    action: 'members' as const,
    changed: changing.length,
    next: `run script in Exchange PowerShell (GET /api/waves/${name}/members.ps1 has it, too), then say so: POST /api/waves/${name}/done`,
    script: await scriptOf(app, row, changes, mailboxes),
  }
}

/** The PowerShell for all that such orders changed and nobody said was carried out. */
export async function waveMembersScript(app: App, name: string): Promise<{ file: string; script: string }> {
  const row = await waveRow(app, name)
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(name) }))
  const changes = mailboxes.flatMap(({ address, wanted, membersChange }): Change[] =>
    membersChange && isOpen(row, address, membersChange) ? [{ wanted, ...membersChange }] : [],
  )
  return { file: `${name}-members.ps1`, script: await scriptOf(app, row, changes, mailboxes) }
}

async function scriptOf(app: App, row: WaveRow, changes: readonly Change[], mailboxes: readonly MailboxRow[]) {
  const { target } = await app.playbook(row.playbook, row.playbookVersion)
  const places = new Map(mailboxes.map(one => [one.address, placeOf(one.wanted)]))
  return membersScript(row.wave, changes, target.kind, address => places.get(address) ?? address)
}

/** The wave’s row says that its mailboxes are to be asked, before the first of them has anything to say. */
async function sayChanged(app: App, wave: string, at: number): Promise<void> {
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(wave))
    if (!stored || (stored.row.membersAt ?? 0) >= at) return
    if ((await app.store.waves.save({ ...stored.row, membersAt: at }, stored.etag)) !== 'conflict') return
  }
}

async function save(app: App, wave: WaveRow, one: Order, at: number): Promise<void> {
  for (;;) {
    const stored = await app.store.mailboxes.get(keyPart(wave.wave), keyPart(one.address))
    const next = stored && changed(wave, stored.row, one, at)
    if (!stored || !next || (await app.store.mailboxes.save(next, stored.etag)) !== 'conflict') return
  }
}

/** The mailbox as the order wants it; undefined where the last order said so already. */
function changed(wave: WaveRow, row: MailboxRow, { add, remove }: Order, at: number): MailboxRow | undefined {
  const { membersChange: before, formerMembers: former = [], wanted } = row
  if (before && add.every(one => before.added.includes(one)) && remove.every(one => before.removed.includes(one)))
    return undefined
  const open = before && isOpen(wave, row.address, before) ? before : { added: [], removed: [] }
  const [added, removed] = [membersAfter(open.added, add, remove), membersAfter(open.removed, remove, add)]
  return {
    ...row,
    wanted: { ...wanted, members: membersAfter(wanted.members, add, remove) },
    formerMembers: membersAfter(former, remove, add),
    membersChange: { at, added, removed },
  }
}

function isOpen(wave: WaveRow, address: string, change: MembersChange): boolean {
  return notDone(wave, [membersLine(wave.wave, address, change)]).length > 0
}
