import { entityOfArchive, isArchive } from '../passwords/archive.ts'
import { type PageState, pageHtml, pageLanguage } from '../passwords/page.ts'
import { mostWrongCodes, open, type Standing, standing } from '../passwords/reveal.ts'
import type { App } from '../ports.ts'
import { record } from './audit.ts'
import { trusteeBundle } from './passwords.ts'

/** A page as it is answered. */
export type Page = { status: number; body: string }
/** A file instead of one; `type`: other than a ZIP archive. */
export type Fetched = { status: number; body: Uint8Array; file: string; type?: string }
/** Who looks: the language he asks for, the ones that his browser accepts. */
export type Reader = { asked: string | null; accepted: string | null }

/** The page of a link before it is opened: a button, never what is behind it. It changes nothing, however often it is fetched. */
export async function lookOnce(app: App, token: string, reader: Reader): Promise<Page> {
  return written(app, reader, await standing(app, token))
}

/** Opens a link: its page shows what is behind it, to one caller, once. `code`: the second factor, where it asks for one. */
export async function openOnce(app: App, token: string, code: string | undefined, reader: Reader): Promise<Page | Fetched> {
  const before = await standing(app, token)
  const opened = await open(app, token, code)
  if (opened.state === 'fetch') {
    const zip = await trusteeBundle(app, { wave: opened.row.wave, entity: entityOfArchive(opened.row) })
    return zip ? { status: 200, body: zip, file: 'passwords.zip' } : written(app, reader, { state: 'gone' })
  }
  if (opened.state === 'wrong-code') return written(app, reader, await standing(app, token), opened.left)
  if (opened.state === 'locked' && before.state === 'ready')
    await record(app, {
      subject: before.row.wave,
      who: 'holder of a link',
      action: 'lock-link',
      details: { address: before.row.address, wrongCodes: mostWrongCodes },
    })
  if (opened.state !== 'shown' || before.state !== 'ready')
    return written(app, reader, opened.state === 'shown' ? { state: 'gone' } : opened)
  const { row, value } = opened
  await record(app, {
    subject: row.wave,
    who: 'holder of a link',
    action: 'open-link',
    details: { address: row.address, number: row.number },
  })
  const pass = before.settings.mode === 'temporary-access-pass'
  const page: PageState = {
    state: 'shown',
    what: row.address,
    archive: row.address.startsWith('*'),
    value,
    pass,
    startsAt: row.startsAt,
  }
  return { status: 200, body: pageHtml(languageOf(reader, before), page, await zoneOf(app, before)) }
}

const statuses = { ready: 200, unknown: 404, gone: 410, locked: 410 } as const

async function written(app: App, reader: Reader, now: Standing, wrongLeft?: number): Promise<Page> {
  const page: PageState =
    now.state === 'ready' && isArchive(now.row)
      ? { state: 'fetch', expiresAt: now.row.expiresAt ?? 0 }
      : now.state === 'ready'
        ? {
            state: 'ready',
            what: now.row.address,
            archive: now.row.address.startsWith('*'),
            expiresAt: now.row.expiresAt ?? 0,
            startsAt: now.row.startsAt,
            withCode: now.withCode,
            ...(wrongLeft === undefined ? {} : { wrongLeft }),
          }
        : { state: now.state }
  const status = wrongLeft === undefined ? statuses[now.state] : 403
  return { status, body: pageHtml(languageOf(reader, now), page, await zoneOf(app, now)) }
}

function languageOf({ asked, accepted }: Reader, now: Standing) {
  return pageLanguage(asked, accepted, now.state === 'ready' ? now.mailbox?.wanted.language : undefined)
}

async function zoneOf(app: App, now: Standing): Promise<string> {
  return now.state === 'ready' ? (await app.playbook(now.row.playbook, now.row.playbookVersion)).timeZone : 'UTC'
}
