import { lives } from './lives.ts'
import type { App } from './ports.ts'
import { perform, tell } from './run.ts'
import { domainDoing } from './steps/domain.ts'
import { mailboxDoing } from './steps/mailbox.ts'
import { noticeDoing } from './steps/notice.ts'
import { waveDoing } from './steps/wave.ts'
import { parseKick, readKick } from './store/queues.ts'

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
  }
}

/** What a person does about a row that the program could not carry on with. */
const hint = 'The program failed on this several times: its log has the error. Report it, then retry the wave.'

/** A poisoned message becomes a hold on the row that it was for. It never throws: a poison queue has no poison queue behind it. */
export async function holdPoisoned(app: App, message: unknown): Promise<void> {
  const read = readKick(message)
  if (!read) return app.log({ work: 'poison', error: 'a message that nobody can read was dropped' })
  const { machine, partition, key, pass } = read
  const at = { partition, key }
  const error = { code: 'POISON', message: `the work of ${partition} ${key} failed again and again`, hint, at: app.now() }
  if (machine === 'mailbox') await tell(app, lives.mailbox, at, { fact: 'gave-up', pass, set: { error } })
  else if (machine === 'domain') await tell(app, lives.domain, at, { fact: 'gave-up', pass, set: { error } })
  else if (machine === 'notice') await tell(app, lives.notice, at, { fact: 'gave-up', pass, set: { error } })
  else await tell(app, lives.wave, at, { fact: 'hold', pass, set: { error } })
}
