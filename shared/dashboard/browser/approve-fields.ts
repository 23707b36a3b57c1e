/// <reference lib="dom" />
import type { Wave, Word } from '../answers.ts'
import { lateDomains } from './allowed.ts'
import { h } from './dom.ts'
import { field } from './field.ts'
import type { Texts } from './texts-en.ts'

type Say = Texts['act']
type Step = keyof Say['stepNames']

/** What is asked of whoever approves: which step, those first whose word is awaited, and what belongs to that step alone. */
export function approveFields(say: Say, wave: Wave): HTMLElement[] {
  const { awaits = [] } = wave
  const steps = stepsOf(say, wave)
  const parts = new Map(
    steps.map(step => [
      step,
      part(
        say,
        wave,
        step,
        awaits.find(one => one.step === step),
      ),
    ]),
  )
  const show = (chosen: string) => {
    for (const [step, one] of parts) one.hidden = one.disabled = step !== chosen
  }
  const option = (step: Step) => {
    const name = say.stepNames[step]
    return h('option', { value: step }, awaits.some(one => one.step === step) ? say.awaited(name) : name)
  }
  const choice = h('select', { name: 'step', onchange: () => show(choice.value) }, steps.map(option))
  show(steps[0] ?? '')
  return [field(say.step, choice), ...parts.values()]
}

/** What the approval says beside its step and reason. */
export function approvalOf(data: FormData): { step: string; as?: string; without?: string[] } {
  const given = (name: string) => String(data.get(name) ?? '').trim()
  const without = given('without')
    .split(/[\s,;]+/)
    .filter(Boolean)
  const as = given('as')
  return { step: given('step'), ...(as ? { as } : {}), ...(without.length > 0 ? { without } : {}) }
}

/** A wave may be confirmed, and its cutover ordered, before it waits for that; once it has ended a pilot can be judged. */
function stepsOf({ stepNames }: Say, { awaits = [], state }: Wave): Step[] {
  const awaited = awaits.flatMap(({ step }) => (Object.hasOwn(stepNames, step) ? [step as Step] : []))
  const early: Step[] = ['closed', 'cancelled', 'rolled-back'].includes(state) ? [] : ['cutover', 'confirm']
  return [...new Set([...awaited, ...early])]
}

function part(say: Say, wave: Wave, step: Step, word: Word | undefined): HTMLFieldSetElement {
  const names: Readonly<Record<string, string>> = say.roles
  const by = word?.by ?? []
  const roles = step === 'freeze' ? [] : by.filter(one => one !== 'anybody' && one in names)
  const option = (role: string) => h('option', { value: role, selected: role === 'operator' }, names[role])
  const late = lateDomains(wave).slice(0, 20).join(', ')
  const value = word?.without?.join(', ') ?? ''
  return h(
    'fieldset',
    {},
    h('p', { class: 'hint' }, say.stepDoes[step], by.length > 0 && ` ${say.by(by.map(one => names[one] ?? one).join(', '))}`),
    roles.length > 0 && field(say.as, h('select', { name: 'as' }, h('option', { value: '' }, say.asNone), roles.map(option))),
    step === 'cutover' &&
      field(say.without, h('input', { name: 'without', autocomplete: 'off', spellcheck: 'false', value }), say.withoutHint(late)),
  )
}
