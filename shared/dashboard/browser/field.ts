/// <reference lib="dom" />
import { h } from './dom.ts'

/** A control with its label, and what helps to fill it in. */
export function field(label: string, control: HTMLElement, hint?: string): HTMLElement {
  return h('label', { class: 'field' }, label, control, hint !== undefined && h('span', { class: 'hint' }, hint))
}
