import assert from 'node:assert/strict'
import fs, { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, mock, test } from 'node:test'
import { chance } from '../fakes/chance.ts'
import { makeDurable } from './azurite/durable.ts'
import { readJournal } from './azurite/journal.ts'
import { pick, upTo } from './azurite/load/load.ts'
import { tableClient } from './azurite/load/table-load.ts'
import { azuriteLoki, type Collection, type Database, type Doc } from './azurite/loki.ts'
import { quickenLookups } from './azurite/lookups.ts'
import { type Watcher, watchMutations } from './azurite/mutations.ts'
import { replay } from './azurite/replay.ts'
import { startAzurite } from './azurite.ts'

const Loki = azuriteLoki()
const watchers: Watcher[] = []
const durable = makeDurable(Loki, {
  journalBytes: 3000,
  died(error) {
    throw error
  },
})
watchMutations(Loki, watchers)
watchers.push(durable.watcher, quickenLookups(Loki))

const root = mkdtempSync(join(tmpdir(), 'releve-journal-'))
after(() => rmSync(root, { recursive: true, force: true }))

const done = (start: (callback: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start(error => (error ? reject(error) : resolve())))

async function opened(file: string): Promise<Database> {
  const db = new Loki(file, { persistenceMethod: 'fs', autosave: true })
  await done(callback => db.loadDatabase({}, callback))
  return db
}

/** What a process that died now would leave, opened by another. It is copied again where a snapshot came to its name meanwhile. */
async function afterDeath(dir: string, name: string): Promise<Database> {
  durable.flush()
  for (let tries = 1; ; tries++) {
    const copy = mkdtempSync(join(root, 'copy-'))
    try {
      cpSync(dir, copy, { recursive: true })
    } catch (error) {
      if (tries === 10 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      continue
    }
    return opened(join(copy, name))
  }
}

const contents = (db: Database): unknown =>
  JSON.parse(JSON.stringify(db.collections.map(({ name, data, maxId }) => ({ name, data, maxId }))))

const addTable = (db: Database, name: string): Collection => db.addCollection(name, { indices: ['PartitionKey', 'RowKey'] })

test('every way of changing a database is in its journal, snapshots or not', async () => {
  const dir = mkdtempSync(join(root, 'ways-'))
  const db = await opened(join(dir, 'db.json'))
  const seeded = chance(7)
  const tables = ['acc$a', 'acc$b', 'acc$c']
  for (const name of tables) addTable(db, name)
  await done(callback => db.saveDatabase(callback))
  const key = () => String(upTo(seeded, 40))
  const entity = (): Doc => ({ PartitionKey: pick(seeded, ['7', '007', 'x']), RowKey: key(), n: upTo(seeded, 1000) })
  const change = (table: Collection): void => {
    const some = table.data.slice(upTo(seeded, table.data.length + 1)).slice(0, upTo(seeded, 4))
    const ways: (() => unknown)[] = [
      () => table.insert(entity()),
      () => table.insert([entity(), entity(), entity()]),
      () => some.map(doc => table.update({ ...doc, n: -1 })),
      () => {
        for (const doc of some) doc.n = Number(doc.n) + 1
        table.update(some)
      },
      () => table.remove([...some]),
      () => some.map(doc => table.remove(doc)),
      () => some.map(doc => table.remove(doc.$loki ?? 0)),
      () => table.findAndRemove({ RowKey: key() }),
      () => table.removeWhere(doc => doc.n === upTo(seeded, 20)),
      () => seeded() < 0.1 && db.removeCollection(table.name),
      () => {
        if (seeded() > 0.05) return
        db.removeCollection(table.name)
        addTable(db, table.name)
      },
    ]
    pick(seeded, ways)()
  }
  for (let step = 0; step < 600; step += 1) {
    const name = pick(seeded, tables)
    change(db.getCollection(name) ?? addTable(db, name))
    if (step % 10 > 0) continue
    await new Promise(setImmediate)
    const other = await afterDeath(dir, 'db.json')
    assert.deepEqual(contents(other), contents(db), `step ${step}`)
    for (const table of other.collections)
      for (const doc of table.data.slice(0, 5))
        assert.ok(table.find({ RowKey: doc.RowKey }).includes(doc), 'the indexes were built anew')
  }
  assert.ok(Number(db.journalGeneration) > 3, 'snapshots were made on the way')
})

test('a death between the making of a snapshot and its renaming loses nothing, nor does one just after', async () => {
  const dir = mkdtempSync(join(root, 'rename-'))
  const db = await opened(join(dir, 'db.json'))
  const table = addTable(db, 'acc$t')
  await done(callback => db.saveDatabase(callback))
  const row = (RowKey: string) => ({ PartitionKey: 'p', RowKey })
  table.insert(row('before'))
  const write = db.persistenceAdapter.saveDatabase
  const halted: (() => void)[] = []
  db.persistenceAdapter.saveDatabase = (file, text, callback) =>
    halted.push(() => write.call(db.persistenceAdapter, file, text, callback))
  const saved = done(callback => db.saveDatabase(callback))
  table.insert(row('while writing'))
  table.findAndRemove({ RowKey: 'before' })
  const unrenamed = await afterDeath(dir, 'db.json')
  assert.deepEqual(contents(unrenamed), contents(db))
  const twoJournals = mkdtempSync(join(root, 'stale-'))
  cpSync(dir, twoJournals, { recursive: true })
  for (const go of halted) go()
  await saved
  assert.deepEqual(contents(await afterDeath(dir, 'db.json')), contents(db))
  cpSync(join(dir, 'db.json'), join(twoJournals, 'db.json'))
  const unremoved = await afterDeath(twoJournals, 'db.json')
  assert.deepEqual(contents(unremoved), contents(db))
  await done(callback => unremoved.saveDatabase(callback))
  assert.deepEqual(contents(await opened(unremoved.filename)), contents(db))
})

test('what was removed is in no file any more once the journals were folded', async () => {
  const dir = mkdtempSync(join(root, 'fold-'))
  const db = await opened(join(dir, 'db.json'))
  const table = addTable(db, 'acc$p')
  await done(callback => db.saveDatabase(callback))
  table.insert({ PartitionKey: 'p', RowKey: 'kept' })
  table.insert({ PartitionKey: 'p', RowKey: 'r', sealed: 'destroyed-later' })
  table.findAndRemove({ RowKey: 'r' })
  durable.flush()
  const said = () => readdirSync(dir).map(name => readFileSync(join(dir, name), 'utf8'))
  assert.ok(said().some(text => text.includes('destroyed-later')))
  durable.fold()
  for (let turns = 0; readJournals(dir) !== 0 && turns < 1000; turns += 1) await new Promise(resolve => setTimeout(resolve, 5))
  assert.ok(said().every(text => !text.includes('destroyed-later')))
  assert.deepEqual(contents(await afterDeath(dir, 'db.json')), contents(db))
})

/** The bytes of all journals in a folder. */
const readJournals = (dir: string) =>
  readdirSync(dir)
    .filter(name => name.includes('.journal.'))
    .reduce((sum, name) => sum + readFileSync(join(dir, name)).length, 0)

test('replaying the same changes twice equals once', () => {
  const collection = () => ({ name: 'c', data: [{ $loki: 1, a: 1 }], maxId: 1 })
  const entries: Parameters<typeof replay>[1] = [
    ['put', 'c', { $loki: 3, a: 3 }],
    ['put', 'c', { $loki: 2, a: 2 }],
    ['drop', 'c', [1, 3]],
  ]
  const once = { collections: [collection()] }
  replay(once, entries)
  const twice = structuredClone(once)
  replay(twice, entries)
  assert.deepEqual(once, { collections: [{ name: 'c', data: [{ $loki: 2, a: 2 }], maxId: 3 }] })
  assert.deepEqual(twice, once)
})

test('a message is written after the extent that has its text', async () => {
  const dir = mkdtempSync(join(root, 'order-'))
  const queue = await opened(join(dir, 'db_queue__.json'))
  const extents = await opened(join(dir, 'db_queue_extent__.json'))
  const [messages, chunks] = [queue.addCollection('messages'), extents.addCollection('chunks')]
  for (const db of [queue, extents]) await done(callback => db.saveDatabase(callback))
  const written: string[] = []
  const { writeSync } = fs
  mock.method(fs, 'writeSync', (fd: number, bytes: Buffer, offset: number) => {
    written.push(bytes.toString())
    return writeSync(fd, bytes, offset)
  })
  syncBuiltinESMExports()
  messages.insert({ chunk: 'one' })
  chunks.insert({ chunk: 'one' })
  durable.flush()
  mock.restoreAll()
  syncBuiltinESMExports()
  assert.deepEqual(
    written.map(line => JSON.parse(line)[0][1]),
    ['chunks', 'messages'],
  )
})

test('a transaction is one line of the journal, an undone one leaves nothing behind', async () => {
  const dir = mkdtempSync(join(root, 'transaction-'))
  const azurite = await startAzurite({ dir })
  const client = tableClient(azurite.connectionString, 'rows')
  await client.createTable()
  const create = (rowKey: string) => ['create', { partitionKey: 'p', rowKey }] as const
  await client.submitTransaction(Array.from({ length: 100 }, (_, index) => [...create(`r${index}`)]))
  await assert.rejects(client.submitTransaction([[...create('new')], [...create('r1')]]))
  process.kill(azurite.pid, 'SIGKILL')
  await azurite.ended
  const database = join(dir, '__azurite_db_table__.json')
  const journal = readdirSync(dir).find(name => name.startsWith('__azurite_db_table__.json.journal.')) ?? ''
  const lines = readFileSync(join(dir, journal), 'utf8').trim().split('\n')
  assert.deepEqual(
    lines.map(line => JSON.parse(line).length),
    [2, 100, 2],
  )
  const snapshot = JSON.parse(readFileSync(database, 'utf8'))
  replay(snapshot, readJournal(database, Number(journal.split('.').at(-1))))
  const { data } = snapshot.collections.find((collection: Collection) => collection.name === 'devstoreaccount1$rows')
  assert.equal(data.length, 100)
})
