import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Graph, segment } from '../graph/client.ts'
import type { ListedFolder, Role } from '../source/source.ts'
import type { Slots } from './graph-slots.ts'

const folderShape = z.object({
  id: z.string(),
  displayName: z.string(),
  childFolderCount: z.number(),
  totalItemCount: z.number(),
})
type GraphFolder = z.output<typeof folderShape>

/** Names by which Graph knows folders whatever they are called in the mailbox’s language. */
const wellKnown: readonly (readonly [string, Role])[] = [
  ['inbox', '\\Inbox'],
  ['sentitems', '\\Sent'],
  ['drafts', '\\Drafts'],
  ['deleteditems', '\\Trash'],
  ['junkemail', '\\Junk'],
  ['archive', '\\Archive'],
]

/** Between the names of a path. A name that holds it has a `-` there instead. */
export const delimiter = '/'

export const permission = 'Mail.ReadWrite'

type Found = { id: string; listed: ListedFolder }

/** The folders of one mailbox, by path. What was listed last is believed until a folder is not found. */
export class GraphFolders {
  private readonly graph: Graph
  private readonly mailbox: string
  private readonly slots: Slots
  private known = new Map<string, Found>()

  constructor(graph: Graph, mailbox: string, slots: Slots) {
    this.graph = graph
    this.mailbox = mailbox
    this.slots = slots
  }

  async list(): Promise<ListedFolder[]> {
    const roles = new Map<string, Role>()
    for (const [name, role] of wellKnown) {
      const path = `${this.base}/mailFolders/${name}?$select=id,displayName,childFolderCount,totalItemCount`
      const found = await this.ask(ask => this.graph.find(path, folderShape, ask))
      if (found) roles.set(found.id, role)
    }
    const known = new Map<string, Found>()
    const walk = async (below: string, above: readonly string[]) => {
      const some = await this.ask(ask => this.graph.list(`${this.base}/${below}?$top=100`, folderShape, ask))
      for (const folder of some) {
        const role = roles.get(folder.id)
        const segments = [...above, role === '\\Inbox' ? 'INBOX' : folder.displayName.replaceAll(delimiter, '-')]
        const path = segments.join(delimiter)
        if (!known.has(key(path))) known.set(key(path), { id: folder.id, listed: listedAs(folder, path, segments, role) })
        if (folder.childFolderCount > 0) await walk(`mailFolders/${segment(folder.id)}/childFolders`, segments)
      }
    }
    await walk('mailFolders', [])
    this.known = known
    return [...known.values()].map(({ listed }) => listed)
  }

  /** Graph’s id of a folder; throws a transient Failure with this code where there is none. */
  async idOf(path: string, code: 'NONEXISTENT' | 'TRYCREATE'): Promise<string> {
    if (!this.known.has(key(path))) await this.list()
    const found = this.known.get(key(path))
    if (found) return found.id
    throw this.gone(path, code)
  }

  /** A folder was not there where it was thought to be. */
  gone(path: string, code: 'NONEXISTENT' | 'TRYCREATE'): Failure {
    this.known.delete(key(path))
    const hint = 'The folder has gone since it was listed; the next pass lists again and makes it.'
    return new Failure({ verdict: 'transient', during: `opening “${path}” of ${this.mailbox}`, code, hint })
  }

  /** Makes a folder with its parents; those that are there already are left as they are. */
  async create(path: string): Promise<void> {
    await this.list()
    const names = path.split(delimiter)
    for (const [i, displayName] of names.entries()) {
      const so = names.slice(0, i + 1).join(delimiter)
      if (this.known.has(key(so))) continue
      const parent = this.known.get(key(names.slice(0, i).join(delimiter)))
      const below = parent ? `mailFolders/${segment(parent.id)}/childFolders` : 'mailFolders'
      try {
        await this.ask(ask => this.graph.post(`${this.base}/${below}`, { displayName }, z.object({ id: z.string() }), ask))
      } catch (error) {
        if (!(error instanceof Failure && error.code === 'ErrorFolderExists')) throw error
      }
      await this.list()
    }
  }

  private get base(): string {
    return `users/${segment(this.mailbox)}`
  }

  private ask<T>(work: (ask: { during: string; permission: string }) => Promise<T>): Promise<T> {
    return this.slots(() => work({ during: `reading the folders of ${this.mailbox}`, permission }))
  }
}

function listedAs({ totalItemCount }: GraphFolder, path: string, segments: string[], role: Role | undefined): ListedFolder {
  const same = { path, segments, subscribed: true, messages: totalItemCount, container: false, virtual: false }
  return role ? { ...same, role } : same
}

/** Exchange compares names without case. */
function key(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
