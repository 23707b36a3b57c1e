/// <reference lib="dom" />
import type { Acted, Action, Updating, Wave } from '../answers.ts'
import type { Scope } from './acts-en.ts'
import { Refused } from './api.ts'
import { approvalOf, approveFields } from './approve-fields.ts'
import { told } from './badges.ts'
import { type Child, h } from './dom.ts'
import { field } from './field.ts'
import { foretold, refusal } from './foretold.ts'
import type { Model } from './model.ts'

/** What is about to be ordered. `mailboxes` absent: the whole wave. `operator` undefined: his token says who he is. `toDo`: what is said to be done; `steps`: whose hour was missed; `tried`: what was asked beforehand, and what the order waits for. */
export type Intent = {
  action: Action
  scope: Scope
  mailboxes?: string[]
  operator: string | undefined
  wave: Wave
  toDo?: readonly string[]
  steps?: readonly string[]
  tried?: Promise<Updating>
}

/** What a person confirmed: who, why, and what the action asks besides. */
export type Confirmed = { who: string; order: Order }
type Order = {
  why: string
  mailboxes?: string[]
  toDo?: readonly string[]
  steps?: readonly string[]
  day?: string
  step?: string
  as?: string
  without?: string[]
}

/**
 * Says what the action will do, asks who and why, and for what cannot be undone for the wave’s name. `carryOut` does it; its refusal is shown
 * in the dialog, and `done` is called after it was done.
 */
export function orderDialog(
  { texts, tell, formats }: Pick<Model, 'texts' | 'tell' | 'formats'>,
  intent: Intent,
  carryOut: (confirmed: Confirmed) => Promise<Acted>,
  done: (acted: Acted) => void,
): HTMLDialogElement {
  const say = texts.act
  const { action, scope } = intent
  const about = intent.toDo ?? intent.steps ?? []
  const fault = h('p', { class: 'fault', role: 'alert', hidden: true })
  const confirm = h(
    'button',
    { type: 'submit', class: grave(intent) ? 'main grave' : 'main' },
    say.confirm(say.names[action], scope),
  )
  const form = h(
    'form',
    { class: 'order' },
    h('h2', { id: 'order-title' }, say.names[action]),
    h('p', { id: 'order-does' }, say.does[action](scope)),
    about.length > 0 &&
      h(
        'ul',
        { class: 'about' },
        about.map(line => h('li', {}, told({ tell }, line))),
      ),
    intent.tried && foretold({ texts, tell, formats }, intent.tried, confirm),
    intent.operator !== undefined &&
      field(say.who, h('input', { name: 'who', required: true, autocomplete: 'name', maxlength: 100, value: intent.operator })),
    action === 'reschedule' &&
      field(say.day, h('input', { name: 'day', type: 'date', required: true, value: intent.wave.day ?? '' })),
    action === 'approve' && approveFields({ texts, tell }, intent.wave),
    field(say.why, h('textarea', { name: 'why', rows: 3, required: true, minlength: 3, maxlength: 500 }), say.whyHint),
    grave(intent) &&
      field(say.type(scope.wave), h('input', { name: 'typed', required: true, autocomplete: 'off', spellcheck: 'false' })),
    fault,
    h('div', { class: 'actions' }, confirm, h('button', { type: 'button', onclick: () => dialog.close() }, say.dismiss)),
  )
  const dialog = h('dialog', { class: 'ask', 'aria-labelledby': 'order-title', 'aria-describedby': 'order-does' }, form)
  const complain = (...lines: Child[]) => {
    fault.replaceChildren(...lines.map(line => h('span', {}, line)))
    fault.hidden = false
    confirm.disabled = false
  }
  form.onsubmit = event => {
    event.preventDefault()
    const data = new FormData(form)
    const given = (name: string) => String(data.get(name) ?? '').trim()
    if (grave(intent) && given('typed') !== scope.wave) return complain(say.mistyped)
    confirm.disabled = true
    const order = {
      why: given('why'),
      ...(intent.mailboxes ? { mailboxes: intent.mailboxes } : {}),
      ...(action === 'reschedule' ? { day: given('day') } : {}),
      ...(intent.toDo ? { toDo: intent.toDo } : {}),
      ...(intent.steps ? { steps: intent.steps } : {}),
      ...(action === 'approve' ? approvalOf(data) : {}),
    }
    carryOut({ who: given('who'), order }).then(
      acted => {
        dialog.close()
        done(acted)
      },
      error => {
        if (error instanceof Refused) complain(...refusal({ texts, tell }, error), say.failed)
        else complain(say.unanswered)
      },
    )
  }
  return dialog
}

/** What cannot be undone wants the wave’s name typed. */
function grave({ action }: Intent): boolean {
  return action === 'cancel' || action === 'rollback'
}
