import { randomUUID } from 'node:crypto'
import { type Answer, Problem } from './answers.ts'
import type { User } from './directory.ts'
import { propertiesOf, propertyId } from './mail-properties.ts'
import type { Property } from './mail-store.ts'
import type { Asked, Route } from './routes.ts'

export type Kind = 'contacts' | 'events'
export type Stored = { id: string; fields: Record<string, unknown>; properties: Property[] }
export type Box = Record<Kind, Stored[]>

/** What is in the mailboxes beside mail, and who was invited to something: Exchange writes to every attendee of an event that is made. */
export type ItemStore = { of(user: Pick<User, 'id'>): Box; invited: string[] }

export function itemStore(): ItemStore {
  const boxes = new Map<string, Box>()
  return {
    invited: [],
    of(user) {
      const found = boxes.get(user.id) ?? { contacts: [], events: [] }
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

/** Contacts as Exchange Online serves them, as far as this product asks for them. */
export function itemRoutes(store: ItemStore, withMailbox: (asked: Asked) => User): Route[] {
  const own = (
    method: Route['method'],
    kind: Kind,
    permission: string,
    run: (asked: Asked, box: Box) => Answer,
    below = '',
  ): Route => ({
    method,
    path: `users/{id}/${kind}${below}`,
    permissions: [permission],
    outlook: true,
    run: asked => run(asked, store.of(withMailbox(asked))),
  })
  return [
    own('GET', 'contacts', 'Contacts.ReadWrite', (asked, box) => listed(asked, box.contacts)),
    own('POST', 'contacts', 'Contacts.ReadWrite', (asked, box) => {
      const { singleValueExtendedProperties: _, ...fields } = bodyOf(asked)
      for (const [name, value] of Object.entries(fields)) assertFits(name, value)
      return made(asked, fields, box.contacts)
    }),
  ]
}

function assertFits(name: string, value: unknown): void {
  const most = contactFields[name]
  if (most === undefined)
    throw new Problem(400, 'RequestBodyRead', `The property '${name}' does not exist on type 'microsoft.graph.contact'.`)
  if (most === 0 ? Array.isArray(value) : !Array.isArray(value))
    throw new Problem(400, 'RequestBodyRead', `The value of '${name}' has another type.`)
  if (Array.isArray(value) && value.length > most)
    throw new Problem(400, 'ErrorInvalidPropertyRequest', `The collection '${name}' has too many values.`)
  if (name === 'birthday' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(value)))
    throw new Problem(400, 'RequestBodyRead', `Cannot convert the literal '${value}' to the expected type 'Edm.DateTimeOffset'.`)
}

function made(asked: Asked, fields: Record<string, unknown>, into: Stored[]): Answer {
  const stored = { id: `AAkALg${randomUUID()}`, fields, properties: propertiesOf(bodyOf(asked)) }
  into.push(stored)
  return { status: 201, body: { id: stored.id, ...fields } }
}

/** A page, with the extended properties that are asked for. */
function listed(asked: Asked, all: readonly Stored[]): Answer {
  const from = Number(asked.query.get('$skip') ?? 0)
  const size = Number(asked.query.get('$top') ?? 10)
  if (size > 1000) throw new Problem(400, 'ErrorInvalidUrlQueryParameter', 'The value of $top must be between 1 and 1000.')
  const expand = asked.query.get('$expand')
  const [, wanted] = /^singleValueExtendedProperties\(\$filter=id eq '([^']+)'\)$/.exec(expand ?? '') ?? []
  if (expand !== null && wanted === undefined) throw new Problem(400, 'BadRequest', `Parsing $expand failed: ${expand}.`)
  const id = wanted && propertyId(wanted)
  const value = all.slice(from, from + size).map(({ id: own, fields, properties }) => {
    const those = properties.filter(one => one.id === id)
    const shown = asked.query.get('$select') === 'id' ? {} : fields
    return { id: own, ...shown, ...(those.length > 0 ? { singleValueExtendedProperties: those } : {}) }
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
