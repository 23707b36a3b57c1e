import { Failure } from '../errors.ts'
import { owe } from '../notices/owed.ts'
import { linkTo } from '../passwords/access.ts'
import { changePassword, destroyed, isHandedIn, passwordRow, passwordSettings } from '../passwords/passwords.ts'
import { issuePass, renewPassword, tellTarget } from '../passwords/renew.ts'
import { settingsOfRow } from '../passwords/reveal.ts'
import { durationMs } from '../playbooks/duration.ts'
import type { MadePasswords } from '../playbooks/passwords.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, PasswordRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'

/** What the `open` step owes: every account’s password can be had by its person, but of those in `behind`. Says whose cannot yet, and why. Twice equals once. */
export async function openMailboxes(
  app: App,
  wave: WaveRow,
  behind: ReadonlySet<string> = new Set(),
): Promise<{ open: number; waiting: { address: string; why: string }[] }> {
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave.wave) }))
  const waiting: { address: string; why: string }[] = []
  let open = 0
  await inParallel(
    rows.filter(({ state }) => state !== 'cancelled'),
    async mailbox => {
      const settings = behind.has(mailbox.address) ? undefined : await passwordSettings(app, mailbox)
      const early = behind.has(mailbox.address) ? 'its domain is not switched yet' : undefined
      const why = settings ? await openOne(app, mailbox, settings) : early
      if (why === undefined) open++
      else waiting.push({ address: mailbox.address, why })
    },
  )
  return { open, waiting: waiting.sort((a, b) => (a.address < b.address ? -1 : 1)) }
}

async function openOne(app: App, mailbox: MailboxRow, settings: MadePasswords): Promise<string | undefined> {
  if (mailbox.targetReadyAt === undefined) return 'its account is not there yet'
  let row = (await passwordRow(app, mailbox))?.row
  if (!row && settings.mode === 'temporary-access-pass') row = await issuePass(app, mailbox, settings)
  if (!row && (await isHandedIn(app, mailbox))) return 'its password has not been handed in yet'
  if (row?.state === 'sealed') row = await tellTarget(app, mailbox, settings)
  if (row?.state === 'sealed') return 'its password is not set at the target yet'
  if (row?.state === 'set' && 'unopened' in settings) await linkTo(app, row, settings)
  return undefined
}

/** Looks at every password whose time has come: finishes what was interrupted, reminds, makes anew, destroys what nobody opened. */
export async function followPasswords(app: App): Promise<number> {
  const due = await all(app.store.passwords.list({ dueBy: app.now() }))
  await inParallel(due, row => attempt(app, row))
  return due.length
}

/** How long a password that cannot be worked on now is left alone, ms. */
const laterMs = 10 * 60_000

async function attempt(app: App, row: PasswordRow): Promise<void> {
  try {
    await follow(app, row)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    app.log({ wave: row.wave, mailbox: row.address, pass: row.number, work: 'follow-passwords', error: error.message })
    await changePassword(app, row, now => (now.dueAt === undefined ? undefined : { ...now, dueAt: app.now() + laterMs }))
  }
}

async function follow(app: App, row: PasswordRow): Promise<void> {
  const expires = row.expiresAt !== undefined && row.expiresAt <= app.now()
  const stored = await app.store.mailboxes.get(keyPart(row.wave), keyPart(row.address))
  const gone = stored?.row.state === 'cancelled'
  const mailbox = gone ? undefined : stored?.row
  const settings = await settingsOfRow(app, row)
  const reset = !gone && settings && 'unopened' in settings ? settings.unopened : undefined
  const toldAt = row.toldAt ?? (row.link === undefined ? undefined : row.setAt)
  const resetAt =
    reset?.resetAfter === undefined || toldAt === undefined ? undefined : toldAt + (durationMs(reset.resetAfter) ?? 0)
  if (mailbox && settings && row.state === 'sealed') {
    await tellTarget(app, mailbox, settings)
  } else if (mailbox && settings && resetAt !== undefined && resetAt <= app.now() && row.state === 'set') {
    await renewPassword(app, mailbox, settings)
    if (reset?.reset !== undefined) await owe(app, await app.playbook(row.playbook, row.playbookVersion), mailbox, reset.reset)
  } else if (expires || !settings || (gone && row.state === 'sealed')) {
    await changePassword(app, row, now => (now.number === row.number ? { ...destroyed(now), state: 'expired' } : undefined))
  } else if (row.state === 'set') {
    if (mailbox && reset?.nudge !== undefined && row.nudgedAt === undefined && toldAt !== undefined)
      await owe(app, await app.playbook(row.playbook, row.playbookVersion), mailbox, reset.nudge)
    const dueAt = Math.min(row.expiresAt ?? Number.POSITIVE_INFINITY, resetAt ?? Number.POSITIVE_INFINITY)
    await changePassword(app, row, now =>
      now.number === row.number && now.state === 'set' ? { ...now, nudgedAt: now.nudgedAt ?? app.now(), dueAt } : undefined,
    )
  }
}
