/** A property of a card or a calendar component (RFC 6350 3.3, RFC 5545 3.1): names in capitals, the value as it is written, `line` where it begins. */
export type Property = {
  name: string
  params: ReadonlyMap<string, readonly string[]>
  value: string
  group: string
  line: number
}

/** `BEGIN:NAME` to `END:NAME`. `open`: its end is missing; `unread`: lines in it that are none of the grammar. */
export type Component = {
  name: string
  line: number
  open: boolean
  properties: Property[]
  parts: Component[]
  unread: { line: number; text: string }[]
}

type Line = { at: number; bytes: string }

const syntax = /^(?:([\w-]+)\.)?([\w-]+)\s*((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/s

/**
 * The components of a file of cards or calendars: vCard 2.1 to 4.0, iCalendar; folded lines, quoted-printable, UTF-8, UTF-16 or what was written
 * in western Europe. What stands outside of every component comes as one without a name.
 */
export function components(bytes: Uint8Array): Component[] {
  const outside = component('', 1)
  let way = [outside]
  for (const line of unfolded(bytes)) {
    const [, verb, name = ''] = /^(begin|end)\s*:\s*([\w-]+)\s*$/i.exec(line.bytes) ?? []
    const at = way.at(-1) ?? outside
    if (verb?.toLowerCase() === 'begin') {
      const begun = component(name.toUpperCase(), line.at)
      at.parts.push(begun)
      way.push(begun)
    } else if (verb !== undefined) {
      const ends = way.findLastIndex(one => one.name === name.toUpperCase())
      if (ends < 1) at.unread.push({ line: line.at, text: line.bytes })
      else {
        for (const one of way.slice(ends)) one.open = one.name !== name.toUpperCase()
        way = way.slice(0, ends)
      }
    } else read(line, at)
  }
  const stray = outside.unread.length + outside.properties.length > 0
  return [...outside.parts, ...(stray ? [{ ...outside, parts: [], line: strayLine(outside) }] : [])]
}

/** Text as it was before it was escaped (RFC 5545 3.3.11, RFC 6350 3.4). */
export function plain(value: string): string {
  return value
    .replaceAll(/\\(.)/gs, (_, one: string) => (one === 'n' || one === 'N' ? '\n' : one))
    .replaceAll(/\r\n?/g, '\n')
    .trim()
}

/** The parts of a structured value, between marks that are not escaped. */
export function split(value: string, mark: ';' | ','): string[] {
  const parts = ['']
  for (const [one] of value.matchAll(/\\.|./gs)) {
    if (one === mark) parts.push('')
    else parts[parts.length - 1] += one
  }
  return parts.map(plain)
}

/** The words of a parameter, in small letters. */
export function words({ params }: Property, name: string): string[] {
  return (params.get(name) ?? []).flatMap(value => value.split(',')).map(value => value.trim().toLowerCase())
}

/** The first property of a name. */
export function first({ properties }: Component, name: string): Property | undefined {
  return properties.find(one => one.name === name)
}

/** The text of the first property of a name; undefined where it is absent or empty. */
export function textOf(of: Component, name: string): string | undefined {
  return plain(first(of, name)?.value ?? '') || undefined
}

function component(name: string, line: number): Component {
  return { name, line, open: true, properties: [], parts: [], unread: [] }
}

function strayLine({ unread, properties }: Component): number {
  return Math.min(...[...unread, ...properties].map(one => one.line))
}

function read(line: Line, into: Component): void {
  const found = syntax.exec(line.bytes)
  if (!found) return void into.unread.push({ line: line.at, text: decoded(line.bytes) })
  const [, group = '', name = '', given = '', value = ''] = found
  const params = parameters(given)
  const [charset] = params.get('CHARSET') ?? []
  const quoted = isQuoted(given)
  into.properties.push({
    name: name.toUpperCase(),
    group: group.toLowerCase(),
    line: line.at,
    params,
    value: decoded(quoted ? unquoted(value) : value, charset),
  })
}

/** Parameters by name; words alone are types (vCard 2.1). */
function parameters(given: string): Map<string, string[]> {
  const params = new Map<string, string[]>()
  for (const part of given.match(/(?:[^";]|"[^"]*")+/g) ?? []) {
    const at = part.indexOf('=')
    const encoding = /^\s*(quoted-printable|base64|8bit|7bit)\s*$/i.test(part)
    const name = at < 0 ? (encoding ? 'ENCODING' : 'TYPE') : part.slice(0, at).trim().toUpperCase()
    const value = decoded(
      part
        .slice(at + 1)
        .replaceAll('"', '')
        .trim(),
    )
    params.set(name, [...(params.get(name) ?? []), value])
  }
  return params
}

/** Logical lines, each byte a character: a fold may stand within a letter. Blank ones are left out. */
function unfolded(bytes: Uint8Array): Line[] {
  const lines: Line[] = []
  let keeps = false
  let broken = false
  for (const [i, text] of binary(bytes)
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1)
    if (last && broken) {
      last.bytes += text.replace(/^[ \t]/, '')
    } else if (last && /^[ \t]/.test(text)) {
      // vCard 2.1 folds where there is a blank, which stays.
      last.bytes += keeps ? text.replace(/^[ \t]+/, ' ') : text.slice(1)
    } else if (last && isBase64(last.bytes) && /^[\w+/]+=*$/.test(text) && !/^end$/i.test(text)) {
      last.bytes += text
    } else if (text.trim() !== '') {
      lines.push({ at: i + 1, bytes: text })
    }
    const now = lines.at(-1)
    if (/^version\s*:\s*2\.1/i.test(text)) keeps = true
    if (/^end\s*:/i.test(text)) keeps = false
    broken = now !== undefined && text.endsWith('=') && isQuoted(head(now.bytes))
    if (broken && now) now.bytes = now.bytes.slice(0, -1)
  }
  return lines
}

/** A line up to its value. */
function head(line: string): string {
  return /^[^:]*/.exec(line)?.[0] ?? ''
}

function isQuoted(parameters: string): boolean {
  return /;\s*(encoding\s*=\s*"?)?quoted-printable/i.test(parameters)
}

function isBase64(line: string): boolean {
  return /;\s*(encoding\s*=\s*"?)?(base64|b)\s*"?(;|$)/i.test(head(line))
}

function unquoted(text: string): string {
  return text.replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function binary(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
  const text = wide ? Buffer.from(new TextDecoder(wide).decode(bytes)) : Buffer.from(bytes)
  return text.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
}

/** Bytes as text: the charset that is named, else UTF-8, else what western Europe wrote in. */
function decoded(text: string, charset?: string): string {
  const bytes = Buffer.from(text, 'latin1')
  for (const name of [charset, 'utf-8']) {
    try {
      if (name) return new TextDecoder(name, { fatal: true }).decode(bytes)
    } catch {}
  }
  return new TextDecoder('windows-1252').decode(bytes)
}
