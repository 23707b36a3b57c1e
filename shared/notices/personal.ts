import { hasPage, pageLink } from '../coordinators/links.ts'
import { type PasswordWords, passwordWords } from '../passwords/say.ts'
import type { Audience, Notice } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type MailboxRow, type NoticeRow, notices, type WaveRow } from '../store/schema.ts'
import { rulesOf } from './acknowledged.ts'
import { hashOf, newToken } from './token.ts'

/** What a notice says to its reader alone: the way to a password, the page on which rules are acknowledged, his own page; and what is kept of that. */
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
  const words = await withPage(app, row, wave, notice.audience, await passwordWords(app, wave, notice, about, entity))
  if (words.state !== 'say' || !notice.template.startsWith('acknowledgement')) return words
  const { acknowledged, open } = await rulesOf(app.store, settings, row)
  if (acknowledged && notice.template === reminder) return { state: 'nothing' }
  // A reminder is about the rules: its link says so of their notice, so that one answer is enough.
  const asked = notice.template === reminder ? (open ?? row) : row
  const token = newToken(app)
  await app.store.acknowledgements.insert({ hash: hashOf(token), wave: row.wave, notice: notices.key(asked), at: app.now() })
  const link = (end: string) => ({ 'link.acknowledge': { href: `${app.publicUrl}/api/acknowledge/${end}` } })
  return { state: 'say', said: { ...words.said, ...link(token) }, kept: { ...words.kept, ...link('…') } }
}

const reminder = 'acknowledgement-reminder'

/** Those who look after mailboxes are led to the page on which they see and answer for them. */
async function withPage(
  app: App,
  row: NoticeRow,
  wave: WaveRow,
  audience: Audience,
  words: PasswordWords,
): Promise<PasswordWords> {
  const { to, entity } = row
  if (words.state !== 'say' || !hasPage(audience) || wave.state === 'cancelled') return words
  const { url, kept } = await pageLink(app, wave, { to, entity, audience })
  const link = (href: string) => ({ 'link.page': { href } })
  return { state: 'say', said: { ...words.said, ...link(url) }, kept: { ...words.kept, ...link(kept) } }
}
