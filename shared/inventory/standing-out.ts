import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'
import { inventoriesOf } from './inventory.ts'
import type { Finding } from './judge.ts'

/** What each finding means for the move, and what to do, of the mailboxes that it names. */
const meanings: Readonly<Record<Finding, (names: string) => string>> = {
  empty: names => `nothing at the old server (who fetches by POP has his mail on his computer, and nothing is moved): ${names}`,
  unread: names => `mail that nobody reads, so that notices there are not read either: ${names}`,
  inactive: names => `nothing read, sent or received for long (ask whether they are still wanted): ${names}`,
  unmeasured: names => `could not be opened: ${names}`,
}

/** The mailboxes of a wave about which something stands out, in words; undefined where nothing does. */
export async function standingOut(app: App, wave: WaveRow): Promise<string | undefined> {
  const items = (await inventoriesOf(app, wave)).flatMap(one => one.items)
  const found = Object.entries(meanings).flatMap(([finding, meaning]) => {
    // What comes new is nowhere at the old server.
    const rows = items.filter(({ row, proposal }) => proposal.finding === finding && row.wanted.fresh === undefined)
    const names = rows.slice(0, 5).map(({ row }) => row.address)
    if (rows.length === 0) return []
    return [meaning(`${names.join(', ')}${rows.length > names.length ? ` and ${rows.length - names.length} more` : ''}`)]
  })
  return found.length > 0 ? `mailboxes that stand out (GET …/inventory): ${found.join('; ')}` : undefined
}
