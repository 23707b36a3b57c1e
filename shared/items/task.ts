import type { Reading } from './calendar.ts'
import { categoriesOf, importanceOf, textsOf } from './calendar-texts.ts'
import { contentKey } from './card.ts'
import { type Component, first, textOf } from './content-lines.ts'
import { brief, type Exception, type Found, type Item, keyOf } from './item.ts'
import { told } from './person.ts'
import { durationOf, graphTime, instantOf, type When, whens, type Zones } from './when.ts'
import { zonesOf } from './zone.ts'

/** The tasks of a calendar. */
export function tasksOf(calendar: Component, { timeZone, now }: Reading): Found {
  const zones: Zones = { own: timeZone, of: zonesOf(calendar, timeZone) }
  const read = calendar.parts.filter(({ name }) => name === 'VTODO').map(todo => taskOf(todo, zones, now))
  return {
    items: read.filter((one): one is Item => 'key' in one),
    exceptions: read.filter((one): one is Exception => 'reason' in one),
  }
}

function taskOf(todo: Component, zones: Zones, now: number): Item | Exception {
  const at = `line ${todo.line}`
  const title = textOf(todo, 'SUMMARY') ?? textOf(todo, 'DESCRIPTION')?.split('\n')[0] ?? ''
  const cannot = (reason: string, remedy: string): Exception => ({ at, name: brief(title), reason, remedy })
  if (todo.open)
    return cannot('the task has no END:VTODO: the file may be cut off', 'Export the tasks again, and send them whole.')
  if (title === '') return cannot('the task says nothing', 'Open it in the old program: is it wanted?')
  const moments = Object.fromEntries(['DTSTART', 'DUE', 'COMPLETED'].map(name => [name, momentOf(todo, name, zones)]))
  const wrong = Object.values(moments).find(one => typeof one === 'string')
  if (typeof wrong === 'string') return cannot(wrong, 'Make it in To Do.')
  const { DTSTART: start, DUE: due, COMPLETED: completed } = moments as Record<string, When | undefined>
  const { text, reduced } = textsOf(todo)
  const done = completed !== undefined || /^completed$/i.test(textOf(todo, 'STATUS') ?? '')
  const recurs = ['RRULE', 'RDATE'].flatMap(name => (first(todo, name) ? [`${name}: ${first(todo, name)?.value}`] : []))
  const content = [text, recurs.join('\n')].filter(Boolean).join('\n\n')
  const reminder = done ? undefined : reminderOf(todo, due ?? start, zones, now)
  const body = told({
    title: title.slice(0, 255),
    body: content === '' ? undefined : { contentType: 'text', content },
    startDateTime: start && graphTime(start),
    dueDateTime: due && graphTime(due),
    completedDateTime: completed && graphTime(completed),
    status: done ? 'completed' : statusOf(todo),
    importance: importanceOf(todo),
    categories: categoriesOf(todo),
    isReminderOn: reminder !== undefined,
    reminderDateTime: reminder && graphTime(reminder),
  })
  const alarms = todo.parts.some(({ name }) => name === 'VALARM') && !done && reminder === undefined ? ['reminder'] : []
  const uid = textOf(todo, 'UID')
  const lost = [...reduced, ...alarms, ...(recurs.length > 0 ? ['series'] : []), ...(title.length > 255 ? ['title'] : [])]
  return { kind: 'tasks', key: uid ? keyOf('task', uid) : contentKey(todo), at, name: brief(title), body, reduced: lost }
}

function statusOf(todo: Component): string {
  const statuses = { 'IN-PROCESS': 'inProgress', CANCELLED: 'deferred' }
  return statuses[(textOf(todo, 'STATUS') ?? '').toUpperCase() as keyof typeof statuses] ?? 'notStarted'
}

function momentOf(todo: Component, name: string, zones: Zones): When | string | undefined {
  const property = first(todo, name)
  return property && whens(property, zones)[0]
}

/** A reminder at a moment, or before the task is due; not one that is over. */
function reminderOf(todo: Component, from: When | undefined, zones: Zones, now: number): When | undefined {
  for (const alarm of todo.parts.filter(({ name }) => name === 'VALARM')) {
    const trigger = first(alarm, 'TRIGGER')
    const [absolute] = trigger ? whens(trigger, zones) : []
    const length = trigger && typeof absolute === 'string' ? durationOf(trigger.value) : undefined
    const at = typeof absolute === 'object' ? absolute : length && from ? { ...from, at: from.at.add(length) } : undefined
    if (at && instantOf(at).epochMilliseconds > now) return at
  }
  return undefined
}
