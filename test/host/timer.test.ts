import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { FakeClock, settled } from './fake-clock.ts'
import { parseSchedule } from './ncrontab.ts'
import { Timer, type TimerInput, type TimerOptions } from './timer.ts'
import { timerStatusFolder, timerStatusMemory } from './timer-status.ts'

const start = '2026-11-22T10:00:00Z'

/** A timer every five minutes, whose runs are noted. */
function timerAt(clock: FakeClock, changes: Partial<TimerOptions> = {}) {
  const runs: { at: string; input: TimerInput }[] = []
  const timer = new Timer({
    functionName: 'sweep',
    schedule: parseSchedule('0 */5 * * * *'),
    monitored: true,
    runOnStartup: false,
    statuses: timerStatusMemory(),
    clock,
    run: async input => {
      runs.push({ at: new Date(clock.now()).toISOString().slice(11, 19), input })
    },
    logError: text => assert.fail(text),
    ...changes,
  })
  return { timer, runs, times: () => runs.map(run => run.at) }
}

async function minutes(clock: FakeClock, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) await clock.advance(60_000)
}

test('a timer runs at its times, and tells the last and the next', async () => {
  const clock = new FakeClock(start)
  const { timer, runs, times } = timerAt(clock)
  timer.start()
  await settled()
  await minutes(clock, 11)
  await timer.stop()
  assert.deepEqual(times(), ['10:05:00', '10:10:00'])
  assert.deepEqual(runs[1]?.input, {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: '2026-11-22T10:05:00+00:00',
      Next: '2026-11-22T10:10:00+00:00',
      LastUpdated: '2026-11-22T10:05:00+00:00',
    },
    IsPastDue: false,
  })
})

test('a run missed while nothing ran is made up once at the start, as past due', async () => {
  const clock = new FakeClock(start)
  const statuses = timerStatusMemory()
  const before = timerAt(clock, { statuses })
  before.timer.start()
  await settled()
  await before.timer.stop()
  await clock.advance(3 * 3_600_000 + 60_000)
  const after = timerAt(clock, { statuses })
  after.timer.start()
  await settled()
  await minutes(clock, 4)
  await after.timer.stop()
  assert.deepEqual(after.times(), ['13:01:00', '13:05:00'])
  assert.deepEqual(
    after.runs.map(run => run.input.IsPastDue),
    [true, false],
  )
  assert.equal(after.runs[0]?.input.ScheduleStatus?.Next, '2026-11-22T10:05:00+00:00')
})

test('a changed schedule is not past due', async () => {
  const clock = new FakeClock(start)
  const statuses = timerStatusMemory()
  const before = timerAt(clock, { statuses })
  before.timer.start()
  await settled()
  await before.timer.stop()
  await clock.advance(3_600_000)
  const after = timerAt(clock, { statuses, schedule: parseSchedule('0 0 */6 * * *') })
  after.timer.start()
  await settled()
  await after.timer.stop()
  assert.deepEqual(after.times(), [])
})

test('a timer never runs twice at once, and makes up one run that came due meanwhile', async () => {
  const clock = new FakeClock(start)
  let running = 0
  let most = 0
  const begun: string[] = []
  const { timer } = timerAt(clock, {
    run: async () => {
      most = Math.max(most, ++running)
      begun.push(new Date(clock.now()).toISOString().slice(11, 19))
      if (begun.length === 1) await clock.wait(12 * 60_000, new AbortController().signal)
      running--
    },
  })
  timer.start()
  await settled()
  await minutes(clock, 21)
  await timer.stop()
  assert.equal(most, 1)
  assert.deepEqual(begun, ['10:05:00', '10:17:00', '10:20:00'])
})

test('a wait that ends a little early is the occurrence that it was meant for, and no second one', async () => {
  const clock = new FakeClock(start)
  const early = { now: clock.now, wait: (ms: number, signal: AbortSignal) => clock.wait(ms - 2, signal) }
  const { timer, runs } = timerAt(clock, { clock: early })
  timer.start()
  await settled()
  for (let round = 0; round < 2; round++) await clock.advance(await clock.waiting())
  await timer.stop()
  assert.deepEqual(
    runs.map(run => run.input.ScheduleStatus?.Next),
    ['2026-11-22T10:05:00+00:00', '2026-11-22T10:10:00+00:00'],
  )
})

test('an unmonitored timer has a null status and is never past due', async () => {
  const clock = new FakeClock(start)
  const { timer, runs } = timerAt(clock, { monitored: false, runOnStartup: true })
  timer.start()
  await settled()
  await timer.stop()
  assert.deepEqual(runs[0]?.input, { Schedule: { AdjustForDST: true }, ScheduleStatus: null, IsPastDue: false })
})

test('stopping waits for the run that is going on', async () => {
  const clock = new FakeClock(start)
  let ended = false
  const { timer } = timerAt(clock, {
    runOnStartup: true,
    run: async () => {
      await clock.wait(1000, new AbortController().signal)
      ended = true
    },
  })
  timer.start()
  await clock.waiting()
  const stopped = timer.stop().then(() => ended)
  await clock.advance(1000)
  assert.equal(await stopped, true)
})

test('a status kept in a folder outlives the process; an unreadable one counts as none', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'releve-timers-'))
  try {
    const status = { last: null, next: 2, lastUpdated: 1 }
    await timerStatusFolder(path.join(folder, 'new')).save('sweep', status)
    assert.deepEqual(await timerStatusFolder(path.join(folder, 'new')).load('sweep'), status)
    assert.deepEqual(JSON.parse(await readFile(path.join(folder, 'new/sweep.json'), 'utf8')), status)
    await writeFile(path.join(folder, 'sweep.json'), '{"last":')
    assert.equal(await timerStatusFolder(folder).load('sweep'), undefined)
  } finally {
    await rm(folder, { recursive: true })
  }
})
