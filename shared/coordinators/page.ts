import { type Piece, teller } from '../dashboard/browser/sentences.ts'
import type { Language } from '../intake/words.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { wordsIn } from '../inventory/words.ts'
import { common } from '../notices/common.ts'
import { local } from '../notices/facts.ts'
import { countText, dayText, instantText, moneyText } from '../notices/formats.ts'
import { verdictWords } from '../notices/gather.ts'
import { shown } from '../notices/masked.ts'
import { escaped, pageFrame, questionsHtml } from '../passwords/page.ts'
import { instantOf } from '../playbooks/calendar.ts'
import type { Another, Confirmation, Standing } from './standing.ts'
import { coordinatorWords } from './words.ts'

/** What became of something that was sent, above the rest of the page. `details`: more, as the server says it; `faults`: what is wrong at which cell. */
export type Told = {
  good: boolean
  text: string
  details?: readonly string[]
  notes?: readonly string[]
  faults?: readonly { path: string; message: string }[]
  file?: { name: string; type: string; bytes: Uint8Array }
}

/** Longer lists are cut: whoever needs all of them finds them in the workbook. */
const mostLines = 100

/** A coordinator’s page in a language: what holds now, what is asked, what was said. It works without a script. */
export function coordinatorHtml(language: Language, standing: Standing, told?: Told): string {
  const words = coordinatorWords[language]
  const { wave, settings, title, reader, inventories } = standing
  const { day } = wave
  const { timeZone } = settings
  const facts = [
    row(words.stands, words.states[wave.state]),
    row(words.day, day === undefined ? words.noDay : dayOf(day, timeZone, language)),
    ...(wave.verdict ? [row(words.verdict, local(verdictWords[wave.verdict], language))] : []),
  ]
  const parts = [
    ...(told ? [toldPart(language, told)] : []),
    list(facts),
    ...(inventories.length === 0 || !standing.asking || wave.state === 'closed'
      ? []
      : [section(words.reply, replies(language, standing))]),
    ...(standing.confirmation && day ? [section(words.confirm, confirming(language, standing, standing.confirmation, day))] : []),
    ...(standing.choice ? [section(words.choose, choosing(language, standing, standing.choice))] : []),
    ...(standing.another ? [section(words.another, asking(language, standing, standing.another))] : []),
    ...pricePart(language, standing),
    ...datesPart(language, standing),
    ...progressPart(language, standing),
    questionsHtml(settings, language),
    `<p>${escaped(words.mine(reader.to))}</p>`,
  ]
  return pageFrame(language, escaped(words.title(local(title, language))), parts.join('\n'), settings)
}

/** The page of a link that leads nowhere, or nowhere any more. */
export function closedHtml(language: Language, why: 'unknown' | 'over'): string {
  const words = coordinatorWords[language]
  return pageFrame(language, escaped(words.page), `<p role="status">${escaped(words[why])}</p>`)
}

/** A day of a playbook as it is said in a language. */
export function dayOf(day: string, timeZone: string, language: Language): string {
  return dayText(instantOf({ at: 'D 12:00' }, day, timeZone), timeZone, language)
}

