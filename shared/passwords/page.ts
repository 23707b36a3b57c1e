import { createHash } from 'node:crypto'
import { type Language, languages } from '../intake/words.ts'
import type { Rich } from '../notices/block.ts'
import { local } from '../notices/facts.ts'
import { instantText, typeset } from '../notices/formats.ts'
import { questionBlocks } from '../notices/inserts.ts'
import { markingOf } from '../notices/marking.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { pageWords } from './page-words.ts'

/** What the page has to say. `archive`: it is about an archive, not about an account. Dates in epoch ms. */
export type PageState =
  | {
      state: 'ready'
      what: string
      archive: boolean
      expiresAt: number
      startsAt?: number | undefined
      withCode: boolean
      wrongLeft?: number
    }
  | { state: 'shown'; what: string; archive: boolean; value: string; pass: boolean; startsAt?: number | undefined }
  | { state: 'fetch'; expiresAt: number }
  | { state: 'gone' | 'locked' | 'unknown' }

const names: Readonly<Record<Language, string>> = { fr: 'Français', nl: 'Nederlands', de: 'Deutsch', en: 'English' }

const styles = `:root{color-scheme:light dark}
body{margin:0;background:#f5f6f8;color:#18212c;font:1.0625rem/1.5 system-ui,"Segoe UI",sans-serif}
nav,main{max-width:38rem;margin:0 auto;padding:1rem}
main{background:#fff;border:1px solid #d8dde4;border-radius:8px}
nav a{color:#0b57a4;margin-right:1rem;display:inline-block;padding:.25rem 0}
h1{font-size:1.5rem;margin:.25rem 0 1rem;overflow-wrap:anywhere}
.house{font-weight:600;margin:0}
h2{font-size:1.1875rem;margin:2rem 0 .5rem;border-top:1px solid #d8dde4;padding-top:1rem}
dl div{display:flex;flex-wrap:wrap;gap:0 1rem;margin:.25rem 0}
dt{font-weight:600;flex:1 1 12rem}
dd{margin:0;flex:2 1 16rem}
dd,li,p,code{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-size:.9375rem}
th,td{border:1px solid #8693a2;padding:.25rem .5rem;text-align:left;vertical-align:top}
th{overflow-wrap:break-word}
td{overflow-wrap:anywhere}
@media(max-width:30rem){table{font-size:.8125rem}th,td{padding:.25rem}}
section{border:2px solid #1c6b35;border-radius:6px;padding:0 1rem;margin:1rem 0;overflow-x:auto}
section.bad{border-color:#a81f17;color:inherit;font-weight:inherit}
section p:first-child{font-weight:600}
fieldset{border:1px solid #8693a2;border-radius:6px;margin:.5rem 0;padding:.5rem 1rem}
fieldset label{font-weight:400;padding:.375rem 0}
summary{padding:.25rem 0;cursor:pointer}
main a{color:#0b57a4}
output{display:block;margin:1rem 0;padding:1rem;border:2px solid #0b57a4;border-radius:6px;font:700 1.375rem/1.6 ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;user-select:all}
label{display:block;font-weight:600}
input[type=file],input[type=text],input[type=date]{font:1rem system-ui,sans-serif;margin:.5rem 0;width:100%;box-sizing:border-box}
input[type=date]{width:auto}
input[type=radio]{font:inherit;margin-right:.5rem}
input{font:1.25rem ui-monospace,monospace;padding:.5rem;border:1px solid #4d5967;border-radius:6px;max-width:100%;background:#fff;color:#18212c}
button,main a.button{display:inline-block;text-decoration:none;font:600 1.0625rem system-ui,sans-serif;margin-top:1rem;padding:.75rem 1.25rem;min-height:2.75rem;border:0;border-radius:6px;background:#0b57a4;color:#fff;cursor:pointer}
main a.button{min-height:0}
:focus-visible{outline:3px solid #0b57a4;outline-offset:3px}
.bad{color:#a81f17;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#11151a;color:#e7ebf0}main{background:#191f26;border-color:#313a45}nav a,main a{color:#82bbf7}
h2{border-color:#313a45}section{border-color:#6fce8d}section.bad{border-color:#ffa59c;color:inherit}
output{border-color:#82bbf7}input{background:#11151a;color:#e7ebf0;border-color:#8693a2}button,main a.button{background:#82bbf7;color:#0b1420}:focus-visible{outline-color:#82bbf7}.bad{color:#ffa59c}}`

/** The headers of the page: nothing is loaded, kept, framed, indexed or told to others; its form goes back to where it came from. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store, max-age=0',
  pragma: 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** The language of the page: the one that is asked for, else the first of Accept-Language that we speak, else that of the mailbox, else French. */
export function pageLanguage(asked: string | null, accepted: string | null, own: Language | undefined): Language {
  const wanted = [asked ?? '', ...(accepted ?? '').split(',').map(part => part.trim().slice(0, 2).toLowerCase())]
  const spoken = wanted.flatMap(one => languages.filter(language => language === one))
  return spoken[0] ?? own ?? 'fr'
}

/** Whose page it is, and whom its reader may ask. */
export type House = Pick<Playbook, 'branding' | 'classification' | 'languages' | 'desks' | 'contact' | 'links' | 'timeZone'>

