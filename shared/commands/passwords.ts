import { z } from 'zod'
import { type Fault, Refusal } from '../errors.ts'
import { check, expected } from '../intake/faults.ts'
import { type Language, why } from '../intake/words.ts'
import { codeFor, linkTo } from '../passwords/access.ts'
import { type Archive, archiveAccess, archivePassword, mustHave } from '../passwords/archive.ts'
import { sealedZip } from '../passwords/bundle.ts'
import { lettersPdf, type PasswordLetter } from '../passwords/letters.ts'
import { newPassword } from '../passwords/make.ts'
import {
  changePassword,
  isHandedIn,
  passwordRow,
  passwordSettings,
  sealedValue,
  sealHandedIn,
  sealingSecret,
  setNow,
} from '../passwords/passwords.ts'
import { renewPassword } from '../passwords/renew.ts'
import { seal } from '../passwords/seal.ts'
import { entityOf, settingsFor } from '../playbooks/entity.ts'
import type { MadePasswords } from '../playbooks/passwords.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, PasswordRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { record } from './audit.ts'
import { waveRow } from './status.ts'

/** Where each password of a wave stands; never one itself, nor its link. */
export async function passwordList(app: App, wave: string) {
  await waveRow(app, wave)
  const rows = await all(app.store.passwords.list({ partition: keyPart(wave) }))
  const passwords = rows
    .filter(({ address }) => !address.startsWith('*'))
    .map(({ address, state, number, setAt, startsAt, expiresAt, openedAt, nudgedAt, handedOut, wrong }) => ({
      ...{ address, state, number, handedOut, wrongCodes: wrong },
      ...times({ setAt, startsAt, expiresAt, openedAt, nudgedAt }),
    }))
  return { wave, passwords }
}

/** The encrypted archive of a wave’s passwords, and the link that shows its own password once. Each fetching is a new archive. */
export async function passwordBundle(app: App, archive: Archive, who: string): Promise<{ zip: Uint8Array; link: string }> {
  const { letters, settings } = await lettersOf(app, archive)
  const { password, link } = await ownPassword(app, archive.wave, settings)
  return { zip: await packed(app, archive, letters, password, who), link }
}

/** The archive that a trustee fetches through his link. It opens with the password that an operator tells him. */
export async function trusteeBundle(app: App, archive: Archive): Promise<Uint8Array | undefined> {
  const password = await archivePassword(app, await waveRow(app, archive.wave), archive.entity)
  const { letters } = await lettersOf(app, archive)
  return password === undefined ? undefined : packed(app, archive, letters, password, 'holder of a link')
}

/** The link and the password of an archive, for an operator who passes them on by two ways. */
export async function trusteeAccess(app: App, archive: Archive, who: string) {
  const row = await waveRow(app, archive.wave)
  await mustHave(app, row, archive.entity)
  const access = await archiveAccess(app, row, archive.entity)
  const password = await archivePassword(app, row, archive.entity)
  if (!access || password === undefined)
    throw new Refusal(
      409,
      'no-passwords',
      'no password of this wave is handed out by a trustee now (passwords.mode: sealed-bundle)',
    )
  await record(app, { subject: archive.wave, who, action: 'tell-archive-password', details: { entity: archive.entity } })
  return { ...archive, url: access.url, expiresAt: new Date(access.expiresAt).toISOString(), password }
}

async function packed(
  app: App,
  { wave }: Archive,
  letters: readonly PasswordLetter[],
  password: string,
  who: string,
): Promise<Uint8Array> {
  const csv = [
    'address,name,password',
    ...letters.map(({ address, name, password }) => [address, name, password].map(quoted).join(',')),
  ]
  const files = { 'passwords.csv': `\uFEFF${csv.join('\r\n')}\r\n`, 'letters.pdf': await lettersPdf(letters, wave) }
  const zip = await sealedZip(files, password)
  await handedOut(app, wave, letters, 'passwords.zip', who)
  return zip
}

/** The letters of a wave, one page a person. They are open: the archive holds them sealed. */
export async function passwordLetters(app: App, archive: Archive, who: string): Promise<Buffer> {
  const { letters } = await lettersOf(app, archive)
  const pdf = await lettersPdf(letters, archive.wave)
  await handedOut(app, archive.wave, letters, 'letters.pdf', who)
  return pdf
}

