import { canonicalJson } from '../intake/canonical.ts'
import { pathText } from '../intake/faults.ts'
import type { Playbook } from './playbook.ts'

/** One thing that two playbooks say differently; absent: it is not said there. */
export type Difference = { path: string; was?: unknown; is?: unknown }

/** What two playbooks say differently, by path, with every default filled in; notices and what the calendar has are compared by their names. */
export function differences(before: Playbook, after: Playbook): Difference[] {
  return between([], named(before), named(after))
}

function between(path: readonly PropertyKey[], was: unknown, is: unknown): Difference[] {
  if (canonicalJson({ is: was }) === canonicalJson({ is })) return []
  const [before, after] = [partsOf(was), partsOf(is)]
  if (!before || !after || Array.isArray(was) !== Array.isArray(is))
    return [{ path: pathText(path), ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) }]
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  return keys.flatMap(key => between([...path, key], before.get(key), after.get(key)))
}

function partsOf(value: unknown): Map<PropertyKey, unknown> | undefined {
  if (Array.isArray(value)) return new Map(value.map((part, i) => [i, part]))
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}

/** Its notices and the entries of its calendar by name, so that one more in front does not change all. */
function named(playbook: Playbook): Record<string, unknown> {
  const { calendar, notices } = playbook
  const entries = Map.groupBy(calendar, ({ step, notice }) => step ?? `notice:${notice}`)
  return {
    ...playbook,
    calendar: Object.fromEntries([...entries].map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
    notices: Object.fromEntries(notices.map(notice => [notice.notice, notice])),
  }
}
