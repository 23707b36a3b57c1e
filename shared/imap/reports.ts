import type { ReadSoFar, ReturnedMail } from '../notices/returned.ts'
import { inlineBody } from './bodies.ts'
import { uidIn } from './fetched.ts'
import type { Response } from './input.ts'
import { openFolder, searchedIn, standing } from './reading.ts'
import type { Endpoint } from './session.ts'
import { uidSet } from './syntax.ts'
import { Wire } from './wire.ts'

/** Reports read at once, and bytes read of each: what a report says stands before the letter that came back. */
const mostReports = 50
const mostBytes = 262_144

/** By their type, or by who wrote them. */
const wanted = 'OR HEADER CONTENT-TYPE "multipart/report" OR FROM "mailer-daemon" OR FROM "postmaster" FROM "microsoftexchange"'

/**
 * Reads the reports (`multipart/report`, RFC 6522) and whatever else servers wrote in an INBOX that came after `since`, the oldest first. EXAMINE, SEARCH and BODY.PEEK: nothing is
 * changed, not even what is seen. Under another UIDVALIDITY everything is read again.
 */
export async function readReports(endpoint: Endpoint, as: string, since: ReadSoFar): Promise<ReturnedMail> {
  const wire = await Wire.open(endpoint, as)
  wire.during = `reading what came back to ${as}`
  try {
    const opened = await openFolder(wire, 'EXAMINE', 'INBOX')
    const { uidValidity } = opened
    // Some tell UIDNEXT only when they are asked for it (Courier).
    const { uidNext } = (opened.exists > 0 && opened.uidNext === 1 ? (await standing(wire, ['INBOX']))[0] : undefined) ?? opened
    const from = since.uidValidity === uidValidity ? (since.lastUid ?? 0) + 1 : 1
    const end = uidNext - 1
    if (from > end) return { uidValidity, lastUid: Math.max(end, from - 1), more: false, mails: [] }
    const found: number[] = []
    await wire.must(`UID SEARCH UID ${from}:${end} ${wanted}`, response => void found.push(...searchedIn(response)))
    // A range whose end lies before its beginning is read the other way round (RFC 9051 9, seq-range).
    const reports = found.filter(uid => uid >= from && uid <= end).sort((a, b) => a - b)
    const some = reports.slice(0, mostReports)
    const more = some.length < reports.length
    const mails: ReturnedMail['mails'] = []
    const take = (response: Response) => {
      const raw = response.literals[0] ?? inlineBody(response.text)
      const uid = uidIn(response.text)
      if (Buffer.isBuffer(raw) && some.includes(uid)) mails.push({ uid, raw })
      else wire.discard(response)
    }
    if (some.length > 0) await wire.must(`UID FETCH ${uidSet(some)} (UID BODY.PEEK[]<0.${mostBytes}>)`, take)
    return { uidValidity, lastUid: more ? (some.at(-1) ?? end) : end, more, mails: mails.sort((a, b) => a.uid - b.uid) }
  } finally {
    await wire.logout()
  }
}
