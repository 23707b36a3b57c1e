import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { act } from '../../shared/commands/act.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import type { Target } from '../../shared/targets/target.ts'
import { dated } from '../calendar/world.ts'
import { memoryTarget } from '../fakes/imap.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter } from '../fakes/town.ts'
import type { World } from '../fakes/world.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { quoted, Wire } from '../sandbox/mail/wire.ts'

/** What is done to a mailbox at the target past the product, by its owner or by its server. */
type Hand = {
  rename(from: string, to: string): Promise<unknown>
  remove(path: string): Promise<unknown>
  make(path: string): Promise<unknown>
  empty(path: string): Promise<unknown>
  renumber(path: string): Promise<unknown>
}
type Side = { hand: Hand; target: Target; close(): Promise<unknown> }

/** The junk is what every round covers, those of late mail included, and what has a name that its owner may change. */
const acts: Record<string, (hand: Hand) => Promise<unknown>> = {
  'left alone': async () => {},
  renamed: hand => hand.rename('Junk', 'Mine'),
  'moved below another': hand => hand.rename('Junk', 'Kept/Junk'),
  'thrown away into the bin': hand => hand.rename('Junk', 'Trash/Junk'),
  'renamed, and another made in its place': async hand => {
    await hand.rename('Junk', 'Mine')
    await hand.make('Junk')
  },
  deleted: hand => hand.remove('Junk'),
  emptied: hand => hand.empty('Junk'),
  'deleted and made anew': async hand => {
    await hand.remove('Junk')
    await hand.make('Junk')
  },
  'numbered anew by the server': hand => hand.renumber('Junk'),
}

const all = (folder: string) => ['new', 'old 1', 'old 2'].map(subject => `${folder}: ${subject}`)
const old = (folder: string) => all(folder).slice(1)

/** What lies there afterwards: where nobody works yet, and where its owner does. */
const table: Record<keyof typeof acts, { before: string[]; lived: string[] }> = {
  'left alone': { before: all('Junk'), lived: all('Junk') },
  renamed: { before: all('Mine'), lived: all('Mine') },
  'moved below another': { before: all('Kept/Junk'), lived: all('Kept/Junk') },
  'thrown away into the bin': {
    before: [...all('Junk'), ...old('Trash/Junk')],
    lived: ['Junk: new', ...old('Trash/Junk')],
  },
  'renamed, and another made in its place': {
    before: [...all('Junk'), ...old('Mine')],
    lived: ['Junk: new', ...old('Mine')],
  },
  deleted: { before: all('Junk'), lived: ['Junk: new'] },
  emptied: { before: ['Junk: new'], lived: ['Junk: new'] },
  'deleted and made anew': { before: all('Junk'), lived: ['Junk: new'] },
  'numbered anew by the server': { before: all('Junk'), lived: all('Junk') },
}

type State = 'synced' | 'final-delta' | 'verifying' | 'draining' | 'completed'
type When = { calendar: string; until: State; damaged?: boolean; works: boolean }

const hour = '  - { at: "D-1 16:00", step: cutover }\n'
const times: Record<string, When> = {
  'before the cutover': { calendar: hour, until: 'synced', works: false },
  'right before the comparison': { calendar: hour, until: 'verifying', works: false },
  'while old mail follows new mail': {
    calendar: `${hour}  - { at: "D-1 17:00", step: prestage }\n`,
    until: 'final-delta',
    works: true,
  },
  'while late mail is followed': { calendar: hour, until: 'draining', works: true },
  'before a retry': { calendar: hour, until: 'completed', damaged: true, works: true },
}

for (const [server, side] of Object.entries({ memory: inMemory, Dovecot: onDovecot })) {
  describe(`a folder at the target (${server})`, { timeout: 300_000 }, () => {
    if (server === 'Dovecot') {
      before(start)
      after(stop)
    }
    for (const [what, does] of Object.entries(acts))
      for (const [when, how] of Object.entries(times))
        for (const news of server === 'memory' ? [true, false] : [true])
          test(`${what} ${when}${news ? '' : ', with nothing new to bring'}`, async () => {
            const here = await side()
            try {
              const { world, source, rebuild } = at(how, here.target, news)
              const happens = async () => {
                await does(here.hand)
                if (how.damaged) rebuild()
                else if (news) source.deliver('Spam', letter('new'))
              }
              if (how.until === 'final-delta' || how.until === 'verifying') rightBefore(world, how.until, happens)
              else {
                await world.run({ until: async () => (await stateOf(world)) === how.until })
                await happens()
              }
              if (how.damaged) await act(world.app(), 'town', 'retry', { why: 'its index was rebuilt' }, 'Odile')
              const { verdict, reasons } = await world.run()
              const { before, lived } = table[what] ?? assert.fail()
              const wanted = how.works ? lived : before
              assert.deepEqual(await contents(here.target), news ? wanted : wanted.filter(one => !one.endsWith('new')))
              // What somebody expunged before the mailbox opened is missing.
              const isMissing = what === 'emptied' && !how.works
              assert.deepEqual([verdict, reasons?.length], isMissing ? ['incomplete', 1] : ['complete', 0], reasons?.join())
            } finally {
              await here.close()
            }
          })
  })
}

