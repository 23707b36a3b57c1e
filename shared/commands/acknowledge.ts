import type { Language } from '../intake/words.ts'
import { acknowledgeWords } from '../notices/acknowledge-words.ts'
import { local } from '../notices/facts.ts'
import { instantText } from '../notices/formats.ts'
import { hashOf } from '../notices/token.ts'
import { escaped, pageFrame, pageLanguage, questionsHtml } from '../passwords/page.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { NoticeRow } from '../store/schema.ts'
import { record } from './audit.ts'
import type { Page, Reader } from './once.ts'

/** The page on which a person says that the rules were read: a button, or since when it is said. Looking changes nothing. */
export async function lookAcknowledge(app: App, token: string, reader: Reader): Promise<Page> {
  return written(app, reader, (await find(app, token))?.row)
}

/** Writes down that the reader of a notice has acknowledged the rules, the first time; who and when is in the notice’s row and in the audit. */
export async function acknowledge(app: App, token: string, reader: Reader): Promise<Page> {
  for (;;) {
    const found = await find(app, token)
    if (!found || found.row.acknowledgedAt !== undefined) return written(app, reader, found?.row)
    const now: NoticeRow = { ...found.row, acknowledgedAt: app.now() }
    if ((await app.store.notices.save(now, found.etag)) === 'conflict') continue
    await record(app, { subject: now.wave, who: now.to, action: 'acknowledge', details: { notice: now.notice } })
    return written(app, reader, now)
  }
}

async function find(app: App, token: string) {
  const known = await app.store.acknowledgements.get(hashOf(token), 'notice')
  return known && app.store.notices.get(keyPart(known.row.wave), known.row.notice)
}

async function written(app: App, { asked, accepted }: Reader, row: NoticeRow | undefined): Promise<Page> {
  if (!row) {
    const language = pageLanguage(asked, accepted, undefined)
    return {
      status: 404,
      body: pageFrame(language, acknowledgeWords[language].title, `<p>${acknowledgeWords[language].unknown}</p>`),
    }
  }
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const mailbox = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.to))
  const settings = settingsOf(playbook, row.entity ?? (mailbox && entityOf(playbook, mailbox.row)))
  const sent = row.languages?.split(',')[0] as Language | undefined
  const language = pageLanguage(asked, accepted, mailbox?.row.wanted.language ?? sent)
  const words = acknowledgeWords[language]
  const { rules } = settings.links
  const link = rules ? `<p><a href="${escaped(local(rules, language))}" rel="noreferrer">${words.read}</a></p>` : ''
  const inner =
    row.acknowledgedAt === undefined
      ? `<p>${words.explain}</p>${link}<form method="post"><button>${words.confirm}</button></form>`
      : `<p role="status">${words.done(instantText(row.acknowledgedAt, playbook.timeZone, language))}</p>${link}`
  return { status: 200, body: pageFrame(language, words.title, inner + questionsHtml(settings, language), settings) }
}