/** What stands atop a page: whose it is, and its marking. */
type Dressed = Pick<House, 'branding' | 'classification' | 'languages'>

/** The page in one language. `house`: unknown where the link is. */
export function pageHtml(language: Language, page: PageState, house: House | undefined): string {
  const words = pageWords[language]
  const title = page.state === 'fetch' ? words.fetchTitle : words.title
  const others = languages.map(
    one =>
      `<a href="?l=${one}" hreflang="${one}" lang="${one}"${one === language ? ' aria-current="true"' : ''}>${names[one]}</a>`,
  )
  // After a reveal a link would lead to a page that has nothing to show any more.
  const nav = page.state === 'shown' ? '' : `<nav aria-label="${Object.values(names).join(', ')}">${others.join('')}</nav>`
  const body = bodyOf(language, page, house?.timeZone ?? 'UTC').join('\n')
  return framed(language, title, nav, body + (house ? questionsHtml(house, language) : ''), house)
}

/** Another page of the same make, for the same headers: a title and what stands below it, as HTML. Its links lead to the other languages. */
export function pageFrame(language: Language, title: string, inner: string, house?: Dressed): string {
  const links = languages.map(
    one =>
      `<a href="?l=${one}" hreflang="${one}" lang="${one}"${one === language ? ' aria-current="true"' : ''}>${names[one]}</a>`,
  )
  return framed(language, title, `<nav aria-label="${Object.values(names).join(', ')}">${links.join('')}</nav>`, inner, house)
}

/** Whom to ask, and for what. */
export function questionsHtml(house: Pick<House, 'desks' | 'contact' | 'links'>, language: Language): string {
  const blocks = questionBlocks(house, language).map(block => {
    if (block.kind === 'heading') return `<h2>${rich(block.text)}</h2>`
    return block.kind === 'list' ? `<ul>${block.items.map(item => `<li>${rich(item)}</li>`).join('')}</ul>` : ''
  })
  return blocks.join('\n')
}

function rich(spans: Rich): string {
  const one = ({ text, href }: Rich[number]) =>
    href === undefined ? escaped(text) : `<a href="${escaped(href)}" rel="noreferrer">${escaped(text)}</a>`
  return spans.map(one).join('')
}

function framed(language: Language, title: string, nav: string, inner: string, house: Dressed | undefined): string {
  const marking = house && markingOf(house, language)
  const name = house?.branding.name
  const top = [
    ...(marking === undefined ? [] : [`<strong>${escaped(marking)}</strong>`]),
    ...(name === undefined ? [] : [escaped(local(name, language))]),
  ]
  const whose = top.length === 0 ? '' : `<p class="house">${top.join(' – ')}</p>\n`
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><style>${styles}</style></head>
<body>${nav}
<main>
${whose}<h1>${typeset(title, language)}</h1>
${typeset(inner, language)}
</main>
</body>
</html>
`
}

function bodyOf(language: Language, page: PageState, timeZone: string): string[] {
  const words = pageWords[language]
  const date = (at: number) => instantText(at, timeZone, language)
  switch (page.state) {
    case 'ready': {
      const { withCode, wrongLeft, startsAt } = page
      const what = page.archive ? words.archive : page.what
      const wrong = wrongLeft === undefined ? [] : [`<p class="bad" role="alert">${words.wrongCode(wrongLeft)}</p>`]
      const code = `<label for="code">${words.askCode}</label>
<p id="hint">${words.codeHint}</p>
<input id="code" name="code" inputmode="numeric" autocomplete="off" required minlength="8" maxlength="12" aria-describedby="hint">`
      return [
        ...wrong,
        `<p>${escaped(words.ready(what))}</p>`,
        `<p>${words.once}</p>`,
        ...(startsAt === undefined ? [] : [`<p>${words.notBefore(date(startsAt))}</p>`]),
        `<p>${words.until(date(page.expiresAt))}</p>`,
        `<form method="post" action="?l=${language}">${withCode ? code : ''}`,
        `<div><button type="submit">${words.button}</button></div></form>`,
      ]
    }
    case 'fetch':
      return [
        `<p>${words.fetchReady}</p>`,
        `<p>${words.fetchTold}</p>`,
        `<p>${words.until(date(page.expiresAt))}</p>`,
        `<form method="post" action="?l=${language}"><div><button type="submit">${words.fetchButton}</button></div></form>`,
      ]
    case 'shown': {
      const what = page.archive ? words.archive : page.what
      return [
        `<p id="of">${escaped(words.shown(what))}</p>`,
        `<output aria-labelledby="of" translate="no">${escaped(page.value)}</output>`,
        ...(page.pass ? [] : [`<p>${words.typing}</p>`]),
        ...(page.startsAt === undefined ? [] : [`<p>${words.notBefore(date(page.startsAt))}</p>`]),
        ...(page.archive || page.pass ? [] : [`<p>${words.change}</p>`]),
        `<p><strong>${words.close}</strong></p>`,
      ]
    }
    default:
      return [`<p role="status">${words[page.state]}</p>`]
  }
}

/** Text for HTML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
