import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import type { DiaryLine } from '../../shared/calendar/diary.ts'
import { Wire } from '../sandbox/mail/wire.ts'
import { adapt } from '../sandbox/rehearsal/adapt.ts'
import { looksOften, rehearsalClock } from '../sandbox/rehearsal/clock.ts'
import { asksKeeper, keepRecords } from '../sandbox/rehearsal/keeper.ts'
import { type Asked, answerFor, asksPeople } from '../sandbox/rehearsal/people.ts'
import { inventedMailbox } from '../sandbox/world/mail.ts'
import { startWorld, type World } from '../sandbox/world.ts'
import { type HostProcess, hostKey, startHostProcess } from './host-process.ts'
import { type RawRow, rowsOf } from './storage.ts'
import { type Strike, strikingTables } from './striking-tables.ts'

const wave = 'rehearsal'
const playbook = readFileSync(resolve(import.meta.dirname, '../../shared/playbooks/secours.yaml'), 'utf8')

/** Inside each step of the calendar one write at which the host is killed: before it is done, or after, its answer lost. */
const strikes: Strike[] = [
  { step: 'inventory', write: /Inventories.*"measured"/s, when: 'after' },
  { step: 'workbook, about to be sent', write: /Notices\(.*"attempted"/s, when: 'after' },
  { step: 'workbook, sent', write: /Notices\(.*"state":"sent"/s, when: 'before' },
  { step: 'confirm', write: /Waves\(.*"approvals"/s, when: 'after' },
  { step: 'provision', write: /Passwords.*"state":"set"/s, when: 'before' },
  { step: 'cutover', write: /Domains\(.*"state":"proving"/s, when: 'before' },
  { step: 'open', write: /Steps\(\S*RowKey='open'.*"state":"doing"/s, when: 'after' },
  { step: 'prestage', write: /Chunks.*"entries"/s, when: 'after' },
  {
    step: 'day-j, put into its mailbox',
    write: /Notices\(.*(?:"notice":"day-j".*"state":"sent"|"state":"sent".*"notice":"day-j")/s,
    when: 'before',
  },
  { step: 'close', write: /Waves\(.*"state":"closing"/s, when: 'after' },
]

/** What everybody is told, and what happens, on the wall clock. A and B are the two owners, C coordinates, T is trusted with the passwords. */
const diary = `
2025-03-24 09:00 inventory
2025-03-24 09:30 workbook C
2025-03-29 09:00 answers-reminder C
2025-03-31 18:00 answers-due
2025-04-01 09:00 answers-overdue C
2025-04-02 09:00 confirm
2025-04-02 09:30 confirm-date C
2025-04-02 10:00 procedures A
2025-04-02 10:00 procedures B
2025-04-04 19:00 begun
2025-04-05 09:00 cut A
2025-04-05 09:00 cut B
2025-04-06 16:00 freeze
2025-04-06 18:00 mairie.example switched
2025-04-06 18:00 open
2025-04-06 18:00 switched
2025-04-06 18:15 accounts C
2025-04-06 18:15 done A
2025-04-06 18:15 done B
2025-04-06 18:15 trustee T
2025-04-07 08:00 day-j A
2025-04-07 08:00 day-j B
2025-04-21 09:00 closed: complete
2025-04-21 09:00 report C`

let world: World
before(async () => {
  world = await startWorld({ dir: mkdtempSync(join(tmpdir(), 'calendar-')), mailboxes: 2, domains: ['mairie.example'] })
  await world.fill(resident => inventedMailbox(resident, 10, Date.parse('2025-03-24T00:00:00Z')))
})
after(() => world?.clear())

test('the calendar of secours is the same when its host is killed inside every step', { timeout: 300_000 }, async t => {
  const text = adapt(playbook, world).text.replace('for: PT72H', 'for: PT1H')
  const storage = world.settings.AzureWebJobsStorage ?? ''
  const file = join(world.dir, 'clock')
  const clock = rehearsalClock(file, storage, Date.parse('2025-03-24T07:59:00Z'), 100)
  const signal = AbortSignal.timeout(280_000)
  const struck: string[] = []
  const tables = await strikingTables(storage, strikes, step => {
    struck.push(step)
    host = host.then(dying => dying.kill9()).then(start)
  })
  const quick = {
    QUIET_SECONDS: '2',
    SWEEP_SCHEDULE: '*/1 * * * * *',
    FUNCTIONS_HOST_KEY: hostKey,
    REHEARSAL_CLOCK: file,
    ...looksOften,
  }
  const start = () => startHostProcess({ ...world.settings, ...quick, AzureWebJobsStorage: tables.storage }, { leaseMs: 1_000 })
  let host: Promise<HostProcess> = start()
  const call = async <T>(method: string, path: string, body?: string, type = 'application/json', operator = 'operator') => {
    for (;;) {
      signal.throwIfAborted()
      const headers = { 'content-type': type, 'x-operator': operator }
      // What was cut off is asked again, as people do.
      const answered = await (await host).call(method, path, body, headers).catch(() => undefined)
      if (answered) {
        assert.ok(answered.status < 300, `${method} ${path}: ${answered.text}`)
        return answered.json as T
      }
    }
  }
  try {
    await call('PUT', 'playbooks/secours', text, 'application/yaml')
    await call('POST', 'waves', JSON.stringify({ ...world.wave(wave), playbook: 'secours', day: '2025-04-07' }))
    for (const end = Date.parse('2025-04-21T12:00:00Z'); ; ) {
      await clock.quiet(signal)
      const { steps } = await call<{ steps: (Asked & { state: string })[] }>('GET', `waves/${wave}/steps`)
      const asked = steps.filter(asksPeople)
      for (const one of asked) await answerFor({ call }, wave, one, Object(parse(text)).people)
      const records = (await rowsOf(storage, 'Domains')).map(row => row.waitsFor as string | undefined).filter(asksKeeper)
      for (const words of records) await keepRecords(world, words)
      if (asked.length + records.length > 0) {
        // The domain looks whether it was done within its minute.
        if (records.length > 0) clock.jumpTo(clock.now() + 60_000)
        continue
      }
      const next = await clock.next()
      if (next === undefined || next > end) break
      clock.jumpTo(next)
    }
    t.diagnostic(`killed inside: ${struck.join('; ')}`)
    assert.deepEqual(struck.sort(), strikes.map(({ step }) => step).sort())
    const told = await call<{ diary: DiaryLine[] }>('GET', `waves/${wave}/diary`)
    assertSame(linesOf(told.diary))
    const letters = await rowsOf(storage, 'Notices')
    const times = await Promise.all(letters.map(async letter => `${letter.notice} ${letter.to}: ${await found(letter)}`))
    const wanted = letters.map(({ notice, to }) => `${notice} ${to}: ${notice === 'workbook' ? 2 : 1}`)
    assert.deepEqual(times, wanted)
  } finally {
    await (await host).kill9()
    await tables.stop()
  }
})

function linesOf(diary: readonly DiaryLine[]): string[] {
  const { people } = parse(playbook)
  const addresses = [...world.residents.map(({ address }) => address), ...people.coordinator, ...people.trustee]
  const readers = new Map(addresses.map((address, i) => [address, 'ABCT'[i]]))
  const past = diary.filter(({ kind, state }) => kind !== 'action' && state !== 'planned')
  return past.map(({ local, what, to }) => `${local.slice(0, 16).replace('T', ' ')} ${what}${to ? ` ${readers.get(to)}` : ''}`)
}

/** The same entries, none before its hour, and none later than a death and the clock’s next jump may make it. */
function assertSame(lines: readonly string[]): void {
  const byName = (list: readonly string[]) => list.toSorted((a, b) => (a.slice(17) + a < b.slice(17) + b ? -1 : 1))
  const [found, wanted] = [byName(lines), byName(diary.trim().split('\n'))]
  const late = found.map((line, i) => Date.parse(line.slice(0, 16)) - Date.parse(wanted[i]?.slice(0, 16) ?? ''))
  assert.deepEqual(
    found.map((line, i) => (0 <= (late[i] ?? -1) && (late[i] ?? 0) <= 600_000 ? wanted[i]?.slice(0, 16) : '') + line.slice(16)),
    wanted,
    lines.join('\n'),
  )
}

/**
 * How often a letter lies in its reader’s INBOX: the old one where it was put there, else the new one, with all that came to the old one; or
 * how often it was handed over for him who has no mailbox here.
 */
async function found({ to, messageId, channel }: RawRow): Promise<number> {
  if (!world.residents.some(({ address }) => address === to))
    return world.letters.filter(letter => letter.to === to && letter.raw.includes(String(messageId))).length
  const wire = await Wire.open(world.signIn(channel === 'source-append' ? 'old' : 'new', String(to)))
  try {
    await wire.must('EXAMINE INBOX')
    const { untagged } = await wire.must(`UID SEARCH HEADER Message-ID "${messageId}"`)
    return untagged.flatMap(({ text }) => /^\* SEARCH((?: \d+)*)/.exec(text)?.[1]?.trim().split(' ').filter(Boolean) ?? []).length
  } finally {
    wire.close()
  }
}
