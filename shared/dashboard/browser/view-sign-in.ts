/// <reference lib="dom" />
import type { Deeds } from './deeds.ts'
import { h } from './dom.ts'
import type { Model } from './model.ts'

/** Asks for the host key. */
export function signIn({ texts: { signIn: say }, signedIn }: Model, deeds: Deeds): HTMLElement {
  const wrong = signedIn === 'wrong'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const key = new FormData(event.target as HTMLFormElement).get('key')
    if (typeof key === 'string' && key.trim() !== '') deeds.signIn(key.trim())
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
      h('button', { type: 'submit', class: 'main' }, say.enter),
    ),
  )
}
