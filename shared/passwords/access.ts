import type { MadePasswords } from '../playbooks/passwords.ts'
import type { App } from '../ports.ts'
import type { MailboxRow, PasswordRow } from '../store/schema.ts'
import {
  changePassword,
  isHandedIn,
  isSealed,
  passwordRow,
  passwordSettings,
  sealedValue,
  sealingSecret,
  toldNow,
} from './passwords.ts'
import { codeOf, tokenHash, tokenOf } from './seal.ts'

/**
 * What a notice may say of a mailbox’s password. `unchanged`: people sign in as before; `not-yet`: it is not set yet; `link`: `url` shows it once,
 * until `expiresAt`; `by-trustee`: a trustee hands it out; `mailed`: the password itself, in the mode whose risk was accepted; `over`: it was
 * shown, or nobody opened it in time. `hide`: texts that must not be kept when the notice is stored as sent.
 */
export type PasswordAccess =
  | { state: 'unchanged' | 'not-yet' | 'by-trustee' | 'over'; hide: string[] }
  | { state: 'link'; url: string; expiresAt: number; withCode: boolean; startsAt?: number | undefined; hide: string[] }
  | { state: 'mailed'; password: string; expiresAt: number; hide: string[] }

/** What a notice may say now of a mailbox’s password. */
export async function passwordAccess(app: App, mailbox: MailboxRow): Promise<PasswordAccess> {
  const settings = await passwordSettings(app, mailbox)
  if (!settings) return { state: 'unchanged', hide: [] }
  const stored = await passwordRow(app, mailbox)
  if (!stored) {
    // An account that was there before keeps its password; only a pass is made for it too, or a password handed in.
    const comes = settings.mode === 'temporary-access-pass' || !mailbox.targetReadyAt || (await isHandedIn(app, mailbox))
    return { state: comes ? 'not-yet' : 'unchanged', hide: [] }
  }
  const { row } = stored
  if (row.state === 'sealed') return { state: 'not-yet', hide: [] }
  if (!isSealed(row) || row.expiresAt === undefined || row.expiresAt <= app.now()) return { state: 'over', hide: [] }
  switch (settings.mode) {
    case 'sealed-bundle':
      return { state: 'by-trustee', hide: [] }
    case 'mail': {
      const password = (await sealedValue(app, row, settings)) ?? ''
      return { state: 'mailed', password, expiresAt: row.expiresAt, hide: [password] }
    }
    default: {
      const url = await linkTo(app, row, settings)
      const { expiresAt = row.expiresAt } = (await passwordRow(app, mailbox))?.row ?? {}
      const withCode = settings.secondFactor === 'code'
      return { state: 'link', url, expiresAt, withCode, startsAt: row.startsAt, hide: [url] }
    }
  }
}

/** The link to a password’s page; made on first asking, the same ever after. Only its hash is kept. */
export async function linkTo(app: App, row: PasswordRow, settings: MadePasswords): Promise<string> {
  if (!isSealed(row)) throw new Error(`the password of ${row.address} is destroyed`)
  const token = tokenOf(await sealingSecret(app, settings), row.salt, row)
  const { wave, address, number } = row
  const hash = tokenHash(token)
  await app.store.links.insert({ hash, wave, address, number, at: app.now() })
  if (row.link !== hash)
    await changePassword(app, row, now =>
      now.number === number && isSealed(now) ? { ...now, link: hash, ...toldNow(app, settings, now) } : undefined,
    )
  return `${app.publicUrl}/api/once/${token}`
}

/** The code that a password’s page asks for; undefined where it asks for none, or the password is gone. */
export async function codeFor(app: App, row: PasswordRow, settings: MadePasswords): Promise<string | undefined> {
  if (!('secondFactor' in settings) || settings.secondFactor === 'none' || !isSealed(row)) return undefined
  return codeOf(await sealingSecret(app, settings), row.salt, row)
}
