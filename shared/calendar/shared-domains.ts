import type { App } from '../ports.ts'
import { domainOf } from '../steps/switched.ts'
import { keyPart } from '../store/columns.ts'
import type { DomainRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** What to think of where a domain of a wave is another wave’s as well: it has one MX, which is switched and put back for both. */
export async function sharedDomains(app: App, { wave }: WaveRow): Promise<string[]> {
  const own = new Map((await all(app.store.domains.list({ partition: keyPart(wave) }))).map(row => [row.domain, row]))
  if (own.size === 0) return []
  const others = (await all(app.store.domains.list({}))).filter(row => row.wave !== wave && own.has(row.domain))
  const said = await Promise.all(others.map(other => warning(app, other, own.get(other.domain)?.state === 'switched')))
  return said.flatMap(one => one ?? []).sort()
}

async function warning(app: App, { domain, wave }: DomainRow, isSwitched: boolean): Promise<string | undefined> {
  const partition = keyPart(wave)
  const other = (await app.store.waves.get('wave', partition))?.row
  if (!other || other.state === 'cancelled' || other.state === 'rolled-back') return undefined
  const mailboxes = await all(app.store.mailboxes.list({ partition }))
  const homeless = mailboxes.filter(
    row => domainOf(row.address) === domain && row.state !== 'cancelled' && row.targetReadyAt === undefined,
  )
  const bounces = `; mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: ${homeless.length}`
  const both = `${domain} is in wave “${wave}” (${other.state}), too: its MX is switched, and put back, for both`
  return `${both}${homeless.length > 0 && !isSwitched ? bounces : ''}`
}