/** The code that a link asks for, to be told by telephone. */
export async function secondFactor(app: App, wave: string, address: string, who: string) {
  const stored = await passwordRow(app, { wave, address: address.toLowerCase() })
  const mailbox = await app.store.mailboxes.get(keyPart(wave), keyPart(address.toLowerCase()))
  const settings = mailbox && (await passwordSettings(app, mailbox.row))
  const code = stored && settings && (await codeFor(app, stored.row, settings))
  if (code === undefined)
    throw new Refusal(404, 'no-code', `there is no code for ${address}: no password waits there, or its link asks for none`)
  await record(app, { subject: wave, who, action: 'tell-code', details: { address } })
  return { address, code }
}

const wanted = z.string({ error: expected('an address') }).max(254, { error: 'expected an address of at most 254 characters' })
const order = z.strictObject({
  why,
  mailboxes: z.array(wanted).min(1, { error: 'expected at least one address' }).max(1_000),
})

/** Makes new passwords for mailboxes of a wave and tells the target. Links of earlier ones show nothing any more; the answer has the new ones. */
export async function reissue(app: App, wave: string, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  await waveRow(app, wave)
  const { chosen, wrong } = await chosenFrom(
    Object(body).mailboxes,
    i => `mailboxes[${i}]`,
    address => renewable(app, wave, address),
  )
  const all = [...faults, ...wrong]
  if (!value || all.length > 0) throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', all)
  await record(app, { subject: wave, who, action: 'reissue', why: value.why, details: { mailboxes: value.mailboxes } })
  const links: { address: string; url?: string }[] = []
  for (const { mailbox, settings } of chosen) {
    if (!mailbox || !settings) continue
    const row = await renewPassword(app, mailbox, settings)
    const url = row?.state === 'set' && 'unopened' in settings ? await linkTo(app, row, settings) : undefined
    links.push({ address: mailbox.address, ...(url ? { url } : {}) })
  }
  return { wave, action: 'reissue', changed: links.length, links }
}

/** A mailbox whose password is asked about, or why it cannot be done. */
type Chosen = { mailbox: MailboxRow; settings: MadePasswords; why?: never } | { mailbox?: never; settings?: never; why: string }

/** The mailboxes that a request names, and what is wrong with each: it is not there, nothing can be done for it, it is named twice. Other faults of a name are told elsewhere. */
async function chosenFrom(
  sent: unknown,
  path: (i: number) => string,
  choose: (address: string) => Promise<Chosen>,
): Promise<{ chosen: Chosen[]; wrong: Fault[] }> {
  const addresses = (Array.isArray(sent) ? sent.slice(0, most) : []).map(one => wanted.safeParse(one).data)
  const chosen = await Promise.all(addresses.map(one => (one === undefined ? { why: '' } : choose(one))))
  const first = new Map<string, number>()
  const wrong = addresses.flatMap((one, i): Fault[] => {
    if (one === undefined) return []
    const before = first.get(one.toLowerCase())
    if (before !== undefined)
      return [{ path: path(i), message: `${one} already stands at ${path(before)}: name each mailbox once` }]
    first.set(one.toLowerCase(), i)
    const why = chosen[i]?.why
    return why === undefined ? [] : [{ path: path(i), message: why }]
  })
  return { chosen, wrong }
}

async function chosenOf(app: App, wave: string, address: string, untold: string): Promise<Chosen> {
  const stored = await app.store.mailboxes.get(keyPart(wave), keyPart(address.toLowerCase()))
  if (!stored) return { why: `${address} is not in wave “${wave}”` }
  const settings = await passwordSettings(app, stored.row)
  return settings ? { mailbox: stored.row, settings } : { why: untold }
}

async function renewable(app: App, wave: string, address: string): Promise<Chosen> {
  const untold = `${address} has no password of ours: its playbook makes none for it (passwords.mode)`
  const chosen = await chosenOf(app, wave, address, untold)
  if (!chosen.mailbox) return chosen
  if (await isHandedIn(app, chosen.mailbox))
    return { why: `Relève cannot set the password of ${address}: set one there, then hand it in` }
  if (chosen.mailbox.targetReadyAt === undefined) return { why: `the account of ${address} is not there yet` }
  return chosen
}

/** A wave has no more mailboxes. */
const most = 10_000

const handed = z
  .array(
    z.strictObject({
      address: wanted,
      password: z
        .string({ error: 'expected a password; what was given is not repeated here' })
        .min(8, { error: 'expected a password of at least 8 characters; what was given is not repeated here' })
        .max(256, { error: 'expected a password of at most 256 characters; what was given is not repeated here' }),
    }),
  )
  .max(most)

