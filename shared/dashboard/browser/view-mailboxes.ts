/// <reference lib="dom" />
import type { MailboxRow } from '../answers.ts'
import { mailboxActions } from './allowed.ts'
import { badge, framed, heads, progress, right, time, told } from './badges.ts'
import { chosen, lastPage, perPage } from './chosen.ts'
import type { Deeds } from './deeds.ts'
import { type Child, h } from './dom.ts'
import type { Model, Order } from './model.ts'
import { hashOf } from './route.ts'
import { isCopied, isTrouble, mailboxTone, settled, share } from './standing.ts'

/** The mailboxes of a wave: filters, search, a page of the table, and what can be done to those that are picked. */
export function mailboxesView(model: Model, deeds: Deeds, wave: string): HTMLElement {
  const { texts, formats, mailboxes, choice } = model
  const say = texts.boxes
  if (!mailboxes) return h('section', {}, h('h2', {}, say.title), h('p', { class: 'hint' }, texts.loading))
  const shown = chosen(mailboxes, choice)
  const page = Math.min(choice.page, lastPage(shown.length))
  const rows = shown.slice(page * perPage, (page + 1) * perPage)
  const table = h(
    'table',
    { class: 'mailboxes' },
    h('caption', { class: 'unseen' }, say.caption(formats.count(shown.length))),
    heads(
      h('th', { scope: 'col', class: 'pick' }, h('span', { class: 'unseen' }, say.pick), pickAll(model, deeds, shown)),
      say.address,
      say.state,
      say.since,
      say.progress,
      right(say.messages),
      right(say.size),
      right(say.exceptions),
      { title: say.note, class: 'note' },
    ),
    h(
      'tbody',
      {},
      rows.map(row => line(model, deeds, wave, row)),
    ),
  )
  return h(
    'section',
    { class: 'boxes', 'data-key': `boxes of ${wave}` },
    h('h2', {}, say.title),
    filters(model, deeds, mailboxes),
    picked(model, deeds, mailboxes),
    shown.length === 0 ? h('p', { class: 'hint' }, say.none) : framed(say.title, table),
    pages(model, deeds, shown.length, page),
  )
}

function filters({ texts, formats, choice }: Model, deeds: Deeds, rows: readonly MailboxRow[]): HTMLElement {
  const say = texts.boxes
  const counts = new Map<string, number>()
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1)
  const states = Object.keys(texts.mailboxStates).filter(state => counts.has(state))
  const chip = (state: string, word: string, n: number) =>
    h(
      'button',
      {
        type: 'button',
        'data-key': state,
        'aria-pressed': String(choice.state === state),
        onclick: () => deeds.choose({ state, page: 0 }),
      },
      `${word} `,
      h('span', { class: 'n' }, formats.count(n)),
    )
  return h(
    'div',
    { class: 'filters' },
    h(
      'div',
      { class: 'chips', role: 'group', 'aria-label': say.states },
      chip('all', say.all, rows.length),
      chip('trouble', say.trouble, rows.filter(isTrouble).length),
      states.map(state => chip(state, texts.mailboxStates[state] ?? state, counts.get(state) ?? 0)),
    ),
    h(
      'label',
      { class: 'field' },
      say.search,
      h('input', {
        type: 'search',
        id: 'search',
        autocomplete: 'off',
        spellcheck: 'false',
        oninput: event => deeds.choose({ search: (event.target as HTMLInputElement).value, page: 0 }),
      }),
    ),
    h(
      'label',
      { class: 'field' },
      say.order,
      h(
        'select',
        { onchange: event => deeds.choose({ order: (event.target as HTMLSelectElement).value as Order, page: 0 }) },
        Object.entries(say.orders).map(([order, word]) => h('option', { value: order, selected: order === choice.order }, word)),
      ),
    ),
  )
}

function pickAll({ texts, formats, choice }: Model, deeds: Deeds, shown: readonly MailboxRow[]): HTMLElement {
  const all = shown.length > 0 && shown.every(({ address }) => choice.picked.has(address))
  return h('input', {
    type: 'checkbox',
    checked: all,
    'aria-label': texts.boxes.pickAll(formats.count(shown.length)),
    onchange: () => deeds.choose({ picked: new Set(all ? [] : shown.map(({ address }) => address)) }),
  })
}

