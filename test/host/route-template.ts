import { HostFault } from './fault.ts'

/** An ASP.NET route template, ready to be matched against a path. */
export type RouteTemplate = {
  template: string
  /** The parameters of a decoded path, or undefined when the path is another one. */
  match: (path: string) => Record<string, string> | undefined
  /** One digit a segment: literal 1, constrained or composed 2, plain 3, constrained catch-all 4, catch-all 5; smaller goes first. */
  precedence: number[]
}

type Segment = { pattern: string; names: string[]; optional: boolean; precedence: number }

/** `{a}`, `{a?}`, `{a:int}`, `{*rest}` and composed segments such as `report.{format}`, without regard to case. */
export function parseRoute(template: string): RouteTemplate {
  const segments = template
    .split('/')
    .filter(Boolean)
    .map((text, at, all) => parseSegment(text, template, at === all.length - 1))
  const source = segments.map(segment => (segment.optional ? `(?:/${segment.pattern})?` : `/${segment.pattern}`)).join('')
  const expression = new RegExp(`^${source}/?$`, 'i')
  const names = segments.flatMap(segment => segment.names)
  return {
    template,
    precedence: segments.map(segment => segment.precedence),
    match: path => {
      const found = expression.exec(path === '' ? '/' : path)
      if (!found) return undefined
      const pairs = names.map((name, at): [string, string | undefined] => [name, found[at + 1]])
      return Object.fromEntries(pairs.flatMap(([name, value]) => (value ? [[name, value]] : [])))
    },
  }
}

/** Sorts templates so that the first match is the one ASP.NET would take. */
export function byPrecedence(a: { precedence: number[] }, b: { precedence: number[] }): number {
  for (let at = 0; at < Math.max(a.precedence.length, b.precedence.length); at++) {
    const difference = (a.precedence[at] ?? 0) - (b.precedence[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** What a constraint lets through, as a pattern over one segment. */
const constraints: Record<string, string> = {
  int: '-?\\d{1,10}',
  long: '-?\\d{1,19}',
  guid: '\\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\\}?',
  bool: '(?:true|false)',
  alpha: '[a-z]+',
  decimal: '-?\\d+(?:\\.\\d+)?',
}

function parseSegment(text: string, template: string, last: boolean): Segment {
  const catchAll = /^\{\*{1,2}(\w+)(?::(\w+))?\}$/.exec(text)
  if (catchAll && last) {
    const [, name = '', constraint] = catchAll
    const pattern = constraint ? `(${constraintPattern(constraint, template)})` : '(.*)'
    return { pattern, names: [name], optional: true, precedence: constraint ? 4 : 5 }
  }
  const names: string[] = []
  let precedence = 1
  let optional = false
  let pattern = ''
  let rest = text
  while (rest !== '') {
    const parameter = /^\{(\w+)(?::(\w+))?(\?)?\}/.exec(rest)
    if (parameter) {
      const [whole, name = '', constraint, mark] = parameter
      pattern += constraint ? `(${constraintPattern(constraint, template)})` : '([^/]+)'
      precedence = constraint || whole !== text ? 2 : 3
      optional = mark !== undefined
      if (optional && (whole !== text || !last)) fail(template, `{${name}?} may only stand alone, at the end`)
      names.push(name)
      rest = rest.slice(whole.length)
    } else {
      const literal = /^[^{}*]+/.exec(rest)?.[0]
      if (!literal) return fail(template, `"${rest}" is not understood`)
      pattern += literal.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&')
      if (names.length > 0) precedence = 2
      rest = rest.slice(literal.length)
    }
  }
  return { pattern, names, optional, precedence }
}

function constraintPattern(name: string, template: string): string {
  return (
    constraints[name.toLowerCase()] ??
    fail(template, `the local host has no constraint "${name}", only ${Object.keys(constraints).join(', ')}`)
  )
}

function fail(template: string, why: string): never {
  throw new HostFault([`Route "${template}": ${why}. Write it with {name}, {name?}, {name:int} or {*rest}.`])
}
