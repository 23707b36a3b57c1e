import type { Language } from '../intake/words.ts'
import type { Block, Rich, Words } from './block.ts'
import { colon } from './formats.ts'

/** The same words without markup: one block after another, links written out behind their text. */
export function plainOf({ blocks, foot }: Pick<Words, 'blocks' | 'foot'>, language: Language): string {
  const ends = foot.length === 0 ? [] : [['--', ...foot.map(richText)].join('\r\n')]
  return [...blocks.map(block => blockText(block, language)), ...ends].join('\r\n\r\n')
}

function blockText(block: Block, language: Language): string {
  switch (block.kind) {
    case 'heading':
      return `${richText(block.text)}\r\n${'-'.repeat(richText(block.text).length)}`
    case 'paragraph':
      return richText(block.text)
    case 'note':
      return `! ${richText(block.text)}`
    case 'list':
      return block.items.map(item => `- ${richText(item)}`).join('\r\n')
    case 'steps':
      return block.items.map((item, i) => `${i + 1}. ${richText(item)}`).join('\r\n')
    case 'facts':
      return block.rows.map(({ label, value }) => `${richText(label)}${colon(language)} ${richText(value)}`).join('\r\n')
    case 'button':
      return `${block.label}${colon(language)} ${block.href}`
  }
}

/** Running text as it is read aloud, its links behind it in brackets unless the text is the link. */
function richText(rich: Rich): string {
  return rich.map(({ text, href }) => (href && !href.endsWith(text.replaceAll(/\s/g, '')) ? `${text} (${href})` : text)).join('')
}
