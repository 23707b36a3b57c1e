import { durationMs } from '../playbooks/duration.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { MadePasswords } from '../playbooks/passwords.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, PasswordRow } from '../store/schema.ts'
import type { Stored } from '../store/store.ts'
import { newPassword } from './make.ts'
import { type Sealed, seal, sealing, unseal } from './seal.ts'

/** What the playbook says of a mailbox’s password; undefined where none is made: mode `none`, shared mailboxes, aliases. */
export async function passwordSettings(
  app: App,
  mailbox: Pick<MailboxRow, 'address' | 'wanted' | 'playbook' | 'playbookVersion'>,
) {
  const { passwords } = settingsFor(await app.playbook(mailbox.playbook, mailbox.playbookVersion), mailbox)
  return passwords.mode === 'none' || mailbox.wanted.kind !== 'user' ? undefined : passwords
}

/** The row of a mailbox’s password. */
export function passwordRow(
  app: App,
  { wave, address }: { wave: string; address: string },
): Promise<Stored<PasswordRow> | undefined> {
  return app.store.passwords.get(keyPart(wave), keyPart(address))
}

/**
 * The first password for an account that is about to be made. It is sealed and stored before it is given, so that a stop between making the
 * account and the next step loses nothing: asked again, it is the same.
 */
export async function firstPassword(app: App, mailbox: MailboxRow, settings: MadePasswords): Promise<string> {
  const { wave, address, playbook, playbookVersion } = mailbox
  const about = { wave, address, number: 1 }
  const secret = await sealingSecret(app, settings)
  const value = newPassword()
  const common = { ...about, playbook, playbookVersion, wrong: 0, handedOut: 0 }
  const made = await app.store.passwords.insert({ ...common, state: 'sealed', madeAt: app.now(), ...seal(secret, value, about) })
  if (made !== 'exists') return value
  const stored = await passwordRow(app, mailbox)
  if (!stored || !isSealed(stored.row)) throw new Error(`the password of ${address} is gone before its account was made`)
  return unseal(secret, stored.row, stored.row)
}

/** Writes down that the target has the password. Twice equals once. */
export async function passwordIsSet(app: App, mailbox: MailboxRow, settings: MadePasswords): Promise<void> {
  await changePassword(app, mailbox, row => (row.state === 'sealed' ? { ...row, ...setNow(app, settings) } : undefined))
}

/** The columns of a password that the target has from now on. */
export function setNow(
  app: App,
  settings: MadePasswords,
): Pick<PasswordRow, 'state' | 'setAt' | 'expiresAt' | 'dueAt' | 'resets'> {
  const expiresAt = app.now() + (durationMs(settings.life) ?? 0)
  return { state: 'set', setAt: app.now(), expiresAt, dueAt: expiresAt, resets: undefined }
}

/**
 * The columns of a password whose link there is from now on. Its account may be days older: its life and its reminder count from here. A
 * temporary pass ends when it ends.
 */
export function toldNow(
  app: App,
  settings: MadePasswords,
  { startsAt, expiresAt: ends = 0 }: PasswordRow,
): Pick<PasswordRow, 'toldAt' | 'expiresAt' | 'dueAt'> {
  const toldAt = app.now()
  const expiresAt = startsAt === undefined ? toldAt + (durationMs(settings.life) ?? 0) : ends
  const nudgeAt = 'unopened' in settings ? toldAt + (durationMs(settings.unopened.nudgeAfter) ?? 0) : expiresAt
  return { toldAt, expiresAt, dueAt: Math.min(nudgeAt, expiresAt) }
}

/** Whether whoever makes a mailbox’s account hands its password in, since Relève makes none of these accounts. */
export async function isHandedIn(app: App, { playbook, playbookVersion }: MailboxRow): Promise<boolean> {
  return (await app.playbook(playbook, playbookVersion)).target.accounts !== 'graph'
}

/** Seals a password that somebody else set at the target, as a new one; a link of an earlier one shows nothing any more. */
export async function sealHandedIn(app: App, mailbox: MailboxRow, settings: MadePasswords, value: string): Promise<void> {
  const { wave, address, playbook, playbookVersion } = mailbox
  const secret = await sealingSecret(app, settings)
  for (;;) {
    const before = await passwordRow(app, mailbox)
    const about = { wave, address, number: (before?.row.number ?? 0) + 1 }
    const common = { ...about, playbook, playbookVersion, wrong: 0, handedOut: 0, madeAt: app.now() }
    const row: PasswordRow = { ...common, ...setNow(app, settings), ...seal(secret, value, about) }
    const saved = before ? await app.store.passwords.save(row, before.etag) : await app.store.passwords.insert(row)
    if (saved !== 'conflict' && saved !== 'exists') return
  }
}

/** The value that is sealed in a row; undefined where it is destroyed. */
export async function sealedValue(app: App, row: PasswordRow, settings: MadePasswords): Promise<string | undefined> {
  return isSealed(row) ? unseal(await sealingSecret(app, settings), row, row) : undefined
}

/** The secret that the playbook names for sealing, of enough characters. */
export async function sealingSecret(app: App, { sealWith }: MadePasswords): Promise<string> {
  return sealing(sealWith, await app.secret(sealWith))
}

/** A row without what opens it: neither the value, nor its link, nor its code can be had again. */
export function destroyed(row: PasswordRow): PasswordRow {
  return { ...row, salt: undefined, sealed: undefined, dueAt: undefined }
}

/** Saves a change of a mailbox’s password row, loading again after a lost ETag; undefined where there is nothing to change. */
export async function changePassword(
  app: App,
  at: { wave: string; address: string },
  change: (row: PasswordRow) => PasswordRow | undefined,
): Promise<PasswordRow | undefined> {
  for (;;) {
    const stored = await passwordRow(app, at)
    const changed = stored && change(stored.row)
    if (!changed) return undefined
    if ((await app.store.passwords.save(changed, stored.etag)) !== 'conflict') return changed
  }
}

export function isSealed(row: PasswordRow): row is PasswordRow & Sealed {
  return row.salt !== undefined && row.sealed !== undefined
}
