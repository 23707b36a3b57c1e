/// <reference lib="dom" />

import { api as apiOf, Refused, Unreachable } from './api.ts'
import { changes } from './changes.ts'
import type { Deeds } from './deeds.ts'
import { formats } from './formats.ts'
import { keepLanguage, languageAtFirst, tellIn, textsOf, varietyOf } from './languages.ts'
import { load } from './load.ts'
import { type Model, nothingChosen } from './model.ts'
import { orderDialog } from './order-dialog.ts'
import { lostMs, paceOf } from './pace.ts'
import { poll as polling } from './poll.ts'
import { withPoint } from './rates.ts'
import { hashOf, routeOf } from './route.ts'
import { screen as screenOf } from './screen.ts'
import { session as sessionOf } from './session.ts'

const session = sessionOf()
const api = apiOf(session)
const inLanguage = async (language: string) => {
  const written = formats(varietyOf(language), Date.now)
  return { language, texts: textsOf(language), formats: written, tell: await tellIn(language, written) }
}

let model: Model = {
  ...(await inLanguage(languageAtFirst())),
  now: Date.now(),
  signedIn: 'in',
  route: routeOf(location.hash),
  everyMs: 0,
  choice: nothingChosen,
  points: new Map(),
}

const deeds: Deeds = {
  signIn(key, token) {
    session.keepKey(key, token)
    change({ signedIn: 'in' })
    poll.now()
  },
  forget() {
    session.forget()
    change({ ...nothingLoaded, signedIn: 'out', asOf: undefined })
  },
  speak(language) {
    keepLanguage(language)
    // Of two choices in a row the later one counts, whichever comes first.
    void inLanguage(language).then(spoken => languageAtFirst() === language && change(spoken))
  },
  go(route) {
    location.hash = hashOf(route)
  },
  choose(choice) {
    change({ choice: { ...model.choice, ...choice } })
  },
  ask(action, { mailboxes: rows, ...lines } = {}) {
    const { texts, tell, wave, route } = model
    if (!wave || route.view === 'waves') return
    const n = rows?.length ?? wave.mailboxes.total
    const scope = { all: rows === undefined, n, count: model.formats.count(n), wave: wave.wave }
    const mailboxes = rows ? { mailboxes: rows.map(({ address }) => address) } : {}
    const dialog = orderDialog(
      { texts, tell, formats: model.formats },
      {
        ...{ action, scope, operator: session.token() ? undefined : session.operator(), wave, ...lines, ...mailboxes },
        ...(action === 'update' ? { tried: api.tryUpdate(wave.wave, { why: texts.act.names.update }) } : {}),
      },
      ({ who, order }) => {
        session.keepOperator(who)
        return api.act(wave.wave, action, order)
      },
      ({ changed }) => {
        const name = texts.act.names[action]
        change({ choice: { ...model.choice, picked: new Set() } })
        screen.say(changed > 0 ? texts.act.done(name, changed, model.formats.count(changed)) : texts.act.nothing(name), true)
        poll.now()
      },
    )
    dialog.addEventListener('close', () => dialog.remove())
    document.body.append(dialog)
    dialog.showModal()
  },
  report(format) {
    const { route, texts, tell } = model
    if (route.view === 'waves') return
    const name = `${route.wave}-report.${format}`
    api.save(`waves/${encodeURIComponent(route.wave)}/report.${format}`, name).then(
      () => screen.say(texts.wave.saved(name), true),
      error => {
        const said = (words: string) => tell(words).map(({ text }) => text)
        screen.say(error instanceof Refused ? [texts.trouble, ' ', ...said(error.message)].join('') : texts.changed.lost, true)
      },
    )
  },
}

const screen = screenOf(deeds)
const nothingLoaded = { waves: undefined, wave: undefined, mailboxes: undefined, mailbox: undefined, exceptions: undefined }
let drawing = false

function change(some: Partial<Model>): void {
  const before = model
  model = { ...model, ...some }
  const heard = changes(before, model)
  if (heard.length > 0) screen.say(heard.join(' '), false)
  if (drawing) return
  drawing = true
  queueMicrotask(() => {
    drawing = false
    model = { ...model, now: Date.now() }
    screen.draw(model)
  })
}

/** One round of questions; answers after how many ms the next is due. */
async function ask(signal: AbortSignal): Promise<number> {
  if (model.signedIn !== 'in') return lostMs
  const began = performance.now()
  try {
    const loaded = await load(api, model.route, model, signal)
    if (signal.aborted) return lostMs
    const everyMs = paceOf(loaded, performance.now() - began)
    change({ ...loaded, ...measured(loaded), everyMs, asOf: Date.now(), lostAt: undefined, trouble: undefined })
    return everyMs
  } catch (error) {
    if (!signal.aborted) change(afterwards(error))
    return lostMs
  }
}

/** One more point for the chart. */
function measured({ wave }: Pick<Model, 'wave'>): Partial<Model> {
  if (!wave) return {}
  const point = { at: Date.now(), messages: wave.messages.copied + wave.messages.adopted }
  return { points: new Map(model.points).set(wave.wave, withPoint(model.points.get(wave.wave) ?? [], point)) }
}

/** What the page shows after a round that failed. What it had loaded stays, with its age. */
function afterwards(error: unknown): Partial<Model> {
  if (error instanceof Unreachable) return { lostAt: model.lostAt ?? Date.now() }
  if (!(error instanceof Refused)) throw error
  if (error.status !== 401) return { lostAt: undefined, trouble: error.message }
  const wrong = session.key() !== ''
  session.forget()
  return { ...nothingLoaded, signedIn: wrong ? 'wrong' : 'out', asOf: undefined, lostAt: undefined, trouble: undefined }
}

const poll = polling(ask)

addEventListener('hashchange', () => {
  const from = model.route
  const route = routeOf(location.hash)
  const sameWave = from.view !== 'waves' && route.view !== 'waves' && from.wave === route.wave
  const kept = sameWave ? { mailbox: undefined } : { ...nothingLoaded, choice: nothingChosen }
  change({ ...kept, route, trouble: undefined })
  poll.now()
  if (from.view !== route.view || !sameWave) queueMicrotask(() => screen.arrive())
})

change({})
poll.now()
