import type { Point } from './round.ts'

/** One curve: who, and how many messages had arrived when. */
export type Curve = { name: string; points: readonly Point[] }

const width = 760
const height = 400
const left = 64
const right = 150
const top = 40
const bottom = 48
const colours = ['#0b6e4f', '#c8553d', '#33658a', '#8e6c88', '#b08900', '#555555']

/** Messages arrived over time, a curve for each runner, as an SVG picture. */
export function plot(title: string, curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points)
  const seconds = Math.max(0.1, ...all.map(({ ms }) => ms / 1000))
  const messages = Math.max(1, ...all.map(point => point.messages))
  const x = (ms: number) => left + (ms / 1000 / seconds) * (width - left - right)
  const y = (count: number) => height - bottom - (count / messages) * (height - top - bottom)
  const marks = [0, 0.25, 0.5, 0.75, 1]
  const grid = marks.flatMap(mark => [
    `<line x1="${left}" x2="${width - right}" y1="${y(mark * messages)}" y2="${y(mark * messages)}" stroke="#ddd"/>`,
    text(left - 8, y(mark * messages) + 4, 'end', Math.round(mark * messages).toLocaleString('en')),
    text(x(mark * seconds * 1000), height - bottom + 18, 'middle', (mark * seconds).toFixed(1)),
  ])
  const lines = curves.map(({ points }, i) => {
    const path = points.map(({ ms, messages: count }) => `${x(ms).toFixed(1)},${y(count).toFixed(1)}`).join(' ')
    return `<polyline fill="none" stroke="${colours[i % colours.length]}" stroke-width="2" points="${path}"/>`
  })
  const names = curves.map(({ name }, i) => {
    const at = top + 18 * i
    const line = `<rect x="${width - right + 14}" y="${at - 8}" width="10" height="10" fill="${colours[i % colours.length]}"/>`
    return line + text(width - right + 30, at + 1, 'start', name)
  })
  const labels = [text(left, 22, 'start', title), text((left + width - right) / 2, height - 10, 'middle', 'seconds')]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...labels,
    ...grid,
    ...lines,
    ...names,
    '</svg>',
    '',
  ].join('\n')
}

function text(x: number, y: number, anchor: string, words: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#222">${escapeXml(words)}</text>`
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
