import { parse, stringify } from 'yaml'
import type { World } from '../world.ts'

/** What a playbook needs of the sandbox: its servers, its DNS, its tenant, and people who exist there. */
export type Adapted = { name: string; text: string; left: string[] }

type Shape = Record<string, unknown>

/**
 * A playbook as it is rehearsed: its calendar, notices, approvals and languages to the letter; servers, routing, channels and people are those of
 * the sandbox. `left`: what else had to be left out, in words.
 */
export function adapt(text: string, world: World): Adapted {
  const own: Shape = Object(parse(text))
  const sandbox: Shape = Object(parse(world.playbook.text))
  const [first = '', second = first] = world.residents.map(({ address }) => address)
  const roles = ['coordinator', 'technical-manager', 'operator', 'trustee'] as const
  const readers = { coordinator: [first], 'technical-manager': [second], operator: [world.noticesFrom], trustee: [second] }
  const named = { ...Object(own.people) }
  const people = Object.fromEntries(roles.filter(role => role in named).map(role => [role, readers[role]]))
  const notices = list(own.notices).map(notice => ({ ...notice, channel: channelHere(notice) }))
  const left: string[] = []
  for (const key of ['slots', 'sequence', 'windows', 'limits', 'programme']) if (own[key] !== undefined) left.push(key)
  const { slots: _, sequence: __, windows: ___, limits: ____, programme: _____, ...kept } = own
  const adapted = {
    ...kept,
    source: sandbox.source,
    target: sandbox.target,
    routing: sandbox.routing,
    channels: sandbox.channels,
    issuers: Object.fromEntries(Object.entries(Object(own.issuers)).map(([name, one]) => [name, spoken(Object(one), world)])),
    ...(Object.keys(people).length > 0 ? { people } : {}),
    notices,
    ...(own.entities
      ? { entities: Object.fromEntries(Object.entries(own.entities).map(([name, entity]) => [name, stripped(Object(entity))])) }
      : {}),
    lateMail: { for: 'PT72H' },
  }
  return { name: String(own.playbook), text: stringify(adapted), left }
}

/** Owners read the old mailbox before the switch and the new one after it; everybody else is written to by Microsoft 365. */
function channelHere({ audience, channel }: Shape): unknown {
  if (channel === 'source-append' || channel === 'append') return channel
  return audience === 'owner' ? 'auto' : 'graph'
}

/** Microsoft 365 lets a sender speak for himself only. */
function spoken({ replyTo: _, ...issuer }: Shape, world: World): Shape {
  return { ...issuer, address: world.noticesFrom }
}

/** What an entity says of servers and people is not of this world. */
function stripped(entity: Shape): Shape {
  const {
    people: _,
    channels: __,
    issuers: _______,
    domains: ___,
    target: ____,
    source: _____,
    routing: ______,
    ...kept
  } = entity
  return kept
}

function list(value: unknown): Shape[] {
  return Array.isArray(value) ? value.map(Object) : []
}
