import { Refusal } from '../errors.ts'
import { entityOfArchive, isArchive } from '../passwords/archive.ts'
import { settingsOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type AnyTable, keyPart, type RowOf } from '../store/columns.ts'
import type { RowChange } from '../store/overlay.ts'
import { type StepRow, tables, type WaveRow } from '../store/schema.ts'
import { all, only, type Store, type Stored, storeOf, type Table } from '../store/store.ts'
import { type Part, type Whose, whoseOf } from './part.ts'

type Row<Name extends keyof Store> = RowOf<(typeof tables)[Name]['columns']>
type SeenAny = (app: App, whose: Whose, row: object) => Promise<object | undefined>
type Seen<Name extends keyof Store> = (app: App, whose: Whose, row: Row<Name>) => Promise<Row<Name> | undefined>

/** What he sees of a row of each table: all of it, what says nothing of others, or (undefined) nothing. A table that is new must be thought of here. */
const seen: { [Name in keyof Store]: Seen<Name> } = {
  playbooks: async (_, __, row) => row,
  waves: async (app, whose, row) => {
    const part = await whose.part(row.wave)
    if (!part || part.whole) return part && row
    return partOfWave(await app.playbook(row.playbook, row.playbookVersion), part, row)
  },
  mailboxes: ofMailbox,
  folders: ofMailbox,
  chunks: ofMailbox,
  inventories: ofMailbox,
  landings: ofMailbox,
  ledBacks: ofMailbox,
  domains: async (_, whose, row) => ((await whose.part(row.wave))?.domains.has(row.domain) ? row : undefined),
  notices: async (app, whose, row) => (row.address === '*' ? ofEntity(app, whose, row) : ofMailbox(app, whose, row)),
  // Asked for by the Message-ID of a notice that he sees.
  noticeBodies: async (_, whose, row) => ((await whose.part(row.wave)) ? row : undefined),
  audit: async (_, whose, row) => ((await whose.part(row.subject))?.whole ? row : undefined),
  tenants: async (_, whose, row) => ((await whose.part(row.wave))?.whole ? row : undefined),
  steps: async (_, whose, row) => {
    const part = await whose.part(row.wave)
    return part && (part.whole ? row : partOfStep(row))
  },
  passwords: async (app, whose, row) => {
    if (!row.address.startsWith('*')) return ofMailbox(app, whose, row)
    const about = { wave: row.wave, entity: entityOfArchive(row) }
    // What opens an archive that was fetched is behind its link alone.
    if (!isArchive(row)) return (await whose.part(row.wave)) ? row : undefined
    return (await ofEntity(app, whose, about)) ? row : undefined
  },
  answers: ofEntity,
  answerLines: async ({ store }, whose, row) => {
    const part = await whose.part(row.wave)
    const given = part ? await all(store.answers.list({ partition: keyPart(row.wave) })) : []
    return given.some(({ digest, entity }) => digest === row.digest && part?.entities.has(entity)) ? row : undefined
  },
  pages: ofEntity,
  returns: ofEntity,
  // What servers take a message, learned of all waves: nobody's mailbox is in it.
  forecasts: async (_, __, row) => row,
  slots: nobodys,
  orders: nobodys,
  links: nobodys,
  acknowledgements: nobodys,
  paces: nobodys,
}

/** Tables to which he adds what he cannot read: the record of what he did, and links. */
const addedTo: readonly (keyof Store)[] = ['audit', 'links']

/** The app as he sees it who acts for these entities only: no row of anybody else’s is read or written through it. */
export function seenBy<A extends App>(app: A, entities: readonly string[]): A {
  const whose = whoseOf(app, entities)
  const store = storeOf((schema, name) => {
    const see = seen[name] as unknown as SeenAny
    const table = app.store[name] as unknown as Table<object>
    const open = addedTo.includes(name)
    return overTable(table, schema, row => see(app, whose, row), open) as unknown as Table<RowOf<AnyTable['columns']>>
  })
  return { ...app, store }
}

/** The app as who asks sees it. */
export function shownTo(app: App): App {
  return app.entities ? seenBy(app, app.entities) : app
}

