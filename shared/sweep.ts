import type { Work } from './life/work.ts'
import { kickOf, type Living, lives } from './lives.ts'
import { type Life, lostOf } from './machine.ts'
import type { Runner } from './run.ts'

/** Starts again whatever has gone quiet: every row that is due gets a kick, and is due again after the next silence. */
export async function sweep(app: Runner): Promise<number> {
  const counts = await Promise.all([
    sweepOne(app, lives.wave),
    sweepOne(app, lives.domain),
    sweepOne(app, lives.mailbox),
    sweepOne(app, lives.notice),
    sweepOne(app, lives.step),
    sweepOne(app, lives.scan),
    sweepOne(app, lives.returns),
    sweepOne(app, lives.ledBack),
  ])
  return counts.reduce((a, b) => a + b, 0)
}

async function sweepOne<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  app: Runner,
  life: Living<S, F, W, R>,
): Promise<number> {
  const table = life.table(app.store)
  let kicked = 0
  for await (const { row, etag } of table.list({ dueBy: app.now() })) {
    const owed = kickOf(life, row)
    if (owed) {
      await app.queues.send(owed.queue, owed.kick)
      kicked++
    }
    // A worker that saves in between wins: it lives. The claim of a silent one is void from here on.
    const quiet = { claim: undefined, lost: lostOf(row), dueAt: owed ? app.now() + app.quietMs : undefined }
    await table.save({ ...row, ...quiet }, etag)
  }
  return kicked
}