function toldPart(language: Language, { good, text, details = [], notes = [], faults = [], file }: Told): string {
  const words = coordinatorWords[language]
  const { where, what } = wordsIn(language).wrong
  const rows = faults
    .slice(0, mostLines)
    .map(({ path, message }) => `<tr><th scope="row">${escaped(path)}</th>${td(message)}</tr>`)
  const table = `<table><thead><tr><th scope="col">${escaped(where)}</th><th scope="col">${escaped(what)}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
  const more = faults.length > mostLines ? p(words.more(countText(faults.length - mostLines, language))) : ''
  const href = file && `data:${file.type};base64,${Buffer.from(file.bytes).toString('base64')}`
  const link = file
    ? `<p><a class="button" download="${escaped(file.name)}" href="${href}">${escaped(words.wrongFile)}</a></p>`
    : ''
  const tell = teller(words.details)
  const said = details.map(one => `<p>${tell(one).map(piece).join('')}</p>`)
  const inner = [p(text), ...said, ...notes.map(p), rows.length > 0 ? table + more : '', link].join('')
  return `<section class="${good ? 'good' : 'bad'}" role="${good ? 'status' : 'alert'}">${inner}</section>`
}

function replies(language: Language, standing: Standing): string {
  const words = coordinatorWords[language]
  const due = standing.wave.gates?.['answers-due']
  const { timeZone } = standing.settings
  const open = standing.taking && standing.inventories.some(({ answer }) => !answer)
  const until = due !== undefined && open ? p(words.due(instantText(due, timeZone, language))) : ''
  const each = standing.inventories.map((one, i) => reply(language, standing, one, i))
  return until + each.join('') + (standing.taking ? '' : p(words.shut))
}

function reply(language: Language, { taking, settings, inventories }: Standing, inventory: Inventory, i: number): string {
  const words = coordinatorWords[language]
  const { answer, entity, items, said } = inventory
  const which = inventories.length > 1 ? `<h3>${escaped(entity)}</h3>` : ''
  const state = answer
    ? p(words.answered(answer.version, answer.who, instantText(answer.at, settings.timeZone, language))) +
      `<p>${escaped(words.seal)} <code>${answer.seal}</code></p>`
    : p(words.unanswered)
  const open = items.filter(({ row }) => row.state !== 'cancelled' && !said.has(row.address)).map(({ row }) => row.address)
  const names = open.slice(0, mostLines).map(address => `<li>${escaped(shown(address, settings.hideAddress))}</li>`)
  const cut = open.length > mostLines ? '<li>…</li>' : ''
  const left =
    open.length === 0
      ? p(words.decided)
      : `<details><summary>${escaped(words.open(countText(open.length, language)))}</summary><ul>${names.join('')}${cut}</ul></details>`
  if (!items.some(({ found }) => found)) return which + state + left + p(words.notReady)
  const query = escaped(new URLSearchParams({ of: entity, l: language }).toString())
  const fetch = `<p><a class="button" href="?${query}">${escaped(words.fetch)}</a></p>`
  const form = `<form method="post" action="?l=${language}" enctype="multipart/form-data">${hidden('do', 'answer')}${hidden('of', entity)}
<label for="file${i}">${escaped(words.file)}</label>
<input type="file" id="file${i}" name="file" accept=".xlsx,.csv" required>
<div><button>${escaped(words.send)}</button></div></form>`
  return which + state + left + fetch + (taking ? form + (answer ? p(words.again) : '') : '')
}

function confirming(
  language: Language,
  { settings, wave }: Standing,
  { given, missing, enough, may, first }: Confirmation,
  day: string,
) {
  const words = coordinatorWords[language]
  const role = (name: string) => (words.roles as Readonly<Record<string, string>>)[name] ?? name
  const yes = given.map(({ who, as, at }) =>
    li(words.said(who, role(as ?? 'operator'), instantText(at, settings.timeZone, language))),
  )
  const no = enough ? [] : missing.map(name => li(words.notYet(role(name))))
  const lines = `<ul>${[...yes, ...no].join('')}</ul>`
  if (enough) return p(words.agreed) + lines
  if (!may) return p(words.both) + lines
  if (first) return p(words.both) + lines + p(words.first)
  const means = wave.gates?.freeze === undefined ? words.means : [...words.means, words.cut]
  const button = words.yes(dayOf(day, settings.timeZone, language))
  return `${p(words.both)}${lines}${p(words.confirms)}<ul>${means.map(li).join('')}</ul>
<form method="post" action="?l=${language}" enctype="multipart/form-data">${hidden('do', 'confirm')}${hidden('day', day)}<div><button>${escaped(button)}</button></div></form>`
}

function choosing(language: Language, { settings }: Standing, choice: NonNullable<Standing['choice']>): string {
  const words = coordinatorWords[language]
  const each = choice.map(({ day, state }) => {
    const note = state === 'open' ? '' : ` (${words[state]})`
    const kind = state === 'full' ? ' disabled' : state === 'chosen' ? ' checked' : ''
    return `<label><input type="radio" name="day" value="${day}" required${kind}> ${escaped(dayOf(day, settings.timeZone, language) + note)}</label>`
  })
  const open = choice.some(({ state }) => state === 'open')
  if (!open)
    return `<ul>${choice.map(({ day, state }) => li(`${dayOf(day, settings.timeZone, language)} (${state === 'open' ? '' : words[state]})`)).join('')}</ul>${p(words.noDates)}`
  return `<form method="post" action="?l=${language}" enctype="multipart/form-data">${hidden('do', 'book')}<fieldset aria-label="${escaped(words.choose)}">${each.join('')}</fieldset><div><button>${escaped(words.take)}</button></div></form>`
}

function asking(language: Language, { settings }: Standing, { from, asked }: Another): string {
  const words = coordinatorWords[language]
  const { timeZone } = settings
  const before = asked
    ? p(words.asked(dayOf(asked.day, timeZone, language), dayText(asked.at, timeZone, language))) +
      (asked.why === undefined ? '' : p(words.reasonGiven(asked.why))) +
      p(words.askAnew)
    : p(words.mayAsk)
  return `${before}<form method="post" action="?l=${language}" enctype="multipart/form-data">${hidden('do', 'postpone')}
<label for="wish">${escaped(words.wish)}</label>
<input type="date" id="wish" name="day" min="${from}" required>
<label for="why">${escaped(words.reason)}</label>
<input type="text" id="why" name="why" minlength="3" maxlength="200" autocomplete="off" required>
<div><button>${escaped(words.ask)}</button></div></form>`
}

function pricePart(language: Language, { price: priced, settings }: Standing): string[] {
  if (!priced) return []
  const words = coordinatorWords[language]
  const { costs } = wordsIn(language)
  const { of, price } = priced
  const money = (amount: number) => moneyText(amount, language)
  const lines = Object.entries(price.licences).map(([name, count]) => {
    const each = settings.licences[name]?.price ?? 0
    return `<tr><th scope="row">${escaped(name)}</th>${td(money(each))}${td(countText(count, language))}${td(money((Math.round(each * 100) * count) / 100))}</tr>`
  })
  const whole = (label: string, amount: number | undefined) =>
    amount === undefined ? '' : `<tr><th scope="row" colspan="3">${escaped(label)}</th>${td(money(amount))}</tr>`
  const heads = [costs.licence, costs.price, costs.count, costs.perMonth].map(head => `<th scope="col">${escaped(head)}</th>`)
  const surcharge = price.surcharge ? whole(costs.surcharge, price.surcharge) : ''
  const table = `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}${whole(costs.total, price.perMonth)}${whole(costs.projected, price.projected)}${surcharge}</tbody></table>`
  return [section(words.cost, p(words.costOf[of]) + table + p(costs.note))]
}

function datesPart(language: Language, { dates, settings }: Standing): string[] {
  const { events } = common[language]
  const rows = dates.map(({ step, at }) => row(events[step], instantText(at, settings.timeZone, language)))
  return rows.length === 0 ? [] : [section(coordinatorWords[language].dates, list(rows))]
}

function progressPart(language: Language, { progress, copyEndsAt, settings }: Standing): string[] {
  const words = coordinatorWords[language]
  const count = (value: number) => countText(value, language)
  const ends = copyEndsAt === undefined ? '' : p(words.forecast(instantText(copyEndsAt, settings.timeZone, language)))
  if (!progress) return ends === '' ? [] : [section(words.progress, ends)]
  const { mailboxes, completed, found, copied, excepted } = progress
  const rows = [
    row(words.mailboxes, words.outOf(count(completed), count(mailboxes))),
    row(words.messages, words.outOf(count(copied), count(found))),
    row(words.exceptions, count(excepted)),
  ]
  return [section(words.progress, ends + list(rows))]
}

/** What nobody has put into the language stands as the server said it. */
const piece = ({ text, english }: Piece) => (english ? `<span lang="en">${escaped(text)}</span>` : escaped(text))
const p = (text: string) => `<p>${escaped(text)}</p>`
const li = (text: string) => `<li>${escaped(text)}</li>`
const td = (text: string) => `<td>${escaped(text)}</td>`
const row = (label: string, value: string) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`
const list = (rows: readonly string[]) => `<dl>${rows.join('')}</dl>`
const section = (heading: string, inner: string) => `<h2>${escaped(heading)}</h2>${inner}`
const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escaped(value)}">`
