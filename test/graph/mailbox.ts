import { type Graph, graphClient } from '../../shared/graph/client.ts'
import { graphScope, tokens } from '../../shared/identity/tokens.ts'
import { openGraphTarget } from '../../shared/targets/graph.ts'
import { flagsOf } from '../../shared/targets/graph-flags.ts'
import { headersProperty } from '../../shared/targets/graph-message.ts'
import { numberProperty, readNumber } from '../../shared/targets/graph-numbers.ts'
import { slots } from '../../shared/targets/graph-slots.ts'
import type { Target } from '../../shared/targets/target.ts'
import type { Hands } from '../contracts/hands.ts'
import type { Gate } from '../fakes/gate.ts'
import { mimeOf } from '../sandbox/graph/mail-answers.ts'
import { propertyId } from '../sandbox/graph/mail-properties.ts'
import { type Mail, type Message, makeFolder } from '../sandbox/graph/mail-store.ts'
import { type GraphStandIn, startGraph } from '../sandbox/graph/start.ts'
import { clientId, secret, tenantId } from './tenant.ts'

export const anna = 'anna@town.example'

/** One mailbox in a tenant of its own, and what a writer over Graph needs. */
export type GraphMailbox = {
  service: GraphStandIn
  graph: Graph
  mail: Mail
  open(writer: 'graph-json' | 'graph-import-mime', mark?: number, gate?: Gate): Target
  close(): Promise<void>
}

export async function graphMailbox(
  more: { clock?: () => number; language?: string; permissions?: string[] } = {},
): Promise<GraphMailbox> {
  const clock = more.clock ?? ticking()
  const service = await startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: more.permissions ?? ['Mail.ReadWrite', 'Mail-Advanced.ReadWrite.All'] }],
    domains: ['town.example'],
    skus: [],
    mailboxDelayMs: 0,
    deliver: async () => {},
    clock,
  })
  const user = await service.addMailbox(anna, { preferredLanguage: more.language ?? 'en-US' })
  const held = tokens({ tenantId, clientId, loginBaseUrl: service.loginUrl, clientSecret: async () => secret, now: Date.now })
  const graph = graphClient({ baseUrl: service.url, token: () => held.token(graphScope) })
  const shared = slots(3)
  return {
    service,
    graph,
    mail: service.mail.of(user),
    open: (writer, mark = 1, gate) => {
      const through: typeof fetch = (url, init) =>
        gate ? gate.call(`graph.${init?.method ?? 'GET'}`, () => fetch(url, init)) : fetch(url, init)
      const graph = graphClient({ baseUrl: service.url, token: () => held.token(graphScope), fetch: through })
      return openGraphTarget({ graph, slots: shared, writer, mark }, anna)
    },
    close: () => service.stop(),
  }
}

/** The clock of a service that never answers twice within a millisecond. */
function ticking(): () => number {
  let at = Date.now()
  return () => {
    at = Math.max(at + 1, Date.now())
    return at
  }
}

/** The owner at Outlook. What is read is what a writer’s promises are about: the header as it was kept, or the whole MIME. */
export function graphHands(mail: Mail): Hands {
  const folderOf = (path: string) => {
    const names = path.split('/')
    let parent: string | undefined
    for (const name of names) {
      const found = mail.folders.find(
        one => one.parent === parent && (one.name === name || (name === 'INBOX' && one.wellKnown === 'inbox')),
      )
      if (!found) throw new Error(`there is no folder ${path}`)
      parent = found.id
    }
    return parent ?? ''
  }
  const within = (path: string) => mail.messages.filter(({ folder }) => folder === folderOf(path))
  const numberOf = ({ folder, properties }: Message) =>
    readNumber(folder, properties.find(({ id }) => id === propertyId(numberProperty))?.value)
  const named = (path: string, uid: number) => within(path).find(one => numberOf(one) === uid)
  return {
    delimiter: '/',
    make: async path => {
      const at = path.lastIndexOf('/')
      makeFolder(mail, path.slice(at + 1), at < 0 ? undefined : folderOf(path.slice(0, at)))
    },
    async deliver(path, raw, flags = [], internalDate = 0) {
      const times = { createdAt: Date.now(), receivedAt: internalDate }
      const parts = { fields: {}, properties: [], attachments: [], mime: raw }
      const isRead = flags.includes('\\Seen')
      const id = `owner-${mail.messages.length}-${Math.trunc(performance.now() * 1000)}`
      mail.messages.push({ id, folder: folderOf(path), ...times, isDraft: false, isRead, flagStatus: 'notFlagged', ...parts })
      return 0
    },
    async setFlags(path, uid, flags) {
      const message = named(path, uid)
      if (message) message.isRead = flags.includes('\\Seen')
    },
    async expunge(path, uid) {
      const message = named(path, uid)
      if (message) mail.messages.splice(mail.messages.indexOf(message), 1)
    },
    async remove(path) {
      const id = folderOf(path)
      mail.folders.splice(
        mail.folders.findIndex(folder => folder.id === id),
        1,
      )
      for (const message of mail.messages.filter(({ folder }) => folder === id))
        mail.messages.splice(mail.messages.indexOf(message), 1)
    },
    async read(path) {
      return Promise.all(
        within(path).map(async message => {
          const verb = Number(message.properties.find(({ id }) => id === 'Integer 0x1081')?.value ?? 0)
          return {
            uid: numberOf(message) ?? 0,
            raw: await mimeOf(message),
            flags: flagsOf({ isRead: message.isRead, isDraft: message.isDraft, flagStatus: message.flagStatus, verb }),
            internalDate: message.receivedAt,
          }
        }),
      )
    },
    close: async () => {},
  }
}

/** The header that was kept with a message made of JSON. */
export function keptHeader({ properties }: Message): string | undefined {
  return properties.find(({ id }) => id === propertyId(headersProperty))?.value
}