test('a folder that its owner deleted while it is being filled gets the rest, and nothing again', async () => {
  const here = await inMemory()
  const { world, source } = at(times['while old mail follows new mail'] ?? assert.fail(), here.target, true)
  for (let n = 3; n < 40; n++) source.deliver('Spam', letter(`old ${n}`))
  let gone = 0
  const { append } = here.target
  here.target.append = async function* (messages) {
    for await (const result of append(messages)) {
      yield result
      if (result.of.path === 'Junk' && ++gone === 20) await here.hand.remove('Junk')
    }
  }
  await world.run()
  const there = (await contents(here.target)).map(one => Number(one.split(' ').at(-1)))
  assert.ok(there.length >= 19 && there.length < 30, there.join())
  assert.deepEqual(Math.max(...there), 39)
})

/** A wave of one mailbox whose copy stands still at some time. */
function at({ calendar, damaged }: When, target: Target, news: boolean) {
  const world = dated('2025-04-04T08:00:00Z', calendar)
  const source = new MemoryMailbox({ delimiter: '.', condstore: true }).make('Spam', { role: '\\Junk' })
  let isDamaged = damaged
  source.manners.unlists = ({ raw }) => isDamaged === true && raw.includes('Subject: new')
  for (const subject of ['old 1', 'old 2', ...(damaged && news ? ['new'] : [])]) source.deliver('Spam', letter(subject))
  if (damaged && !news) source.deliver('INBOX', letter('new'))
  world.sources.clear()
  world.sources.set('anna@town.example', source)
  Object.assign(world.scene.wave, { mailboxes: [{ address: 'anna@town.example' }] })
  Object.assign(world, { openTarget: () => ({ ...target, close: async () => {} }) })
  const rebuild = () => {
    isDamaged = false
  }
  return { world, source, rebuild }
}

/** Does something right before a step that follows another at once. */
function rightBefore({ store }: World, state: State, does: () => Promise<void>): void {
  const { save } = store.mailboxes
  let isDone = false
  store.mailboxes.save = async (row, etag) => {
    if (row.state === state && !isDone) {
      isDone = true
      await does()
    }
    return save(row, etag)
  }
}

async function stateOf({ store }: World): Promise<string | undefined> {
  return (await store.mailboxes.get(keyPart('town'), keyPart('anna@town.example')))?.row.state
}

/** What lies in all folders but INBOX. */
async function contents(target: Target): Promise<string[]> {
  const found: string[] = []
  const folders = (await target.folders()).filter(({ path, container }) => path !== 'INBOX' && !container)
  for await (const { path, heads } of target.list(folders.map(({ path }) => ({ path, fromUid: 1 }))))
    for await (const { raw } of target.messages([{ path, uids: [...heads].map(({ uid }) => uid) }]))
      found.push(`${path}: ${/^Subject: (.*)\r$/m.exec(String(raw))?.[1]}`)
  return found.sort()
}

async function inMemory(): Promise<Side> {
  const mailbox = new MemoryMailbox().make('Junk', { role: '\\Junk' }).make('Trash', { role: '\\Trash' }).make('Kept')
  const hand: Hand = {
    rename: async (from, to) => {
      mailbox.folders.set(to, { ...mailbox.folder(from) })
      mailbox.folders.delete(from)
    },
    remove: async path => mailbox.folders.delete(path),
    make: async path => mailbox.make(path),
    empty: async path => {
      for (const { uid } of [...mailbox.folder(path).messages]) mailbox.expunge(path, uid)
    },
    renumber: async path => mailbox.renumber(path, 50),
  }
  return { hand, target: memoryTarget(mailbox), close: async () => {} }
}

const dir = mkdtempSync(join(tmpdir(), 'lived-in-'))
const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
let dovecot: Dovecot
let people = 0

async function start(): Promise<void> {
  dovecot = await startDovecot({ dir, layout: 'new', users: 'any', password: 'user-secret', master })
}

async function stop(): Promise<void> {
  await dovecot.kill9()
  rmSync(dir, { recursive: true, force: true })
}

async function onDovecot(): Promise<Side> {
  const user = `anna${++people}@town.example`
  const { host, port, place } = dovecot
  const login = async () => ({ user: `${user}*${master.user}`, pass: master.password })
  const target = await openImapTarget({ host, port, tls: 'none', login }, user)
  const wire = await Wire.open({ host, port, user: `${user}*${master.user}`, pass: master.password })
  const there = (await target.folders()).map(({ path }) => path)
  for (const path of ['Junk', 'Trash', 'Kept']) if (!there.includes(path)) await wire.must(`CREATE ${path}`)
  const hand: Hand = {
    rename: (from, to) => wire.must(`RENAME ${quoted(from)} ${quoted(to)}`),
    remove: path => wire.must(`DELETE ${quoted(path)}`),
    make: path => wire.must(`CREATE ${quoted(path)}`),
    empty: async path => {
      await wire.must(`SELECT ${quoted(path)}`)
      await wire.must('STORE 1:* +FLAGS.SILENT (\\Deleted)')
      await wire.must('EXPUNGE')
      await wire.must('UNSELECT')
    },
    renumber: path =>
      promisify(execFile)('doveadm', [
        ...['-c', join(place.root, 'dovecot.conf'), 'mailbox', 'update', '-u', user],
        ...['--uid-validity', '1712345678', path],
      ]),
  }
  const close = async () => {
    wire.close()
    await target.close()
  }
  return { hand, target, close }
}
