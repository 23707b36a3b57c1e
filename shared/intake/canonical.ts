/**
 * The same JSON text for the same value, whatever the order of its keys, which are sorted as RFC 8785 does; list order counts. Absent fields are
 * left out. Straight over the value, since a receipt has millions of lines.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields = value as Record<string, unknown>
  let text = ''
  for (const key of Object.keys(fields).sort())
    if (fields[key] !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${canonicalJson(fields[key])}`
  return `{${text}}`
}