/** What is picked, and what can be done to it. Nothing is shown while nothing is. */
function picked({ texts, formats, choice }: Model, deeds: Deeds, rows: readonly MailboxRow[]): Child {
  const some = rows.filter(({ address }) => choice.picked.has(address))
  if (some.length === 0) return undefined
  return h(
    'div',
    { class: 'picked', role: 'group', 'aria-label': texts.act.title, 'data-key': 'picked' },
    h('strong', {}, texts.boxes.picked(some.length, formats.count(some.length))),
    mailboxActions(some).map(action =>
      h(
        'button',
        {
          type: 'button',
          'data-key': action,
          class: action === 'cancel' && 'grave',
          onclick: () => deeds.ask(action, { mailboxes: some }),
        },
        `${texts.act.names[action]}…`,
      ),
    ),
    h('button', { type: 'button', class: 'quiet', onclick: () => deeds.choose({ picked: new Set() }) }, texts.boxes.unpick),
  )
}

function line(model: Model, deeds: Deeds, wave: string, row: MailboxRow): HTMLElement {
  const { texts, formats, choice, now } = model
  const { address, state, kind, since, messages, bytes } = row
  const toggle = () => {
    const after = new Set(choice.picked)
    if (!after.delete(address)) after.add(address)
    deeds.choose({ picked: after })
  }
  const pick = { type: 'checkbox', checked: choice.picked.has(address), 'aria-label': texts.boxes.pickOne(address) }
  return h(
    'tr',
    { 'data-key': address },
    h('td', { class: 'pick' }, h('input', { ...pick, onchange: toggle })),
    h(
      'th',
      { scope: 'row' },
      h('a', { href: hashOf({ view: 'wave', wave, mailbox: address }) }, address),
      kind !== 'user' && h('span', { class: 'kind' }, texts.kinds[kind] ?? kind),
    ),
    h('td', {}, badge(texts.mailboxStates[state] ?? state, mailboxTone(row))),
    h('td', { class: 'hint' }, formats.span(Math.max(0, now - Date.parse(since)))),
    h('td', {}, progress(messages, share(messages, isCopied(state)), formats)),
    h(
      'td',
      { class: 'number' },
      messages.found === 0 ? nought() : texts.wave.settledOf(formats.count(settled(messages)), formats.count(messages.found)),
    ),
    h('td', { class: 'number' }, messages.found === 0 ? nought() : formats.bytes(bytes.found)),
    h('td', { class: 'number' }, messages.excepted > 0 ? h('strong', {}, formats.count(messages.excepted)) : nought()),
    h('td', { class: 'note' }, note(model, row)),
  )
}

function nought(): HTMLElement {
  return h('span', { class: 'nought' }, '0')
}

function note(model: Model, { error, triesAgainAt, waitsFor, state, unlisted = 0 }: MailboxRow): Child {
  const { texts, formats } = model
  if (!error) {
    const waits =
      waitsFor === undefined || state === 'completed' ? undefined : [texts.wave.waitsFor, texts.colon, told(model, waitsFor)]
    return unlisted > 0 ? [h('p', { class: 'bad-text' }, texts.box.unlisted(formats.count(unlisted))), waits] : waits
  }
  const again = triesAgainAt !== undefined && time(triesAgainAt, texts.boxes.again(formats.at(triesAgainAt)))
  return [h('p', { class: 'bad-text' }, told(model, error.message)), h('p', {}, told(model, error.hint), again && [' ', again])]
}

function pages({ texts, formats }: Model, deeds: Deeds, count: number, page: number): Child {
  if (count <= perPage) return undefined
  const range = texts.boxes.range(
    formats.count(page * perPage + 1),
    formats.count(Math.min(count, (page + 1) * perPage)),
    formats.count(count),
  )
  const turn = (to: number, word: string, possible: boolean) =>
    h(
      'button',
      { type: 'button', 'aria-disabled': !possible && 'true', onclick: () => possible && deeds.choose({ page: to }) },
      word,
    )
  return h(
    'nav',
    { class: 'pages', 'aria-label': texts.boxes.title },
    turn(page - 1, texts.boxes.before, page > 0),
    h('span', {}, range),
    turn(page + 1, texts.boxes.after, page < lastPage(count)),
  )
}
