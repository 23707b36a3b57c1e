import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Text in a colour or weight, where the terminal shows it and NO_COLOR does not forbid it. */
export const paint = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout })

export const dim = (text: string): string => paint('dim', text)

const thousands = new Intl.NumberFormat('en-GB')

/** 12,345 */
export const grouped = (count: number): string => thousands.format(Math.round(count))

/** 12.3 MB */
export function sized(bytes: number): string {
  if (bytes < 1e6) return `${grouped(bytes / 1e3)} kB`
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`
}

/** 01:05 */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${`${Math.floor(seconds / 60)}`.padStart(2, '0')}:${`${seconds % 60}`.padStart(2, '0')}`
}

/** 12.3 s */
export const lasted = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** One or many: `1 mailbox`, `6 mailboxes`. */
export const many = (count: number, one: string, more = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : more}`

/** A bar of so many cells, filled by a share from 0 to 1. */
export function bar(share: number, cells: number): string {
  const full = Math.round(Math.min(Math.max(share, 0), 1) * cells)
  return paint('cyan', '━'.repeat(full)) + dim('─'.repeat(cells - full))
}

/** A text cut to a width, with a mark where something is missing. */
export const cut = (text: string, width: number): string => (text.length <= width ? text : `${text.slice(0, width - 1)}…`)
