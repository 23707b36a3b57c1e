/// <reference lib="dom" />
import type { Deeds } from './deeds.ts'
import { h } from './dom.ts'
import type { Model } from './model.ts'

/** Asks for the host key, and for the operator’s token where he has one. */
export function signIn({ texts: { signIn: say }, signedIn }: Model, deeds: Deeds): HTMLElement {
  const wrong = signedIn === 'wrong'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    const given = (name: string) => String(data.get(name) ?? '').trim()
    if (given('key') !== '') deeds.signIn(given('key'), given('token'))
  }
  return h(
    'section',
    { class: 'sign-in', 'data-key': 'sign-in' },
    h('h1', { tabindex: -1 }, say.title),
    h('p', {}, say.lead),
    h(
      'form',
      { onsubmit: submit },
      h('label', { for: 'key' }, say.key),
      h('input', {
        id: 'key',
        name: 'key',
        type: 'password',
        required: true,
        autocomplete: 'current-password',
        spellcheck: 'false',
        'aria-describedby': wrong ? 'key-wrong key-hint' : 'key-hint',
        'aria-invalid': wrong && 'true',
      }),
      wrong && h('p', { id: 'key-wrong', class: 'fault', role: 'alert' }, say.wrong),
      h('p', { id: 'key-hint', class: 'hint' }, say.keyHint, ' ', say.kept),
      h('label', { for: 'token' }, say.token),
      h('input', {
        id: 'token',
        name: 'token',
        type: 'password',
        autocomplete: 'off',
        spellcheck: 'false',
        'aria-describedby': 'token-hint',
      }),
      h('p', { id: 'token-hint', class: 'hint' }, say.tokenHint),
      h('button', { type: 'submit', class: 'main' }, say.enter),
    ),
  )
}
