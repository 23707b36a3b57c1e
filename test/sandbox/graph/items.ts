import { randomUUID } from 'node:crypto'
import { type Answer, Problem } from './answers.ts'
import type { User } from './directory.ts'
import { propertiesOf, propertyId } from './mail-properties.ts'
import type { Property } from './mail-store.ts'
import { assertEvent, daysOfPattern, eventFields } from './patterns.ts'
import type { Asked, Route } from './routes.ts'

export type Kind = 'contacts' | 'events' | 'tasks'
/** `days`: of a series, those that are otherwise (by their date), or gone. */
export type Stored = {
  id: string
  fields: Record<string, unknown>
  properties: Property[]
  days?: Map<string, Record<string, unknown> | 'gone'>
}
export type Box = Record<Kind, Stored[]>

/** What is in the mailboxes beside mail, and who was invited to something: Exchange writes to every attendee of an event that is made. */
export type ItemStore = { of(user: Pick<User, 'id'>): Box; invited: string[] }

export function itemStore(): ItemStore {
  const boxes = new Map<string, Box>()
  return {
    invited: [],
    of(user) {
      const found = boxes.get(user.id) ?? { contacts: [], events: [], tasks: [] }
      boxes.set(user.id, found)
      return found
    },
  }
}

/** The writable properties of a contact, with how many values one takes. */
const contactFields: Record<string, number> = {
  ...Object.fromEntries(
    'assistantName birthday businessAddress businessHomePage companyName department displayName fileAs generation givenName homeAddress initials jobTitle manager middleName mobilePhone nickName officeLocation otherAddress personalNotes profession spouseName surname title yomiCompanyName yomiGivenName yomiSurname'
      .split(' ')
      .map(name => [name, 0]),
  ),
  emailAddresses: 3,
  businessPhones: 2,
  homePhones: 2,
  imAddresses: 3,
  categories: Number.POSITIVE_INFINITY,
  children: Number.POSITIVE_INFINITY,
}

const taskFields =
  /^(title|body|startDateTime|dueDateTime|completedDateTime|status|importance|categories|isReminderOn|reminderDateTime|extensions)$/

/** Contacts, events and tasks as Exchange Online serves them, as far as this product asks for them. */
export function itemRoutes(store: ItemStore, withMailbox: (asked: Asked) => User): Route[] {
  const own =
    (permission: string) =>
    (method: Route['method'], path: string, run: (asked: Asked, box: Box) => Answer): Route => ({
      method,
      path: `users/{id}/${path}`,
      permissions: [permission],
      outlook: true,
      run: asked => run(asked, store.of(withMailbox(asked))),
    })
  const contacts = own('Contacts.ReadWrite')
  const events = own('Calendars.ReadWrite')
  const tasks = own('Tasks.ReadWrite.All')
  const invite = ({ attendees }: Record<string, unknown>) => {
    for (const one of Array.isArray(attendees) ? attendees : []) store.invited.push(one?.emailAddress?.address)
  }

  return [
    contacts('GET', 'contacts', (asked, box) => listed(asked, box.contacts)),
    contacts('POST', 'contacts', (asked, box) => {
      const { singleValueExtendedProperties: _, ...fields } = bodyOf(asked)
      for (const [name, value] of Object.entries(fields)) assertFits(name, value)
      return made(asked, fields, box.contacts)
    }),
    events('GET', 'events', (asked, box) => listed(asked, box.events)),
    events('POST', 'events', (asked, box) => {
      const { singleValueExtendedProperties: _, ...fields } = bodyOf(asked)
      invite(fields)
      assertEvent(fields)
      const same = box.events.find(one => fields.transactionId && one.fields.transactionId === fields.transactionId)
      return same ? { status: 201, body: { id: same.id, ...same.fields } } : made(asked, fields, box.events)
    }),
    events('GET', 'events/{event}/instances', (asked, box) => instances(asked, found(box, asked.param('event')).stored)),
    events('PATCH', 'events/{event}', (asked, box) => {
      const { singleValueExtendedProperties: _, ...fields } = bodyOf(asked)
      const { stored, day } = found(box, asked.param('event'))
      invite(fields)
      eventFields(fields)
      if (day) stored.days?.set(day, { ...dayOf(stored, day), ...fields })
      else {
        const given = propertiesOf(bodyOf(asked))
        Object.assign(stored.fields, fields)
        stored.properties = [...stored.properties.filter(({ id }) => !given.some(one => one.id === id)), ...given]
      }
      return { status: 200, body: { id: asked.param('event') } }
    }),
    events('DELETE', 'events/{event}', (asked, box) => {
      const { stored, day } = found(box, asked.param('event'))
      if (day) stored.days?.set(day, 'gone')
      else box.events.splice(box.events.indexOf(stored), 1)
      return { status: 204 }
    }),
    tasks('GET', 'todo/lists', () => ({
      status: 200,
      body: {
        value: [
          { id: 'list-flagged', wellknownListName: 'flaggedEmails' },
          { id: 'list-own', wellknownListName: 'defaultList' },
        ],
      },
    })),
    tasks('GET', 'todo/lists/list-own/tasks', (asked, box) => listed(asked, box.tasks)),
    tasks('POST', 'todo/lists/list-own/tasks', (asked, box) => {
      const fields = bodyOf(asked)
      for (const name of Object.keys(fields)) if (!taskFields.test(name)) throw noProperty(name, 'todoTask')
      if (typeof fields.title !== 'string') throw new Problem(400, 'invalidRequest', 'Required property title is missing.')
      return made(asked, fields, box.tasks)
    }),
  ]
}

