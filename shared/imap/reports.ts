import type { ReadSoFar, ReturnedMail } from '../notices/returned.ts'
import { connect, disconnect, type Endpoint, guard } from './session.ts'

/** Reports read at once, and bytes read of each: what a report says stands before the letter that came back. */
const mostReports = 50
const mostBytes = 262_144

const writtenByServers = ['mailer-daemon', 'postmaster', 'microsoftexchange'].map(from => ({ from }))

/**
 * Reads the reports (`multipart/report`, RFC 6522) and whatever else servers wrote in an INBOX that came after `since`, the oldest first. EXAMINE, SEARCH and BODY.PEEK: nothing is
 * changed, not even what is seen. Under another UIDVALIDITY everything is read again.
 */
export async function readReports(endpoint: Endpoint, as: string, since: ReadSoFar): Promise<ReturnedMail> {
  const during = `reading what came back to ${as}`
  const client = await connect(endpoint, as)
  try {
    const box = await guard(during, () => client.mailboxOpen('INBOX', { readOnly: true }))
    const uidValidity = String(box.uidValidity)
    const from = since.uidValidity === uidValidity ? (since.lastUid ?? 0) + 1 : 1
    const end = box.uidNext - 1
    if (from > end) return { uidValidity, lastUid: Math.max(end, from - 1), more: false, mails: [] }
    const asked = { uid: `${from}:${end}`, or: [{ header: { 'content-type': 'multipart/report' } }, ...writtenByServers] }
    const found = await guard(during, () => client.search(asked, { uid: true }))
    // A range whose end lies before its beginning is read the other way round (RFC 9051 9, seq-range).
    const reports = found.filter(uid => uid >= from && uid <= end).sort((a, b) => a - b)
    const some = reports.slice(0, mostReports)
    const more = some.length < reports.length
    const mails = await guard(during, async () => {
      const read: ReturnedMail['mails'] = []
      if (some.length === 0) return read
      const fetched = client.fetch(some.join(','), { uid: true, source: { start: 0, maxLength: mostBytes } }, { uid: true })
      for await (const { uid, source } of fetched) if (source) read.push({ uid, raw: source })
      return read.sort((a, b) => a.uid - b.uid)
    })
    return { uidValidity, lastUid: more ? (some.at(-1) ?? end) : end, more, mails }
  } finally {
    await disconnect(client)
  }
}
