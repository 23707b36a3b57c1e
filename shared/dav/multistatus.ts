import { failure } from './codes.ts'
import type { Wire } from './wire.ts'

/** What the server says of one resource: its address and properties, by their names in camel case without a namespace. `path`: to compare and to be told. */
export type Resource = { url: URL; path: string; props: Record<string, unknown> }

/** PROPFIND and multiget (RFC 4918, 4791, 6352). `during` is for what a Failure says. */
export type Asking = { wire: Wire; during: string }

/** Properties of a resource, or (`depth` 1) of what lies in it as well. */
export async function propfind(
  { wire, during }: Asking,
  url: URL,
  names: readonly string[],
  depth: '0' | '1',
): Promise<Resource[]> {
  const { propfind } = await import('tsdav')
  const props = Object.fromEntries(names.map(name => [name, {}]))
  return resourcesOf(await propfind({ url: url.href, props, depth, fetch: wire as typeof fetch }), url, during)
}

/** Entries of a calendar or an address book, by path. */
export async function multiget(
  { wire, during }: Asking,
  url: URL,
  kind: 'calendar' | 'book',
  paths: readonly string[],
): Promise<Map<string, string>> {
  const { calendarMultiGet, addressBookMultiGet } = await import('tsdav')
  const [get, data] = kind === 'calendar' ? [calendarMultiGet, 'c:calendar-data'] : [addressBookMultiGet, 'card:address-data']
  const told = await get({
    url: url.href,
    props: { [data]: {} },
    objectUrls: [...paths],
    depth: '1',
    fetch: wire as typeof fetch,
  })
  const found = resourcesOf(told, url, during).flatMap(({ path, props }): [string, string][] => {
    const text = textOf(props.calendarData ?? props.addressData)
    return text === undefined ? [] : [[path, text]]
  })
  return new Map(found)
}

/** The text of a property; undefined where it has none. Numbers are read as such by `tsdav`. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const { _cdata, _text } = Object(value)
  const inner = _cdata ?? _text
  return inner === undefined ? undefined : textOf(inner)
}

/** Hrefs of a property that holds some, resolved. */
export function hrefsOf(value: unknown, base: URL): URL[] {
  const { href } = Object(value)
  const texts = [href].flat().flatMap(one => textOf(one) ?? [])
  return texts.flatMap(text => URL.parse(text, base) ?? [])
}

/** The path of an address, spelled in one way. */
export function pathOf({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

/** A path without the slash at its end, which servers leave out now and then. */
export function bare(path: string): string {
  return path.replace(/\/+$/, '')
}

type Told = { href?: string; raw?: unknown; props?: Record<string, unknown> }

/** Whoever answers with no multistatus is no such server, though he says success. */
function resourcesOf(all: readonly Told[], base: URL, during: string): Resource[] {
  return all.flatMap(({ href, raw, props }) => {
    if (props === undefined && Object(raw).multistatus === undefined)
      throw failure('NO-DAV', during, { text: `${base.pathname} is answered by something else` })
    const url = typeof href === 'string' && href !== '' ? URL.parse(href, base) : undefined
    return url ? [{ url, path: pathOf(url), props: props ?? {} }] : []
  })
}
