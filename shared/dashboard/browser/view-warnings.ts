/// <reference lib="dom" />
import type { Action, Wave } from '../answers.ts'
import { time, told } from './badges.ts'
import type { About, Deeds } from './deeds.ts'
import { type Child, h } from './dom.ts'
import type { Model } from './model.ts'

/** How many of a kind are read at once; the others are a click away. */
const most = 4

/** What a reader wants to see of a wave first: what went wrong with it, what it leaves to do, what is to be thought of. Nothing where there is nothing. */
export function warningsView(model: Model, deeds: Deeds, wave: Wave): Child {
  const { texts } = model
  const { error, toDo = [], warnings = [] } = wave
  const ask = (action: Action, about: About) =>
    h('button', { type: 'button', class: 'small', onclick: () => deeds.ask(action, about) }, `${texts.act.names[action]}…`)
  const missed = (line: string) => {
    const step = /"steps": \["(.+)"\]/.exec(line)?.[1]
    return step !== undefined && [' ', ask('send-now', { steps: [step] }), ' ', ask('skip', { steps: [step] })]
  }
  const all = h('button', { type: 'button', onclick: () => deeds.ask('done', { toDo }) }, `${texts.wave.doneAll}…`)
  return [
    error && h('section', { class: 'bad notes' }, h('h2', {}, texts.wave.wrong), trouble(model, error)),
    list(model, texts.wave.toDo, toDo, line => [told(model, line), ' ', ask('done', { toDo: [line] })], toDo.length > 1 && all),
    list(model, texts.wave.warnings, warnings, line => [warning(model, wave, line), missed(line)]),
    done(model, wave),
  ]
}

/** What somebody said is done, a click away. */
function done(model: Model, { done: said = [] }: Wave): Child {
  if (said.length === 0) return undefined
  const { texts, formats } = model
  const line = ({ what, who, at }: (typeof said)[number]) =>
    h('li', {}, told(model, what), ' ', h('span', { class: 'hint' }, `(${who}, `, time(at, formats.at(at)), ')'))
  const title = `${texts.wave.doneTitle} (${formats.count(said.length)})`
  return h('details', { class: 'said' }, h('summary', {}, title), h('ul', {}, said.map(line)))
}

/** Notes on a domain among the warnings of its wave stand as the program keeps them, behind its name. */
function warning(model: Model, { domains }: Wave, line: string): Child {
  for (const { domain, notes = [] } of domains) {
    const note = notes.find(one => line === noted(domain, one))
    if (note !== undefined) return [h('strong', {}, domain), model.texts.colon, told(model, note)]
  }
  return told(model, line)
}

/** Notes on a domain that no warning of its wave repeats: of a wave that has ended there is none. */
export function unwarned({ warnings = [] }: Wave, { domain, notes = [] }: Wave['domains'][number]): string[] {
  return notes.filter(note => !warnings.includes(noted(domain, note)))
}

function noted(domain: string, note: string): string {
  return `${domain}: ${note}`
}

function list(
  { texts, formats }: Model,
  title: string,
  lines: readonly string[],
  say: (line: string) => Child,
  below: Child = undefined,
): Child {
  if (lines.length === 0) return undefined
  const items = (some: readonly string[]) =>
    h(
      'ul',
      {},
      some.map(line => h('li', {}, say(line))),
    )
  const others = lines.slice(most)
  return h(
    'section',
    { class: 'notes' },
    h('h2', {}, `${title} (${formats.count(lines.length)})`),
    items(lines.slice(0, most)),
    others.length > 0 &&
      h('details', {}, h('summary', {}, texts.wave.more(others.length, formats.count(others.length))), items(others)),
    below,
  )
}

/** A failure as the server tells it, and what to do about it. */
export function trouble(model: Model, { message, hint }: { message: string; hint: string }): HTMLElement {
  return h('div', { class: 'trouble' }, h('p', {}, told(model, message)), h('p', { class: 'remedy' }, told(model, hint)))
}
