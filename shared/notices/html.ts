import type { Language } from '../intake/words.ts'
import type { Block, Rich, Words } from './block.ts'

/** How a notice looks: who speaks for which house, in which colour (#rrggbb, dark enough for white text), with which marking. */
export type Dress = { name: Partial<Record<Language, string>>; colour: string; marking: Partial<Record<Language, string>> }

export type Part = { language: Language; words: Words }

/** How a language names itself, for notices in several. */
export const languageNames: Readonly<Record<Language, string>> = {
  fr: 'Français',
  nl: 'Nederlands',
  de: 'Deutsch',
  en: 'English',
}

/**
 * Accessible HTML (EN 301 549, WCAG 2.1 AA) for mail programs: styles on the elements, tables only for tables and for what Outlook needs, no
 * picture, colours for a dark screen too. Several languages stand side by side where there is room, equal in size, and below one another where there is none.
 */
export function htmlOf(parts: readonly Part[], dress: Dress): string {
  const [first] = parts
  const several = parts.length > 1
  const lang = first?.language ?? 'en'
  const body = several ? sideBySide(parts, dress.colour) : parts.map(part => inner(part, 2, dress.colour)).join('')
  const heads = parts.map(({ language, words }) =>
    inLanguage('span', language, several, `display:block${several ? ';margin-bottom:6px' : ''}`, text(words.subject)),
  )
  return [
    '<!DOCTYPE html>',
    `<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="color-scheme" content="light dark"><style>${dark}</style><title>${escaped(parts.map(({ words }) => words.subject).join(' – '))}</title></head>`,
    `<body style="margin:0;padding:0;background:#ffffff;${font}">`,
    `<div style="max-width:${several ? 62 : 40}em;margin:0 auto;padding:0 12px 24px">`,
    `<header style="background:${dress.colour};color:#ffffff;padding:10px 16px">${banner(parts, dress, several)}</header>`,
    `<main style="padding:0 4px"><h1 style="${h1}">${heads.join('')}</h1>`,
    body,
    `</main><footer style="${footStyle}">${parts.map(part => foot(part, several, dress)).join('')}</footer>`,
    '</div></body></html>',
  ].join('\n')
}

/** For a dark screen, where the program takes a style sheet; elsewhere what stands on the elements holds. The colour of the house stays. */
const dark = `@media (prefers-color-scheme: dark) {
body { background: #1b1b1b !important; color: #f2f2f2 !important }
footer { color: #c8c8c8 !important }
th, .note { background: #333333 !important }
.note, .language { border-color: #9cc8ff !important }
a { color: #9cc8ff !important }
a.button { color: #ffffff !important }
}`
const font = 'font-family:Arial,Helvetica,sans-serif;font-size:1em;line-height:1.5;color:#1b1b1b;overflow-wrap:break-word'
const h1 = 'font-size:1.45em;line-height:1.25;margin:20px 0 12px'
const h2 = 'font-size:1.12em;line-height:1.3;margin:22px 0 6px'
const footStyle = 'border-top:1px solid #767676;margin:24px 4px 0;padding-top:8px;font-size:0.9em;color:#4a4a4a'
const marking = 'border:2px solid #ffffff;padding:0 6px;font-weight:bold;white-space:nowrap'

function banner(parts: readonly Part[], dress: Dress, several: boolean): string {
  const line = (texts: Partial<Record<Language, string>>, style: string) => {
    const said = parts.flatMap(({ language }) => {
      const one = texts[language]
      return one === undefined ? [] : [{ language, one }]
    })
    const once = said.filter(({ one }, i) => said.findIndex(other => other.one === one) === i)
    return once.map(({ language, one }) => inLanguage('span', language, several, style, text(one))).join(' ')
  }
  const names = line(dress.name, 'font-weight:bold;display:inline-block;margin-right:16px')
  return [names, line(dress.marking, marking)].filter(part => part !== '').join(' ')
}

