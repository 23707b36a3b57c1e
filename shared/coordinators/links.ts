import { hashOf, newToken } from '../notices/token.ts'
import { entityOf, settingsOf } from '../playbooks/entity.ts'
import type { Audience } from '../playbooks/notice.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { Caring, PageRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** Somebody who looks after mailboxes of a wave: those of an entity, or those that belong to none. */
export type Reader = { to: string; entity?: string | undefined; audience: Caring }

/** Whether readers of this kind have a page. */
export function hasPage(audience: Audience): audience is Caring {
  return audience === 'coordinator' || audience === 'technical-manager'
}

/** A new link to somebody’s page; those of before go on leading there. `kept`: what may be kept of it. */
export async function pageLink(app: App, wave: WaveRow, reader: Reader): Promise<{ url: string; kept: string }> {
  const token = newToken(app)
  const number = renewedOf(wave, reader)
  await app.store.pages.insert({ hash: hashOf(token), wave: wave.wave, ...reader, number, at: app.now() })
  const url = (end: string) => `${app.publicUrl}/api/coordinate/${end}`
  return { url: url(token), kept: url('…') }
}

/** Whose page a link leads to, and of which wave; undefined for a link that nobody made, or that was replaced. */
export async function readerOf(app: App, token: string): Promise<{ reader: PageRow; wave: WaveRow } | undefined> {
  const known = await app.store.pages.get(hashOf(token), 'page')
  const wave = known && (await app.store.waves.get('wave', keyPart(known.row.wave)))
  if (!wave || known.row.number !== renewedOf(wave.row, known.row)) return undefined
  return { reader: known.row, wave: wave.row }
}

/** Everybody who has a page of a wave, once for each entity. */
export async function readersOf(app: App, wave: WaveRow): Promise<Reader[]> {
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave.wave) }))
  const entities = [...new Set(rows.map(row => entityOf(playbook, row)))].sort()
  return entities.flatMap(entity => {
    const { people } = settingsOf(playbook, entity)
    const readers = (['coordinator', 'technical-manager'] as const).flatMap(audience =>
      (people[audience] ?? []).map((to): Reader => ({ to, ...(entity === undefined ? {} : { entity }), audience })),
    )
    return readers.filter(({ to }, i) => readers.findIndex(other => other.to === to) === i)
  })
}

/** Makes every link dead that these people have had so far. */
export async function endLinks(app: App, { wave }: WaveRow, readers: readonly Reader[]): Promise<WaveRow | undefined> {
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(wave))
    if (!stored) return undefined
    const more = readers.map(reader => [keyOf(reader), renewedOf(stored.row, reader) + 1])
    const row: WaveRow = { ...stored.row, renewed: { ...stored.row.renewed, ...Object.fromEntries(more) } }
    if ((await app.store.waves.save(row, stored.etag)) !== 'conflict') return row
  }
}

function renewedOf({ renewed = {} }: WaveRow, reader: Reader): number {
  return renewed[keyOf(reader)] ?? 0
}

function keyOf({ entity, to }: Reader): string {
  return `${entity ?? ''}|${to.toLowerCase()}`
}
