import { done } from './templates/done.ts'
import type { Template } from './templates/template.ts'

/** Every template by name, each in every language. */
export const templates: Readonly<Record<string, Template>> = { done }
