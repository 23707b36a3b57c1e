/// <reference lib="dom" />
import { time, told } from './badges.ts'
import type { Deeds } from './deeds.ts'
import { type Child, h } from './dom.ts'
import { languages } from './languages.ts'
import type { Model } from './model.ts'
import { hashOf } from './route.ts'

/** The page around its content: where one is, how fresh it is, language and key. */
export function frame(model: Model, deeds: Deeds, content: Child): HTMLElement {
  const { texts, route, signedIn } = model
  const here = route.view === 'waves' ? undefined : route.wave
  return h(
    'div',
    { class: 'page' },
    h('a', { class: 'skip', href: '#content', onclick: toContent }, texts.skip),
    h(
      'header',
      { class: 'top' },
      h('a', { class: 'brand', href: '#/waves' }, 'Relève'),
      h(
        'nav',
        { 'aria-label': texts.waves },
        h('a', { href: hashOf({ view: 'waves' }), 'aria-current': here === undefined && 'page' }, texts.waves),
        here !== undefined && h('span', { class: 'crumb', 'aria-hidden': 'true' }, '›'),
        here !== undefined && h('a', { href: hashOf({ view: 'wave', wave: here }) }, here),
      ),
      signedIn === 'in' && freshness(model),
      h(
        'div',
        { class: 'own' },
        h(
          'label',
          {},
          h('span', { class: 'unseen' }, texts.language),
          h(
            'select',
            { id: 'language', onchange: event => deeds.speak((event.target as HTMLSelectElement).value) },
            Object.entries(languages).map(([tag, { name }]) =>
              h('option', { value: tag, lang: tag, selected: tag === model.language }, name),
            ),
          ),
        ),
        signedIn === 'in' && h('button', { type: 'button', class: 'quiet', onclick: () => deeds.forget() }, texts.signIn.forget),
      ),
    ),
    warning(model),
    h('main', { id: 'content', tabindex: -1 }, content),
    h('footer', {}, texts.zone(model.formats.zone())),
  )
}

/** What stands after `#` is the route, so that the link must not change it. */
function toContent(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}

function freshness({ texts, formats, asOf, everyMs, lostAt }: Model): HTMLElement {
  if (asOf === undefined) return h('p', { class: 'fresh' }, texts.loading)
  const when = time(new Date(asOf).toISOString(), texts.asOf(formats.clock(asOf)))
  const every = texts.every(formats.count(Math.round(everyMs / 1000)))
  return h('p', { class: lostAt === undefined ? 'fresh' : 'fresh stale' }, when, ' ', h('span', {}, every))
}

function warning(model: Model): Child {
  const { texts, formats, asOf, lostAt, trouble } = model
  const lost =
    lostAt === undefined
      ? undefined
      : asOf === undefined
        ? texts.lostFromStart
        : texts.lost(formats.clock(lostAt), formats.clock(asOf))
  if (lost !== undefined) return h('p', { class: 'warning', id: 'lost' }, lost)
  return trouble !== undefined && h('p', { class: 'warning', id: 'trouble' }, `${texts.trouble} `, told(model, trouble))
}
