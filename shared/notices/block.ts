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
