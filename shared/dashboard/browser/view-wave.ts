/// <reference lib="dom" />
import type { Domain, Wave } from '../answers.ts'
import { waveActions } from './allowed.ts'
import { bar, facts, framed, heads, stateBadge, time, told } from './badges.ts'
import { chart } from './chart.ts'
import type { Deeds } from './deeds.ts'
import { type Child, h } from './dom.ts'
import { headline } from './headline.ts'
import type { Model } from './model.ts'
import { hashOf } from './route.ts'
import { isCopied, isRunning, settled, share } from './standing.ts'
import { trouble, unwarned, warningsView } from './view-warnings.ts'

/** What stands above both pages of a wave: its name, how it stands, what can be done. */
export function waveHead(model: Model, deeds: Deeds, wave: Wave): Child {
  const { texts, formats, route } = model
  const { stands, needs } = headline(model, wave)
  const exceptions = wave.messages.excepted
  const tab = (view: 'wave' | 'exceptions', word: string) =>
    h('a', { href: hashOf({ view, wave: wave.wave }), 'aria-current': route.view === view && 'page' }, word)
  return [
    h(
      'div',
      { class: 'title' },
      h('h1', { tabindex: -1 }, wave.wave),
      stateBadge(texts.waveStates, wave.state),
      wave.verdict && stateBadge(texts.verdicts, wave.verdict),
    ),
    h('p', { class: 'lead' }, stands, needs && ' ', needs && h('strong', {}, needs)),
    route.view === 'wave' && warningsView(model, deeds, wave),
    steps(model, wave),
    h(
      'div',
      { class: 'tools' },
      h(
        'div',
        { class: 'actions', role: 'group', 'aria-label': texts.act.title },
        waveActions(wave).map(action =>
          h(
            'button',
            { type: 'button', 'data-key': action, class: grave.includes(action) && 'grave', onclick: () => deeds.ask(action) },
            `${texts.act.names[action]}…`,
          ),
        ),
      ),
      h(
        'div',
        { class: 'actions', role: 'group', 'aria-label': texts.wave.report },
        h('span', { class: 'hint', 'aria-hidden': 'true' }, texts.wave.report),
        (['xlsx', 'csv', 'json'] as const).map(format => {
          const label = texts.wave.reportAs(format.toUpperCase())
          return h('button', { type: 'button', 'aria-label': label, onclick: () => deeds.report(format) }, format.toUpperCase())
        }),
      ),
    ),
    isWrong(model, wave) && waveActions(wave).includes('update') && h('p', { class: 'hint' }, texts.wave.corrected),
    h(
      'nav',
      { class: 'tabs', 'aria-label': wave.wave },
      tab('wave', texts.wave.overview),
      tab('exceptions', `${texts.wave.exceptions} (${formats.count(exceptions)})`),
    ),
  ]
}

/** Did something of the wave fail, so that its playbook may be wrong? */
function isWrong({ mailboxes = [] }: Model, { error, domains }: Wave): boolean {
  return error !== undefined || [...domains, ...mailboxes].some(one => one.error !== undefined)
}

const grave: readonly string[] = ['cancel', 'rollback']

/** Figures, reasons and domains of a wave. */
export function waveBody(model: Model, wave: Wave): Child {
  const { texts, points } = model
  const moved = points.get(wave.wave) ?? []
  return [
    wave.reasons &&
      h(
        'section',
        { class: 'reasons' },
        h('h2', {}, texts.wave.why),
        h(
          'ul',
          {},
          wave.reasons.map(reason => h('li', {}, told(model, reason))),
        ),
      ),
    h(
      'section',
      { class: 'figures' },
      h('h2', { class: 'unseen' }, texts.wave.figures),
      figures(model, wave),
      isRunning(wave) && chart(model, moved),
    ),
    wave.domains.length > 0 && domains(model, wave),
  ]
}