/** Columns that fold by themselves: inline blocks, in a table of its own for Outlook, which knows no inline blocks. */
function sideBySide(parts: readonly Part[], colour: string): string {
  const column = 'display:inline-block;vertical-align:top;width:100%;max-width:29em;margin:0 12px 16px 0'
  const cells = parts.map((part, i) => {
    const head = `<h2 class="language" style="${h2};border-bottom:2px solid ${colour}">${languageNames[part.language]}</h2>`
    const section = `<section lang="${part.language}" style="${column}">${head}\n${inner(part, 3, colour)}</section>`
    const row = i > 0 && i % 2 === 0 ? '</tr><tr>' : ''
    return `<!--[if mso]>${row}<td valign="top" width="50%"><![endif]-->${section}<!--[if mso]></td><![endif]-->`
  })
  return `<!--[if mso]><table role="presentation" width="100%"><tr><![endif]-->${cells.join('')}<!--[if mso]></tr></table><![endif]-->`
}

function inner({ words }: Part, level: number, colour: string): string {
  return words.blocks.map(block => htmlBlock(block, level, colour)).join('\n')
}

function foot({ language, words }: Part, several: boolean, { marking }: Dress): string {
  const lines = [...words.foot.map(html), ...(marking[language] ? [text(marking[language])] : [])]
  return inLanguage('div', language, several, 'margin-bottom:8px', lines.map(line => `<p style="margin:0">${line}</p>`).join(''))
}

function htmlBlock(block: Block, level: number, colour: string): string {
  switch (block.kind) {
    case 'heading':
      return `<h${level} style="${h2}">${html(block.text)}</h${level}>`
    case 'paragraph':
      return `<p style="margin:0 0 10px">${html(block.text)}</p>`
    case 'note':
      return `<p class="note" style="margin:12px 0;padding:8px 12px;border-left:4px solid ${colour};background:#f2f2f2">${html(block.text)}</p>`
    case 'list':
      return `<ul style="${list}">${block.items.map(item).join('')}</ul>`
    case 'steps':
      return `<ol style="${list}">${block.items.map(item).join('')}</ol>`
    case 'facts':
      return `<table style="${table}">${block.rows.map(({ label, value }) => `<tr>${th(html(label))}${td(html(value))}</tr>`).join('')}</table>`
    case 'button': {
      const style = `display:inline-block;background:${colour};color:#ffffff;padding:10px 18px;font-weight:bold;text-decoration:underline`
      return `<p style="margin:14px 0"><a class="button" href="${escaped(block.href)}" style="${style}">${text(block.label)}</a></p>`
    }
  }
}

const list = 'margin:0 0 12px;padding-left:1.5em'
const table = 'border-collapse:collapse;margin:8px 0 14px;width:100%;font-size:0.95em'
const cell = 'border:1px solid #767676;padding:4px 6px;text-align:left;vertical-align:top'
const item = (rich: Rich) => `<li style="margin:0 0 5px">${html(rich)}</li>`
const th = (inner: string) => `<th scope="row" style="${cell};width:42%;background:#f2f2f2">${inner}</th>`
const td = (inner: string) => `<td style="${cell}">${inner}</td>`

function html(rich: Rich): string {
  const one = ({ text: words, strong, href, language }: Rich[number]) => {
    const said = language ? `<span lang="${language}">${text(words)}</span>` : text(words)
    const inside = strong ? `<strong>${said}</strong>` : said
    return href === undefined
      ? inside
      : `<a href="${escaped(href)}" style="color:#0b4f9e;text-decoration:underline">${inside}</a>`
  }
  return rich.map(one).join('')
}

function inLanguage(tag: 'span' | 'div', language: Language, several: boolean, style: string, inside: string): string {
  return `<${tag}${several ? ` lang="${language}"` : ''} style="${style}">${inside}</${tag}>`
}

/** Text for HTML. Addresses and other long words go to the next line whole; where a line is too short for one it is broken, best before a sign of its own; what stands before it, such as the dot of a list, stays at its first line. */
function text(words: string): string {
  return escaped(words).replaceAll(/[^\s<>]*@[^\s<>]*|[^\s<>]{18,}|\be-mail(?:-\p{L}+)?/giu, long =>
    /^e-mail/i.test(long)
      ? `<span style="white-space:nowrap">${long}</span>`
      : `<span style="display:inline-block;vertical-align:top;max-width:100%;text-decoration:inherit;overflow-wrap:anywhere">${long.replaceAll(/(?=@|[./][\p{L}\p{N}])/gu, '<wbr>')}</span>`,
  )
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
