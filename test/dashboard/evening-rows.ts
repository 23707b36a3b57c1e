import type { StepRow } from '../../shared/store/schema.ts'
import type { Store } from '../../shared/store/store.ts'
import { smallest } from '../playbooks/examples.ts'
import { domainRow, mailboxRow, waveRow } from './rows.ts'

const minute = 60_000
const routing = 'routing: { kind: manual, ttl: 300, mx: [{ preference: 0, exchange: mx.new.example }] }'
const planning = 'approvals: { confirm: [operator, coordinator] }\nsequence: { pilot: huy }\ncopy: { calendars: elsewhere }\n'

/** What is left to do of a wave that has closed, as the program says it. */
export const raiseTtl = 'raise the TTL of the MX of huy.example again: it was 3600 s before, and 300 s for the switch'

/** An evening on which each of three waves wants something else of somebody: one has closed, one is late with a domain, one waits for words. */
export async function evening(store: Store, now: number): Promise<void> {
  const body = `${smallest.replace('playbook: lift', 'playbook: secours').replace(/routing: \{.*\}/, routing)}${planning}`
  const version = { playbook: 'secours', number: 2, body, at: now }
  await store.playbooks.put([
    { ...version, version: '000002' },
    { ...version, version: 'current' },
  ])
  await store.waves.put([
    waveRow('huy', now, { state: 'closed', verdict: 'complete', closedAt: now - 90 * minute }),
    waveRow('seraing', now, {
      state: 'ready',
      day: '2027-11-03',
      gates: { cutover: now - 10 * minute },
      waitsFor:
        'its domains: late.example is lowering; POST …/approve with "step": "cutover", "without": ["late.example"] lets the others go',
      word: { step: 'cutover', without: ['late.example'] },
    }),
    waveRow('ath', now, {
      state: 'ready',
      day: '2027-11-03',
      gates: { confirm: now - minute },
      waitsFor: 'the hour of its cutover',
    }),
  ])
  const found = { found: 812, copied: 812, foundBytes: 61_000_000, copiedBytes: 61_000_000 }
  for (const [wave, address, state] of [
    ['huy', 'anna@huy.example', 'completed'],
    ['seraing', 'ben@seraing.example', 'synced'],
    ['seraing', 'lea@late.example', 'synced'],
    ['ath', 'odile@ath.example', 'synced'],
  ] as const)
    await store.mailboxes.put([mailboxRow(wave, address, now, { state, ...found, targetReadyAt: now })])
  const domain = (wave: string, name: string, some: Parameters<typeof domainRow>[3]) =>
    store.domains.put([domainRow(wave, name, now, { ttlSettledAt: now, ...some })])
  await domain('huy', 'huy.example', { state: 'switched', switchedAt: now })
  await domain('seraing', 'seraing.example', { state: 'ready' })
  await domain('seraing', 'late.example', { state: 'lowering', waitsFor: 'the old TTL to pass' })
  const step = (name: string, some: Partial<StepRow>): StepRow => ({
    ...{ pass: 1, fence: 1, tries: 0, since: now, state: 'planned' as const, wave: 'ath', step: name, playbook: 'secours' },
    ...{ playbookVersion: 2, at: 'D-1 16:00', day: '2027-11-03', plannedAt: now - 30 * minute },
    ...some,
  })
  await store.steps.put([
    step('confirm', { state: 'waiting-for-people', open: ['operator', 'coordinator'] }),
    step('freeze', { state: 'waiting-for-people', open: ['operator'] }),
    step('notice:soon', { state: 'late', notice: 'soon' }),
  ])
}
