import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { keyPart } from '../../shared/store/columns.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const address = 'anna@town.example'

/** So many letters, as one folder holds them: more than may vanish from it unnoticed. */
const each = 30

/** What their owner does to the folders A and B between two passes, and how it ends: what is in which. */
const deeds: Record<string, { does: (source: MemoryMailbox, target: MemoryMailbox) => void; ends: Record<string, string> }> = {
  'two that swap names': {
    does: ({ folders }) => {
      const [a, b] = [folders.get('A'), folders.get('B')]
      if (b) folders.set('A', b)
      if (a) folders.set('B', a)
    },
    ends: { A: 'B 30', B: 'A 30' },
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

function rename({ folders }: MemoryMailbox, from: string, to: string): void {
  const folder = folders.get(from)
  if (folder) folders.set(to, folder)
  folders.delete(from)
}

describe('folders at the source, before anybody works at the target', () => {
  for (const [what, { does, ends }] of Object.entries(deeds))
    for (const mode of ['keep', 'mirror'])
      test(`${what}, sourceDeletions: ${mode}: each message is where it is now, once`, async () => {
        const source = new MemoryMailbox({ delimiter: '.' }).make('A').make('B').make('Trash', { role: '\\Trash' })
        const target = new MemoryMailbox().make('Trash', { role: '\\Trash' })
        for (const path of ['A', 'B'])
          for (let n = 0; n < each; n++) source.deliver(path, letter(`${path} ${n}`), [], Date.UTC(2024, 1, 1 + n))
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
              when: async ({ store }) =>
                (await store.mailboxes.get(keyPart('folders'), keyPart(address)))?.row.state === 'synced',
              does: () => does(source, target),
            },
          ],
        })
        await world.run({ until: async () => (await world.wave())?.state === 'closed' })
        const found = [...target.folders].flatMap(([path, { messages }]) => (path in ends ? [[path, countOf(messages)]] : []))
        assert.deepEqual(Object.fromEntries(found), ends)
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
