import type { OldItems } from '../items/old.ts'
import { authAsImap, davUrl, namesHomes } from '../playbooks/dav.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { secretNameFor } from '../playbooks/secret.ts'
import type { Secrets } from '../secrets.ts'
import type { MailboxRow } from '../store/schema.ts'
import { type DavOptions, openDav } from './dav.ts'

/** The calendars and contacts of one mailbox, where its playbook says that they are. */
export function davOf(
  source: Playbook['source'],
  row: MailboxRow,
  { secret, now, signal }: { secret: Secrets; now: () => number; signal: AbortSignal | undefined },
): OldItems {
  return openDav({ ...davLogin(source, row, secret), mailbox: row.address, now, signal })
}

/** Where the calendars of one mailbox are, and how one signs in there. The secret is read at each request, so that a rotated one is taken up. */
function davLogin(
  { dav, imap }: Playbook['source'],
  { address, wanted }: Pick<MailboxRow, 'address' | 'wanted'>,
  secret: Secrets,
): Pick<DavOptions, 'url' | 'direct' | 'shared' | 'login'> {
  const auth = dav?.auth ?? authAsImap(imap.auth)
  // A playbook that lacks one of them was refused when it was sent.
  if (!dav || !auth) throw new Error('the playbook does not say where calendars are')
  const user = wanted.source?.user ?? address
  const at = { url: davUrl(dav.url, { address, user }), direct: namesHomes(dav.url), shared: auth.kind === 'admin' }
  if (auth.kind === 'admin') return { ...at, login: async () => ({ user: auth.user, pass: await secret(auth.secret) }) }
  // The secret that a wave names for a mailbox is that of its mail.
  const own = dav.auth ? undefined : wanted.source?.secret
  const name = own ?? secretNameFor(auth.secret, user)
  return { ...at, login: async () => ({ user, pass: await secret(name) }) }
}
