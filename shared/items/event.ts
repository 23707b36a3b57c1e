import { Temporal } from 'temporal-polyfill'
import { categoriesOf, importanceOf, textsOf } from './calendar-texts.ts'
import { type Component, first, plain, textOf } from './content-lines.ts'
import { told } from './person.ts'
import { durationOf, graphTime, instantOf, inZone, type When, whens, type Zones } from './when.ts'

/** When something begins and ends. */
export type Span = { start: When; end: When }

/** When an event is, or why nobody can know. */
export function spanOf(event: Component, zones: Zones): Span | string {
  const begins = first(event, 'DTSTART')
  const [start] = begins ? whens(begins, zones) : ['it says no day']
  if (start === undefined || typeof start === 'string') return start ?? 'it says no day'
  const ends = first(event, 'DTEND')
  const [given] = ends ? whens(ends, zones) : []
  if (typeof given === 'string') return given
  const length = durationOf(first(event, 'DURATION')?.value ?? '')
  const end = given ?? { ...start, at: start.at.add(length ?? { days: start.day ? 1 : 0 }) }
  if (end.day !== start.day) return 'its begin is a date and its end a time, or the other way round'
  const within = inZone(end, start.zone)
  const order = Temporal.PlainDateTime.compare(within.at, start.at)
  if (order < 0) return 'it ends before it begins'
  if (start.day && order === 0) return { start, end: { ...start, at: start.at.add({ days: 1 }) } }
  const midnights = [start, within].every(({ at }) => at.toPlainTime().equals(Temporal.PlainTime.from('00:00')))
  const marked = /^true$/i.test(textOf(event, 'X-MICROSOFT-CDO-ALLDAYEVENT') ?? '') && midnights && order > 0
  if (!marked) return { start, end: within }
  return { start: { ...start, day: true, zone: zones.own }, end: { ...within, day: true, zone: zones.own } }
}

/**
 * An event as Graph takes it, never with people: Exchange would write to each of them, and nothing switches that off. `reminds`: whether it is still to
 * come.
 */
export function eventBody(event: Component, span: Span, zones: Zones, reminds: boolean) {
  const { text, reduced } = textsOf(event)
  const { start, end } = span
  const reminder = reminderOf(event, span, zones)
  const location = textOf(event, 'LOCATION')
  const body = told({
    subject: textOf(event, 'SUMMARY') ?? '',
    body: text === '' ? undefined : { contentType: 'text', content: text },
    start: graphTime(start),
    end: graphTime(end),
    isAllDay: start.day,
    location: location === undefined ? undefined : { displayName: location },
    categories: categoriesOf(event),
    importance: importanceOf(event),
    sensitivity: { PRIVATE: 'private', CONFIDENTIAL: 'confidential' }[upper(event, 'CLASS')],
    showAs: showAs(event, start.day),
    isReminderOn: reminds && reminder.minutes !== undefined,
    reminderMinutesBeforeStart: reminds ? reminder.minutes : undefined,
  })
  return { body, reduced: [...reduced, ...reminder.reduced] }
}

/** One reminder before the begin; what else rings has no place. */
function reminderOf(event: Component, { start, end }: Span, zones: Zones): { minutes?: number; reduced: string[] } {
  const alarms = event.parts.filter(({ name }) => name === 'VALARM')
  const before = alarms.map(alarm => minutesBefore(alarm, start, end, zones))
  const minutes = before.find(one => one !== undefined)
  const others = alarms.length > (minutes === undefined ? 0 : 1)
  return { ...(minutes === undefined ? {} : { minutes }), reduced: others ? ['reminder'] : [] }
}

function minutesBefore(alarm: Component, start: When, end: When, zones: Zones): number | undefined {
  const trigger = first(alarm, 'TRIGGER')
  if (trigger === undefined) return undefined
  const length = durationOf(plain(trigger.value))
  const [absolute] = length ? [] : whens(trigger, zones)
  if (length === undefined && (absolute === undefined || typeof absolute === 'string')) return undefined
  const from = trigger.params.get('RELATED')?.[0]?.toUpperCase() === 'END' ? end : start
  const rings = length ? { ...from, at: from.at.add(length) } : (absolute as When)
  const minutes = Math.round((instantOf(start).epochMilliseconds - instantOf(rings).epochMilliseconds) / 60_000)
  return minutes >= 0 ? minutes : undefined
}

function showAs(event: Component, day: boolean): string {
  const busy = { FREE: 'free', TENTATIVE: 'tentative', BUSY: 'busy', OOF: 'oof', WORKINGELSEWHERE: 'workingElsewhere' }
  const said = busy[upper(event, 'X-MICROSOFT-CDO-BUSYSTATUS') as keyof typeof busy]
  if (said) return said
  const transparent = upper(event, 'TRANSP')
  if (transparent === 'TRANSPARENT' || (transparent === '' && day)) return 'free'
  return upper(event, 'STATUS') === 'TENTATIVE' ? 'tentative' : 'busy'
}

function upper(event: Component, name: string): string {
  return (textOf(event, name) ?? '').toUpperCase()
}
