import { Temporal } from 'temporal-polyfill'
import { contentKey } from './card.ts'
import { type Component, first, textOf } from './content-lines.ts'
import { eventBody, type Span, spanOf } from './event.ts'
import { brief, type Exception, type Found, type Item, keyOf, type Part } from './item.ts'
import { lastDay, patternOf } from './pattern.ts'
import { daysOf, type Rule, ruleOf } from './rule.ts'
import { instantOf, type When, whens, type Zones } from './when.ts'
import { zonesOf } from './zone.ts'

/** Of a series that Exchange has no words for, so many days are made, and for so long from now. */
const mostDays = 500
const yearsAhead = 2

/** What is read against: the zone of who says none, and now (epoch ms). */
export type Reading = { timeZone: string; now: number }

/** The events of a calendar. */
export function eventsOf(calendar: Component, { timeZone, now }: Reading): Found {
  const zones: Zones = { own: timeZone, of: zonesOf(calendar, timeZone) }
  const events = calendar.parts.filter(({ name }) => name === 'VEVENT')
  const found: Found = { items: [], exceptions: [] }
  const add = (read: (Item | Exception)[]) => {
    for (const one of read) 'reason' in one ? found.exceptions.push(one) : found.items.push(one)
  }
  const changes = Map.groupBy(
    events.filter(event => first(event, 'RECURRENCE-ID')),
    event => textOf(event, 'UID'),
  )
  for (const event of events.filter(event => !first(event, 'RECURRENCE-ID'))) {
    const uid = textOf(event, 'UID')
    add(readEvent(event, (uid && changes.get(uid)) || [], zones, now))
    if (uid) changes.delete(uid)
  }
  // Days of a series that were sent without it.
  for (const event of [...changes.values()].flat()) add(readEvent(event, [], zones, now))
  return found
}

function readEvent(event: Component, changes: readonly Component[], zones: Zones, now: number): (Item | Exception)[] {
  const cannot = (reason: string, remedy: string, of = event): Exception => {
    return { at: `line ${of.line}`, name: brief(textOf(of, 'SUMMARY')), reason, remedy }
  }
  if (event.open)
    return [cannot('the event has no END:VEVENT: the file may be cut off', 'Export the calendar again, and send it whole.')]
  if (/^cancelled$/i.test(textOf(event, 'STATUS') ?? ''))
    return [cannot('it was cancelled', 'Nothing to do, unless it is wanted.')]
  const span = spanOf(event, zones)
  const byHand = 'Look it up in the old calendar, and make it in Outlook.'
  if (typeof span === 'string') return [cannot(span, byHand)]
  const rules = event.properties.filter(({ name }) => name === 'RRULE')
  const single = () => item(event, span, zones, now)
  if (rules.length === 0 && !first(event, 'RDATE')) return [single()]
  if (rules.length > 1 || first(event, 'EXRULE')) return [cannot('it recurs by several rules', byHand)]
  const rule = rules[0] ? ruleOf(rules[0].value) : undefined
  if (typeof rule === 'string') return [cannot(`${rule}, which Exchange has no words for`, byHand)]
  const last = rule && lastDay(rule, span.start)
  if (last === 'wrong') return [cannot('its rule ends on no date', byHand)]
  const dates = datesOf(event, 'EXDATE', zones)
  const extra = datesOf(event, 'RDATE', zones)
  const wrong = [...dates, ...extra].find(one => typeof one === 'string')
  if (typeof wrong === 'string') return [cannot(wrong, byHand)]
  const series = { event, span, rule, last, without: dates as When[], extra: extra as When[], zones, now }
  return seriesOf(series, changes, cannot)
}

type Series = {
  event: Component
  span: Span
  rule: Rule | undefined
  last: Temporal.PlainDate | undefined
  without: When[]
  extra: When[]
  zones: Zones
  now: number
}
type Change = { of: When; event: Component; span: Span | undefined }
type Cannot = (reason: string, remedy: string, of?: Component) => Exception

function seriesOf(series: Series, changed: readonly Component[], cannot: Cannot): (Item | Exception)[] {
  const { event, span, rule, last, zones, now } = series
  const exceptions: Exception[] = []
  const changes = changed.flatMap((one): Change[] => {
    const read = changeOf(one, zones)
    if (typeof read !== 'string') return [read]
    exceptions.push(cannot(read, 'Change that day in Outlook; the series itself was brought.', one))
    return []
  })
  const pattern = rule && patternOf(rule, span.start, last)
  if (!pattern) {
    const days = expanded(series, changes)
    return typeof days === 'string' ? [cannot(days, 'Make it in Outlook.'), ...exceptions] : [...days, ...exceptions]
  }
  const goesOn = last === undefined || Temporal.PlainDate.compare(last, todayOf(series)) >= 0
  const whole = item(event, span, zones, now, goesOn)
  const parts: Part[] = series.without.map(when => ({ begins: beginOf(when) }))
  const reduced = [...whole.reduced]
  for (const change of changes) {
    const otherwise = change.span && eventBody(change.event, change.span, zones, isAhead(change.span, now))
    parts.push({ begins: beginOf(change.of), ...(otherwise ? { body: otherwise.body } : {}) })
    reduced.push(...(otherwise?.reduced ?? []))
  }
  const extra = series.extra.map(when => one(series, when, event))
  const master: Item = { ...whole, body: { ...whole.body, recurrence: pattern }, reduced: [...new Set(reduced)] }
  return [parts.length > 0 ? { ...master, parts } : master, ...extra, ...exceptions]
}

