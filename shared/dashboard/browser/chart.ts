/// <reference lib="dom" />
import { h, s } from './dom.ts'
import type { Model } from './model.ts'
import { type Point, ratesOf } from './rates.ts'

const width = 600
const height = 100

/** Messages per second over time: the words say what the drawing shows. */
export function chart({ texts, formats }: Model, points: readonly Point[]): HTMLElement {
  const rates = ratesOf(points)
  const first = rates[0]
  const last = rates.at(-1)
  const title = h('h3', {}, texts.chart.title)
  if (!first || !last || first === last) return h('figure', { class: 'chart' }, title, h('figcaption', {}, texts.chart.waiting))
  const most = Math.max(...rates.map(({ perSecond }) => perSecond))
  const top = niceTop(most)
  const begin = points[0]?.at ?? first.at
  const messages = (points.at(-1)?.messages ?? 0) - (points[0]?.messages ?? 0)
  const mean = (messages * 1000) / (last.at - begin)
  const x = (at: number) => ((at - begin) / (last.at - begin || 1)) * width
  const y = (perSecond: number) => height - (perSecond / top) * height
  const line = rates.map(({ at, perSecond }, i) => `${i ? 'L' : 'M'}${x(at).toFixed(1)} ${y(perSecond).toFixed(1)}`).join(' ')
  const words = texts.chart.now(
    formats.rate(last.perSecond),
    formats.rate(mean),
    formats.rate(most),
    formats.span(last.at - begin),
  )
  return h(
    'figure',
    { class: 'chart' },
    title,
    h(
      'div',
      { class: 'plot', 'aria-hidden': 'true' },
      h('span', { class: 'top' }, formats.rate(top)),
      h('span', { class: 'zero' }, '0'),
      s(
        'svg',
        { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none' },
        s('path', { class: 'rule', d: `M0 0 H${width} M0 ${height / 2} H${width} M0 ${height} H${width}` }),
        s('path', { class: 'area', d: `${line} L${width} ${height} L${x(first.at).toFixed(1)} ${height} Z` }),
        s('path', { class: 'line', d: line }),
      ),
      h('span', { class: 'begin' }, formats.clock(begin)),
      h('span', { class: 'end' }, formats.clock(last.at)),
    ),
    h('figcaption', {}, words),
  )
}

/** The smallest of 1, 2, 5, 10, 20 … that is not below. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)))
  return ([1, 2, 5, 10].find(step => step * power >= most) ?? 10) * power
}
