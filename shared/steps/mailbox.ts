import type { AccountWanted, SoFar } from '../accounts/accounts.ts'
import { againInMs, mailboxDeadlineMs } from '../accounts/waits.ts'
import { ledgerOf } from '../copy/folder-ledger.ts'
import { folderRowsOf } from '../copy/folder-rows.ts'
import { retryRound } from '../copy/retry.ts'
import { copyRound, type Round } from '../copy/round.ts'
import { differs } from '../copy/scope.ts'
import { verifyMailbox } from '../copy/verify-mailbox.ts'
import { Failure } from '../errors.ts'
import type { Pace } from '../forecast/pace.ts'
import { opening } from '../intake/lists.ts'
import { isMailbox, placeOf } from '../intake/mailbox.ts'
import { hasMissing } from '../items/brought.ts'
import type { MailboxFact } from '../life/facts.ts'
import type { MailboxWork } from '../life/work.ts'
import { announce } from '../notices/owed.ts'
import { firstPassword, passwordIsSet, passwordSettings } from '../passwords/passwords.ts'
import { durationMs } from '../playbooks/duration.ts'
import { skuOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { isSealed } from '../receipt/manifest.ts'
import { sealFrom } from '../receipt/sealed.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow } from '../store/schema.ts'
import { gathered } from '../store/store.ts'
import { outsideHours } from './hours.ts'
import { bringItems, copiesItems } from './items.ts'
import { nextLatePass } from './late-mail.ts'
import { ledOver, withdrawProbes } from './led-over.ts'
import { afterSwitch } from './new-mail-first.ts'
import { hasSwitched, isSwitched } from './switched.ts'
import { takeUpLedger } from './take-up.ts'
import { mustBeUnchanged } from './unchanged.ts'

type Step = (app: App, turn: Turn<MailboxRow>) => Promise<Answer<MailboxFact, MailboxRow>>

/** How often a mailbox that waits for its switch is brought up to date, ms. */
const deltaEveryMs = 6 * 3_600_000

/** Who looks again sooner is not brought up to date meanwhile, ms. */
const soonMs = 10 * 60_000

/** Makes the target mailbox exist, and proves it by signing in to it. An alias and a list have no mailbox of their own: nothing to make or copy. */
const provision: Step = async (app, turn) => {
  const { row } = turn
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  await announce(app, row, 'begun')
  const accounts = await app.accounts(playbook)
  const { tries, made } = row.provisioning ?? { tries: 0 }
  const soFar = { tries, elapsedMs: app.now() - row.since, ...(made ? { made } : {}) }
  const passwords = await passwordSettings(app, row)
  // A pass is made when the mailbox opens: it lets in for hours only.
  const makes = passwords !== undefined && passwords.mode !== 'temporary-access-pass'
  const password = makes ? { password: () => firstPassword(app, row, passwords) } : {}
  const state = await accounts.ensure({ ...accountWanted(row, playbook), ...(await othersOf(app, row)), ...password }, soFar)
  if (makes) await passwordIsSet(app, row, passwords)
  const provisioning = { tries: tries + 1, made: state.made }
  if (!state.ready) return { later: state.againInMs, set: { waitsFor: state.why.replace('{wave}', row.wave), provisioning } }
  const unmade = isMailbox(row.wanted) ? await awaited(app, row, playbook, soFar) : undefined
  if (unmade) return { later: unmade.againInMs, set: { waitsFor: unmade.why, provisioning } }
  await mustBeUnchanged(accounts, playbook, row)
  await takeUpLedger(app, row)
  return { fact: 'target-ready', set: { targetReadyAt: app.now(), provisioning } }
}

/** Proves by signing in that the mailbox is there. One that an operator’s script is to make is waited for, a day at the most; what else is wrong is thrown. */
async function awaited(app: App, row: MailboxRow, { target }: Playbook, { tries, elapsedMs }: SoFar) {
  try {
    await app.probeTarget(row)
    return undefined
  } catch (error) {
    const missing = error instanceof Failure && ['AUTHENTICATIONFAILED', 'AUTHORIZATIONFAILED'].includes(error.code)
    if (target.accounts !== 'script' || !missing || elapsedMs >= mailboxDeadlineMs) throw error
    const why = `its account: run the script of GET /api/waves/${row.wave}/exchange.ps1 (the new server says ${error.code})`
    return { why, againInMs: againInMs(tries) }
  }
}

/** An alias and a list have no mailbox of their own, and what is new has none at the source: nothing to copy. */
function hasNothing({ wanted }: MailboxRow): boolean {
  return !isMailbox(wanted) || wanted.fresh === true
}

/** The account that the operator asked for, with what the playbook says for all. */
function accountWanted({ address, wanted }: MailboxRow, { target, licences }: Playbook): AccountWanted {
  const { source: _, addressAsWritten: __, aliasOf: ___, entity: ____, target: at, ...told } = wanted
  const { members: _____, fresh: ______, answered: _______, identifier: ________, reason: _________, ...asList } = told
  const { owners: __________, senders: ___________, licence, ...person } = asList
  const forAll: Pick<AccountWanted, 'licence' | 'usageLocation'> = target.kind === 'exchange-online' ? target : {}
  const asked = licence ?? forAll.licence
  const licensed = asked === undefined ? {} : { licence: skuOf(licences, asked) }
  const { usageLocation } = forAll
  return {
    ...licensed,
    ...(usageLocation ? { usageLocation } : {}),
    ...person,
    address: at?.user ?? address,
  }
}

/** Whose an alias is, who gets the mail of a list, and who opens a shared mailbox, as the target names them. */
async function othersOf(app: App, { wave, address, wanted }: MailboxRow): Promise<Others> {
  const { kind, aliasOf, members = [], owners, senders } = wanted
  if (kind === 'list' || (kind === 'shared' && members.length > 0)) {
    const all = await gathered(app.store.mailboxes.pick({ partition: keyPart(wave) }, ['address', 'wanted']))
    const places = new Map(all.map(({ address, wanted }) => [address, placeOf(wanted)]))
    const at = (addresses: readonly string[]) => addresses.map(one => places.get(one) ?? one)
    if (kind === 'shared') return { members: at(members) }
    const opens = opening(all).has(address)
    return { members: at(members), opens, ...(owners ? { owners: at(owners) } : {}), ...(senders ? { senders } : {}) }
  }
  if (kind !== 'alias' || aliasOf === undefined) return {}
  const owner = await app.store.mailboxes.get(keyPart(wave), keyPart(aliasOf))
  return { aliasOf: owner?.row.wanted.target?.user ?? aliasOf }
}

type Others = Pick<AccountWanted, 'aliasOf' | 'members' | 'owners' | 'senders' | 'opens'>

const copy: Step = async (app, turn) => {
  if (hasNothing(turn.row)) return { fact: 'folders-current' }
  const final = turn.row.state === 'final-delta'
  await announce(app, turn.row, final ? 'switched' : 'provisioned')
  let after = await afterSwitch(app, turn.row)
  if (after?.waits && after.switchedAt === undefined) {
    const led = await ledOver(app, turn)
    if (led?.switchedAt === undefined) return led ?? after.waits
    await announce(app, turn.row, 'switched')
    await turn.save({ switchedAt: led.switchedAt, waitsFor: undefined })
    after = await afterSwitch(app, turn.row)
  }
  if (after?.switchedAt !== undefined && turn.row.switchedAt === undefined) {
    await announce(app, turn.row, 'switched')
    await turn.save({ switchedAt: after.switchedAt, waitsFor: undefined })
  }
  if (after?.waits) return after.waits
  const shut = final ? undefined : await outsideHours(app, turn, () => hasSwitched(app, turn.row))
  if (shut) return shut
  const began = app.now()
  const { copiedBytes } = turn.row
  const round = await copyRound(app, turn, after?.livedIn ? 'additions' : 'all')
  const pace = turn.row.syncedAt === undefined ? paceOf(turn.row, round, copiedBytes, app.now() - began) : turn.row.pace
  if (!round.current) return { more: true, set: { ...round.set, pace } }
  return { fact: 'folders-current', set: { ...round.set, pace, syncedAt: turn.row.syncedAt ?? app.now() } }
}

/** What rounds of the first copy brought so far and how long they took; forecasts learn from it. */
function paceOf({ pace }: MailboxRow, round: Round, copiedBytes: number, ms: number): Pace {
  const bytes = Math.max(0, (round.set.copiedBytes ?? copiedBytes) - copiedBytes)
  return { ms: (pace?.ms ?? 0) + ms, messages: (pace?.messages ?? 0) + round.new, bytes: (pace?.bytes ?? 0) + bytes }
}

/** Waits for the switch; brings the mailbox up to date now and then, so that little is left to copy after it. */
const keepCurrent: Step = async (app, turn) => {
  if (await isSwitched(app, turn.row)) return { fact: 'switched', set: { switchedAt: turn.row.switchedAt ?? app.now() } }
  const led = await ledOver(app, turn)
  if (led?.switchedAt !== undefined) return { fact: 'switched', set: { switchedAt: led.switchedAt } }
  const waits = led ?? { later: deltaEveryMs }
  // While a letter of ours is looked for, nothing else is done.
  if (app.now() - turn.row.since < deltaEveryMs || waits.later < soonMs || hasNothing(turn.row)) return waits
  const shut = await outsideHours(app, turn, () => hasSwitched(app, turn.row))
  if (shut) return shut
  const round = await copyRound(app, turn, 'all')
  return round.current ? { later: waits.later, set: { ...led?.set, ...round.set } } : { more: true, set: round.set }
}

const verify: Step = async (app, turn) => {
  const after = await afterSwitch(app, turn.row)
  const livedIn = after?.livedIn ?? false
  if (!hasNothing(turn.row) && (await verifyMailbox(app, turn, livedIn)) > 0) {
    const round = await copyRound(app, turn, livedIn ? 'additions' : 'all')
    if (!round.current) return { more: true, set: round.set }
    await turn.save(round.set)
    await verifyMailbox(app, turn, livedIn)
  }
  const playbook = await app.playbook(turn.row.playbook, turn.row.playbookVersion)
  await mustBeUnchanged(await app.accounts(playbook), playbook, turn.row)
  const itemsDue = !hasNothing(turn.row) && (await copiesItems(app, turn.row))
  return { fact: itemsDue ? 'items-due' : 'verified', set: { verifiedAt: app.now() } }
}

/** After the switch: says that the mailbox is copied, then fetches what still arrives at the old server, until it is silent. */
const followLateMail: Step = async (app, turn) => {
  const { row } = turn
  const { lateMail } = await app.playbook(row.playbook, row.playbookVersion)
  await announce(app, row, 'copied')
  const dueAt = hasNothing(row) ? undefined : nextLatePass(row, durationMs(lateMail.for) ?? 0, app.now())
  if (dueAt !== undefined && dueAt > app.now()) return { later: dueAt - app.now() }
  await withdrawProbes(app, row)
  if (dueAt === undefined) return drained(app, turn, {})
  const round = await copyRound(app, turn, 'late')
  if (!round.current) return { more: true, set: round.set }
  const lateEmpty = round.new === 0 ? row.lateEmpty + 1 : 0
  const set = { ...round.set, latePasses: row.latePasses + 1, lateEmpty, lateAt: app.now() }
  if (row.items?.owed) return { fact: 'items-due', set }
  const again = nextLatePass({ ...row, ...set }, durationMs(lateMail.for) ?? 0, app.now())
  return again === undefined ? drained(app, turn, set) : { later: Math.max(0, again - app.now()), set }
}

/** The end of a mailbox, which is sealed now: the close of its wave has thousands of them to look at. */
async function drained(app: App, turn: Turn<MailboxRow>, set: Partial<MailboxRow>): Promise<Answer<MailboxFact, MailboxRow>> {
  const { row } = turn
  await announce(app, row, 'completed')
  const ended = { ...set, completedAt: app.now() }
  const [wave, chunks, folders] = await Promise.all([
    app.store.waves.get('wave', keyPart(row.wave)),
    ledgerOf(app.store, turn),
    folderRowsOf(app, turn).list(),
  ])
  const rows = { folders, chunks: chunks.all.map(chunk => chunk.row) }
  const sealed = wave && isSealed(row) && (await sealFrom(app, wave.row, { ...row, ...ended, state: 'completed' }, rows))
  return { fact: 'drained', set: { ...ended, ...(sealed ? { sealed } : {}) } }
}

/**
 * What was refused or unreadable is tried again, also of calendars and contacts; what an old server that was repaired lists only now is brought, and its folders are compared anew. After
 * that late mail is followed as far as it still is due.
 */
const retry: Step = async (app, turn) => {
  const differing = (await folderRowsOf(app, turn).list()).some(differs)
  const round = differing ? await copyRound(app, turn, 'differing') : undefined
  if (round?.current === false) return { more: true, set: round.set }
  const { current, set } = await retryRound(app, turn)
  if (!current) return { more: true, set }
  if (differing) await verifyMailbox(app, turn, true, true)
  return {
    fact: hasMissing(turn.row.items) ? 'items-due' : 'retried',
    set: { ...set, ...(differing ? { verifiedAt: app.now() } : {}) },
  }
}

/** All that can be done for a mailbox, by the name that its machine gives it. */
export const mailboxDoing: Doing<MailboxWork, MailboxFact, MailboxRow, App> = {
  'provision-mailbox': provision,
  'copy-mailbox': copy,
  'keep-current': keepCurrent,
  'verify-mailbox': verify,
  'bring-items': bringItems,
  'follow-late-mail': followLateMail,
  'retry-messages': retry,
}
