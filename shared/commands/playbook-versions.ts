import { Refusal } from '../errors.ts'
import { differences } from '../playbooks/difference.ts'
import type { App } from '../ports.ts'
import { playbookAudit, playbookKey } from '../store/schema.ts'
import { all } from '../store/store.ts'

export { playbookJsonSchema } from '../playbooks/json-schema.ts'

/** Every stored version of a playbook, newest first: when it came, who sent it, what it changed. */
export async function playbookVersions(app: App, name: string) {
  const [partition, current] = playbookKey(name)
  const rows = (await all(app.store.playbooks.list({ partition }))).filter(({ version }) => version !== current)
  if (rows.length === 0) throw unknownPlaybook(name)
  const audit = await all(app.store.audit.list({ partition: playbookAudit(name) }))
  const versions = rows.map(({ number, at }) => {
    const entry = audit.find(({ action, details }) => action === 'playbook' && Object(details).version === number)
    const changed: unknown = Object(entry?.details).changed
    return { version: number, at: new Date(at).toISOString(), who: entry?.who, ...(changed === undefined ? {} : { changed }) }
  })
  return { playbook: name, versions: versions.sort((a, b) => b.version - a.version) }
}

/** What two versions of a playbook say differently, by path: was, is. Without `to` the newest, without `from` the one before that. */
export async function playbookDiff(app: App, name: string, from: string | null, to: string | null) {
  const current = await app.store.playbooks.get(...playbookKey(name))
  if (!current) throw unknownPlaybook(name)
  const newest = current.row.number
  const last = wanted('to', to, newest) ?? newest
  const first = wanted('from', from, newest) ?? Math.max(1, last - 1)
  const [before, after] = [await app.playbook(name, first), await app.playbook(name, last)]
  return { playbook: name, from: first, to: last, differences: differences(before, after) }
}

function wanted(path: string, given: string | null, newest: number): number | undefined {
  if (given === null || given === '') return undefined
  if (/^\d{1,6}$/.test(given) && Number(given) >= 1 && Number(given) <= newest) return Number(given)
  const message = `expected a version from 1 to ${newest} (got “${given.slice(0, 80)}”)`
  throw new Refusal(400, 'invalid-version', 'there is no such version', [{ path, message }])
}

function unknownPlaybook(name: string): Refusal {
  return new Refusal(404, 'unknown-playbook', `there is no playbook “${name}”`)
}
