import { askForScan } from '../landing/ask.ts'
import { type Finding, remedies } from '../landing/finding.ts'
import { scoreLanding } from '../landing/score.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { LandingRow } from '../store/schema.ts'
import { gathered } from '../store/store.ts'
import { record } from './audit.ts'
import { iso, waveRow } from './status.ts'

/** Has every mailbox of a wave looked into, or again. Throws a Refusal (404) where there is no such wave. */
export async function scanWave(app: App, name: string, who: string) {
  const row = await waveRow(app, name)
  await record(app, { subject: name, who, action: 'scan', details: {} })
  return { wave: name, action: 'scan', changed: await askForScan(app, row) }
}

/** What would not land as it is, by kind and by mailbox, with what to do; and once the wave was copied, how much of that was right. */
export async function waveLanding(app: App, name: string) {
  await waveRow(app, name)
  const rows = await gathered(app.store.landings.pick({ partition: keyPart(name) }, shown))
  const states: Record<string, number> = {}
  for (const { state } of rows) states[state] = (states[state] ?? 0) + 1
  const landed = await scoreLanding(app, name)
  return {
    wave: name,
    scans: states,
    findings: overall(rows),
    mailboxes: rows.map(mailboxOf),
    ...(landed ? { scores: landed.scores } : {}),
  }
}

/** Not what was seen of each folder, which is large. */
const shown = [
  'address',
  'state',
  'messages',
  'bytes',
  'folders',
  'findings',
  'presumed',
  'scannedAt',
  'waitsFor',
  'error',
] as const
type Shown = Pick<LandingRow, (typeof shown)[number]>

function overall(rows: readonly Shown[]) {
  const kinds = new Map<Finding['kind'], Finding[]>()
  for (const finding of rows.flatMap(({ findings }) => findings ?? []))
    kinds.set(finding.kind, [...(kinds.get(finding.kind) ?? []), finding])
  return [...kinds].map(([kind, all]) => {
    const sum = (of: (finding: Finding) => number) => all.reduce((total, finding) => total + of(finding), 0)
    return {
      kind,
      effect: all[0]?.effect,
      mailboxes: all.length,
      seen: sum(({ count }) => count),
      expected: sum(({ expected }) => expected),
      between: [sum(({ least }) => least), sum(({ most }) => most)],
      remedy: remedies[kind],
    }
  })
}

function mailboxOf({ address, state, messages, bytes, folders, findings, presumed, scannedAt, waitsFor, error }: Shown) {
  return {
    address,
    state,
    ...(scannedAt === undefined ? {} : { scannedAt: iso(scannedAt) }),
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...{ messages, bytes, folders },
    ...(presumed ? { presumed: 'the target mailbox is not there yet: its limits are those that its kind is known for' } : {}),
    findings: (findings ?? []).map(({ least, most, count, ...finding }) => ({ ...finding, seen: count, between: [least, most] })),
    ...(error ? { error: { ...error, at: iso(error.at) } } : {}),
  }
}