/** Takes passwords that somebody else set at the target, as `[{ address, password }]`, and seals each at once. */
export async function handIn(app: App, wave: string, body: unknown, who: string) {
  const { value, faults = [] } = check(handed, body)
  await waveRow(app, wave)
  const { chosen, wrong } = await chosenFrom(
    Array.isArray(body) ? body.map(one => Object(one).address) : undefined,
    i => `[${i}].address`,
    address => chosenOf(app, wave, address, `nobody is told a password of ${address}: see passwords.mode of its playbook`),
  )
  const all = [...faults, ...wrong]
  if (!value || all.length > 0) throw new Refusal(400, 'invalid-passwords', 'the passwords have faults; nothing was stored', all)
  await record(app, {
    subject: wave,
    who,
    action: 'hand-in-passwords',
    details: { mailboxes: value.map(({ address }) => address) },
  })
  for (const [i, { mailbox, settings }] of chosen.entries())
    if (mailbox && settings) await sealHandedIn(app, mailbox, settings, value[i]?.password ?? '')
  return { wave, action: 'hand-in', changed: value.length }
}

/** The letters of all whose password waits for a trustee. */
async function lettersOf(app: App, { wave, entity }: Archive): Promise<{ letters: PasswordLetter[]; settings: MadePasswords }> {
  const of = await waveRow(app, wave)
  await mustHave(app, of, entity)
  const playbook = await app.playbook(of.playbook, of.playbookVersion)
  const mailboxes = new Map(
    (await all(app.store.mailboxes.list({ partition: keyPart(wave) }))).map(mailbox => [mailbox.address, mailbox]),
  )
  const letters: PasswordLetter[] = []
  let settings: MadePasswords | undefined
  for (const row of await all(app.store.passwords.list({ partition: keyPart(wave) }))) {
    const mailbox = mailboxes.get(row.address)
    const own = mailbox && settingsFor(playbook, mailbox)
    if (mailbox && entity !== undefined && entityOf(playbook, mailbox) !== entity) continue
    if (!mailbox || own?.passwords.mode !== 'sealed-bundle' || !isWaiting(app, row)) continue
    settings = own.passwords
    const password = await sealedValue(app, row, settings)
    if (password === undefined) continue
    const { displayName, givenName, surname, language = 'fr' } = mailbox.wanted
    const name = displayName ?? ([givenName, surname].filter(Boolean).join(' ') || row.address)
    const contact = [own.contact?.name, own.contact?.address, own.contact?.phone].filter(Boolean).join(', ') || undefined
    letters.push({
      address: mailbox.wanted.target?.user ?? row.address,
      name,
      password,
      language: language satisfies Language,
      contact,
    })
  }
  if (!settings)
    throw new Refusal(
      409,
      'no-passwords',
      'no password of this wave waits to be handed out by a trustee (passwords.mode: sealed-bundle)',
    )
  return { letters, settings }
}

function isWaiting(app: App, row: PasswordRow): boolean {
  return row.state === 'set' && row.expiresAt !== undefined && row.expiresAt > app.now()
}

async function ownPassword(app: App, wave: string, settings: MadePasswords): Promise<{ password: string; link: string }> {
  const password = newPassword()
  const { playbook, playbookVersion } = await waveRow(app, wave)
  const address = `*${app.newId()}`
  const about = { wave, address, number: 1 }
  const sealed = seal(await sealingSecret(app, settings), password, about)
  const common = { ...about, playbook, playbookVersion, wrong: 0, handedOut: 0, madeAt: app.now() }
  const row: PasswordRow = { ...common, ...setNow(app, settings), ...sealed }
  await app.store.passwords.insert(row)
  return { password, link: await linkTo(app, row, settings) }
}

async function handedOut(app: App, wave: string, letters: readonly PasswordLetter[], file: string, who: string): Promise<void> {
  await record(app, {
    subject: wave,
    who,
    action: 'fetch-passwords',
    details: { file, mailboxes: letters.map(({ address }) => address) },
  })
  for (const { address } of letters)
    await changePassword(app, { wave, address }, row => ({ ...row, handedOut: row.handedOut + 1 }))
}

/** A cell of the list; what a spreadsheet would take for a formula is made a text. */
function quoted(text: string): string {
  return `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`
}

function times(given: Record<string, number | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, at]) => (at === undefined ? [] : [[name, new Date(at).toISOString()] as const])),
  )
}
