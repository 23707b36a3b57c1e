import { Failure } from '../errors.ts'
import { bring } from '../items/bring.ts'
import { afterTurn, type ItemsBrought, inTrouble, triedAgain } from '../items/brought.ts'
import { readOld } from '../items/old.ts'
import type { MailboxFact } from '../life/facts.ts'
import type { Trouble } from '../machine.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { App } from '../ports.ts'
import type { Answer, Turn } from '../run.ts'
import type { MailboxRow } from '../store/schema.ts'

/** How long mail waits for calendars of which nothing comes, ms: then it goes on without them, and late mail and a retry try them again. */
const patienceMs = 15 * 60_000

/** How soon Graph is asked again that did not say how long it wants to be left alone, ms. */
const soonMs = 10_000

const comesAgain =
  'Look into the log of the server that does not answer. It is tried again when late mail is looked for, and by a retry of the mailbox (POST …/retry).'

/** Are calendars, contacts and tasks of this mailbox copied? */
export async function copiesItems(app: App, row: MailboxRow): Promise<boolean> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  return settingsFor(playbook, row).copy.calendars === 'copy'
}

/**
 * Brings calendars, contacts and tasks from the old server, each once, and goes on where the last turn ended. Mail does not wait for what a
 * person must mend there: that is kept on the row, and a retry tries it again.
 */
export async function bringItems(app: App, turn: Turn<MailboxRow>): Promise<Answer<MailboxFact, MailboxRow>> {
  const { row, signal } = turn
  // A fault of ours was told and logged once: mail does not wait until it is mended.
  if (row.error?.code === 'BUG') return givenUp(row.items, row.error, false)
  const isPatient = app.now() - Math.max(row.since, row.items?.at ?? 0) < patienceMs
  try {
    const { timeZone } = await app.playbook(row.playbook, row.playbookVersion)
    const only = triedAgain(row.items)
    const old = await app.oldItems(row)
    const shelves = await old.shelves()
    const { items, exceptions } = await readOld(old, { timeZone, now: app.now() })
    const wanted = <T extends { at: string }>(all: readonly T[]) => all.filter(({ at }) => only?.has(at) ?? true)
    const found = { items: wanted(items), exceptions: wanted(exceptions) }
    signal.throwIfAborted()
    const result = await bring(await app.items(row), found, () => !signal.aborted && app.now() < turn.until)
    const brought = afterTurn(row.items, shelves, result, only !== undefined, app.now())
    if (result.left === 0) return { fact: 'brought', set: { items: brought } }
    if (result.because === undefined) return { more: true, set: { items: brought } }
    if (isPatient || result.created > 0)
      return { later: (result.retryAfter ?? 0) * 1000 || soonMs, set: { items: brought, waitsFor: result.because } }
    return givenUp(brought, { code: 'WEATHER', message: result.because, hint: comesAgain, at: app.now() }, true)
  } catch (error) {
    if (!(error instanceof Failure) || (error.verdict === 'transient' && isPatient)) throw error
    const { code, message, hint, verdict } = error
    const owed = verdict === 'transient'
    return givenUp(row.items, { code, message, hint: owed ? comesAgain : hint, at: app.now() }, owed)
  }
}

function givenUp(items: ItemsBrought | undefined, trouble: Trouble, owed: boolean): Answer<MailboxFact, MailboxRow> {
  return { fact: 'brought', set: { items: inTrouble(items, trouble, owed) } }
}
