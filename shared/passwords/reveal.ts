import { timingSafeEqual } from 'node:crypto'
import { settingsFor, settingsOf } from '../playbooks/entity.ts'
import type { MadePasswords } from '../playbooks/passwords.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, PasswordRow } from '../store/schema.ts'
import { codeFor } from './access.ts'
import { entityOfArchive, isArchive } from './archive.ts'
import { destroyed, passwordRow, sealedValue } from './passwords.ts'
import { tokenHash } from './seal.ts'

/** After so many wrong codes a link opens for nobody. */
export const mostWrongCodes = 5

/** A link that opens nothing. `row`: what was behind it, where that is known. */
type Closed = { state: 'unknown' | 'gone' | 'locked'; row?: PasswordRow | undefined }

/** How a link stands. `ready`: one more step shows the value; `gone`: it was opened, replaced, or its time is over. */
export type Standing =
  | Closed
  | {
      state: 'ready'
      row: PasswordRow
      etag: string
      settings: MadePasswords
      withCode: boolean
      mailbox: MailboxRow | undefined
    }

/** What came of opening a link. */
export type Opened =
  | Closed
  | { state: 'fetch'; row: PasswordRow }
  | { state: 'wrong-code'; left: number }
  | { state: 'shown'; value: string; row: PasswordRow }

/** How a link stands. It changes nothing: scanners follow links. */
export async function standing(app: App, token: string): Promise<Standing> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return { state: 'unknown' }
  const hash = tokenHash(token)
  const link = await app.store.links.get('once', hash)
  if (!link) return { state: 'unknown' }
  const stored = await passwordRow(app, link.row)
  if (!stored || stored.row.number !== link.row.number || stored.row.sealed === undefined)
    return { state: 'gone', row: stored?.row }
  const { row, etag } = stored
  if (row.state !== 'set' || row.expiresAt === undefined || row.expiresAt <= app.now()) return { state: 'gone', row }
  const settings = await settingsOfRow(app, row)
  if (!settings) return { state: 'gone', row }
  if (row.wrong >= mostWrongCodes) return { state: 'locked', row }
  const mailbox = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
  const withCode = !row.address.startsWith('*') && 'secondFactor' in settings && settings.secondFactor === 'code'
  return { state: 'ready', row, etag, settings, withCode, mailbox: mailbox?.row }
}

/**
 * Opens a link: the value is given to one caller and destroyed. Of two at once one gets it, since both save the same ETag; the value is given
 * only after the row says so.
 */
export async function open(app: App, token: string, code: string | undefined): Promise<Opened> {
  for (;;) {
    const now = await standing(app, token)
    if (now.state !== 'ready') return now
    // What is fetched through it is encrypted, and may be needed twice.
    if (isArchive(now.row)) return { state: 'fetch', row: now.row }
    const { row, etag, settings } = now
    if (now.withCode && !same((await codeFor(app, row, settings)) ?? '', (code ?? '').replaceAll(/\D/g, ''))) {
      const wrong = row.wrong + 1
      if ((await app.store.passwords.save({ ...row, wrong }, etag)) === 'conflict') continue
      return wrong >= mostWrongCodes ? { state: 'locked', row } : { state: 'wrong-code', left: mostWrongCodes - wrong }
    }
    const value = await sealedValue(app, row, settings)
    if (value === undefined) return { state: 'gone', row }
    const opened: PasswordRow = { ...destroyed(row), state: 'opened', openedAt: app.now() }
    if ((await app.store.passwords.save(opened, etag)) === 'conflict') continue
    return { state: 'shown', value, row: opened }
  }
}

/** The playbook as it holds for whose password it is. */
export async function playbookOf(app: App, row: PasswordRow): Promise<Playbook> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const stored = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
  return stored ? settingsFor(playbook, stored.row) : settingsOf(playbook, entityOfArchive(row))
}

/** What the playbook says of a password’s row; an archive’s is sealed as its entity’s, or as the first of its playbook’s that makes any. */
export async function settingsOfRow(app: App, row: PasswordRow): Promise<MadePasswords | undefined> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const stored = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
  if (stored) return made(settingsFor(playbook, stored.row))
  const own = entityOfArchive(row)
  if (own !== undefined || isArchive(row)) return made(settingsOf(playbook, own))
  const all = [undefined, ...Object.keys(playbook.entities)].map(entity => made(settingsOf(playbook, entity)))
  return all.find(one => one?.mode === 'sealed-bundle')
}

function made({ passwords }: Playbook): MadePasswords | undefined {
  return passwords.mode === 'none' ? undefined : passwords
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right)
}
