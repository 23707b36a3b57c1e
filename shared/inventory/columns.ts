import type { Playbook } from '../playbooks/playbook.ts'

/** A column of the workbook, in the order of the sheet. `identifier:` and `attribute:` are those that the playbook asks for. */
export type Column = Fixed | `identifier:${string}` | `attribute:${string}`

/** What was found of a mailbox. */
const measured = ['size', 'used', 'messages', 'unread', 'activity', 'entries', 'contacts', 'finding'] as const

export const fixed = [
  'address',
  ...measured,
  'keep',
  'kind',
  'aliasOf',
  'members',
  'calendarShares',
  'reason',
  'surname',
  'givenName',
  'phone',
  'jobTitle',
  'department',
  'class',
  'filled',
  'cost',
] as const
export type Fixed = (typeof fixed)[number]

/** What we found and what is reckoned: shown, never read back. */
export const shown: readonly Column[] = [...measured, 'filled', 'cost']

/** The columns of a playbook's workbook. */
export function columnsOf({ inventory, copy }: Pick<Playbook, 'inventory' | 'copy'>): Column[] {
  const { identifiers, addressPatterns, calendarShares } = inventory
  const left: Partial<Record<Fixed, boolean>> = {
    filled: true,
    cost: true,
    class: Object.keys(addressPatterns).length < 2,
    calendarShares: !calendarShares,
    entries: copy.calendars !== 'copy',
    contacts: copy.calendars !== 'copy',
  }
  const before = fixed.filter(id => !left[id])
  const asked: Column[] = [
    ...Object.keys(identifiers).map((name): Column => `identifier:${name}`),
    ...attributesOf(Object.values(addressPatterns)).map((name): Column => `attribute:${name}`),
  ]
  return [...before, ...asked, 'filled', 'cost']
}

/** The attributes that address patterns are made of, each once. */
export function attributesOf(patterns: readonly string[]): string[] {
  return [...new Set(patterns.flatMap(pattern => /\{([A-Z0-9_]+)\}/.exec(pattern)?.[1] ?? []))]
}

/** The name of a column that a playbook asks for; undefined for the fixed ones. */
export function askedName(column: Column): string | undefined {
  return /^(?:identifier|attribute):(.+)$/.exec(column)?.[1]
}
