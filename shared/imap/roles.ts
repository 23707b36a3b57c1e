import { specialUse } from 'imapflow/lib/special-use.js'
import type { Role } from '../source/source.ts'

/** Names of old servers and clients that imapflow’s table does not know, lower case. */
const more: Readonly<Record<string, Role>> = {
  envoyé: '\\Sent',
  'elements envoyes': '\\Sent',
  'objets envoyés': '\\Sent',
  'courrier envoyé': '\\Sent',
  'messages supprimés': '\\Trash',
  brouillon: '\\Drafts',
  unerwünscht: '\\Junk',
}

const roles: readonly string[] = ['\\Inbox', '\\Sent', '\\Drafts', '\\Trash', '\\Junk', '\\Archive'] satisfies Role[]

/** How sure a role is: the server’s own word (RFC 6154), a known name, a name that is like one. */
const ranks = { extension: 0, name: 1, 'name-guess': 2 }
/** How sure a folder without a role is of it. */
export const unsaid = 3

/** The role of a listed folder, and how sure that is (0 surest). Only names at the top level count; `telling`: the server has words of its own. */
export function roleOf(
  { path, segments, flags }: { path: string; segments: readonly string[]; flags: ReadonlySet<string> },
  telling: boolean,
): { role?: Role; rank: number } {
  if (path.toUpperCase() === 'INBOX') return { role: '\\Inbox', rank: 0 }
  const name = segments.at(-1) ?? ''
  const { flag, source = 'name' } = specialUse(telling, { flags: new Set(flags), name })
  const counts = source === 'extension' || (segments.length === 1 && !flags.has('\\Nonexistent'))
  if (flag && roles.includes(flag) && counts) return { role: flag as Role, rank: ranks[source] }
  const role = segments.length === 1 ? more[name.normalize('NFC').toLowerCase()] : undefined
  return role ? { role, rank: ranks['name-guess'] } : { rank: unsaid }
}
