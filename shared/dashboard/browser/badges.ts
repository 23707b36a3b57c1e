/// <reference lib="dom" />
import { h, s } from './dom.ts'
import type { Formats } from './formats.ts'
import type { Tell } from './sentences.ts'
import { settled, type Tone, toneOf } from './standing.ts'

/** A shape for each tone, so that no state is told by colour alone. */
const shapes: Readonly<Record<Tone, string>> = {
  good: 'M2 6.5 L5 9.5 L10 3',
  bad: 'M6 1.5 L11 10.5 L1 10.5 Z M6 5 L6 7.2 M6 8.9 L6 9',
  warn: 'M6 1 L11 6 L6 11 L1 6 Z M6 3.8 L6 6.4 M6 8.1 L6 8.2',
  run: 'M3 2 L10 6 L3 10 Z',
  wait: 'M6 1.5 A4.5 4.5 0 1 0 6.01 1.5 Z M6 3.5 L6 6 L8 7',
  off: 'M2.5 2.5 L9.5 9.5 M9.5 2.5 L2.5 9.5',
}

/** A state in a word, with its shape. */
export function badge(word: string, tone: Tone): HTMLElement {
  const shape = s('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true', class: 'shape' }, s('path', { d: shapes[tone] }))
  return h('span', { class: `badge ${tone}` }, shape, word)
}

/** The badge of a state or verdict in the page’s words. */
export function stateBadge(words: Readonly<Record<string, string>>, state: string): HTMLElement {
  return badge(words[state] ?? state, toneOf(state))
}

type Messages = { found: number; copied: number; adopted: number; excepted: number }

/** A bar of copied, already there and exceptions. The numbers stand beside it in words. */
export function bar(messages: Messages, share: number): SVGElement {
  const part = (n: number) => (settled(messages) === 0 ? 0 : (100 * share * n) / settled(messages))
  const whole = settled(messages) === 0 ? 100 * share : part(messages.copied)
  const [adopted, excepted] = [part(messages.adopted), part(messages.excepted)]
  const piece = (kind: string, x: number, width: number) =>
    width > 0 && s('rect', { class: kind, x: x.toFixed(2), y: 0, width: Math.max(width, 0.8).toFixed(2), height: 8 })
  return s(
    'svg',
    { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('rect', { class: 'track', x: 0, y: 0, width: 100, height: 8 }),
    piece('copied', 0, whole),
    piece('adopted', whole, adopted),
    piece('excepted', whole + adopted, excepted),
  )
}

/** The bar with its percentage. */
export function progress(messages: Messages, share: number, formats: Formats): HTMLElement {
  return h('span', { class: 'progress' }, bar(messages, share), h('span', { class: 'percent' }, formats.percent(share)))
}

/** An instant, for people and for machines. */
export function time(iso: string, written: string): HTMLElement {
  return h('time', { datetime: iso }, written)
}

/** Words of the server: in the page’s language as far as they are known, and else English, as it said them. */
export function told({ tell }: { tell: Tell }, words: string): HTMLElement {
  const pieces = tell(words).map(({ text, english }) => (english ? h('span', { lang: 'en' }, text) : text))
  return h('span', {}, pieces)
}

/**
 * A table that scrolls in its own frame when the window is narrow; the frame can be reached by keyboard. On a phone the cells of one of class `stack`
 * stand below each other, each under the heading of its column.
 */
export function framed(label: string, table: HTMLTableElement): HTMLElement {
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])].map(({ textContent }) => textContent)
  if (table.className === 'stack')
    for (const { cells } of table.tBodies[0]?.rows ?? [])
      for (const [i, cell] of [...cells].entries()) cell.dataset.label = headings[i] ?? ''
  return h('div', { class: 'frame', role: 'region', 'aria-label': label, tabindex: 0 }, table)
}

/** The head of a table: a heading for each column; `number` columns stand to the right. */
export function heads(...titles: (string | { title: string; class: string } | HTMLElement)[]): HTMLElement {
  const cells = titles.map(title => {
    if (typeof title === 'string') return h('th', { scope: 'col' }, title)
    return title instanceof HTMLElement ? title : h('th', { scope: 'col', class: title.class }, title.title)
  })
  return h('thead', {}, h('tr', {}, cells))
}

export function right(title: string): { title: string; class: string } {
  return { title, class: 'number' }
}

/** Terms and what they say, without the pairs that say nothing. */
export function facts(pairs: readonly (readonly [string, string | HTMLElement | undefined])[]): HTMLElement {
  const rows = pairs.flatMap(([term, what]) => (what === undefined ? [] : [h('div', {}, h('dt', {}, term), h('dd', {}, what))]))
  return h('dl', { class: 'facts' }, rows)
}
