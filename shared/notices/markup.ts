import { type Condition, conditions, type Insert, inserts, type Placeholder, placeholders } from './facts.ts'

/*
 * How words are written down. The first line is the subject, then, parted by blank lines: `## heading`, text, `- item`, `1. step`,
 * `| label | value`, `> what must not be overlooked`, `[Label](link.webmail)` alone on its line for a button, and `{{mailboxes}}` for what the
 * program makes. Inside: `{address}`, `**strong**`, `[text](link.help)`, and `{prêt·e|prêt}`: inclusive, then plain wording.
 * `?owner` before a line: only where that is so or known; `!owner`: only where it is not.
 */

/** A condition on a line. */
export type Asked = { name: Placeholder | Condition; wanted: boolean }
export type Line = { asked: readonly Asked[]; text: string }

/** A block as written, its lines still to be filled. */
export type Source =
  | { kind: 'heading' | 'paragraph' | 'note' | 'button'; line: Line }
  | { kind: 'list' | 'steps' | 'facts'; lines: readonly Line[] }
  | { kind: 'insert'; asked: readonly Asked[]; name: Insert }

export type Written = { subject: string; blocks: readonly Source[] }

/** Words that stand where somebody meant to write others; none of them may be sent. */
const unfinished =
  /\b(?:TODO|FIXME|TBD|XXX+|lorem ipsum|vérifier et préciser|à compléter|à préciser|à vérifier|nog in te vullen|aan te vullen|noch auszufüllen|to be completed)\b|\?\?\?|\.\.\. ?\(|<[^>]*>|\[\s*\]/iu

/** The parts of a text in which a placeholder, a link or an alternative stands. */
export const placeholder = /\{([^{}|]*)\}/g
export const alternative = /\{([^{}|]*)\|([^{}|]*)\}/g
export const link = /\[([^\]]+)\]\(([^)]*)\)/g

/** Reads words as they are written down. */
export function readWords(text: string): Written {
  const [subject = '', ...rest] = text.trim().split('\n')
  const blocks: Source[] = []
  let open: { kind: 'list' | 'steps' | 'facts'; lines: Line[] } | undefined
  let running: Line | undefined
  for (const raw of rest) {
    const line = lineOf(raw.trim())
    const kind = kindOf(line.text)
    if (kind === 'blank' || kind !== open?.kind) open = undefined
    if (kind !== 'paragraph' || line.asked.length > 0) running = undefined
    if (kind === 'blank') continue
    if (kind === 'list' || kind === 'steps' || kind === 'facts') {
      if (!open) {
        open = { kind, lines: [] }
        blocks.push(open)
      }
      open.lines.push({ ...line, text: line.text.replace(/^(?:- |\d+\. |\| )/, '') })
    } else if (kind === 'insert') {
      const name = line.text.slice(2, -2) as Insert
      blocks.push({ kind, asked: line.asked, name })
    } else if (kind === 'paragraph' && running) running.text += ` ${line.text}`
    else {
      const only: Line = { ...line, text: line.text.replace(/^(?:## |> )/, '') }
      // Whoever asks stands alone: what follows is not asked for.
      if (kind === 'paragraph' && line.asked.length === 0) running = only
      blocks.push({ kind, line: only })
    }
  }
  return { subject: subject.trim(), blocks }
}

/** Every fault of words as written: what is unknown, empty, unfinished. Each as a sentence that says what to write instead. */
export function faultsOf(text: string): string[] {
  const found: string[] = []
  const { subject, blocks } = readWords(text)
  if (subject === '') found.push('its first line, the subject, is empty')
  if (subject.length > 150) found.push('its subject is longer than 150 characters')
  const left = unfinished.exec(text)
  if (left) found.push(`“${left[0]}” is not finished text: write what readers are to read`)
  for (const [whole, name = ''] of text.matchAll(placeholder)) {
    if (name.trim() === '') found.push(`${whole} names nothing: write one of ${placeholders.join(', ')}, or leave it out`)
    else if (!isPlaceholder(name) && !inserts.some(one => one === name))
      found.push(`{${name}} is unknown: there are ${placeholders.join(', ')}`)
  }
  for (const [, , to = ''] of text.matchAll(link))
    if (!isPlaceholder(to) && !/^(?:https:|mailto:|tel:)/.test(to))
      found.push(`(${to}) leads nowhere: write a link of the playbook, such as link.help, or an address beginning with https:`)
  const asked = blocks.flatMap(block => {
    if ('lines' in block) return block.lines.flatMap(line => line.asked)
    return 'line' in block ? block.line.asked : block.asked
  })
  for (const { name } of asked)
    if (!isPlaceholder(name) && !conditions.some(one => one === name))
      found.push(`?${name} is unknown: there are ${[...conditions, ...placeholders].join(', ')}`)
  for (const block of blocks)
    if (block.kind === 'insert' && !inserts.includes(block.name))
      found.push(`{{${block.name}}} is unknown: there are ${inserts.join(', ')}`)
  if (blocks.length === 0) found.push('it has nothing below its subject')
  return [...new Set(found)]
}

/** Whether a name is one of the things that a notice can say. */
export function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some(one => one === name)
}

function kindOf(text: string): Source['kind'] | 'blank' {
  if (text === '') return 'blank'
  if (text.startsWith('## ')) return 'heading'
  if (text.startsWith('> ')) return 'note'
  if (text.startsWith('- ')) return 'list'
  if (/^\d+\. /.test(text)) return 'steps'
  if (text.startsWith('| ')) return 'facts'
  if (/^\{\{[^{}]*\}\}$/.test(text)) return 'insert'
  if (/^\[[^\]]+\]\([^)]*\)$/.test(text)) return 'button'
  return 'paragraph'
}

function lineOf(text: string): Line {
  const asked: Asked[] = []
  let rest = text
  for (let found = /^([?!])([a-z][a-z.-]*) +/.exec(rest); found; found = /^([?!])([a-z][a-z.-]*) +/.exec(rest)) {
    asked.push({ name: found[2] as Placeholder, wanted: found[1] === '?' })
    rest = rest.slice(found[0].length)
  }
  return { asked, text: rest }
}
