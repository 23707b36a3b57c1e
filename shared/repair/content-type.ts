/** A Content-Type or Content-Disposition as written. `type`: lower case, '' where the value cannot be read. */
export type ContentType = { type: string; params: ReadonlyMap<string, string> }

const token = "[!#$%&'*+\\-.^_`|~\\w{}]+"
const media = new RegExp(`^\\s*(${token}(?:/${token})?)\\s*(?=;|\\(|$|\\s)`)

/** Reads a value (Latin-1, on one line). RFC 2231 values are put together, without their charset. */
export function readContentType(value: string): ContentType {
  const type = media.exec(value)?.[1]?.toLowerCase() ?? ''
  const params = new Map<string, string>()
  const pieces = new Map<string, string[]>()
  for (const { name, value: text } of paramsOf(value)) {
    const [base = '', order] = name.toLowerCase().split('*')
    if (order === undefined) {
      if (!params.has(base)) params.set(base, text)
      continue
    }
    const index = order === '' ? 0 : Number(order)
    if (!(index < 100)) continue
    const list = pieces.get(base) ?? []
    list[index] = name.endsWith('*') ? unescapedPercent(index === 0 ? text.replace(/^[^']*'[^']*'/, '') : text) : text
    pieces.set(base, list)
  }
  for (const [name, list] of pieces) params.set(name, list.join(''))
  return { type, params }
}

/** A parameter as it stands in the value: `start` and `end` are where it stands, from after its `;`. */
export type Param = { start: number; end: number; name: string; value: string }

/** The parameters of a value in order, with where they stand. What is no `name=value` has an empty name. */
export function paramsOf(value: string): Param[] {
  const params: Param[] = []
  let start = endOfSegment(value, 0) + 1
  while (start <= value.length && params.length < 200) {
    const end = endOfSegment(value, start)
    const segment = value.slice(start, end)
    const equals = segment.indexOf('=')
    const name = equals < 0 ? '' : segment.slice(0, equals).trim()
    params.push({ start, end, name, value: unquoted(segment.slice(equals + 1).trim()) })
    start = end + 1
  }
  return params
}

/** Where the next `;` outside quotes is, or the end. */
function endOfSegment(value: string, from: number): number {
  let quoted = false
  for (let i = from; i < value.length; i++) {
    if (value[i] === '\\' && quoted) i++
    else if (value[i] === '"') quoted = !quoted
    else if (value[i] === ';' && !quoted) return i
  }
  return value.length
}

/** A quoted string’s text (RFC 5322 3.2.4); anything else as it is. */
export function unquoted(text: string): string {
  if (!text.startsWith('"')) return text.split(/[\s(]/)[0] ?? ''
  let out = ''
  for (let i = 1; i < text.length && text[i] !== '"'; i++) {
    if (text[i] === '\\') i++
    out += text[i] ?? ''
  }
  return out
}

function unescapedPercent(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
