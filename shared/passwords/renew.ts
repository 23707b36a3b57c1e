import { durationMs } from '../playbooks/duration.ts'
import type { MadePasswords } from '../playbooks/passwords.ts'
import type { App } from '../ports.ts'
import type { MailboxRow, PasswordRow } from '../store/schema.ts'
import { newPassword } from './make.ts'
import { changePassword, passwordRow, sealedValue, sealingSecret, setNow } from './passwords.ts'
import { seal } from './seal.ts'

/**
 * Makes a new password for an account that is there, and tells the target. Sealed first, then set: a stop in between is finished by whoever looks
 * next. An earlier link shows nothing any more.
 */
export async function renewPassword(app: App, mailbox: MailboxRow, settings: MadePasswords): Promise<PasswordRow | undefined> {
  if (settings.mode === 'temporary-access-pass') return issuePass(app, mailbox, settings)
  const { wave, address, playbook, playbookVersion } = mailbox
  const before = await passwordRow(app, mailbox)
  const about = { wave, address, number: (before?.row.number ?? 0) + 1 }
  const sealed = seal(await sealingSecret(app, settings), newPassword(), about)
  const common = { ...about, playbook, playbookVersion, wrong: 0, handedOut: before?.row.handedOut ?? 0 }
  const row: PasswordRow = {
    ...common,
    state: 'sealed',
    resets: true,
    madeAt: app.now(),
    dueAt: app.now() + app.quietMs,
    ...sealed,
  }
  const saved = before ? await app.store.passwords.save(row, before.etag) : await app.store.passwords.insert(row)
  // Somebody else is making one at this moment: theirs counts.
  if (saved === 'conflict' || saved === 'exists') return (await passwordRow(app, mailbox))?.row
  return tellTarget(app, mailbox, settings)
}

/** Tells the target the password that is sealed for an account that was there before. Twice equals once. */
export async function tellTarget(app: App, mailbox: MailboxRow, settings: MadePasswords): Promise<PasswordRow | undefined> {
  const stored = await passwordRow(app, mailbox)
  if (stored?.row.state !== 'sealed' || !stored.row.resets) return stored?.row
  const { number } = stored.row
  const value = await sealedValue(app, stored.row, settings)
  const accounts = await app.accounts(await app.playbook(mailbox.playbook, mailbox.playbookVersion))
  if (value === undefined || !accounts.setPassword) return stored.row
  await accounts.setPassword(mailbox.wanted.target?.user ?? mailbox.address, value)
  const fresh = (row: PasswordRow) =>
    row.state === 'sealed' && row.number === number ? { ...row, ...setNow(app, settings) } : undefined
  return (await changePassword(app, mailbox, fresh)) ?? (await passwordRow(app, mailbox))?.row
}

/**
 * Makes a Temporary Access Pass and seals it. Its value is told only by the answer that makes it, so a stop before it is sealed loses that pass;
 * the next look makes another, and the lost one ends.
 */
export async function issuePass(
  app: App,
  mailbox: MailboxRow,
  settings: MadePasswords & { mode: 'temporary-access-pass' },
  from = app.now(),
): Promise<PasswordRow | undefined> {
  const { wave, address, playbook, playbookVersion } = mailbox
  const accounts = await app.accounts(await app.playbook(playbook, playbookVersion))
  if (!accounts.temporaryPass) return undefined
  const before = await passwordRow(app, mailbox)
  const startsAt = Math.max(from, app.now())
  const lifetimeMs = durationMs(settings.lifetime) ?? 0
  const value = await accounts.temporaryPass(mailbox.wanted.target?.user ?? address, {
    startsAt,
    lifetimeMinutes: Math.round(lifetimeMs / 60_000),
    usableOnce: settings.usableOnce,
  })
  const about = { wave, address, number: (before?.row.number ?? 0) + 1 }
  const sealed = seal(await sealingSecret(app, settings), value, about)
  const set = setNow(app, settings)
  const expiresAt = Math.min(set.expiresAt ?? startsAt, startsAt + lifetimeMs)
  const row: PasswordRow = {
    ...about,
    ...set,
    playbook,
    playbookVersion,
    wrong: 0,
    handedOut: 0,
    madeAt: app.now(),
    startsAt,
    expiresAt,
    dueAt: Math.min(set.dueAt ?? expiresAt, expiresAt),
    ...sealed,
  }
  const saved = before ? await app.store.passwords.save(row, before.etag) : await app.store.passwords.insert(row)
  return saved === 'conflict' || saved === 'exists' ? issuePass(app, mailbox, settings, from) : row
}
