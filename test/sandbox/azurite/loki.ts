import { createRequire, Module } from 'node:module'

/** A document of LokiJS: `$loki` is its number, given at insertion in rising order and never given twice in one collection. */
export type Doc = { $loki?: number; [field: string]: unknown }

/** What we use of a LokiJS collection. */
export interface Collection {
  name: string
  data: Doc[]
  maxId: number
  binaryIndices: Record<string, unknown>
  insert(docs: Doc | Doc[]): unknown
  find(query?: Record<string, unknown>): Doc[]
  findAndRemove(query: Record<string, unknown>): void
  removeWhere(test: (doc: Doc) => boolean): void
  insertOne(doc: Doc, bulkInsert?: boolean): Doc | undefined
  update(doc: Doc | Doc[]): Doc | undefined
  /** Undefined or null where nothing was removed: LokiJS swallows that failure. */
  remove(doc: Doc | Doc[] | number): Doc | null | undefined
  removeBatchByPositions(positions: number[]): null | undefined
  clear(options?: unknown): void
  get(id: number): Doc | null
  findOne(query?: Record<string, unknown>): Doc | null
  ensureAllIndexes(force?: boolean): void
}

/** A query under way: the positions in `collection.data` that passed so far. */
export interface Resultset {
  collection: Collection
  filterInitialized: boolean
  find(query?: Record<string, unknown>, firstOnly?: boolean): Resultset
  where(test: (doc: Doc) => boolean): Resultset
}

/** The plain data of a database file. */
export type Snapshot = { journalGeneration?: number; collections?: SnapshotCollection[] }
export type SnapshotCollection = { name: string; data: Doc[]; maxId: number }

type Done = (error?: unknown) => void

/** What we use of a LokiJS database. */
export interface Database {
  filename: string
  collections: Collection[]
  persistenceMethod: string
  persistenceAdapter: { saveDatabase(filename: string, text: string, done: Done): void }
  autosave: boolean
  /** Our own: the first journal that a database file with this number does not contain. */
  journalGeneration?: number
  addCollection(name: string, options?: unknown): Collection
  removeCollection(name: string): void
  renameCollection(from: string, to: string): Collection
  getCollection(name: string): Collection | null
  loadDatabase(options: unknown, done: Done): void
  loadJSONObject(data: Snapshot, options?: unknown): void
  saveDatabase(done?: Done): void
  saveDatabaseInternal(done?: Done): void
  autosaveEnable(): void
  autosaveClearFlags(): void
  serialize(): string
  serializeReplacer(key: string, value: unknown): unknown
}

/** The module: classes of the old kind, whose prototypes we change before anyone makes an instance. */
export interface Loki {
  new (filename: string, options: { persistenceMethod: 'fs' | 'memory'; autosave?: boolean }): Database
  prototype: Database
  Collection: { prototype: Collection }
  Resultset: { prototype: Resultset }
}

const require = createRequire(import.meta.url)

/** Loads a module of Azurite's, by its path below `azurite/dist/src`; the caller knows its shape. */
export const azuriteModule = (path: string): unknown => require(`azurite/dist/src/${path}`)

const azuriteRequire = createRequire(require.resolve('azurite/package.json'))

/** The copy of LokiJS that Azurite uses. */
export const azuriteLoki = (): Loki => azuriteRequire('lokijs') as Loki

// Nothing is ever sent to Microsoft from here; what would do so is half of all that Azurite loads, so that it finds this module empty.
const telemetry = azuriteRequire.resolve('applicationinsights')
azuriteRequire.cache[telemetry] = Object.assign(new Module(telemetry), { loaded: true })
