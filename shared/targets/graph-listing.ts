import { z } from 'zod'
import { type Graph, segment } from '../graph/client.ts'
import type { Head } from '../source/source.ts'
import { flagsOf, lastVerb } from './graph-flags.ts'
import { permission } from './graph-folders.ts'
import { type Listed, numberProperty, readNumber, unfinishedProperty } from './graph-numbers.ts'

/** PidTagMessageSize. */
const sizeProperty = 'Integer 0x0E08'

const messageShape = z.object({
  id: z.string(),
  isRead: z.boolean().nullish(),
  isDraft: z.boolean().nullish(),
  flag: z.object({ flagStatus: z.string().nullish() }).nullish(),
  createdDateTime: z.string(),
  receivedDateTime: z.string().nullish(),
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string() })).nullish(),
})

/** A message of a folder with what a head needs. `unfinished`: parts of it were still on their way. */
export type Seen = Listed & { unfinished: boolean } & Omit<Head, 'uid'>

/** Every message of a folder, some hundred a page. */
export async function seenIn(graph: Graph, mailbox: string, folderId: string, during: string): Promise<Seen[]> {
  const wanted = [numberProperty, unfinishedProperty, lastVerb, sizeProperty].map(id => `id eq '${id}'`).join(' or ')
  const query = [
    '$select=id,isRead,isDraft,flag,createdDateTime,receivedDateTime',
    `$expand=singleValueExtendedProperties($filter=${encodeURIComponent(wanted)})`,
    '$orderby=createdDateTime',
    '$top=500',
  ].join('&')
  const path = `users/${segment(mailbox)}/mailFolders/${segment(folderId)}/messages?${query}`
  const messages = await graph.list(path, messageShape, { during, permission })
  return messages.map(message => seenAs(message, folderId))
}

function seenAs(message: z.output<typeof messageShape>, folderId: string): Seen {
  const properties = new Map((message.singleValueExtendedProperties ?? []).map(({ id, value }) => [key(id), value]))
  const of = (id: string) => properties.get(key(id))
  const number = readNumber(folderId, of(numberProperty))
  const isRead = message.isRead ?? false
  const isDraft = message.isDraft ?? false
  return {
    graphId: message.id,
    createdAt: Date.parse(message.createdDateTime),
    ...(number === undefined ? {} : { number }),
    unfinished: number === undefined && readNumber(folderId, of(unfinishedProperty)) !== undefined,
    flags: flagsOf({ isRead, isDraft, flagStatus: message.flag?.flagStatus ?? undefined, verb: Number(of(lastVerb) ?? 0) }),
    internalDate: Date.parse(message.receivedDateTime ?? ''),
    sizeBytes: Number(of(sizeProperty) ?? 0),
  }
}

/** Graph gives names of properties back in other letters than they were given: `Integer 0xe07`. */
function key(id: string): string {
  return id.toLowerCase().replace(/ 0x0*/, ' 0x')
}
