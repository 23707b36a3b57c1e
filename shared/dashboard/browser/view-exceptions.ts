/// <reference lib="dom" />
import type { Exception } from '../answers.ts'
import { framed, heads, right, time, told } from './badges.ts'
import { type Child, h } from './dom.ts'
import type { Model } from './model.ts'
import { hashOf } from './route.ts'
import { byPolicy } from './standing.ts'

/** So many are shown; all of them are in the report. */
const mostShown = 500

/** Every message of a wave that did not arrive as it was, and what to do about each; those that nobody decided first. */
export function exceptionsView(model: Model): Child {
  const { texts, formats, exceptions } = model
  const say = texts.exceptions
  const title = h('h2', {}, texts.wave.exceptions)
  if (!exceptions) return h('section', {}, title, h('p', { class: 'hint' }, texts.loading))
  if (exceptions.length === 0) return h('section', {}, title, h('p', {}, say.none))
  const ruled = ({ outcome }: Exception) => Number(byPolicy.includes(outcome))
  const shown = exceptions.toSorted((a, b) => ruled(a) - ruled(b)).slice(0, mostShown)
  return h(
    'section',
    {},
    title,
    h('p', {}, say.lead),
    exceptionTable(model, shown, 'mailbox', say.caption(formats.count(exceptions.length))),
    exceptions.length > mostShown &&
      h('p', { class: 'hint' }, texts.boxes.range('1', formats.count(mostShown), formats.count(exceptions.length))),
  )
}

/** Exceptions as a table; in a mailbox’s own panel the mailbox is not repeated. */
export function exceptionTable(
  model: Model,
  rows: readonly Exception[],
  first: 'mailbox' | 'folder',
  caption: string,
): HTMLElement {
  const { texts, formats, route } = model
  const say = texts.exceptions
  const wave = route.view === 'waves' ? '' : route.wave
  const where = ({ mailbox, folder }: Exception) =>
    first === 'folder'
      ? h('th', { scope: 'row', class: 'path' }, folder)
      : [
          h('th', { scope: 'row' }, h('a', { href: hashOf({ view: 'wave', wave, mailbox }) }, mailbox)),
          h('td', { class: 'path' }, folder),
        ]
  const reasons = ({ reason }: Exception) => reason.split('; ').map((part, i) => [i > 0 && '; ', told(model, part)])
  const row = (one: Exception) =>
    h(
      'tr',
      { 'data-key': `${one.mailbox} ${one.folder} ${one.uidValidity} ${one.uid}` },
      where(one),
      h('td', {}, one.date ? time(one.date, formats.date(one.date)) : '', h('span', { class: 'hint' }, say.uid(String(one.uid)))),
      h('td', { class: 'number' }, formats.bytes(one.bytes)),
      h(
        'td',
        { class: 'note' },
        h('strong', {}, texts.outcomes[one.outcome] ?? one.outcome),
        one.reason !== one.outcome && h('p', {}, reasons(one)),
      ),
      h('td', { class: 'note' }, texts.remedies[one.outcome] ?? told(model, one.remedy)),
    )
  const table = h(
    'table',
    { class: 'stack' },
    h('caption', { class: 'unseen' }, caption),
    heads(
      ...(first === 'mailbox' ? [say.mailbox] : []),
      say.folder,
      say.message,
      right(texts.wave.bytes),
      say.outcome,
      say.remedy,
    ),
    h('tbody', {}, rows.map(row)),
  )
  return framed(caption, table)
}
