import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const address = 'anna@town.example'

/** So many letters, as one folder holds them: more than may vanish from it unnoticed. */
const each = 30

/**
 * What their owner does to the folders A and B between two passes, and `later`, after one more; how it ends: what is in which, where copies are removed of what was deleted
 * (`mirrored`), and where they stay. `begins`: how it was before the first pass.
 */
type Deed = {
  begins?: (source: MemoryMailbox, target: MemoryMailbox) => void
  does?: (source: MemoryMailbox, target: MemoryMailbox) => void
  later?: (source: MemoryMailbox) => void
  ends: Record<string, string>
  mirrored?: Record<string, string>
}

const deeds: Record<string, Deed> = {
  'two that swap names': { does: swap, ends: { A: 'B 30', B: 'A 30' } },
  'two that swap names and swap back': { does: swap, later: swap, ends: { A: 'A 30', B: 'B 30' } },
  'one that is renamed and renamed back': {
    does: source => rename(source, 'A', 'C'),
    later: source => rename(source, 'C', 'A'),
    ends: { A: 'A 30', B: 'B 30', C: '' },
  },
  'one that is renamed, a few of its messages deleted': {
    does: source => {
      for (let uid = 1; uid <= 5; uid++) source.expunge('A', uid)
      rename(source, 'A', 'C')
    },
    ends: { A: 'A 5', B: 'B 30', C: 'A 25' },
    mirrored: { A: '', B: 'B 30', C: 'A 25' },
  },
  'one that is renamed while it is copied, the connection cut': {
    begins: (source, target) => {
      target.manners.ends = (doing, raw) => {
        const isIt = doing === 'appending' && source.folders.has('A') && raw.includes('Subject: A 17\r')
        if (isIt) rename(source, 'A', 'C')
        return isIt
      }
    },
    ends: { A: '', B: 'B 30', C: 'A 30' },
  },
  'one that is renamed': { does: source => rename(source, 'A', 'C'), ends: { A: '', B: 'B 30', C: 'A 30' } },
  'one that is thrown into the bin': {
    does: source => rename(source, 'A', 'Trash.A'),
    ends: { A: '', B: 'B 30', 'Trash/A': 'A 30' },
  },
  'one that is renamed, and whose copy was deleted': {
    does: (source, target) => {
      rename(source, 'A', 'C')
      target.folders.delete('A')
    },
    ends: { B: 'B 30', C: 'A 30' },
  },
  'one that is deleted': { does: ({ folders }) => void folders.delete('A'), ends: { A: 'A 30', B: 'B 30' } },
}

function swap({ folders }: MemoryMailbox): void {
  const [a, b] = [folders.get('A'), folders.get('B')]
  if (b) folders.set('A', b)
  if (a) folders.set('B', a)
}

function rename({ folders }: MemoryMailbox, from: string, to: string): void {
  const folder = folders.get(from)
  if (folder) folders.set(to, folder)
  folders.delete(from)
}

describe('folders at the source, before anybody works at the target', () => {
  for (const [what, { begins, does, later, ends, mirrored }] of Object.entries(deeds))
    for (const mode of ['keep', 'mirror'])
      test(`${what}, sourceDeletions: ${mode}: each message is where it is now, once`, async () => {
        const source = new MemoryMailbox({ delimiter: '.' }).make('A').make('B').make('Trash', { role: '\\Trash' })
        const target = new MemoryMailbox().make('Trash', { role: '\\Trash' })
        for (const path of ['A', 'B'])
          for (let n = 0; n < each; n++) source.deliver(path, letter(`${path} ${n}`), [], Date.UTC(2024, 1, 1 + n))
        begins?.(source, target)
        const settled = async ({ store }: World) =>
          (await store.mailboxes.get(keyPart('folders'), keyPart(address)))?.row.state === 'synced'
        let doneAt = Number.POSITIVE_INFINITY
        const world = new World({
          playbook: betweenServers(
            'folders',
            `routing: { kind: none }
lateMail: { for: PT2M }
calendar:
  - { at: "D-1 16:00", step: cutover }
notices: []
copy: { sourceDeletions: ${mode} }
`,
          ),
          wave: { wave: 'folders', playbook: 'folders', day: '2026-01-12', mailboxes: [{ address }] },
          sources: new Map([[address, source]]),
          targets: new Map([[address, target]]),
          happens: [
            {
              when: settled,
              does: ({ clock }) => {
                does?.(source, target)
                doneAt = clock.now()
              },
            },
            {
              // There was a delta by then.
              when: async world => world.clock.now() > doneAt + 13 * 3_600_000 && (await settled(world)),
              does: () => later?.(source),
            },
          ],
        })
        await world.run({ until: async () => (await world.wave())?.state === 'closed' })
        const found = [...target.folders].flatMap(([path, { messages }]) => (path in ends ? [[path, countOf(messages)]] : []))
        assert.deepEqual(Object.fromEntries(found), mode === 'mirror' ? (mirrored ?? ends) : ends)
        assert.equal((await world.wave())?.verdict, 'complete')
      })
})

/** How many letters of each folder, in words. */
function countOf(messages: readonly { raw: Buffer }[]): string {
  const counts = new Map<string, number>()
  for (const { raw } of messages) {
    const from = /^Subject: (\S+)/m.exec(raw.toString())?.[1] ?? ''
    counts.set(from, (counts.get(from) ?? 0) + 1)
  }
  return [...counts].map(([from, count]) => `${from} ${count}`).join(', ')
}
