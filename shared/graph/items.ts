import { z } from 'zod'
import type { Item, Kind, Part } from '../items/item.ts'
import type { ItemBox, There } from '../items/mailbox.ts'
import type { Slots } from '../targets/graph-slots.ts'
import { type Ask, type Graph, segment } from './client.ts'

/** Where the key of what was brought stands: a property of our own, which nobody sees. */
export const keyProperty = 'String {c7a4c2f0-5d0e-4b7e-9a55-6f1f0d2b8e31} Name ReleveKey'
/** Of a series: `owed` until its single days are done. */
const partsProperty = 'String {c7a4c2f0-5d0e-4b7e-9a55-6f1f0d2b8e31} Name ReleveParts'
/** The same of a task: To Do has open extensions instead. */
const extension = 'releve.item'

const property = z.object({ id: z.string(), value: z.string() })
const listed = z.object({ id: z.string(), singleValueExtendedProperties: z.array(property).nullish() })
const listedTask = z.object({
  id: z.string(),
  extensions: z.array(z.object({ extensionName: z.string().nullish(), key: z.string().nullish() })).nullish(),
})
const listedDay = z.object({
  id: z.string(),
  type: z.string().nullish(),
  isAllDay: z.boolean().nullish(),
  start: z.object({ dateTime: z.string() }),
})
const made = z.object({ id: z.string() })
const list = z.object({ id: z.string(), wellknownListName: z.string().nullish() })

const permissions: Record<Kind, Pick<Ask, 'permission'>> = {
  contacts: { permission: 'Contacts.ReadWrite' },
  events: { permission: 'Calendars.ReadWrite' },
  tasks: { permission: 'Tasks.ReadWrite.All' },
}

/** The contacts, the calendar and the tasks of a mailbox of Exchange Online. `slotsOf`: as many requests at once as Exchange takes. */
export function graphItems(graph: Graph, slotsOf: (mailbox: string) => Slots, mailbox: string): ItemBox {
  const slots = slotsOf(mailbox)
  const user = `users/${segment(mailbox)}`
  let tasks: Promise<string> | undefined

  const box: ItemBox = {
    keys: async kind => {
      const ask = { during: `looking what ${kind} there are in the mailbox ${mailbox}`, ...permissions[kind] }
      if (kind === 'tasks') {
        const all = await slots(async () => graph.list(`${await taskList(ask)}?$expand=extensions&$top=100`, listedTask, ask))
        return new Map(all.flatMap(one => keyOfTask(one)))
      }
      const wanted = [keyProperty, partsProperty].map(id => `id eq '${id}'`).join(' or ')
      const expand = `$expand=singleValueExtendedProperties($filter=${encodeURIComponent(wanted)})`
      const all = await slots(() => graph.list(`${user}/${kind}?$select=id&${expand}&$top=500`, listed, ask))
      return new Map(all.flatMap(one => keyOfItem(one)))
    },
    make: async item => {
      const { kind, key, body, parts } = item
      const ask = asking(item)
      if (kind === 'tasks') {
        const extensions = [{ '@odata.type': '#microsoft.graph.openTypeExtension', extensionName: extension, key }]
        await slots(async () => graph.act(await taskList(ask), { ...body, extensions }, ask))
        return []
      }
      const owed = parts ? [{ id: partsProperty, value: 'owed' }] : []
      const whole = { ...body, singleValueExtendedProperties: [{ id: keyProperty, value: key }, ...owed] }
      // Exchange makes one event of the same transaction, even of two requests at once.
      const once = kind === 'events' ? { transactionId: key } : {}
      const { id } = await slots(() => graph.post(`${user}/${kind}`, { ...whole, ...once }, made, ask))
      return parts ? box.finish(item, id) : []
    },
    finish: async (item, id) => {
      const ask = asking(item)
      const parts = item.parts ?? []
      const days = await slots(() => graph.list(`${user}/events/${segment(id)}/instances?${windowOf(parts)}`, listedDay, ask))
      const lost: string[] = []
      for (const { begins, body } of parts) {
        // One that the series does not have was left out before, or its rule names another.
        const day = days.find(one => one.type === 'occurrence' && beginsAt(one, begins))
        const at = `${user}/events/${segment(day?.id ?? '')}`
        if (day) await slots(() => (body ? graph.patch(at, body, ask) : graph.remove(at, ask)))
        else if (body) lost.push('changed day')
      }
      const done = { singleValueExtendedProperties: [{ id: partsProperty, value: 'done' }] }
      await slots(() => graph.patch(`${user}/events/${segment(id)}`, done, ask))
      return [...new Set(lost)]
    },
  }
  return box

  function asking({ kind, at }: Item): Ask {
    return { during: `bringing what stands at ${at} to the ${kind} of ${mailbox}`, ...permissions[kind] }
  }

  /** The list that To Do opens with. */
  function taskList(ask: Ask): Promise<string> {
    tasks ??= graph.list(`${user}/todo/lists`, list, ask).then(all => {
      const own = all.find(({ wellknownListName }) => wellknownListName === 'defaultList') ?? all[0]
      return `${user}/todo/lists/${segment(own?.id ?? '')}/tasks`
    })
    return tasks
  }
}

function keyOfItem({ id, singleValueExtendedProperties: all }: z.output<typeof listed>): [string, There][] {
  const of = (name: string) => (all ?? []).find(one => one.id.toLowerCase() === name.toLowerCase())?.value
  const key = of(keyProperty)
  return key === undefined ? [] : [[key, { id, owed: of(partsProperty) === 'owed' }]]
}

function keyOfTask({ id, extensions }: z.output<typeof listedTask>): [string, There][] {
  const own = (extensions ?? []).find(one => one.extensionName === extension)
  return own?.key ? [[own.key, { id, owed: false }]] : []
}

/** The time in which all single days are. */
function windowOf(parts: readonly Part[]): string {
  const at = parts.map(({ begins }) => Date.parse(begins))
  const day = 86_400_000
  const iso = (ms: number) => encodeURIComponent(new Date(ms).toISOString())
  return `startDateTime=${iso(Math.min(...at) - day)}&endDateTime=${iso(Math.max(...at) + 2 * day)}&$select=id,type,isAllDay,start&$top=500`
}

/** Graph tells begins in UTC, and of a whole day its date. */
function beginsAt({ start, isAllDay }: z.output<typeof listedDay>, begins: string): boolean {
  const said = start.dateTime.slice(0, 19)
  return isAllDay || begins.length === 10 ? said.slice(0, 10) === begins.slice(0, 10) : `${said}Z` === begins
}
