import { hasEnded } from '../life/wave.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { InventoryRow, WaveRow } from '../store/schema.ts'
import { gathered } from '../store/store.ts'
import { bringsItems, hasNone } from './items-ahead.ts'

const mostNamed = 5

/**
 * Of whom the calendar server could not be read ahead, and what to do before the switch. One who has nothing there is told apart from an address that
 * is wrong, at which nobody has anything.
 */
export async function calendarsAhead(app: App, { wave, state, switchedAt, ...of }: WaveRow): Promise<string[]> {
  if (hasEnded(state) || switchedAt !== undefined) return []
  const playbook = await app.playbook(of.playbook, of.playbookVersion)
  if (playbook.source.dav === undefined) return []
  const partition = keyPart(wave)
  const looked = await gathered(app.store.inventories.pick({ partition }, ['address', 'items', 'itemsError']))
  if (!looked.some(({ itemsError }) => itemsError)) return []
  const rows = await gathered(app.store.mailboxes.pick({ partition }, ['address', 'state', 'wanted']))
  const brought = new Set(rows.filter(row => bringsItems(playbook, row)).map(({ address }) => address))
  const asked = looked.filter(({ address }) => brought.has(address))
  const failed = asked.filter(({ itemsError }) => itemsError)
  const others = asked.some(({ items, itemsError }) => items && !itemsError)
  const unasked = asked.filter(({ items, itemsError }) => !items && !itemsError).length
  const none = failed.filter(hasNone)
  const byCode = Map.groupBy(
    failed.filter(one => !none.includes(one)),
    ({ itemsError }) => itemsError?.code ?? '',
  )
  return [
    ...[...byCode].map(([code, some]) => unread(code, some)),
    ...(none.length > 0
      ? [
          others
            ? `mailboxes without calendars and contacts at the old server, where others have theirs: ${named(none)}; nothing is brought for them: if that is wrong, correct what they sign in with there, or the wave`
            : `the old server has calendars and contacts of nobody who was looked for: ${named(none)}; check \`source.dav.url\`, then look again (POST …/inventory)`,
        ]
      : []),
    ...(unasked > 0 && failed.length > 0
      ? [`mailboxes whose calendars and contacts nobody has looked into yet: ${unasked}; look again (POST …/inventory)`]
      : []),
  ]
}

type Looked = Pick<InventoryRow, 'address' | 'itemsError'>

function unread(code: string, rows: readonly Looked[]): string {
  const hint = rows[0]?.itemsError?.hint ?? ''
  return `mailboxes whose calendars and contacts could not be read ahead at the old server: ${named(rows)} (${code}). ${hint}`
}

function named(rows: readonly Looked[]): string {
  const names = rows.slice(0, mostNamed).map(({ address }) => address)
  return `${names.join(', ')}${rows.length > names.length ? ` and ${rows.length - names.length} more` : ''}`
}
