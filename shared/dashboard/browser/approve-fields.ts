/// <reference lib="dom" />
import type { Wave, Word } from '../answers.ts'
import { lateDomains } from './allowed.ts'
import { told } from './badges.ts'
import { type Child, h } from './dom.ts'
import { field } from './field.ts'
import type { Model } from './model.ts'
import type { Texts } from './texts-en.ts'

type Words = Pick<Model, 'texts' | 'tell'>
type Say = Texts['act']
type Step = keyof Say['stepNames']

/** What is asked of whoever approves: which step, those first whose word is awaited, and what belongs to that step alone. */
export function approveFields(words: Words, wave: Wave): HTMLElement[] {
  const say = words.texts.act
  const { awaits = [] } = wave
  const steps = stepsOf(say, wave)
  const parts = new Map(
    steps.map(step => [
      step,
      part(
        words,
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

function part({ texts: { act: say }, tell }: Words, wave: Wave, step: Step, word: Word | undefined): HTMLFieldSetElement {
  const by = (word?.by ?? []).filter(one => one !== 'anybody')
  const roles =
    step === 'freeze' ? [] : by.filter(one => ['operator', 'coordinator', 'technical-manager', 'trustee'].includes(one))
  const option = (role: string) => h('option', { value: role, selected: role === 'operator' }, told({ tell }, role))
  const names = by.map((one, i): Child => [i > 0 && ', ', told({ tell }, one)])
  const late = lateDomains(wave).slice(0, 20).join(', ')
  const value = word?.without?.join(', ') ?? ''
  return h(
    'fieldset',
    {},
    h('p', { class: 'hint' }, say.stepDoes[step], by.length > 0 && [' ', say.by, ' ', names, '.']),
    roles.length > 0 && field(say.as, h('select', { name: 'as' }, h('option', { value: '' }, say.asNone), roles.map(option))),
    step === 'cutover' &&
      field(say.without, h('input', { name: 'without', autocomplete: 'off', spellcheck: 'false', value }), say.withoutHint(late)),
  )
}
