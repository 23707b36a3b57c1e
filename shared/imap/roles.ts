import type { ListResponse } from 'imapflow'
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

/** The role of a listed folder: the server’s own word (RFC 6154) before its name; only names at the top level count. */
export function roleOf({ specialUse, specialUseSource, path, name, parent }: ListResponse, prefix: string): { role?: Role } {
  if (path.toUpperCase() === 'INBOX') return { role: '\\Inbox' }
  const top = parent.length === 0 || (prefix !== '' && parent.length === 1)
  if (specialUse && roles.includes(specialUse) && (specialUseSource !== 'name' || top)) return { role: specialUse as Role }
  const role = top ? more[name.normalize('NFC').toLowerCase()] : undefined
  return role ? { role } : {}
}
