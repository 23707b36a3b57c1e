import { attributesOf } from './columns.ts'

/** The identifier that a code holds by one of its patterns (`ANT CE 055 0 00000 002689` -> `2689`); spaces and case do not count. */
export function identifierOf(code: string, patterns: readonly string[]): string | undefined {
  const bare = code.replaceAll(/\s+/g, '').toUpperCase()
  for (const pattern of patterns) {
    const parts = /^([^{]*)\{(#+)\}(.*)$/.exec(pattern.replaceAll(' ', '').toUpperCase())
    const [, before = '', digits = '', after = ''] = parts ?? []
    const found = new RegExp(`^${literal(before)}(\\d{${digits.length}})${literal(after)}$`).exec(bare)?.[1]
    if (parts && found !== undefined) return found.replace(/^0+(?=\d)/, '')
  }
  return undefined
}

/** The address that a pattern makes of its attribute: `ec00{FASE}@adm.town.example` and 1234 make `ec001234@adm.town.example`. */
export function addressFrom(pattern: string, attributes: Readonly<Record<string, string>>): string | undefined {
  const [name = ''] = attributesOf([pattern])
  const value = attributes[name]?.replaceAll(/\s+/g, '')
  return value === undefined || value === '' ? undefined : pattern.replace(`{${name}}`, value).toLowerCase()
}

/** Class and attribute of an address that a pattern could have made. */
export function attributeOf(
  address: string,
  patterns: Readonly<Record<string, string>>,
): { class: string; name: string; value: string } | undefined {
  for (const [name, pattern] of Object.entries(patterns)) {
    const [attribute = ''] = attributesOf([pattern])
    const [before = '', after = ''] = pattern.toLowerCase().split(/\{[^}]*\}/)
    const value = address.slice(before.length, address.length - after.length)
    if (address.startsWith(before) && address.endsWith(after) && /^[a-z0-9]+$/.test(value))
      return { class: name, name: attribute, value }
  }
  return undefined
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&').replaceAll('#', '\\d')
}
