import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { keyPart } from '../store/columns.ts'
import type { NoticeBodyRow, NoticeRow } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'

/** Bytes in one row: a column holds at most 64 KB, and 40 rows with their names stay below the 4 MB of one transaction. */
const partBytes = 60_000
const partsAtOnce = 40

/** Keeps a notice as it is sent, compressed. Secrets were left out before. */
export async function keepSent({ noticeBodies }: Store, row: NoticeRow, mime: Buffer, now: number): Promise<void> {
  const packed = deflateRawSync(mime)
  const parts = Math.max(1, Math.ceil(packed.length / partBytes))
  const rows = Array.from({ length: parts }, (_, part): NoticeBodyRow => {
    const bytes = new Uint8Array(packed.subarray(part * partBytes, (part + 1) * partBytes))
    return { wave: row.wave, messageId: row.messageId, part, parts, bytes, at: now }
  })
  for (let i = 0; i < rows.length; i += partsAtOnce) await noticeBodies.put(rows.slice(i, i + partsAtOnce))
}

/** A notice as it was sent; undefined where it has not been, or where keeping it was cut short. */
export async function sentBytes({ noticeBodies }: Store, { wave, messageId }: NoticeRow): Promise<Buffer | undefined> {
  const from = `${keyPart(messageId)}|`
  const found = (await all(noticeBodies.list({ partition: keyPart(wave), from, below: `${keyPart(messageId)}}` }))).map(
    ({ part, parts, bytes }) => ({ part, parts, bytes }),
  )
  const [first] = found
  const whole = found.filter(({ part }) => part < (first?.parts ?? 0))
  if (!first || whole.length !== first.parts) return undefined
  return inflateRawSync(Buffer.concat(whole.map(({ bytes }) => bytes)))
}
