import type { HttpRequest } from '@azure/functions'
import { waveRow } from '../commands/status.ts'
import { Refusal } from '../errors.ts'
import { readJson } from '../intake/json.ts'
import type { App } from '../ports.ts'
import { type Part, sharedWithOthers, whoseOf } from './part.ts'
import { seenBy } from './store.ts'

/** What concerns no wave and is open all the same to who acts for some entities only. Everything else of the kind is about all of them. */
const ofNoWave = ['get-waves', 'get-playbook-schema', 'post-wave']

/** Orders that may name the mailboxes, or the entity, that they are about. */
const naming: Record<string, (request: HttpRequest) => Promise<Named>> = {
  'wave-hold': mailboxesIn,
  'wave-release': mailboxesIn,
  'wave-cancel': mailboxesIn,
  'wave-retry': mailboxesIn,
  'wave-reissue': mailboxesIn,
  'hand-in-passwords': async request => ({ mailboxes: listIn(await bodyOf(request)).map(one => Object(one).address) }),
  'bring-items': async ({ params }) => ({ mailboxes: [params.address] }),
  'wave-links': async request => ({ entity: Object(await bodyOf(request)).entity }),
  'post-answers': async ({ query }) => ({ entity: query.get('entity') }),
  'get-wave-receipt': async ({ query }) => ({ mailboxes: [query.get('mailbox')] }),
}
type Named = { mailboxes?: unknown[]; entity?: unknown }

/**
 * The app for one call of who acts for these entities only: what he looks at is shown through `seenBy`, an order is carried out on all that it needs.
 * Throws a Refusal: 404 for an order to a wave that has no mailbox of his, 403 for what is about others as well.
 */
export async function limitedTo<A extends App>(
  app: A,
  entities: readonly string[],
  call: string,
  request: HttpRequest,
): Promise<A> {
  const seen = { ...seenBy(app, entities), entities }
  const { wave } = request.params
  if (wave === undefined) {
    if (!ofNoWave.includes(call)) throw refused(`this is about all entities, and you act for ${entities.join(', ')} only`)
    return request.method === 'GET' ? seen : { ...app, entities }
  }
  const looks = request.method === 'GET'
  if (looks && naming[call] === undefined) return seen
  await waveRow(seen, wave)
  const whose = whoseOf(app, entities)
  const part = await whose.part(wave)
  if (!part) throw new Error(`${wave} is seen, and has no mailbox`)
  const shared = part.whole && !looks ? await sharedWithOthers(app, whose, wave) : []
  if ((part.whole && shared.length === 0) || isHis(part, (await naming[call]?.(request)) ?? {})) return { ...app, entities }
  const why =
    shared.length > 0
      ? `other waves have mailboxes of other entities in ${shared.join(', ')}, whose MX is switched and put back for all`
      : 'the wave holds mailboxes of other entities as well'
  throw refused(
    `${why}: ${naming[call] ? 'name only mailboxes (or the entity) of yours' : 'this cannot be done for yours alone'}`,
  )
}

function isHis({ mine, entities }: Part, { mailboxes, entity }: Named): boolean {
  if (mailboxes === undefined) return typeof entity === 'string' && entities.has(entity)
  return mailboxes.length > 0 && mailboxes.every(one => typeof one === 'string' && mine.has(one.toLowerCase()))
}

async function mailboxesIn(request: HttpRequest): Promise<Named> {
  return { mailboxes: listIn(Object(await bodyOf(request)).mailboxes) }
}

function listIn(sent: unknown): unknown[] {
  return Array.isArray(sent) ? sent : []
}

/** The body, which the handler reads as well. */
async function bodyOf(request: HttpRequest): Promise<unknown> {
  return readJson(new Uint8Array(await request.clone().arrayBuffer()))
}

function refused(why: string): Refusal {
  return new Refusal(
    403,
    'not-yours',
    `${why}; or ask an operator who acts for all (OPERATORS in the settings). Nothing was done`,
  )
}
