import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { passwords, type Site } from '../e2e/site.ts'
import type { Dovecot } from '../sandbox/mail/dovecot.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import type { Prng } from '../sandbox/mail/prng.ts'
import { listFolders } from '../sandbox/mail/snapshot.ts'
import { decodeName } from '../sandbox/mail/utf7.ts'
import { quoted, Wire } from '../sandbox/mail/wire.ts'
import type { WaveFault } from './faults.ts'

const flagSets = ['', '\\Seen', '\\Flagged', '\\Seen \\Answered', '\\Seen \\Flagged $Forwarded', 'Label1 \\Seen']

/** Does to a mailbox, past the product, what its owner or its server may do while it is copied. False where there is nothing to do it to. */
export async function meddle(site: Site, user: string, fault: WaveFault, prng: Prng): Promise<boolean> {
  const at = fault === 'renew-target' ? site.target : site.source
  const pass = fault === 'renew-target' ? passwords.TARGET_PASSWORD : passwords.SOURCE_PASSWORD
  const wire = await Wire.open({ host: at.host, port: at.port, user: `${user}*bmaster`, pass })
  try {
    switch (fault) {
      case 'arrive':
        return await arrive(wire, prng)
      case 'expunge':
        return await onSome(wire, prng, 'SELECT', async uids => {
          await wire.must(`UID STORE ${uids} +FLAGS.SILENT (\\Deleted)`)
          await wire.must(`UID EXPUNGE ${uids}`)
        })
      case 'flags':
        return await onSome(wire, prng, 'SELECT', uids => wire.must(`UID STORE ${uids} FLAGS.SILENT (${prng.pick(flagSets)})`))
      case 'move': {
        const folders = await listFolders(wire)
        const to = prng.pick(folders).spelling
        return await onSome(wire, prng, 'SELECT', uids => wire.must(`UID MOVE ${uids} ${quoted(to)}`))
      }
      case 'renumber-source':
        return await onSome(wire, prng, 'EXAMINE', (_, folder) => renumber(at, user, folder))
      case 'renew-target':
        return await onSome(wire, prng, 'EXAMINE', async (_, folder) => {
          if (folder === 'INBOX') return void (await renumber(at, user, folder))
          await wire.must(`EXAMINE INBOX`)
          await wire.must(`DELETE ${quoted(folder)}`)
          if (prng.chance(0.5)) await wire.must(`CREATE ${quoted(folder)}`)
        })
    }
  } finally {
    wire.close()
  }
}

async function arrive(wire: Wire, prng: Prng): Promise<true> {
  const mailbox = generateMailbox({
    seed: prng.between(0, 1e9),
    messages: prng.between(1, 4),
    size: 'small',
    now: Date.UTC(2026, 9, 20),
  })
  for (const { raw, internalDate } of mailbox.messages())
    await wire.append('INBOX', prng.pick(flagSets).split(' ').filter(Boolean), internalDate, raw)
  return true
}

/** Opens a folder that holds something and does `work` to one to three neighbours in it, a UID set. */
async function onSome(
  wire: Wire,
  prng: Prng,
  opening: 'SELECT' | 'EXAMINE',
  work: (uids: string, folder: string) => Promise<unknown>,
): Promise<boolean> {
  const folders = await listFolders(wire)
  for (let tries = 0; tries < 10; tries += 1) {
    const { spelling } = prng.pick(folders)
    await wire.must(`${opening} ${quoted(spelling)}`)
    const uids: number[] = []
    await wire.must('UID SEARCH ALL', ({ text }) => uids.push(...(text.match(/\d+/g) ?? []).map(Number)))
    if (uids.length === 0) continue
    const at = prng.between(0, uids.length - 1)
    await work(uids.slice(at, at + prng.between(1, 3)).join(','), spelling)
    return true
  }
  return false
}

/** Gives a folder another UIDVALIDITY; its messages, and even their UIDs, stay. */
async function renumber({ place }: Dovecot, user: string, folder: string): Promise<void> {
  const config = join(place.root, 'dovecot.conf')
  const uidValidity = String(1_500_000_000 + Math.floor(Date.now() % 400_000_000))
  await run('doveadm', ['-c', config, 'mailbox', 'update', '-u', user, '--uid-validity', uidValidity, decodeName(folder)])
}

const run = promisify(execFile)
