import { parse, stringify } from 'yaml'
import type { World } from '../world.ts'

/** A playbook as it is rehearsed. `left`: what had to be left out, in words. */
export type Adapted = { text: string; left: string[] }

type Shape = Record<string, unknown>

/**
 * A playbook with the sandbox’s servers in place of its own, and nothing else changed: calendar, notices, issuers, people, entities, approvals,
 * order, windows, dates, limits and passwords are to the letter.
 */
export function adapt(text: string, world: World): Adapted {
  const own: Shape = Object(parse(text))
  const sandbox: Shape = Object(parse(world.playbook.text))
  const left: string[] = []
  const here = (at: Shape, where: string): Shape => {
    const { source, target, routing, channels, issuers, copy, ...kept } = at
    const online = Object(channels).graph !== undefined
    if (Object(channels).bounces) left.push(`${where}channels.bounces`)
    if (Object(copy).calendars === 'copy') left.push(`${where}copy.calendars: copy`)
    return {
      ...kept,
      ...(source ? { source: sourceHere(Object(source), sandbox) } : {}),
      ...(copy ? { copy: copyHere(Object(copy)) } : {}),
      ...(target ? { target: targetHere(Object(target), sandbox, world) } : {}),
      ...(routing ? { routing: routingHere(Object(routing), sandbox) } : {}),
      ...(channels ? { channels: channelsHere(Object(channels), world) } : {}),
      // Microsoft 365 lets a sender speak for himself only.
      ...(issuers
        ? { issuers: online ? each(issuers, ({ replyTo: _, ...one }) => ({ ...one, address: world.noticesFrom })) : issuers }
        : {}),
    }
  }
  const entities = each(own.entities, (entity, name) => here(entity, `entities.${name}.`))
  const passwords = { ...Object(own.passwords) }
  delete passwords.sealWith
  const adapted = {
    ...here(own, ''),
    ...(own.entities ? { entities } : {}),
    ...(own.passwords ? { passwords } : {}),
  }
  return { text: stringify(adapted), left }
}

/** The old server of the sandbox. It has no calendars, and those of people at work are not to be read for a rehearsal. */
function sourceHere({ dav: _, ...own }: Shape, sandbox: Shape): Shape {
  return { ...own, imap: Object(sandbox.source).imap }
}

function copyHere(own: Shape): Shape {
  return own.calendars === 'copy' ? { ...own, calendars: 'none' } : own
}

/** The tenant of the sandbox, or its new server itself. */
function targetHere(own: Shape, sandbox: Shape, { parts }: World): Shape {
  const { ports } = parts.kept
  if (own.kind === 'exchange-server') {
    const auth = { kind: 'master-user', user: 'bmaster', separator: '*', secret: 'TARGET_PASSWORD' }
    return { ...own, accounts: 'existing', imap: { host: '127.0.0.1', port: ports.newImap, tls: 'none', auth } }
  }
  const sold = parts.tenant.graph.tenant.skus.map(({ skuPartNumber }) => skuPartNumber)
  const licence = licenceHere(own, sold)
  return { ...own, ...(licence ? { licence } : {}), imap: Object(sandbox.target).imap }
}

/** A licence that the tenant does not sell is its E1, and so is one that would come by a group: nobody here is in any. */
export function licenceHere({ accounts, licence }: Shape, sold: readonly string[]): string | undefined {
  if (licence === undefined && accounts !== 'graph') return undefined
  return sold.find(one => one === licence) ?? sold[0]
}

/** Who changes the records stays as it is; the records are those of the sandbox’s name servers. */
function routingHere(own: Shape, sandbox: Shape): Shape {
  const { nameservers, server, key } = Object(sandbox.routing)
  if (own.kind === 'none') return own
  return { ...own, nameservers, ...(own.kind === 'rfc2136' ? { server, key } : {}) }
}

function channelsHere({ smtp, graph, bounces: _, ...kept }: Shape, world: World): Shape {
  return {
    ...kept,
    ...(smtp ? { smtp: { host: '127.0.0.1', port: world.parts.kept.ports.smtp, tls: 'none' } } : {}),
    ...(graph ? { graph: { sender: world.noticesFrom } } : {}),
  }
}

function each(value: unknown, to: (one: Shape, name: string) => Shape): Shape {
  return Object.fromEntries(Object.entries(Object(value)).map(([name, one]) => [name, to(Object(one), name)]))
}
