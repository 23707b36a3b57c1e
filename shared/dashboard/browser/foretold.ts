/// <reference lib="dom" />
import type { Updating } from '../answers.ts'
import { Refused } from './api.ts'
import { told } from './badges.ts'
import { type Child, h } from './dom.ts'
import type { Model } from './model.ts'

type Words = Pick<Model, 'texts' | 'tell' | 'formats'>

/** What a dry run said that an order would do, once it has; only then can it be given, and not where it would be refused or change nothing. */
export function foretold(words: Words, tried: Promise<Updating>, confirm: HTMLButtonElement): HTMLElement {
  const { texts } = words
  const place = h('div', { class: 'foretold', role: 'status' }, h('p', { class: 'hint' }, texts.loading))
  confirm.disabled = true
  tried.then(
    would => {
      const nothing = would.changed === 0 && would.effect.rows.length === 0
      confirm.disabled = nothing
      place.replaceChildren(...(nothing ? [h('p', {}, texts.act.newest(String(would.to)))] : effects(words, would)))
    },
    error => {
      const lines = error instanceof Refused ? refusal(words, error) : [texts.act.untried]
      place.replaceChildren(h('div', { class: 'fault' }, ...lines.map(line => h('span', {}, line))))
    },
  )
  return place
}

/** Why something is refused: all its faults, by path. */
export function refusal({ texts, tell }: Omit<Words, 'formats'>, { message, details }: Refused): Child[] {
  return [told({ tell }, message), ...details.map(one => [h('code', {}, one.path), texts.colon, told({ tell }, one.message)])]
}

function effects({ texts, tell, formats }: Words, { from, to, differences, changed, effect }: Updating): HTMLElement[] {
  const say = texts.act
  const hour = (at: string | null) => (at === null ? say.unsaid : formats.at(at.replace(/\[.*\]$/, '')))
  const value = (some: unknown) => h('code', {}, some === undefined ? say.unsaid : JSON.stringify(some).slice(0, 200))
  const turn = (what: Child, was: Child, is: Child) => h('li', {}, what, texts.colon, was, ' → ', is)
  const lines = [
    ...differences.map(({ path, was, is }) => turn(h('code', {}, path), value(was), value(is))),
    ...effect.dates.map(one => turn(told({ tell }, one.what), hour(one.from), hour(one.to))),
  ]
  return [
    h('p', {}, say.versions(String(from), String(to)), ' ', say.rows(changed, formats.count(changed))),
    ...(lines.length > 0 ? [h('ul', { class: 'about' }, lines)] : [h('p', {}, say.alike)]),
  ]
}