/** An event, or one day of a series: `id.2025-01-31`. */
function found({ events }: Box, id: string): { stored: Stored; day?: string } {
  const [whole, day] = id.split('.')
  const stored = events.find(one => one.id === whole)
  if (!stored) throw new Problem(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
  return day ? { stored, day } : { stored }
}

/** What a series has on one of its days. */
function dayOf({ fields, days }: Stored, day: string): Record<string, unknown> {
  const changed = days?.get(day)
  const { recurrence: _, ...rest } = fields
  return typeof changed === 'object' ? changed : { ...rest, ...daysOfPattern(fields).find(one => one.day === day) }
}

/** The days of a series as they are now, or those that begin within a time; what the service tells of begins is UTC. */
export function daysIn(stored: Stored, from = '', to = '9') {
  const days = daysOfPattern(stored.fields).filter(({ day }) => stored.days?.get(day) !== 'gone')
  return days
    .map(({ day, utc }) => {
      const changed = stored.days?.get(day) as Record<string, unknown> | undefined
      return { day, utc, type: changed ? 'exception' : 'occurrence', fields: changed ?? stored.fields }
    })
    .filter(({ utc }) => utc >= from.slice(0, 19) && utc < to.slice(0, 19))
}

function instances(asked: Asked, stored: Stored): Answer {
  const [from, to] = ['startDateTime', 'endDateTime'].map(name => asked.query.get(name))
  if (!from || !to)
    throw new Problem(400, 'ErrorInvalidParameter', 'This request requires a time window: startDateTime and endDateTime.')
  const all = daysIn(stored, from, to).map(({ day, utc, type, fields }) => ({
    id: `${stored.id}.${day}`,
    fields: { type, isAllDay: fields.isAllDay, start: { dateTime: `${utc}.0000000`, timeZone: 'UTC' } },
    properties: [],
  }))
  return listed(asked, all)
}

function noProperty(name: string, type: string): Problem {
  return new Problem(400, 'RequestBodyRead', `The property '${name}' does not exist on type 'microsoft.graph.${type}'.`)
}

function assertFits(name: string, value: unknown): void {
  const most = contactFields[name]
  if (most === undefined) throw noProperty(name, 'contact')
  if (most === 0 ? Array.isArray(value) : !Array.isArray(value))
    throw new Problem(400, 'RequestBodyRead', `The value of '${name}' has another type.`)
  if (Array.isArray(value) && value.length > most)
    throw new Problem(400, 'ErrorInvalidPropertyRequest', `The collection '${name}' has too many values.`)
  if (name === 'birthday' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(value)))
    throw new Problem(400, 'RequestBodyRead', `Cannot convert the literal '${value}' to the expected type 'Edm.DateTimeOffset'.`)
}

function made(asked: Asked, fields: Record<string, unknown>, into: Stored[]): Answer {
  const stored = { id: `AAkALg${randomUUID()}`, fields, properties: propertiesOf(bodyOf(asked)), days: new Map() }
  into.push(stored)
  return { status: 201, body: { id: stored.id, ...fields } }
}

/** A page, with the extended properties that are asked for. */
function listed(asked: Asked, all: readonly Stored[]): Answer {
  const from = Number(asked.query.get('$skip') ?? 0)
  const size = Number(asked.query.get('$top') ?? 10)
  if (size > 1000) throw new Problem(400, 'ErrorInvalidUrlQueryParameter', 'The value of $top must be between 1 and 1000.')
  const expand = asked.query.get('$expand')
  const [, inner] = /^singleValueExtendedProperties\(\$filter=(id eq '[^']+'(?: or id eq '[^']+')*)\)$/.exec(expand ?? '') ?? []
  if (expand !== null && expand !== 'extensions' && inner === undefined)
    throw new Problem(400, 'BadRequest', `Parsing $expand failed: ${expand}.`)
  const ids = [...(inner ?? '').matchAll(/'([^']+)'/g)].map(([, id]) => propertyId(id ?? ''))
  const select = asked.query.get('$select')?.split(',')
  const value = all.slice(from, from + size).map(({ id: own, fields, properties }) => {
    const those = properties.filter(one => ids.includes(one.id))
    const { extensions, ...rest } = fields
    const shown = Object.fromEntries(Object.entries(rest).filter(([name]) => select?.includes(name) ?? true))
    const extra = expand === 'extensions' && extensions ? { extensions } : {}
    return { id: own, ...shown, ...extra, ...(those.length > 0 ? { singleValueExtendedProperties: those } : {}) }
  })
  const next = new URLSearchParams(asked.query)
  next.set('$skip', String(from + size))
  const more = from + size < all.length ? { '@odata.nextLink': `${asked.base}/v1.0/${asked.path}?${next}` } : {}
  return { status: 200, body: { ...more, value } }
}

function bodyOf(asked: Asked): Record<string, unknown> {
  const body = asked.json()
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  throw new Problem(400, 'BadRequest', 'Empty Payload. JSON content expected.')
}
