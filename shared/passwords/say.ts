import type { Facts } from '../notices/facts.ts'
import type { Notice } from '../playbooks/notice.ts'
import type { App } from '../ports.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { passwordAccess } from './access.ts'
import { archiveAccess } from './archive.ts'

/** What a notice says of passwords: to its reader, and in what is kept of it. `wait`: not yet; `nothing`: there is nothing left to say. */
export type PasswordWords = { state: 'say'; said: Facts['known']; kept: Facts['known'] } | { state: 'wait' | 'nothing' }

/** Templates that are about a password: without one they have nothing to say. */
const aboutPasswords = ['password', 'password-unopened']

/** What stands in the kept copy where the notice had what opens a mailbox. */
const masked = '…'

/** What a notice to one reader says of passwords now. `about`: his mailbox, or those that he looks after. */
export async function passwordWords(
  app: App,
  wave: WaveRow,
  notice: Pick<Notice, 'template' | 'audience'>,
  about: readonly MailboxRow[],
  entity: string | undefined,
): Promise<PasswordWords> {
  if (notice.audience === 'trustee') {
    const archive = await archiveAccess(app, wave, entity)
    return archive ? hidden(app, 'link.bundle', archive.url, { 'password-until': { instant: archive.expiresAt } }) : plain
  }
  const [mailbox] = about
  const needs = aboutPasswords.includes(notice.template)
  if (notice.audience !== 'owner' || !mailbox || !needs) return plain
  const access = await passwordAccess(app, mailbox)
  switch (access.state) {
    case 'link':
      return hidden(app, 'link.password', access.url, { 'password-until': { instant: access.expiresAt } })
    case 'mailed':
      return { state: 'say', said: { password: { text: access.password } }, kept: { password: { text: masked } } }
    case 'not-yet':
      return { state: 'wait' }
    default:
      return { state: 'nothing' }
  }
}

const plain: PasswordWords = { state: 'say', said: {}, kept: {} }

function hidden(app: App, name: 'link.bundle' | 'link.password', href: string, more: Facts['known'] = {}): PasswordWords {
  const kept = { ...more, [name]: { href: `${app.publicUrl}/api/once/${masked}` } }
  return { state: 'say', said: { ...more, [name]: { href } }, kept }
}
