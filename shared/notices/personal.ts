import { createHash } from 'node:crypto'
import { type PasswordWords, passwordWords } from '../passwords/say.ts'
import type { Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type MailboxRow, type NoticeRow, notices, type WaveRow } from '../store/schema.ts'
import { rulesOf } from './acknowledged.ts'

/** What a notice says to its reader alone: the way to a password, the page on which rules are acknowledged; and what is kept of that. */
export async function personalWords(
  app: App,
  row: NoticeRow,
  {
    settings,
    wave,
    notice,
    about,
    entity,
  }: { settings: Playbook; wave: WaveRow; notice: Notice; about: readonly MailboxRow[]; entity: string | undefined },
): Promise<PasswordWords> {
  const words = await passwordWords(app, wave, notice, about, entity)
  if (words.state !== 'say' || !notice.template.startsWith('acknowledgement')) return words
  const { acknowledged, open } = await rulesOf(app.store, settings, row)
  if (acknowledged && notice.template === reminder) return { state: 'nothing' }
  // A reminder is about the rules: its link says so of their notice, so that one answer is enough.
  const asked = notice.template === reminder ? (open ?? row) : row
  const token = createHash('sha256').update(`${app.newId()} ${app.newId()}`).digest('base64url').slice(0, 32)
  await app.store.acknowledgements.insert({ hash: hashOf(token), wave: row.wave, notice: notices.key(asked), at: app.now() })
  const link = (end: string) => ({ 'link.acknowledge': { href: `${app.publicUrl}/api/acknowledge/${end}` } })
  return { state: 'say', said: { ...words.said, ...link(token) }, kept: { ...words.kept, ...link('…') } }
}

const reminder = 'acknowledgement-reminder'

/** What is kept of a token. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
