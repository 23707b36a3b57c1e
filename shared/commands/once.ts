import { shown } from '../notices/masked.ts'
import { entityOfArchive, isArchive } from '../passwords/archive.ts'
import { type PageState, pageHtml, pageLanguage } from '../passwords/page.ts'
import { mostWrongCodes, open, playbookOf, type Standing, standing } from '../passwords/reveal.ts'
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
    return zip ? { status: 200, body: zip, file: 'passwords.zip' } : written(app, reader, { state: 'gone', row: opened.row })
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
    return written(app, reader, opened.state === 'shown' ? { state: 'gone', row: opened.row } : opened)
  const { row, value } = opened
  await record(app, {
    subject: row.wave,
    who: 'holder of a link',
    action: 'open-link',
    details: { address: row.address, number: row.number },
  })
  const pass = before.settings.mode === 'temporary-access-pass'
  const house = await playbookOf(app, row)
  const page: PageState = {
    state: 'shown',
    what: shown(row.address, house.hideAddress),
    archive: row.address.startsWith('*'),
    value,
    pass,
    startsAt: row.startsAt,
  }
  return { status: 200, body: pageHtml(languageOf(reader, before), page, house) }
}

const statuses = { ready: 200, unknown: 404, gone: 410, locked: 410 } as const

async function written(app: App, reader: Reader, now: Standing, wrongLeft?: number): Promise<Page> {
  const house = now.row && (await playbookOf(app, now.row))
  const page: PageState =
    now.state === 'ready' && isArchive(now.row)
      ? { state: 'fetch', expiresAt: now.row.expiresAt ?? 0 }
      : now.state === 'ready'
        ? {
            state: 'ready',
            what: shown(now.row.address, house?.hideAddress === true),
            archive: now.row.address.startsWith('*'),
            expiresAt: now.row.expiresAt ?? 0,
            startsAt: now.row.startsAt,
            withCode: now.withCode,
            ...(wrongLeft === undefined ? {} : { wrongLeft }),
          }
        : { state: now.state }
  const status = wrongLeft === undefined ? statuses[now.state] : 403
  return { status, body: pageHtml(languageOf(reader, now), page, house) }
}

function languageOf({ asked, accepted }: Reader, now: Standing) {
  return pageLanguage(asked, accepted, now.state === 'ready' ? now.mailbox?.wanted.language : undefined)
}
