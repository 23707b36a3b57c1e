import { createHash } from 'node:crypto'

/** A text as Exchange takes it for a name and an alias, which are unique: 64 characters of the plain ones at most, else cut and with a digest. */
export function exchangeName(text: string): string {
  const name = text.replaceAll(/[^\w.-]/g, '-')
  return name === text && name.length <= 64
    ? name
    : `${name.slice(0, 55)}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}

/** What a recipient with this address is called, and its alias: Exchange takes each once in an organisation. */
export function exchangeId(address: string): string {
  return exchangeName(address.replace('@', '_'))
}
