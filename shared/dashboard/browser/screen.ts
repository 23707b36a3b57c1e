/// <reference lib="dom" />
import type { Deeds } from './deeds.ts'
import { type Child, h, morph } from './dom.ts'
import type { Model } from './model.ts'
import { exceptionsView } from './view-exceptions.ts'
import { frame } from './view-frame.ts'
import { mailboxView } from './view-mailbox.ts'
import { mailboxesView } from './view-mailboxes.ts'
import { signIn } from './view-sign-in.ts'
import { waveBody, waveHead } from './view-wave.ts'
import { wavesView } from './view-waves.ts'

/** What is on the screen: the page, the panel of one mailbox, and a line that is read aloud. */
export type Screen = {
  draw(model: Model): void
  /** Says something politely; `shown`: for eyes too, for some seconds. What is shown is not cut short by what is only said. */
  say(words: string, shown: boolean): void
  /** Moves the focus to the heading of the page that was gone to. */
  arrive(): void
}

const toastMs = 8_000

export function screen(deeds: Deeds): Screen {
  const page = h('div', {})
  const panel = h('dialog', { class: 'sheet', 'aria-labelledby': 'panel-title' })
  const voice = h('p', { id: 'said', role: 'status', class: 'unseen' })
  document.body.append(page, panel, voice)
  let route: Model['route'] = { view: 'waves' }
  let hide: ReturnType<typeof setTimeout> | undefined
  panel.addEventListener('close', () => {
    if (route.view === 'wave' && route.mailbox !== undefined) deeds.go({ view: 'wave', wave: route.wave })
  })
  return {
    draw(model) {
      ;({ route } = model)
      document.documentElement.lang = model.language
      document.title = titleOf(model)
      keepingFocus(() => morph(page, h('div', {}, frame(model, deeds, content(model, deeds)))))
      const address = model.signedIn === 'in' && route.view === 'wave' ? route.mailbox : undefined
      if (address !== undefined) {
        keepingFocus(() =>
          morph(panel, h('dialog', { class: 'sheet', 'aria-labelledby': 'panel-title' }, mailboxView(model, deeds, address))),
        )
        if (!panel.open) panel.showModal()
      } else if (panel.open) panel.close()
    },
    say(words, shown) {
      clearTimeout(hide)
      const already = voice.className === 'toast' && !shown
      voice.textContent = already ? `${voice.textContent} ${words}` : words
      voice.className = already || shown ? 'toast' : 'unseen'
      hide = setTimeout(() => {
        voice.className = 'unseen'
      }, toastMs)
    },
    arrive() {
      if (!panel.open) page.querySelector('h1')?.focus({ preventScroll: true })
      if (!panel.open) scrollTo(0, 0)
    },
  }
}

function content(model: Model, deeds: Deeds): Child {
  const { signedIn, route, wave, texts } = model
  if (signedIn !== 'in') return signIn(model, deeds)
  if (route.view === 'waves') return wavesView(model)
  if (!wave)
    return [
      h('div', { class: 'title' }, h('h1', { tabindex: -1 }, route.wave)),
      model.trouble === undefined && h('p', { class: 'hint' }, texts.loading),
    ]
  if (route.view === 'exceptions') return [waveHead(model, deeds, wave), exceptionsView(model)]
  return [waveHead(model, deeds, wave), waveBody(model, wave), mailboxesView(model, deeds, wave.wave)]
}

function titleOf({ signedIn, texts, route, wave }: Model): string {
  if (signedIn !== 'in') return `${texts.signIn.title} · Relève`
  if (route.view === 'waves') return `${texts.waves} · Relève`
  const state = wave && (texts.waveStates[wave.state] ?? wave.state)
  const at = route.view === 'exceptions' ? texts.wave.exceptions : route.mailbox
  return [at, route.wave, state, 'Relève'].filter(part => part !== undefined).join(' · ')
}

/** A row that moves in its table would lose the focus; what is gone leaves it to the table or the heading that it stood under. */
function keepingFocus(draw: () => void): void {
  const before = document.activeElement
  const around = before?.closest('.frame, dialog, main')
  draw()
  if (!(before instanceof HTMLElement) || before === document.activeElement || before === document.body) return
  const place = around?.isConnected ? around : document.body
  const next = before.isConnected ? before : place.matches('.frame') ? place : place.querySelector('h1, #panel-title')
  if (next instanceof HTMLElement) next.focus({ preventScroll: true })
}
