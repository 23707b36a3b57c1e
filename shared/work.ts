import { scanDoing } from './landing/scan.ts'
import type { Work } from './life/work.ts'
import { type Living, lives } from './lives.ts'
import { again, backoff, free, type Life, type Trouble } from './machine.ts'
import type { App } from './ports.ts'
import { perform, start, tell } from './run.ts'
import { domainDoing } from './steps/domain.ts'
import { ledBackDoing } from './steps/led-back.ts'
import { mailboxDoing } from './steps/mailbox.ts'
import { noticeDoing } from './steps/notice.ts'
import { returnsDoing } from './steps/returns.ts'
import { timedDoing } from './steps/timed.ts'
import { waveDoing } from './steps/wave.ts'
import { parseKick, readKick } from './store/queues.ts'
import type { Kick } from './store/store.ts'

/** Does what a queue message asks for. A message that cannot be read throws, and ends in the poison queue. */
export async function work(app: App, message: unknown): Promise<void> {
  const kick = parseKick(message)
  switch (kick.machine) {
    case 'wave':
      return perform(app, lives.wave, waveDoing, kick)
    case 'domain':
      return perform(app, lives.domain, domainDoing, kick)
    case 'mailbox':
      return perform(app, lives.mailbox, mailboxDoing, kick)
    case 'notice':
      return perform(app, lives.notice, noticeDoing, kick)
    case 'step':
      return perform(app, lives.step, timedDoing, kick)
    case 'scan':
      return perform(app, lives.scan, scanDoing, kick)
    case 'returns':
      return perform(app, lives.returns, returnsDoing, kick)
    case 'ledBack':
      return perform(app, lives.ledBack, ledBackDoing, kick)
  }
}

/** What a person does about a row that the program could not carry on with. */
const hint = 'The program failed on this several times: its log has the error. Report it, then retry the wave.'

/** What a person is told of work that was never heard to its end. */
const cutOff = 'Nothing to do: it is tried again by itself. If this lasts, look why the host ends (memory, restarts).'

/**
 * A poisoned message becomes a hold on the row that it was for, if the program failed on it. Where every delivery was only cut off (a
 * killed process, a storage out of reach), which is weather, the row is parked and tried again. It never throws for what it
 * reads: a poison queue has no poison queue behind it.
 */
export async function holdPoisoned(app: App, message: unknown): Promise<void> {
  const read = readKick(message)
  if (!read) return app.log({ work: 'poison', error: 'a message that nobody can read was dropped' })
  const { machine, ...kick } = read
  if (machine === 'mailbox') await settle(app, lives.mailbox, kick, 'gave-up')
  else if (machine === 'domain') await settle(app, lives.domain, kick, 'gave-up')
  else if (machine === 'notice') await settle(app, lives.notice, kick, 'gave-up')
  else if (machine === 'step') await settle(app, lives.step, kick, 'gave-up')
  else if (machine === 'scan') await settle(app, lives.scan, kick, 'gave-up')
  else if (machine === 'returns') await settle(app, lives.returns, kick, 'gave-up')
  else if (machine === 'ledBack') await settle(app, lives.ledBack, kick, 'gave-up')
  else await settle(app, lives.wave, kick, 'hold')
}

async function settle<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  app: App,
  life: Living<S, F, W, R>,
  { partition, key, pass }: Omit<Kick, 'machine'>,
  fact: F,
): Promise<void> {
  const table = life.table(app.store)
  for (;;) {
    const stored = await table.get(partition, key)
    if (!stored || stored.row.pass !== pass) return
    const { row, etag } = stored
    const at = app.now()
    if (row.error?.code === 'BUG' || row.tries >= backoff.maxTries) {
      const message = `the work of ${partition} ${key} failed again and again: ${row.error?.message ?? 'it was always cut off'}`
      const error = { code: 'POISON', message, hint, at } satisfies Trouble
      await tell(app, life, { partition, key }, { fact, pass, set: { error } as Partial<R> })
      return
    }
    // Somebody is at it, or it waits for its hour: a later delivery was luckier.
    if (!free(row, at)) return
    const trouble = { code: 'CUT-OFF', message: `the work of ${partition} ${key} was cut off several times`, hint: cutOff, at }
    const parked = again(row, trouble, undefined, at)
    if ((await table.save(parked, etag)) === 'conflict') continue
    await start(app, life, parked)
    return
  }
}