function figures(model: Model, wave: Wave): HTMLElement {
  const { texts, formats } = model
  const { messages, bytes, forecast, waitsFor, day, asked } = wave
  const done = wave.state === 'closed' || Object.keys(wave.mailboxes.byState).every(isCopied)
  const through = share(messages, done)
  const parts = [
    texts.wave.copied(messages.copied, formats.count(messages.copied)),
    messages.adopted > 0 && texts.wave.adopted(messages.adopted, formats.count(messages.adopted)),
    messages.excepted > 0 && texts.wave.excepted(messages.excepted, formats.count(messages.excepted)),
  ].filter(part => part !== false)
  const at = (iso: string | undefined) => (iso === undefined ? undefined : time(iso, formats.at(iso)))
  const ends =
    forecast &&
    time(forecast.copyEndsAt, texts.wave.forecastAt(formats.at(forecast.copyEndsAt), formats.bytes(forecast.bytesPerSecond)))
  return h(
    'div',
    { class: 'numbers' },
    h(
      'div',
      { class: 'great' },
      h('strong', {}, formats.percent(through)),
      h('span', {}, texts.wave.messagesOf(formats.count(settled(messages)), formats.count(messages.found))),
      bar(messages, through),
      h('span', { class: 'hint' }, parts.join(' · ')),
    ),
    facts([
      [texts.wave.waitsFor, waitsFor === undefined ? undefined : told(model, waitsFor)],
      [texts.wave.forecast, ends ?? undefined],
      [texts.wave.mailboxes, formats.count(wave.mailboxes.total)],
      [texts.wave.bytes, texts.wave.settledOf(formats.bytes(bytes.copied), formats.bytes(bytes.found))],
      [texts.wave.day, day === undefined ? undefined : formats.day(day)],
      [texts.wave.asked, asked && texts.wave.askedFor(formats.day(asked.day), asked.who, asked.why)],
      [texts.wave.enqueued, wave.beganAt === undefined ? at(wave.createdAt) : undefined],
      [texts.wave.began, at(wave.beganAt)],
      [texts.wave.switched, at(wave.switchedAt)],
      [texts.wave.closed, at(wave.closedAt)],
      [texts.wave.playbook, texts.wave.version(wave.playbook, String(wave.playbookVersion))],
    ]),
  )
}

const path = ['planned', 'preparing', 'ready', 'cutting-over', 'finishing', 'closed']

/** The way of a wave, with the step it is at; none where it has left the way. */
function steps({ texts }: Model, { state }: Wave): Child {
  const at = path.indexOf(state === 'closing' ? 'finishing' : state)
  if (at < 0) return undefined
  const items = path.map((step, i) => {
    const kind = i < at || state === 'closed' ? 'past' : i === at ? 'now' : 'later'
    return h('li', { class: kind, 'aria-current': i === at && 'step' }, texts.waveStates[step] ?? step)
  })
  return h('ol', { class: 'steps', 'aria-label': texts.wave.steps }, items)
}

function domains(model: Model, wave: Wave): HTMLElement {
  const { texts, formats } = model
  const say = texts.wave
  const list = (lines: readonly string[], none: string) =>
    lines.length === 0
      ? h('span', { class: 'hint' }, none)
      : h(
          'ul',
          { class: 'plain code' },
          lines.map(line => h('li', {}, line)),
        )
  const row = (one: Domain) => {
    const { domain, state, before, wanted, answers, waitsFor, error, switchedAt } = one
    return h(
      'tr',
      { 'data-key': domain },
      h('th', { scope: 'row' }, domain),
      h(
        'td',
        { class: 'note' },
        stateBadge(texts.domainStates, state),
        switchedAt !== undefined && h('span', { class: 'hint' }, time(switchedAt, formats.at(switchedAt))),
        waitsFor !== undefined && h('p', {}, say.waitsFor, texts.colon, told(model, waitsFor)),
        error && trouble(model, error),
        unwarned(wave, one).map(note => h('p', {}, told(model, note))),
      ),
      h('td', { class: 'mx' }, list(before, say.unknown)),
      h('td', { class: 'mx' }, list(wanted, say.unknown)),
      h('td', {}, list(answers, say.notAsked)),
    )
  }
  const table = h(
    'table',
    { class: 'stack' },
    h('caption', { class: 'unseen' }, say.domains),
    heads(say.domain, texts.list.state, say.before, say.wanted, say.answers),
    h('tbody', {}, wave.domains.map(row)),
  )
  return h('section', {}, h('h2', {}, say.domains), framed(say.domains, table))
}
