/// <reference lib="dom" />
import type { WaveRow } from '../answers.ts'
import { framed, heads, progress, right, stateBadge, time, told } from './badges.ts'
import { type Child, h } from './dom.ts'
import { counted, headline } from './headline.ts'
import type { Model } from './model.ts'
import { hashOf } from './route.ts'
import { countIn, isCopied, isRunning, needsSomebody, settled, share, urgencyOf } from './standing.ts'

/** Every wave in a row, those first that want a look, each kind newest first; above them what needs somebody. */
export function wavesView(model: Model): Child {
  const { texts, waves } = model
  const title = h('h1', { tabindex: -1 }, texts.waves)
  if (!waves) return [title, h('p', { class: 'hint' }, texts.loading)]
  if (waves.length === 0) return [title, h('p', { class: 'lead' }, texts.list.none)]
  const say = texts.list
  const table = h(
    'table',
    { class: 'waves' },
    h('caption', { class: 'unseen' }, say.caption),
    heads(say.wave, say.state, say.progress, right(say.mailboxes), right(say.messages), right(say.size), say.next),
    h(
      'tbody',
      {},
      waves.toSorted((one, other) => urgencyOf(one) - urgencyOf(other)).map(wave => row(model, wave)),
    ),
  )
  return [title, summary(model, waves), framed(say.caption, table)]
}

function summary({ texts, formats }: Model, waves: readonly WaveRow[]): HTMLElement {
  const needing = waves.filter(needsSomebody)
  const running = waves.filter(isRunning).length
  const others = waves.filter(wave => wave.needs && !needsSomebody(wave)).length
  const rest = others > 0 && texts.list.others(others, formats.count(others))
  if (needing.length === 0) {
    const going = texts.list.going(running, formats.count(running))
    return h('p', { class: 'lead' }, going, ' ', rest || texts.headline.calm)
  }
  const links = needing.slice(0, 12).map(({ wave }) => h('li', {}, h('a', { href: hashOf({ view: 'wave', wave }) }, wave)))
  const words = h('p', { class: 'lead' }, texts.list.needs(needing.length, formats.count(needing.length)))
  return h('div', { class: 'needs' }, words, h('ul', { class: 'inline' }, links), rest && h('p', { class: 'hint' }, rest))
}

function row(model: Model, wave: WaveRow): HTMLElement {
  const { texts, formats } = model
  const { state, verdict, messages, bytes, mailboxes } = wave
  const held = countIn(wave, 'held')
  const done = state === 'closed' || Object.keys(mailboxes.byState).every(isCopied)
  return h(
    'tr',
    { 'data-key': wave.wave },
    h('th', { scope: 'row' }, h('a', { href: hashOf({ view: 'wave', wave: wave.wave }) }, wave.wave)),
    h('td', {}, verdict ? stateBadge(texts.verdicts, verdict) : stateBadge(texts.waveStates, state)),
    h('td', {}, progress(messages, share(messages, done), formats)),
    h(
      'td',
      { class: 'number' },
      held > 0
        ? h('strong', { class: 'bad-text' }, texts.list.heldOf(formats.count(held), formats.count(mailboxes.total)))
        : formats.count(mailboxes.total),
    ),
    h('td', { class: 'number' }, texts.wave.settledOf(formats.count(settled(messages)), formats.count(messages.found))),
    h('td', { class: 'number' }, formats.bytes(bytes.found)),
    h(
      'td',
      { class: 'note' },
      next(model, wave),
      wave.state === 'held' && wave.error && h('p', { class: 'bad-text' }, told(model, wave.error.message)),
      wave.needs && h('p', { class: 'open' }, counted(model, wave.needs).join(' ')),
      wave.asked && h('p', {}, texts.wave.asked, texts.colon, formats.day(wave.asked.day)),
    ),
  )
}

function next(model: Model, wave: WaveRow): Child {
  const { texts, formats } = model
  const { waitsFor, forecast, closedAt, day, state } = wave
  if (forecast) {
    const { copyEndsAt, bytesPerSecond } = forecast
    return [
      texts.wave.forecast,
      ' ',
      time(copyEndsAt, texts.wave.forecastAt(formats.at(copyEndsAt), formats.bytes(bytesPerSecond))),
    ]
  }
  if (state === 'planned' && day) return [texts.list.day, ' ', formats.day(day)]
  if (waitsFor) return [texts.wave.waitsFor, texts.colon, told(model, waitsFor)]
  if (closedAt) return [texts.wave.closed, ' ', time(closedAt, formats.at(closedAt))]
  return headline(model, wave).stands
}
