import { hasTriable } from '../copy/retry.ts'
import { Failure, Refusal } from '../errors.ts'
import { hasMissing } from '../items/brought.ts'
import { isPutBack } from '../life/wave.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { goingOnFrom } from '../steps/take-up.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import type { Stored } from '../store/store.ts'

/**
 * Mailboxes that are through and have something to try again. Throws a Refusal (409) where another wave goes on from one of them: what that has brought
 * is not in the ledger of this one, and would be brought twice; and where the old server does not answer any more, since they would end held.
 */
export async function triableOf(app: App, row: WaveRow, chosen: readonly Stored<MailboxRow>[]): Promise<Stored<MailboxRow>[]> {
  if (row.state === 'cancelled' || isPutBack(row.state)) return []
  const through = chosen.filter(({ row: { state } }) => state === 'completed' || state === 'draining')
  const triable = new Set<Stored<MailboxRow>>()
  await inParallel(through, async mailbox => {
    if (hasMissing(mailbox.row.items) || (await hasTriable(app.store, mailbox.row))) triable.add(mailbox)
  })
  if (triable.size === 0) return []
  const since = await goingOnFrom(
    app,
    row,
    [...triable].map(one => one.row.wanted),
  )
  if (since.length === 0) {
    await mustAnswer(app, [...triable])
    return [...triable]
  }
  const names = since.map(({ address, by }) => `${address} (wave “${by}”)`).join(', ')
  throw new Refusal(
    409,
    'not-now',
    `another wave goes on from this one and has what is to be tried again: ${names}; retry it there, and name the other mailboxes of this one in “mailboxes”`,
  )
}

/** Asks the old server of one of these mailboxes for its folders. */
async function mustAnswer(app: App, [one]: readonly Stored<MailboxRow>[]): Promise<void> {
  if (!one) return
  try {
    const { source, close } = await app.look(one.row)
    await source.folders().finally(close)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Refusal(
      409,
      'not-now',
      `the old server does not hand out ${one.row.address} (${error.message}): have it answer again, then retry; until then the wave keeps its verdict`,
    )
  }
}
