import { type Fault, Refusal } from '../errors.ts'
import type { WantedMailbox } from '../intake/mailbox.ts'
import type { WaveRequest } from '../intake/wave.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { isLive } from '../steps/take-up.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/**
 * By address, the last wave that brought the same old mailbox to the same new one before: its ledger is gone on with. Throws a Refusal (409) with
 * every mailbox that another wave still has, since both would copy it.
 */
export async function earlierWaves(app: App, playbook: Playbook, { wave, mailboxes }: WaveRequest): Promise<Map<string, string>> {
  const wanted = new Map(mailboxes.map(one => [one.address, one]))
  const waves = (await all(app.store.waves.list({ partition: 'wave' }))).filter(other => other.wave !== wave)
  const same: { other: WaveRow; row: MailboxRow }[] = []
  await inParallel(waves, async other => {
    const rows = await all(app.store.mailboxes.list({ partition: keyPart(other.wave) }))
    for (const row of rows) {
      const one = wanted.get(row.address)
      const places = one && placesOf(playbook, one)
      if (!places) continue
      const its = await app.playbook(row.playbook, row.playbookVersion)
      if (placesOf(its, row.wanted) === places) same.push({ other, row })
    }
  })
  const live = new Map(same.flatMap(({ other, row }) => (isLive(other, row) ? [[row.address, row] as const] : [])))
  const faults = mailboxes.flatMap(({ address }, i): Fault[] => {
    const row = live.get(address)
    if (!row) return []
    const message = `${address} is in wave “${row.wave}” (${row.state}) and would be copied twice: leave it out here, or cancel it there first`
    return [{ path: `mailboxes[${i}].address`, message }]
  })
  if (faults.length > 0)
    throw new Refusal(409, 'in-another-wave', 'mailboxes of it are in another wave; nothing was stored', faults)
  const brought = same.filter(({ row }) => row.targetReadyAt !== undefined)
  const inOrder = brought.sort((a, b) => a.other.createdAt - b.other.createdAt)
  return new Map(inOrder.map(({ other, row }) => [row.address, other.wave]))
}

/** The old mailbox and the new one; an alias has neither. */
function placesOf({ source, target }: Playbook, { address, kind, source: from, target: to }: WantedMailbox): string | undefined {
  if (kind === 'alias') return undefined
  const ends = [source.imap, target.imap].map(({ host, port }) => `${host}:${port}`)
  return JSON.stringify([...ends, from?.user ?? address, to?.user ?? address])
}
