import type { PropertyType } from './schema.ts'

/** What is wrong with a value by its type and limits; `undefined` stands for a text that is known only at the deployment. */
export function literalFault(
  value: string | number | boolean | null | undefined,
  { type, limits = '' }: Pick<PropertyType, 'type' | 'limits'>,
): string | undefined {
  if (type === 'int') return typeof value === 'number' ? rangeFault(value, limits) : 'is no number'
  if (type === 'bool') return typeof value === 'boolean' ? undefined : 'is neither true nor false'
  if (typeof value === 'number' || typeof value === 'boolean') return `is no text, expected ${type}`
  if (value === undefined || value === null) return undefined
  if (type === 'string') return textFault(value, limits)
  // `A | B | string`: later services may know more values, but one that nobody has described is more likely misspelt.
  const known = type.split(' | ').filter(each => each !== 'string')
  return known.includes(value) ? undefined : `is ${JSON.stringify(value)}, expected ${known.join(' | ')}`
}

function rangeFault(value: number, limits: string): string | undefined {
  const { minValue, maxValue } = parts(limits)
  if (minValue !== undefined && value < Number(minValue)) return `is below ${minValue}`
  return maxValue !== undefined && value > Number(maxValue) ? `is above ${maxValue}` : undefined
}

function textFault(value: string, limits: string): string | undefined {
  const { minLength, maxLength, pattern } = parts(limits)
  if (minLength !== undefined && value.length < Number(minLength)) return `is shorter than ${minLength}`
  if (maxLength !== undefined && value.length > Number(maxLength)) return `is longer than ${maxLength}`
  return pattern !== undefined && !new RegExp(pattern).test(value) ? `does not match ${pattern}` : undefined
}

/** `minLength: 3, maxLength: 24, pattern: ^…$`; the pattern is last and may hold commas. */
function parts(limits: string): Partial<Record<'minValue' | 'maxValue' | 'minLength' | 'maxLength' | 'pattern', string>> {
  const [before = '', pattern] = limits.split('pattern: ')
  const numbers = Object.fromEntries([...before.matchAll(/(\w+): (-?\d+)/g)].map(([, name, value]) => [name, value]))
  return { ...numbers, ...(pattern === undefined ? {} : { pattern }) }
}
