/** A piece of running text. `href`: it leads there. `language`: it is in another one than the notice. */
export type Span = { text: string; strong?: true; href?: string; language?: 'en' }
export type Rich = readonly Span[]

/** What a notice is built of. It knows no HTML: `html.ts` and `plain.ts` write the same blocks each in their way. */
export type Block =
  | { kind: 'heading'; text: Rich }
  | { kind: 'paragraph'; text: Rich }
  /** Something that must not be overlooked. */
  | { kind: 'note'; text: Rich }
  | { kind: 'list' | 'steps'; items: readonly Rich[] }
  /** What holds for this reader: a label and its value a row. */
  | { kind: 'facts'; rows: readonly { label: Rich; value: Rich }[] }
  | { kind: 'button'; label: string; href: string }

/** A notice in one language. `foot`: who sends it and why, below a line. */
export type Words = { subject: string; blocks: readonly Block[]; foot: readonly Rich[] }

/** Text without anything special about it. */
export function plainly(text: string): Rich {
  return [{ text }]
}

/** The same words with every text in their own language changed; what is in another language or leads somewhere stays. */
export function eachText({ subject, blocks, foot }: Words, change: (text: string) => string): Words {
  const rich = (spans: Rich): Rich =>
    spans.map(span => (span.language === undefined ? { ...span, text: change(span.text) } : span))
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'list':
      case 'steps':
        return { ...one, items: one.items.map(rich) }
      case 'facts':
        return { ...one, rows: one.rows.map(({ label, value }) => ({ label: rich(label), value: rich(value) })) }
      case 'button':
        return { ...one, label: change(one.label) }
      default:
        return { ...one, text: rich(one.text) }
    }
  }
  return { subject: change(subject), blocks: blocks.map(block), foot: foot.map(rich) }
}
