/**
 * What stands in one language for each sentence that the server says, by the sentence itself. In both, `{said…}` stands for words that are
 * looked up in turn, `{list}` for several names or sentences, `{step…}` for a step of the calendar, `{at…}` for an instant, `{date…}` for a day,
 * `{n…}` for a number, `{…State}` for a state, and any other name for a word that stays as it is.
 */
export type Sentences = Readonly<Record<string, string>>

/** A stretch of what was told: in the language, or as the server said it. */
export type Piece = { text: string; english: boolean }

/** The server’s words in a language; what is not known stays as it is. */
export type Tell = (words: string) => readonly Piece[]

/** How a language writes what stands in a sentence: the states by their placeholders, an instant, a day, the colon before a code. */
export type Forms = {
  states: Readonly<Record<string, Readonly<Record<string, string>>>>
  at: (iso: string) => string
  day: (day: string) => string
  colon: string
}

/** What tells the server’s words by the sentences of one language: whole, sentence by sentence, or not at all. */
export function teller(sentences: Sentences, { states, at, day, colon }: Forms = plainly): Tell {
  const whole = new Map(Object.entries(sentences))
  const patterns = [...whole].flatMap(patternOf).sort((a, b) => b.fixed - a.fixed)

  const find: (words: string) => readonly Piece[] | undefined = words => {
    const known = whole.get(words)
    if (known !== undefined) return [own(known)]
    const failed = failure(words)
    if (failed) return failed
    for (const { start, regex, to } of patterns) {
      const given = words.startsWith(start) ? regex.exec(words)?.groups : undefined
      const told = given && filled(to, given)
      if (told) return told
    }
    return undefined
  }

  const filled = (to: readonly string[], given: Readonly<Record<string, string>>): readonly Piece[] | undefined => {
    const parts = to.map((part, i) => (i % 2 === 0 ? [own(part)] : placed(part, given[part] ?? '')))
    return parts.every(part => part !== undefined) ? parts.flat() : undefined
  }

  const placed = (name: string, words: string): readonly Piece[] | undefined => {
    if (name.startsWith('said')) return tell(words)
    if (name === 'list')
      return joined(
        words.split(/, | and /).map(one => find(one) ?? [own(one)]),
        ', ',
      )
    if (name.startsWith('step')) return find(words) ?? [own(words)]
    if (name.startsWith('date')) return [own(day(words))]
    if (instant.test(name)) {
      // RFC 9557 names the zone behind an instant, which no Date reads.
      const iso = words.replace(/\[.*\]$/, '')
      return [own(Number.isNaN(Date.parse(iso)) ? words : at(iso))]
    }
    if (!name.endsWith('State')) return [own(words)]
    const state = new Map(Object.entries(states[name] ?? {})).get(words)
    return state === undefined ? undefined : [own(state)]
  }

  /** `signing in to … as …: AUTHENTICATIONFAILED (what the other side said)`, as errors.ts writes it. */
  const failure = (words: string): readonly Piece[] | undefined => {
    const [, during = '', code, , text] = /^(.+?): ([A-Z][\w.-]+|HTTP \d+|\d[\d.]*)( \((.*)\))?$/s.exec(words) ?? []
    const told = code === undefined ? undefined : find(during)
    if (!told) return undefined
    return [...told, own(`${colon}${code}`), ...(text === undefined ? [] : [own(' ('), ...tell(text), own(')')])]
  }

  const tell: Tell = words => {
    const known = find(words)
    if (known) return known
    for (const { at, between } of seams) {
      const parts = words.split(at)
      const told = parts.map(part => find(part) ?? find(part.replace(/;$/, '.')))
      if (parts.length > 1 && told.some(Boolean))
        return joined(
          told.map((one, i) => one ?? tell(parts[i] ?? '')),
          between,
        )
    }
    return [{ text: words, english: true }]
  }
  return tell
}

const plainly: Forms = { states: {}, at: iso => iso, day: day => day, colon: ': ' }

/** Where a text falls into sentences: paragraphs, full stops, what weather left out. */
const seams = [
  { at: /\n\n/, between: ' ' },
  { at: /(?<=\.)\s+(?=\p{L})/u, between: ' ' },
  { at: /(?<=;)\s+(?=\p{Lu})/u, between: ' ' },
]

const own = (text: string): Piece => ({ text, english: false })

function joined(parts: readonly (readonly Piece[])[], between: string): readonly Piece[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [own(between), ...part]))
}

type Pattern = { start: string; regex: RegExp; to: readonly string[]; fixed: number }

/** A sentence with placeholders, as an expression; `to` has text and names in turn. What has more text of its own is tried first. */
function patternOf([words, to]: [string, string]): Pattern[] {
  const parts = words.split(placeholder)
  if (parts.length === 1) return []
  const source = parts.map((part, i) => (i % 2 === 0 ? escaped(part) : `(?<${part}>${meant(part)})`))
  const fixed = parts.reduce((sum, part, i) => sum + (i % 2 === 0 ? part.length : 0), 0)
  return [{ start: parts[0] ?? '', regex: new RegExp(`^${source.join('')}$`, 'su'), to: to.split(placeholder), fixed }]
}

/** Of what a placeholder may consist: a sentence and a path have blanks, an address has none. */
function meant(name: string): string {
  if (number.test(name)) return '\\d+'
  if (name.startsWith('date')) return '\\d{4}-\\d\\d-\\d\\d'
  if (name.startsWith('when')) return 'D\\S* \\d\\d:\\d\\d'
  return unbroken.has(name) ? '\\S+?' : '.+?'
}

const unbroken = new Set(['host', 'port', 'server', 'login', 'address', 'other', 'domain', 'zone', 'code', 'secret'])
const placeholder = /\{(\w+)\}/
const number = /^n(?:[A-Z]\w*)?$/
const instant = /^at(?:[A-Z]\w*)?$/

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
