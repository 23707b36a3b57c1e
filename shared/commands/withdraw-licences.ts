import { z } from 'zod'
import type { Accounts, Withdrawal } from '../accounts/accounts.ts'
import { foreignMessages } from '../copy/foreign.ts'
import { Failure, type Fault, Refusal } from '../errors.ts'
import { check, show } from '../intake/faults.ts'
import { placeOf } from '../intake/mailbox.ts'
import { why } from '../intake/words.ts'
import { hasEnded, isPutBack } from '../life/wave.ts'
import { licenceOf, skuOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { all, type Stored } from '../store/store.ts'
import { record } from './audit.ts'
import { waveRow } from './status.ts'
import { leftToDo, notDone } from './to-do.ts'

/** One call looks into at most so many mailboxes. */
const mostAtOnce = 100

const order = z.strictObject({ why, mailboxes: z.array(z.string().max(254)).min(1).max(mostAtOnce).exactOptional() })

type Takes = Required<Pick<Accounts, 'holder' | 'licensed' | 'withdraw'>>
type Asked = { app: App; wave: WaveRow; playbook: Playbook; takes: Takes; elsewhere: ReadonlyMap<string, string> }

/**
 * Takes licences back from accounts that an ended wave made and nobody moved to: of the mailboxes that are named, else of all. A mailbox in which somebody
 * works, or anything has arrived, keeps its licence: named, it refuses the whole order with the reason, else it stands under `kept`. Twice is once, also
 * after a stop anywhere.
 */
export async function withdrawLicences(app: App, name: string, body: unknown, who: string) {
  const { value, faults = [] } = check(order, body)
  const wave = await waveRow(app, name)
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const { holder, licensed, withdraw } = await app.accounts(playbook)
  if (!hasEnded(wave.state))
    throw new Refusal(409, 'not-now', `the wave is ${wave.state}: who has moved is known once it has ended`)
  if (playbook.target.accounts !== 'graph' || !holder || !licensed || !withdraw)
    throw new Refusal(
      409,
      'not-now',
      'the accounts of this wave were not made by the app: take licences back where they were given',
    )
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(name) }))
  const byAddress = new Map(rows.map(row => [row.address, row]))
  const named = Object(body).mailboxes
  const texts: unknown[] = Array.isArray(named) ? named.slice(0, mostAtOnce) : []
  const unknown = texts.flatMap((one, i): Fault[] =>
    typeof one !== 'string' || byAddress.has(one.toLowerCase())
      ? []
      : [{ path: `mailboxes[${i}]`, message: `expected a mailbox of wave “${name}” (got ${show(one)})` }],
  )
  const asked: Asked = {
    ...{ app, wave, playbook, takes: { holder, licensed, withdraw } },
    elsewhere: await elsewhereOf(app, wave),
  }
  const chosen = texts.flatMap(one => byAddress.get(String(one).toLowerCase()) ?? [])
  const isLeft = (row: MailboxRow) => ofRow(asked, row) === undefined && row.withdrawal?.doneAt === undefined
  const open = named !== undefined ? [...new Set(chosen)] : value ? rows.filter(isLeft) : []
  const looked = open.slice(0, mostAtOnce)
  const found = new Map<string, Found>()
  await inParallel(looked, async row => void found.set(row.address, await look(asked, row)), 8)
  const unfit = texts.flatMap((one, i): Fault[] => {
    const kept = found.get(String(one).toLowerCase())
    return kept && 'keeps' in kept ? [{ path: `mailboxes[${i}]`, message: kept.keeps }] : []
  })
  const wrong = [...faults, ...unknown, ...unfit]
  if (!value || wrong.length > 0) throw new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', wrong)
  const began = app.now()
  const withdrawn: string[] = []
  const kept: { address: string; why: string }[] = []
  await inParallel(
    looked,
    async row => {
      const one = found.get(row.address)
      if (!one || 'keeps' in one) return void kept.push({ address: row.address, why: one?.keeps ?? '' })
      const intent = { licence: one.licence, who, why: value.why, at: began }
      const failed = one.has === 'done' ? undefined : await take(asked, row, one, intent)
      if (failed !== undefined) kept.push({ address: row.address, why: failed })
      else if (one.has !== 'done') withdrawn.push(row.address)
    },
    8,
  )
  const after = await waveRow(app, name)
  return {
    wave: name,
    action: 'withdraw-licences' as const,
    changed: withdrawn.length,
    withdrawn: withdrawn.sort(),
    kept: kept.sort((a, b) => (a.address < b.address ? -1 : 1)),
    left: open.length - looked.length,
    toDo: notDone(after, await leftToDo(app, after)),
  }
}

