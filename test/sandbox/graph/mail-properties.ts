import { Problem } from './answers.ts'
import type { Message, Property } from './mail-store.ts'

/** Ids as Graph spells them: the tag in lower case without leading zeros. */
export function propertyId(id: string): string {
  const [, type, tag] = /^(\w+) 0x0*([0-9a-f]+)$/i.exec(id) ?? []
  if (type !== undefined) return `${type} 0x${tag?.toLowerCase()}`
  const [, named, guid, name] = /^(\w+) (\{[0-9a-f-]{36}\}) (Name \S+|Id 0x[0-9a-f]+)$/i.exec(id) ?? []
  if (named !== undefined) return `${named} ${guid?.toLowerCase()} ${name}`
  throw new Problem(400, 'ErrorInvalidExtendedProperty', `The extended property id '${id}' is not valid.`)
}

/** Extended properties as sent, checked as the service does: ids, and values that are strings which fit the type. */
export function propertiesOf(body: Record<string, unknown>): Property[] {
  const given = body.singleValueExtendedProperties ?? []
  if (!Array.isArray(given)) throw new Problem(400, 'BadRequest', 'singleValueExtendedProperties must be a collection.')
  return given.map(({ id, value }: { id?: unknown; value?: unknown }) => {
    if (typeof id !== 'string' || typeof value !== 'string')
      throw new Problem(400, 'BadRequest', "Cannot convert a primitive value to the expected type 'Edm.String'.")
    const known = propertyId(id)
    const [type] = known.split(' ')
    const bad =
      (type === 'Integer' && !/^-?\d{1,10}$/.test(value)) ||
      (type === 'SystemTime' && !(Date.parse(value) >= Date.UTC(1601, 0, 1)))
    if (bad) throw new Problem(400, 'ErrorInvalidExtendedPropertyValue', `The value '${value}' is not valid for '${id}'.`)
    return { id: known, value }
  })
}

/** Puts properties on a message; those that Exchange computes from them follow. What is fixed at creation stays as it is. */
export function setProperties(message: Message, properties: readonly Property[], creating: boolean): void {
  for (const { id, value } of properties) {
    if (id === 'Integer 0xe07') {
      if (!creating) continue
      message.isDraft = (Number(value) & 8) !== 0
      message.isRead = (Number(value) & 1) !== 0
    }
    if (id === 'SystemTime 0xe06') message.receivedAt = Math.floor(Date.parse(value) / 1000) * 1000
    message.properties = [...message.properties.filter(one => one.id !== id), { id, value }]
  }
}
