import { local } from '../notices/facts.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import type { AnswerRow, InventoryRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import type { Said } from './answer.ts'
import { latestAnswer, saidIn } from './history.ts'
import { type Proposal, proposed } from './judge.ts'

/** A mailbox of today: its row, what was found, what is proposed. */
export type Item = { row: MailboxRow; found?: InventoryRow; proposal: Proposal }

/** The inventory of one entity: its mailboxes by address, its last answer, and the playbook as it holds for it. */
export type Inventory = {
  wave: WaveRow
  entity: string
  title: string
  settings: Playbook
  items: Item[]
  /** The lists of the wave, which no answer speaks of: a shared mailbox may have them as members. */
  lists: ReadonlySet<string>
  answer?: AnswerRow
  said: ReadonlyMap<string, Said>
}

/** Every entity of a wave with its inventory, by name. */
export async function inventoriesOf(app: App, wave: WaveRow): Promise<Inventory[]> {
  const partition = keyPart(wave.wave)
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const [mailboxes, found] = await Promise.all([
    all(app.store.mailboxes.list({ partition })),
    all(app.store.inventories.list({ partition })),
  ])
  const lists = new Set(mailboxes.flatMap(({ address, wanted }) => (wanted.kind === 'list' ? [address] : [])))
  const byAddress = new Map(found.map(row => [row.address, row]))
  const entities = new Map<string, MailboxRow[]>()
  for (const row of mailboxes.filter(isOurs)) {
    const entity = entityName(playbook, row)
    entities.set(entity, [...(entities.get(entity) ?? []), row])
  }
  const names = [...entities.keys()].sort()
  return Promise.all(
    names.map(async (entity): Promise<Inventory> => {
      const settings = settingsOf(playbook, entity)
      const answer = await latestAnswer(app.store, wave.wave, entity)
      const said = answer ? await saidIn(app.store, answer) : []
      const items = (entities.get(entity) ?? []).map((row): Item => {
        const found = byAddress.get(row.address)
        const proposal = proposed(row.address, found?.measured, settings.inventory, settings.licences, app.now())
        return { row, ...(found ? { found } : {}), proposal }
      })
      const title = local(playbook.entities[entity]?.title ?? entity, settings.languages?.[0] ?? 'fr')
      const map = new Map(said.map(one => [one.address, one]))
      return { wave, entity, title, settings, items, lists, ...(answer ? { answer } : {}), said: map }
    }),
  )
}

/** The entity that speaks for a mailbox; where the playbook names none, its domain does. */
export function entityName(playbook: Playbook, row: MailboxRow): string {
  return entityOf(playbook, row) ?? domainOf(row.address)
}

/** What an operator has cancelled is nobody's question any more; what an answer dropped is. Lists are the operator's. */
function isOurs({ state, dropped, wanted }: MailboxRow): boolean {
  return wanted.kind !== 'list' && (state !== 'cancelled' || dropped !== undefined)
}
