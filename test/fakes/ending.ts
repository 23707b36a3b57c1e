import { flagsFor } from '../../shared/copy/flags.ts'
import { digestOf } from '../../shared/copy/match.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { mailboxKey } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import type { Held, MemoryMailbox } from './mailbox.ts'
import type { World } from './world.ts'

/** How a run ended, in what a customer would see. Equal endings are equal to them. */
export type Ending = {
  verdict: string | undefined
  reasons: string[]
  mx: string[]
  /** Letters to readers: reader and Message-ID, as often as each was said. */
  letters: string[]
  mailboxes: string[]
  lost: string[]
  twice: string[]
}

/** Looks at everything: the rows, the zone, the readers, and each message of each folder by bytes, flags and date. */
export async function endingOf(world: World): Promise<Ending> {
  const { store, zone, readers, scene } = world
  const wave = await world.wave()
  const rows = await all(store.mailboxes.list({ partition: keyPart(scene.wave.wave) }))
  const lost: string[] = []
  const twice: string[] = []
  for (const row of rows) {
    const source = world.sources.get(row.wanted.source?.user ?? row.address)
    const target = world.targets.get(row.wanted.target?.user ?? row.address)
    if (!source || !target) continue
    const folders = await all(store.folders.list({ partition: mailboxKey(row) }))
    for (const { path, targetPath, state } of folders) {
      if (state === 'gone') continue
      const there = counted(target.folder(targetPath).messages.map(message => seen(message, message.sent)))
      for (const message of expected(source, target, path)) {
        const left = (there.get(message) ?? 0) - 1
        if (left < 0) lost.push(`${row.address} ${path}: ${message}`)
        there.set(message, Math.max(left, 0))
      }
      // What its owner removed after it was copied stays at the target, once.
      const removed = counted(source.removed.map(({ raw }) => digestOf(raw).slice(0, 8)))
      for (const [message, left] of there) {
        const digest = /” (\S+) /.exec(message)?.[1] ?? ''
        for (let n = 0; n < left; n++) {
          const kept = removed.get(digest) ?? 0
          if (kept > 0) removed.set(digest, kept - 1)
          else twice.push(`${row.address} ${targetPath}: ${message}`)
        }
      }
    }
    for (const { path, messages } of [...source.folders].map(([path, folder]) => ({ path, ...folder })))
      if (messages.length > 0 && !folders.some(folder => folder.path === path)) lost.push(`${row.address}: folder ${path}`)
  }
  const domains = await all(store.domains.list({ partition: keyPart(scene.wave.wave) }))
  return {
    verdict: wave?.verdict,
    reasons: wave?.reasons ?? [],
    mx: domains.flatMap(({ domain }) => zone.read(domain, 'MX')?.data ?? []),
    letters: readers.letters.map(({ to, messageId }) => `${to} ${messageId}`).sort(),
    mailboxes: rows.map(({ address, state, found, copied, adopted, excepted }) => {
      return `${address} ${state}: ${found} found, ${copied + adopted} arrived, ${excepted} excepted`
    }),
    lost,
    twice,
  }
}

function expected(source: MemoryMailbox, target: MemoryMailbox, path: string): string[] {
  const { messages } = source.folders.get(path) ?? { messages: [] }
  const permanent = target.manners.permanentFlags
  const keeps = (flag: string) => !permanent || permanent.includes(flag)
  return messages
    .filter(({ flags }) => !flags.includes('\\Deleted'))
    .map(message => seen({ ...message, flags: flagsFor(message.flags, keeps).flags }, message.raw))
}

function seen({ flags, internalDate }: Pick<Held, 'flags' | 'internalDate'>, bytes: Buffer): string {
  const subject = /^Subject: (.*?)\r?$/m.exec(bytes.toString('latin1'))?.[1]
  return `“${subject}” ${digestOf(bytes).slice(0, 8)} [${[...flags].sort().join(' ')}] ${new Date(internalDate).toISOString()}`
}

function counted(list: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
