import { refusals } from './append.ts'
import { settled } from './reading.ts'
import type { Wire } from './wire.ts'

/**
 * Sets flags by UID in the folder that is open. A server that takes keywords may have its fill of them (Cyrus has 128 to a folder), whatever its
 * PERMANENTFLAGS say: where it refuses, the message gets its other flags. Resolves with what those got.
 */
export async function setFlags(
  wire: Wire,
  changes: ReadonlyMap<number, readonly string[]>,
): Promise<Map<number, readonly string[]>> {
  const instead = new Map<number, readonly string[]>()
  const wanted = [...changes]
  const answers = await settled(wanted.map(([uid, flags]) => wire.run(store(uid, flags))))
  for (const [i, [uid, flags]] of wanted.entries()) {
    const answer = answers[i]
    if (!answer || answer.status === 'OK') continue
    const failed = wire.refused(answer)
    const others = flags.filter(flag => flag.startsWith('\\'))
    if (!refusals.has(failed.code) || others.length === flags.length) throw failed
    await wire.must(store(uid, others))
    instead.set(uid, others)
  }
  return instead
}

function store(uid: number, flags: readonly string[]): string {
  return `UID STORE ${uid} FLAGS.SILENT (${flags.join(' ')})`
}
