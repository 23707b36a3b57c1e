import { createHash } from 'node:crypto'
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import type { Language } from '../intake/words.ts'
import type { Attachment } from './attachment.ts'
import { common } from './common.ts'

/** The dates of a wave as its readers’ calendars take them. `sequence` rises when day D moves; `cancelled` takes them back. */
export type Dates = {
  wave: string
  /** The mailbox, or the entity for somebody who looks after several: together with the wave and the step it is the entry’s identity. */
  who: string
  /** Who publishes it. */
  organiser: { name: string; address: string }
  timeZone: string
  sequence: number
  cancelled: boolean
  /** When the file is written, epoch ms. */
  now: number
  steps: readonly { step: Dated; at: number }[]
}

/** The steps that people put into their calendars; the last three only concern those who look after mailboxes. */
export const datedSteps = ['freeze', 'cutover', 'open', 'inventory', 'answers-due', 'confirm'] as const
export type Dated = (typeof datedSteps)[number]

/** How long an entry lasts, minutes: enough to be seen. */
const minutes = 30

/**
 * An iCalendar file (RFC 5545) for information: METHOD:PUBLISH asks for no answer, CANCEL takes back; free time, with the zone’s own VTIMEZONE.
 * The UID of a step stays the same for ever, whoever speaks in the notice.
 */
export function calendarFile(dates: Dates, languages: readonly Language[], subject: string): Attachment {
  const { wave, who, organiser, timeZone, sequence, cancelled, now } = dates
  const method = cancelled ? 'CANCEL' : 'PUBLISH'
  const calendar = ical({
    prodId: { company: 'Releve', product: 'notices', language: (languages[0] ?? 'en').toUpperCase() },
    method: ICalCalendarMethod[method],
    timezone: { name: timeZone, generator: zoneBlock },
  })
  for (const { step, at } of dates.steps) {
    const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
    calendar.createEvent({
      id: `${createHash('sha256')
        .update(JSON.stringify([wave, who, step]))
        .digest('hex')
        .slice(0, 32)}@releve.invalid`,
      // RFC 5546 3.2.1 and 3.2.5 want one.
      organizer: { name: organiser.name, email: organiser.address },
      sequence: sequence + (cancelled ? 1 : 0),
      stamp: new Date(now),
      start,
      end: endOf(start),
      timezone: timeZone,
      summary: languages.map(language => common[language].events[step]).join(' / '),
      description: subject,
      transparency: ICalEventTransparency.TRANSPARENT,
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    })
  }
  const content = Buffer.from(calendar.toString())
  return { filename: 'releve.ics', contentType: `text/calendar; charset=utf-8; method=${method}`, content }
}

/** By the wall clock: in the hour that comes twice, readers take a time for its first coming, and the end would be before the beginning (RFC 5545 3.3.5). */
function endOf(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return start.toPlainDateTime().add({ minutes }).toZonedDateTime(start.timeZoneId)
}

function zoneBlock(timeZone: string): string | null {
  const [block] = tzlib_get_ical_block(timeZone)
  return block ?? null
}
