/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

export type Child = Node | string | number | null | undefined | false | readonly Child[]

/** Attributes by name: `true` is the bare attribute, `false` and undefined none. `checked` and handlers are properties. */
export type Props = {
  readonly onclick?: (event: MouseEvent) => void
  readonly oninput?: (event: Event) => void
  readonly onchange?: (event: Event) => void
  readonly onsubmit?: (event: SubmitEvent) => void
  readonly [attribute: string]: unknown
}

const handlers = ['onclick', 'oninput', 'onchange', 'onsubmit'] as const

/** Makes an element. Whatever is text stays text: addresses, folder names and servers’ words are hostile until shown otherwise. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Props, ...children: Child[]): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), props, children)
}

/** Makes an SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, props?: Props, ...children: Child[]): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children)
}

/**
 * Makes `old` like `fresh` and touches only what differs, so that focus, selection, scrolling and a screen reader’s place survive.
 * Children with `data-key` are followed by it. What a person types or opens (`value`, `open`) is left alone.
 */
export function morph(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !keptAttributes.has(name)) old.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !keptAttributes.has(name)) old.setAttribute(name, value)
  }
  const before = old as HTMLInputElement
  const after = fresh as HTMLInputElement
  if (before.type === 'checkbox' && before.checked !== after.checked) before.checked = after.checked
  for (const name of handlers) Object.assign(before, { [name]: after[name] })
  morphChildren(old, fresh)
}

const keptAttributes = new Set(['open', 'value'])

function morphChildren(old: Element, fresh: Element): void {
  const keyed = new Map([...old.children].flatMap(child => (keyOf(child) === null ? [] : [[keyOf(child), child]])))
  let at: ChildNode | null = old.firstChild
  for (const child of [...fresh.childNodes]) {
    const key = keyOf(child)
    const match: ChildNode | undefined | null = key === null ? (at && keyOf(at) === null ? at : undefined) : keyed.get(key)
    if (!match || !alike(match, child)) {
      old.insertBefore(child, at)
      continue
    }
    if (match === at) at = at.nextSibling
    else old.insertBefore(match, at)
    if (match instanceof Element && child instanceof Element) morph(match, child)
    else if (match.nodeValue !== child.nodeValue) match.nodeValue = child.nodeValue
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling
    at.remove()
    at = next
  }
}

function alike(a: ChildNode, b: ChildNode): boolean {
  return a.nodeName === b.nodeName
}

function keyOf(node: ChildNode): string | null {
  return node instanceof Element ? node.getAttribute('data-key') : null
}

function filled<E extends Element>(element: E, props: Props = {}, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue
    if (name === 'checked' || handlers.some(handler => handler === name)) Object.assign(element, { [name]: value })
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  append(element, children)
  return element
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue
    if (Array.isArray(child)) append(element, child)
    else element.append(child instanceof Node ? child : String(child))
  }
}