/** What an account has of the licence: it, no longer, or it was withdrawn before; or why it keeps it. */
type Found = { keeps: string } | { has: 'licence' | 'none' | 'done'; licence: string; sku: string }

/** Why a mailbox is none whose licence is withdrawn, as far as its row says. */
function ofRow(
  { wave, playbook }: Pick<Asked, 'wave' | 'playbook'>,
  { wanted, state, provisioning }: MailboxRow,
): string | undefined {
  if (wanted.kind !== 'user') return `it is of kind ${wanted.kind}, and got no licence`
  if (provisioning?.made !== 'created') return 'its account was there before, or was never made: its licence is not ours to take'
  if (state !== 'cancelled' && !isPutBack(wave.state)) return `it is ${state}: its person works there, or will`
  return licenceOf(playbook, wanted) === undefined ? 'it got no licence here' : undefined
}

async function look(asked: Asked, row: MailboxRow): Promise<Found> {
  const { app, playbook, takes, elsewhere } = asked
  const place = placeOf(row.wanted)
  const said = ofRow(asked, row)
  const licence = licenceOf(playbook, row.wanted)
  if (said !== undefined || licence === undefined) return { keeps: said ?? 'it got no licence here' }
  const found = { licence, sku: skuOf(playbook.licences, licence) }
  if (row.withdrawal?.doneAt !== undefined) return { has: 'done', ...found }
  const other = elsewhere.get(place)
  if (other !== undefined) return { keeps: `wave “${other}” moves it, or has moved it` }
  try {
    if (!(await takes.licensed(place, found.sku))) return { has: 'none', ...found }
    const held = await takes.holder(place)
    if (held?.purpose === undefined) {
      if (row.targetReadyAt === undefined) return { has: 'licence', ...found }
      return { keeps: 'its mailbox was there and cannot be seen now: look for it in the admin centre' }
    }
    if (held.purpose !== 'user') return { keeps: `somebody made it a ${held.purpose} mailbox since` }
    const foreign = await foreignMessages(app, row)
    if (foreign === 0) return { has: 'licence', ...found }
    return { keeps: `${foreign} messages in it are not ours: mail arrived there, or somebody works in it` }
  } catch (error) {
    if (error instanceof Failure) return { keeps: `it could not be looked at: ${error.message}. ${error.hint}` }
    throw error
  }
}

/** Intent, then effect, then that it was done; why not, where the effect fails. */
async function take(
  { app, takes }: Asked,
  row: MailboxRow,
  { has, sku }: Exclude<Found, { keeps: string }>,
  intent: Withdrawal,
): Promise<string | undefined> {
  // Gone without an order of ours: somebody else took it.
  const gone = has === 'none' && row.withdrawal === undefined ? { gone: true as const } : {}
  const begun = await save(app, row, before => before ?? { ...intent, ...gone })
  if (!begun || begun.doneAt !== undefined) return undefined
  const { who, why: reason, at, licence } = begun
  const details = { address: row.address, licence, ...(begun.gone ? { gone: true } : {}) }
  await record(app, { subject: row.wave, who, action: 'withdraw-licences', why: reason, details }, at)
  try {
    if (has === 'licence') await takes.withdraw(placeOf(row.wanted), sku)
  } catch (error) {
    if (error instanceof Failure) return `its licence could not be taken back: ${error.message}. ${error.hint}`
    throw error
  }
  const doneAt = app.now()
  await save(app, row, before => ({ ...(before ?? begun), doneAt: before?.doneAt ?? doneAt }))
  return undefined
}

async function save(app: App, { wave, address }: MailboxRow, change: (before: Withdrawal | undefined) => Withdrawal) {
  for (;;) {
    const stored: Stored<MailboxRow> | undefined = await app.store.mailboxes.get(keyPart(wave), keyPart(address))
    if (!stored) return undefined
    const withdrawal = change(stored.row.withdrawal)
    if ((await app.store.mailboxes.save({ ...stored.row, withdrawal }, stored.etag)) !== 'conflict') return withdrawal
  }
}

/** By their place at the target, mailboxes that another wave has, or has moved, with its name. */
async function elsewhereOf(app: App, { wave }: WaveRow): Promise<Map<string, string>> {
  const waves = new Map((await all(app.store.waves.list({ partition: 'wave' }))).map(row => [row.wave, row]))
  const found = new Map<string, string>()
  for await (const row of app.store.mailboxes.pick({}, ['wave', 'address', 'state', 'wanted']))
    if (row.wave !== wave && row.state !== 'cancelled' && !isPutBack(waves.get(row.wave)?.state))
      found.set(placeOf(row.wanted), row.wave)
  return found
}
