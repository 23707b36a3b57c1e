import type { ReadSoFar, ReturnedMail } from '../../shared/notices/returned.ts'

/** A mailbox in memory to which undeliverable notices come back. */
export function memoryReturns() {
  const box = { uidValidity: '1', mails: [] as Buffer[], asked: [] as ReadSoFar[] }
  return {
    box,
    async read(_: unknown, since: ReadSoFar): Promise<ReturnedMail> {
      box.asked.push(since)
      const from = since.uidValidity === box.uidValidity ? (since.lastUid ?? 0) : 0
      const mails = box.mails.map((raw, i) => ({ uid: i + 1, raw })).filter(({ uid }) => uid > from)
      return { uidValidity: box.uidValidity, lastUid: box.mails.length, more: false, mails }
    },
  }
}
