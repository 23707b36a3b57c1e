import { Failure } from '../errors.ts'
import { isMailbox } from '../intake/mailbox.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { InventoryRow, MailboxRow } from '../store/schema.ts'

/** How long one mailbox may keep the server busy, ms. */
const mostMs = 30_000

/** After so many mailboxes on end at which the server failed alike the others are not asked: it is down, or locks out who comes with a wrong password. */
const enough = 3

/** Said of somebody who has no calendar and no address book there, and of everybody where the address is wrong. */
const noneThere: readonly (string | undefined)[] = ['HTTP 404', 'HTTP 410', 'NO-HOME']

/** Calendars and contacts of whom are copied from the old server? */
export function bringsItems(playbook: Playbook, row: Pick<MailboxRow, 'address' | 'state' | 'wanted'>): boolean {
  return row.state !== 'cancelled' && isMailbox(row.wanted) && settingsFor(playbook, row).copy.calendars === 'copy'
}

/** Was there none of this person? */
export function hasNone({ itemsError }: Pick<InventoryRow, 'itemsError'>): boolean {
  return noneThere.includes(itemsError?.code)
}

/**
 * Counts what these mailboxes have beside mail at the old server, one after the other, until a time; who was never asked for comes first. What is
 * found, or why not, is added to their rows. Answers those that there was no time for.
 */
export async function lookAtItems(
  app: App,
  rows: readonly MailboxRow[],
  known: Map<string, InventoryRow>,
  until: number,
): Promise<MailboxRow[]> {
  const wasAsked = ({ address }: MailboxRow) => Number(known.get(address)?.itemsError !== undefined)
  const queue = rows.toSorted((a, b) => wasAsked(a) - wasAsked(b))
  let alike: string[] = []
  for (const [i, row] of queue.entries()) {
    if (app.now() >= until) return queue.slice(i)
    const { asksPatience, ...said } = await look(app, row)
    const { address, wave } = row
    const stored = await app.store.inventories.get(keyPart(wave), keyPart(address))
    const { items, itemsError, ...before } = stored?.row ?? { wave, address, at: app.now() }
    const found = { ...before, ...(said.itemsError && items ? { items } : {}), ...said }
    await app.store.inventories.put([found])
    known.set(address, found)
    const { code } = said.itemsError ?? {}
    if (code === undefined) alike = []
    else if (!hasNone(found)) alike = [...(alike[0] === code ? alike : []), code]
    if (asksPatience || alike.length === enough) return []
  }
  return []
}

async function look(app: App, row: MailboxRow): Promise<Said> {
  try {
    const counted = await (await app.oldItems(row, AbortSignal.timeout(mostMs))).count()
    return { items: { ...counted, at: app.now() } }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message, hint, verdict, retryAfterMs } = error
    const itemsError = { code, message, hint: hintAhead(verdict, hint), at: app.now() }
    return { itemsError, ...(retryAfterMs === undefined ? {} : { asksPatience: true }) }
  }
}

type Said = Pick<InventoryRow, 'items' | 'itemsError'> & { asksPatience?: boolean }

const thenLook = 'Then look again (POST …/inventory).'

/** What is said of a mailbox on its way, said to whoever only looks: nothing is retried, and nothing tried again by itself. */
function hintAhead(verdict: Failure['verdict'], hint: string): string {
  if (verdict === 'transient') return `Look into the log of the server that does not answer. ${thenLook}`
  return hint.replace('Then retry the mailbox (POST …/retry).', thenLook)
}
