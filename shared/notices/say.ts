import type { Language } from '../intake/words.ts'
import type { Block, Rich, Span } from './block.ts'
import { type Facts, inWords, type Placeholder } from './facts.ts'
import { type Asked, alternative, isPlaceholder, type Line, link, readWords, type Source } from './markup.ts'

/** `inclusive`: `prêt·e`; `plain`: without points inside words. Only French makes the difference. */
export type Wording = 'inclusive' | 'plain'

/** What a notice wants to say and nobody knows. */
export class Unknown extends Error {
  readonly placeholder: Placeholder
  constructor(placeholder: Placeholder) {
    super(`it says {${placeholder}}, and that is not known here`)
    this.placeholder = placeholder
  }
}

/** Words as written become a subject and blocks, every placeholder filled. Throws `Unknown` rather than leave one empty. */
export function say(text: string, facts: Facts, language: Language, wording: Wording): { subject: string; blocks: Block[] } {
  const { subject, blocks } = readWords(text)
  const fill = (part: string) => filled(worded(part, wording), facts, language)
  const rich = (part: string) => richOf(worded(part, wording), facts, language)
  return { subject: fill(subject), blocks: blocks.flatMap(block => blockOf(block, facts, language, fill, rich)) }
}

function blockOf(
  block: Source,
  facts: Facts,
  language: Language,
  fill: (text: string) => string,
  rich: (text: string) => Rich,
): readonly Block[] {
  if (block.kind === 'insert') return holds(block.asked, facts) ? (facts.blocks[block.name]?.(language) ?? []) : []
  if ('lines' in block) {
    const lines = block.lines.filter(({ asked }) => holds(asked, facts))
    if (lines.length === 0) return []
    return [block.kind === 'facts' ? factsBlock(lines, rich) : { kind: block.kind, items: lines.map(({ text }) => rich(text)) }]
  }
  if (!holds(block.line.asked, facts)) return []
  if (block.kind !== 'button') return [{ kind: block.kind, text: rich(block.line.text) }]
  const [, label = '', to = ''] = /^\[([^\]]+)\]\(([^)]*)\)$/.exec(block.line.text) ?? []
  return [{ kind: 'button', label: fill(label), href: hrefOf(to, facts, language) }]
}

function factsBlock(lines: readonly Line[], rich: (text: string) => Rich): Block {
  const rows = lines.map(({ text }) => {
    const [label = '', ...value] = text.split(' | ')
    return { label: rich(label), value: rich(value.join(' | ')) }
  })
  return { kind: 'facts', rows }
}

function holds(asked: readonly Asked[], { known, is }: Facts): boolean {
  return asked.every(({ name, wanted }) => (isPlaceholder(name) ? known[name] !== undefined : is[name] === true) === wanted)
}

function worded(text: string, wording: Wording): string {
  return text.replaceAll(alternative, wording === 'inclusive' ? '$1' : '$2')
}

/** Markup is read before anything is filled in, so that what is filled in is never taken for markup. */
function richOf(text: string, facts: Facts, language: Language): Rich {
  const spans: Span[] = []
  const add = (span: Span) => span.text !== '' && spans.push(span)
  let at = 0
  const marks = new RegExp(`\\*\\*([^*]+)\\*\\*|${link.source}`, 'g')
  for (const found of text.matchAll(marks)) {
    add({ text: filled(text.slice(at, found.index), facts, language) })
    const [whole, strong, label, to] = found
    if (strong !== undefined) add({ text: filled(strong, facts, language), strong: true })
    else add({ text: filled(label ?? '', facts, language), href: hrefOf(to ?? '', facts, language) })
    at = found.index + whole.length
  }
  add({ text: filled(text.slice(at), facts, language) })
  return spans
}

function filled(text: string, facts: Facts, language: Language): string {
  return text.replaceAll(/\{([^{}|]+)\}/g, (_, name: Placeholder) => sayOne(name, facts, language))
}

function hrefOf(to: string, facts: Facts, language: Language): string {
  return isPlaceholder(to) ? sayOne(to, facts, language) : to
}

function sayOne(name: Placeholder, { known, timeZone }: Facts, language: Language): string {
  const one = known[name]
  const said = one && inWords(one, timeZone, language)
  if (!said) throw new Unknown(name)
  return said
}
