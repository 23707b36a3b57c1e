import { z } from 'zod'
import type { Item, Kind } from '../items/item.ts'
import type { ItemBox } from '../items/mailbox.ts'
import { type Ask, type Graph, segment } from './client.ts'

/** Where the key of what was brought stands: a property of our own, which nobody sees. */
export const keyProperty = 'String {c7a4c2f0-5d0e-4b7e-9a55-6f1f0d2b8e31} Name ReleveKey'

const listed = z.object({
  id: z.string(),
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string() })).nullish(),
})

const permissions: Record<Kind, Pick<Ask, 'permission'>> = {
  contacts: { permission: 'Contacts.ReadWrite' },
  events: { permission: 'Calendars.ReadWrite' },
  tasks: { permission: 'Tasks.ReadWrite.All' },
}

type Slots = <T>(work: () => Promise<T>) => Promise<T>

/** The contacts and the calendar of a mailbox of Exchange Online. `slotsOf`: as many requests at once as Exchange takes. */
export function graphItems(graph: Graph, slotsOf: (mailbox: string) => Slots, mailbox: string): ItemBox {
  const slots = slotsOf(mailbox)
  const at = (kind: Kind) => `users/${segment(mailbox)}/${kind}`
  return {
    keys: async kind => {
      const query = [
        '$select=id',
        `$expand=singleValueExtendedProperties($filter=${encodeURIComponent(`id eq '${keyProperty}'`)})`,
        '$top=500',
      ].join('&')
      const ask = { during: `looking what ${kind} there are in the mailbox ${mailbox}`, ...permissions[kind] }
      const all = await slots(() => graph.list(`${at(kind)}?${query}`, listed, ask))
      return new Set(all.flatMap(one => (one.singleValueExtendedProperties ?? []).map(({ value }) => value)))
    },
    make: async ({ kind, key, body, at: where }: Item) => {
      const ask = { during: `bringing what stands at ${where} to the ${kind} of ${mailbox}`, ...permissions[kind] }
      const whole = { ...body, singleValueExtendedProperties: [{ id: keyProperty, value: key }] }
      await slots(() => graph.act(at(kind), whole, ask))
    },
  }
}
