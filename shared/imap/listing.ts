import type { ImapFlow } from 'imapflow'
import type { ListedFolder } from '../source/source.ts'
import { roleOf } from './roles.ts'
import { guard } from './session.ts'

/** All folders of the personal namespace, with roles; each role is given to one folder, the server’s own word first. */
export async function listFolders(client: ImapFlow, during: string): Promise<ListedFolder[]> {
  const prefix = client.namespace?.prefix ?? ''
  const delimiter = client.namespace?.delimiter ?? '/'
  // Without LIST-STATUS imapflow would ask folder by folder, a round trip each.
  const counts = client.capabilities.has('LIST-STATUS') ? { statusQuery: { messages: true } } : {}
  const listed = await guard(during, () => client.list(counts))
  const told = (source: string | undefined) => (source === 'extension' ? 0 : 1)
  const sorted = [...listed].sort((a, b) => told(a.specialUseSource) - told(b.specialUseSource) || (a.path < b.path ? -1 : 1))
  const taken = new Set<string>()
  return sorted.map(folder => {
    const { role } = roleOf(folder, prefix)
    const free = role !== undefined && !taken.has(role)
    if (role && free) taken.add(role)
    const bare = prefix && folder.path.startsWith(prefix) ? folder.path.slice(prefix.length) : folder.path
    const flags = new Set([...folder.flags].map(flag => flag.toLowerCase()))
    return {
      path: folder.path,
      segments: bare.split(folder.delimiter || delimiter),
      ...(role && free ? { role } : {}),
      subscribed: folder.subscribed,
      ...(folder.status?.messages === undefined ? {} : { messages: folder.status.messages }),
      container: flags.has('\\noselect') || flags.has('\\nonexistent'),
      virtual: ['\\all', '\\flagged', '\\important'].some(flag => flags.has(flag)),
    }
  })
}
