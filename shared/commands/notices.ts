import type { HttpResponseInit } from '@azure/functions'
import { hasPage } from '../coordinators/links.ts'
import { Refusal } from '../errors.ts'
import { type Language, languages } from '../intake/words.ts'
import type { Facts } from '../notices/facts.ts'
import { htmlOf } from '../notices/html.ts'
import { sentBytes } from '../notices/kept.ts'
import { letterOf } from '../notices/letter.ts'
import { compose, textOf } from '../notices/mime.ts'
import { several } from '../notices/owed.ts'
import { Unknown } from '../notices/say.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Notice } from '../playbooks/notice.ts'
import type { App } from '../ports.ts'
import { givenFor, renamedOf, standingOf } from '../steps/notice.ts'
import { keyPart } from '../store/columns.ts'
import type { NoticeRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { iso, waveRow } from './status.ts'

/** Every notice of a wave that is owed or was sent, with what stands in its way; who has acknowledged the rules, where there are any. */
export async function noticeList(app: App, wave: string) {
  const { playbook, playbookVersion } = await waveRow(app, wave)
  const rows = await all(app.store.notices.list({ partition: keyPart(wave) }))
  const sorted = rows.sort((a, b) => (a.sentAt ?? a.since) - (b.sentAt ?? b.since))
  const rules = acknowledged((await app.playbook(playbook, playbookVersion)).notices, rows)
  return { wave, ...(rules ? { rules } : {}), notices: sorted.map(noticeLine) }
}

/** How many were sent rules, how many have acknowledged all of theirs, and who has not. */
function acknowledged(notices: readonly Notice[], rows: readonly NoticeRow[]) {
  const names = notices.flatMap(({ notice, template }) => (template === 'acknowledgement' ? [notice] : []))
  const asked = rows.filter(({ notice, sentAt }) => names.includes(notice) && sentAt !== undefined)
  if (names.length === 0) return undefined
  const open = new Set(asked.flatMap(({ to, acknowledgedAt }) => (acknowledgedAt === undefined ? [to] : [])))
  const all = new Set(asked.map(({ to }) => to))
  return { asked: all.size, acknowledged: all.size - open.size, open: [...open].sort() }
}

function noticeLine(row: NoticeRow) {
  const {
    notice,
    to,
    address,
    entity,
    state,
    channel,
    subject,
    languages,
    messageId,
    sentAt,
    slotAt,
    acknowledgedAt,
    returned,
    error,
  } = row
  return {
    notice,
    to,
    ...(address === several ? {} : { mailbox: address }),
    ...(entity ? { entity } : {}),
    state,
    channel,
    languages: languages?.split(','),
    subject,
    messageId,
    ...(sentAt ? { sentAt: iso(sentAt) } : {}),
    ...(slotAt && state === 'due' ? { goesAt: iso(slotAt) } : {}),
    ...(acknowledgedAt ? { acknowledgedAt: iso(acknowledgedAt) } : {}),
    ...(returned ? { returned: returned.map(({ report: _, at, ...one }) => ({ ...one, at: iso(at) })) } : {}),
    ...(error ? { error: { ...error, at: iso(error.at) } } : {}),
  }
}

/** What links for one reader alone look like in a preview: no page answers to them. */
const instead: Facts['known'] = {
  'link.password': { href: 'https://preview.invalid/password' },
  'link.acknowledge': { href: 'https://preview.invalid/acknowledge' },
}
const ownPage: Facts['known'] = { 'link.page': { href: 'https://preview.invalid/page' } }

/**
 * A notice as it would be sent now about a mailbox; `sent`: as it was sent. Nothing is stored or sent. Throws a Refusal: 404 for what is not
 * there, 409 with what it cannot say.
 */
export async function noticePreview(app: App, wave: string, query: URLSearchParams): Promise<HttpResponseInit> {
  const row = await waveRow(app, wave)
  const { playbook: of, playbookVersion } = row
  const name = query.get('notice') ?? ''
  const asked = (query.get('address') ?? '').toLowerCase()
  const playbook = await app.playbook(of, playbookVersion)
  const stored = await app.store.mailboxes.get(keyPart(wave), keyPart(asked))
  if (!stored) throw new Refusal(404, 'unknown-mailbox', `wave “${wave}” has no mailbox ${asked || '(give address=…)'}`)
  const entity = entityOf(playbook, stored.row)
  const settings = settingsOf(playbook, entity)
  const notice = settings.notices.find(one => one.notice === name)
  const names = settings.notices.map(one => one.notice).join(', ')
  if (!notice) throw new Refusal(404, 'unknown-notice', `the playbook has no notice “${name}”; it has ${names || 'none'}`)
  const owner = notice.audience === 'owner'
  const to = notice.audience === 'owner' ? stored.row.address : (settings.people[notice.audience]?.[0] ?? stored.row.address)
  const address = owner ? stored.row.address : several
  const as = query.get('as') ?? 'html'
  if (query.get('sent') === 'true') return asSent(app, { wave, notice: name, address, to, entity: owner ? undefined : entity })
  const given = await givenFor(app, { wave, address, to, entity: owner ? undefined : entity, playbook: of, playbookVersion })
  const language = languages.find((one): one is Language => one === query.get('language'))
  const more = {
    ...instead,
    ...(hasPage(notice.audience) ? ownPage : {}),
    ...(await standingOf(app, notice, given, entity)),
  }
  const renamed = await renamedOf(app, settings, notice, given.about)
  const messageId = `<preview.${wave}@preview.invalid>`
  try {
    const letter = letterOf({
      ...given,
      notice: name,
      to,
      messageId,
      date: app.now(),
      staysBehind: false,
      more,
      renamed,
      language,
    })
    if (!letter) throw new Refusal(404, 'unknown-notice', `nobody speaks in “${name}”: its issuer is not among issuers`)
    if (as === 'eml') return file('message/rfc822', await compose(letter))
    if (as === 'text') return file('text/plain; charset=utf-8', textOf(letter.parts, letter.dress))
    return file('text/html; charset=utf-8', htmlOf(letter.parts, letter.dress))
  } catch (error) {
    if (error instanceof Unknown) throw new Refusal(409, 'cannot-be-said', `“${name}” cannot be sent as it is: ${error.message}`)
    throw error
  }
}

async function asSent(app: App, of: Pick<NoticeRow, 'wave' | 'notice' | 'address' | 'to' | 'entity'>): Promise<HttpResponseInit> {
  const rows = await all(app.store.notices.list({ partition: keyPart(of.wave) }))
  const sent = rows.filter(
    one => one.sentAt && one.notice === of.notice && one.address === of.address && one.to === of.to && one.entity === of.entity,
  )
  // Where the day was moved more than once, the last.
  const row = sent.sort((a, b) => (b.sentAt ?? 0) - (a.sentAt ?? 0))[0]
  const bytes = row && (await sentBytes(app.store, row))
  if (!bytes) throw new Refusal(404, 'not-sent', `“${of.notice}” has not been sent to ${of.to}`)
  return file('message/rfc822', bytes)
}

/** What is shown runs nothing and fetches nothing. */
function file(type: string, body: string | Buffer): HttpResponseInit {
  const headers = {
    'content-type': type,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  return { status: 200, headers, body }
}
