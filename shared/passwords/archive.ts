import { Refusal } from '../errors.ts'
import { show } from '../intake/faults.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { MadePasswords } from '../playbooks/passwords.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { PasswordRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { linkTo } from './access.ts'
import { newPassword } from './make.ts'
import { isSealed, sealedValue, sealingSecret, setNow } from './passwords.ts'
import { seal } from './seal.ts'

/** Which passwords an archive holds: those of a wave, or of one entity in it. */
export type Archive = { wave: string; entity?: string | undefined }

const open = '*archive'

/** The key of an archive that a trustee fetches through a link, among the passwords of its wave. */
function archiveKey(entity: string | undefined): string {
  return entity === undefined ? open : `${open}:${entity}`
}

/** The entity of an archive’s row; undefined where it is of a whole wave, or no archive of this kind. */
export function entityOfArchive({ address }: Pick<PasswordRow, 'address'>): string | undefined {
  return address.startsWith(`${open}:`) ? address.slice(open.length + 1) : undefined
}

/** Is the row that of an archive which can be fetched through its link as often as is needed until it ends? */
export function isArchive({ address }: Pick<PasswordRow, 'address'>): boolean {
  return address === open || address.startsWith(`${open}:`)
}

/** Throws a Refusal (404) for an entity that no mailbox of the wave belongs to: its trustee would be told a link that leads to nothing. */
export async function mustHave(app: App, wave: WaveRow, entity: string | undefined): Promise<void> {
  if (entity === undefined) return
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(wave.wave) }))
  const known = [...new Set(mailboxes.flatMap(mailbox => entityOf(playbook, mailbox) ?? []))].sort()
  if (known.includes(entity)) return
  const message = `the wave has no entity ${show(entity)}; it has ${known.join(', ') || 'none: leave ?entity= out'}`
  throw new Refusal(404, 'unknown-entity', message)
}

/**
 * The link through which a trustee fetches the archive of a wave or of an entity in it, until `expiresAt`; undefined where its passwords are not
 * handed out so. The same each time. `hide`: texts that must not be kept when the notice is stored as sent.
 */
export async function archiveAccess(
  app: App,
  wave: Pick<WaveRow, 'wave' | 'playbook' | 'playbookVersion'>,
  entity: string | undefined,
): Promise<{ url: string; expiresAt: number; hide: string[] } | undefined> {
  const settings = await archiveSettings(app, wave, entity)
  if (!settings) return undefined
  const row = await archiveRow(app, wave, entity, settings)
  if (!isSealed(row) || row.expiresAt === undefined || row.expiresAt <= app.now()) return undefined
  const url = await linkTo(app, row, settings)
  return { url, expiresAt: row.expiresAt, hide: [url] }
}

/** The password that opens the archive, to be told to its trustee by another way than its link; undefined where there is none. */
export async function archivePassword(
  app: App,
  wave: Pick<WaveRow, 'wave' | 'playbook' | 'playbookVersion'>,
  entity: string | undefined,
): Promise<string | undefined> {
  const settings = await archiveSettings(app, wave, entity)
  return settings && sealedValue(app, await archiveRow(app, wave, entity, settings), settings)
}

async function archiveSettings(
  app: App,
  { playbook, playbookVersion }: Pick<WaveRow, 'playbook' | 'playbookVersion'>,
  entity: string | undefined,
): Promise<MadePasswords | undefined> {
  const { passwords } = settingsOf(await app.playbook(playbook, playbookVersion), entity)
  return passwords.mode === 'sealed-bundle' ? passwords : undefined
}

async function archiveRow(
  app: App,
  { wave, playbook, playbookVersion }: Pick<WaveRow, 'wave' | 'playbook' | 'playbookVersion'>,
  entity: string | undefined,
  settings: MadePasswords,
): Promise<PasswordRow> {
  const about = { wave, address: archiveKey(entity), number: 1 }
  const known = await app.store.passwords.get(keyPart(wave), keyPart(about.address))
  if (known) return known.row
  const sealed = seal(await sealingSecret(app, settings), newPassword(), about)
  const common = { ...about, playbook, playbookVersion, wrong: 0, handedOut: 0, madeAt: app.now() }
  const row: PasswordRow = { ...common, ...setNow(app, settings), ...sealed }
  if ((await app.store.passwords.insert(row)) !== 'exists') return row
  return (await app.store.passwords.get(keyPart(wave), keyPart(about.address)))?.row ?? row
}
