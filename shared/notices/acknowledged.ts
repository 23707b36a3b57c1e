import type { Playbook } from '../playbooks/playbook.ts'
import { keyPart } from '../store/columns.ts'
import type { NoticeRow } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'

/** A reader of rules: what tells his notices from those of others. */
export type ReaderOf = Pick<NoticeRow, 'wave' | 'to' | 'address' | 'entity'>

/** Where a reader stands with the rules: acknowledged, or the notice (template `acknowledgement`) that he has yet to acknowledge, if he was sent one. */
export async function rulesOf(
  store: Store,
  { notices }: Pick<Playbook, 'notices'>,
  { wave, to, address, entity }: ReaderOf,
): Promise<{ acknowledged: boolean; open?: NoticeRow }> {
  const from = `${keyPart(to)}|${keyPart(address)}|`
  const mine = await all(store.notices.list({ partition: keyPart(wave), from, below: `${from.slice(0, -1)}}` }))
  const rules = notices.flatMap(({ notice, template }) => (template === 'acknowledgement' ? [notice] : []))
  const asked = mine.filter(row => rules.includes(row.notice) && row.entity === entity && row.state !== 'cancelled')
  const open = asked.find(({ acknowledgedAt }) => acknowledgedAt === undefined)
  return open ? { acknowledged: false, open } : { acknowledged: asked.length > 0 }
}