/** Whether who asks sees a change, as rows are after it; what would show him but a part of a row he is not shown. */
export function seesChange(app: App): (change: RowChange) => Promise<boolean> {
  if (!app.entities) return async () => true
  const whose = whoseOf(app, app.entities)
  return async ({ table, before, after = before }) => {
    const [name] = Object.entries(tables).find(([, schema]) => schema.name === table) ?? []
    const see = seen[name as keyof Store] as unknown as SeenAny
    return after !== undefined && (await see(app, whose, after)) === after
  }
}

/** The ETag of a row of which a part is not shown: it cannot be saved, or that part would be lost. */
const partly = 'partly'

function overTable(table: Table<object>, schema: AnyTable, see: (row: object) => Promise<object | undefined>, open: boolean) {
  async function must(row: object): Promise<void> {
    if (!open && (await see(row)) !== row) throw notHis()
  }
  async function show({ row, etag }: Stored<object>): Promise<Stored<object> | undefined> {
    const shown = await see(row)
    return shown && { row: shown, etag: shown === row ? etag : partly }
  }
  async function* list({ limit, ...query }: Parameters<typeof table.list>[0]): AsyncIterable<Stored<object>> {
    let left = limit ?? Number.POSITIVE_INFINITY
    for await (const one of table.list(query)) {
      if (left <= 0) return
      const shown = await show(one)
      if (shown) left--
      if (shown) yield shown
    }
  }
  const saying = ['wave', 'address', 'domain', 'entity', 'digest', 'subject'].filter(column => column in schema.columns)
  const limited: Table<object> = {
    async get(partition, key) {
      const stored = await table.get(partition, key)
      return stored && show(stored)
    },
    async insert(row) {
      await must(row)
      return table.insert(row)
    },
    async save(row, etag) {
      if (etag === partly) throw notHis()
      await must(row)
      return table.save(row, etag)
    },
    async put(rows) {
      for (const row of rows) await must(row)
      return table.put(rows)
    },
    async remove(row) {
      await must(row)
      return table.remove(row)
    },
    list,
    async *pick(query, columns) {
      const whole = [...new Set([...columns, ...saying])] as (typeof columns)[number][]
      for await (const row of table.pick(query, whole)) {
        const shown = await see(row)
        if (shown) yield* only(once(shown), columns)
      }
    },
  }
  return limited
}

async function* once(row: object): AsyncIterable<Stored<object>> {
  yield { row, etag: partly }
}

function notHis(): Refusal {
  const message =
    'this is about mailboxes of other entities, too: name one of your entities (?entity=…), or ask an operator who acts for all. Nothing was done'
  return new Refusal(403, 'not-yours', message)
}

/** A wave without what it says of others: what its mailboxes come to is added up of his. */
function partOfWave(playbook: Playbook, part: Part, row: WaveRow): WaveRow {
  const { wave, playbook: name, playbookVersion, state, pass, fence, tries, since, day, gates, request, createdAt } = row
  const { dayMoves, daySetAt, plannedFor, beganAt, switchedAt, closedAt, seal, verdict, approvals = [] } = row
  const people = [undefined, ...part.entities].flatMap(entity => Object.values(settingsOf(playbook, entity).people).flat())
  const known = new Set(people.map(one => one?.toLowerCase()))
  return {
    ...{ wave, playbook: name, playbookVersion, state, pass, fence, tries, since, day, gates, request, createdAt },
    ...{ dayMoves, daySetAt, plannedFor, beganAt, switchedAt, closedAt, seal, verdict },
    approvals: approvals.flatMap(({ why: _, without: __, ...one }) => (known.has(one.who.toLowerCase()) ? [one] : [])),
    entities: [...part.entities].sort(),
  }
}

/** A step without whom it waits for and what it found out. */
function partOfStep({ open: _, found: __, waitsFor: ___, by: ____, error: _____, ...row }: StepRow): StepRow {
  return row
}

type Owned = { wave: string; address: string }

async function ofMailbox<R extends Owned>(_: App, whose: Whose, row: R): Promise<R | undefined> {
  return (await whose.part(row.wave))?.mine.has(row.address) ? row : undefined
}

/** What is about an entity; what is about none is about the whole wave. */
async function ofEntity<R extends { wave: string; entity?: string | undefined }>(
  _: App,
  whose: Whose,
  row: R,
): Promise<R | undefined> {
  const part = await whose.part(row.wave)
  return part && (row.entity === undefined ? part.whole : part.entities.has(row.entity)) ? row : undefined
}

async function nobodys(): Promise<undefined> {
  return undefined
}