/** The days of a series as events of their own, or why there are too many. */
function expanded(series: Series, changes: readonly Change[]): Item[] | string {
  const { event, span, rule } = series
  const from = span.start.at.toPlainDate()
  if (from.year < 1900) return 'it began before 1900 in a way that Exchange has no words for'
  const today = todayOf(series)
  const ahead = (Temporal.PlainDate.compare(from, today) > 0 ? from : today).add({ years: yearsAhead })
  const last = series.last && Temporal.PlainDate.compare(series.last, ahead) < 0 ? series.last : ahead
  const days = rule ? daysOf(rule, from, last, mostDays + 1) : [from]
  if (days.length > mostDays) return `it recurs on more than ${mostDays} days in a way that Exchange has no words for`
  const starts = days.map(day => ({ ...span.start, at: day.toPlainDateTime(span.start.at.toPlainTime()) }))
  const kept = [...starts, ...series.extra].filter(when => !series.without.some(out => isSame(out, when)))
  const cut = rule && last === ahead && rule.count === undefined
  const unique = kept.filter((when, i) => kept.findIndex(other => isSame(other, when)) === i)
  return unique.flatMap((when): Item[] => {
    const change = changes.find(({ of }) => isSame(of, when))
    if (change && !change.span) return []
    const made = one(series, when, change?.event ?? event, change?.span)
    return [{ ...made, reduced: [...new Set([...made.reduced, cut ? `series after ${last}` : 'series'])] }]
  })
}

function todayOf({ now, zones }: Series): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zones.own).toPlainDate()
}

/** One day of a series as an event of its own. */
function one({ event, span, zones, now }: Series, when: When, says: Component, otherwise?: Span): Item {
  const length = span.start.at.until(span.end.at)
  const own = otherwise ?? { start: when, end: { ...when, at: when.at.add(length) } }
  const made = item(says, own, zones, now)
  const periods = event.properties.some(({ name, value }) => name === 'RDATE' && value.includes('/'))
  const reduced = periods ? [...made.reduced, 'length of single days'] : made.reduced
  return { ...made, reduced, key: keyOf(seriesKey(event), beginOf(when)) }
}

function item(event: Component, span: Span, zones: Zones, now: number, recurs = false): Item {
  const recurrence = first(event, 'RECURRENCE-ID')?.value
  const key = recurrence ? keyOf(seriesKey(event), recurrence) : seriesKey(event)
  const { body, reduced } = eventBody(event, span, zones, recurs || isAhead(span, now))
  return { kind: 'events', key, at: `line ${event.line}`, name: brief(textOf(event, 'SUMMARY')), body, reduced }
}

function seriesKey(event: Component): string {
  const uid = textOf(event, 'UID')
  return uid ? keyOf('event', uid) : contentKey(event)
}

/** A day of a series that is otherwise; without a span where it was cancelled. */
function changeOf(event: Component, zones: Zones): Change | string {
  const id = first(event, 'RECURRENCE-ID')
  if (id?.params.get('RANGE')) return 'it changes a day of a series and all that follow'
  const [of] = id ? whens(id, zones) : []
  if (of === undefined || typeof of === 'string') return of ?? 'it says no day'
  if (/^cancelled$/i.test(textOf(event, 'STATUS') ?? '')) return { of, event, span: undefined }
  const span = event.open ? 'the event has no END:VEVENT: the file may be cut off' : spanOf(event, zones)
  return typeof span === 'string' ? span : { of, event, span }
}

function datesOf(event: Component, name: string, zones: Zones): (When | string)[] {
  return event.properties.filter(one => one.name === name && one.value !== '').flatMap(one => whens(one, zones))
}

function isAhead({ end }: Span, now: number): boolean {
  return instantOf(end).epochMilliseconds > now
}

/** A date stands for whatever is on it. */
function isSame(a: When, b: When): boolean {
  if (a.day || b.day) return a.at.toPlainDate().equals(b.at.toPlainDate())
  return instantOf(a).equals(instantOf(b))
}

function beginOf(when: When): string {
  return when.day ? when.at.toPlainDate().toString() : instantOf(when).toString({ smallestUnit: 'second' })
}
