import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import PostalMime from 'postal-mime'
import { act } from '../../shared/commands/act.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import type { Graph } from '../../shared/graph/client.ts'
import { channelFor } from '../../shared/notices/channels.ts'
import { sentBytes } from '../../shared/notices/kept.ts'
import { several } from '../../shared/notices/owed.ts'
import { placeInLine } from '../../shared/notices/pace.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import type { Target } from '../../shared/targets/target.ts'
import { isEffect, undisturbed } from '../crash/stopping.ts'
import { MortalGate } from '../fakes/gate.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { memoryStore } from '../fakes/store.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'

/** Three mailboxes of two entities that speak other languages; two issuers in one series; a coordinator for each entity. */
const playbook = betweenServers(
  'series',
  `routing: { kind: none }
lateMail: { for: PT0S }
languages: [fr, nl]
calendar:
  - { on: begun, notice: mail-1 }
  - { on: completed, notice: mail-2 }
  - { on: completed, notice: report }
notices:
  - { notice: mail-1, template: withdrawn, audience: owner, issuer: sgne, channel: smtp }
  - { notice: mail-2, template: done, audience: owner, issuer: etnic, channel: auto }
  - { notice: report, template: done, audience: coordinator, issuer: etnic, channel: smtp, layout: side-by-side }
issuers:
  sgne: { name: SGNE, address: sgne@adm.example }
  etnic: { name: ETNIC, address: etnic@adm.example, replyTo: aide@adm.example }
channels: { smtp: { host: 127.0.0.1, tls: none }, perMinute: 60 }
people: { coordinator: [jo@adm.example] }
entities:
  nord: { title: Noord, domains: [nord.example], languages: [nl], people: { coordinator: [an@nord.example] } }
`,
)

const scene = (): Scene => {
  const boxes = ['anna@sud.example', 'ben@nord.example', 'cora@nord.example']
  const mailboxes = boxes.map(address => (address.startsWith('cora') ? { address, language: 'de' } : { address }))
  return {
    playbook,
    wave: { wave: 'w', playbook: 'series', mailboxes },
    sources: new Map(boxes.map(address => [address, oneLetter()])),
    targets: new Map(boxes.map(address => [address, new MemoryMailbox({ delimiter: '.' })])),
    canTell: () => true,
  }
}

function oneLetter(): MemoryMailbox {
  const box = new MemoryMailbox({ delimiter: '.' })
  box.deliver('INBOX', letter('one'))
  return box
}

const seen = async ({ readers }: World) =>
  Promise.all(
    readers.letters.map(async ({ to, mime }) => {
      const read = await PostalMime.parse(mime)
      const language = read.headers.find(({ key }) => key === 'content-language')?.value
      return `${to} from ${read.from?.name} in ${language}`
    }),
  )

test('a notice that lacks a word is warned of; released, it is said with the playbook as it was mended', async () => {
  const { playbook: text, ...rest } = scene()
  const world = new World({ ...rest, playbook: text.replace('template: withdrawn', 'template: your-day') })
  await world.run()
  const { warnings = [] } = await waveStatus(world.app(), 'w')
  assert.equal(warnings.length, 1)
  assert.match(warnings[0] ?? '', /^the notice mail-1 to \S+ \(and to 2 more\) is not sent: .*\{day\}/)
  const told = async () => (await seen(world)).filter(one => one.includes('SGNE')).length
  await storePlaybook(world.app(), 'series', text, undefined, 'Odile')
  const { changed } = await act(world.app(), 'w', 'release', { why: 'its words are mended' }, 'Odile')
  await world.run({ until: async () => (await told()) === 3 })
  assert.deepEqual([changed, (await waveStatus(world.app(), 'w')).warnings], [3, undefined])
})

describe('a series of notices', async () => {
  const world = new World(scene())
  await world.run()

  test('reaches each owner in his language and each coordinator once for his entity, from the issuer of each', async () => {
    assert.deepEqual((await seen(world)).sort(), [
      'an@nord.example from ETNIC in nl',
      'anna@sud.example from ETNIC in fr',
      'anna@sud.example from SGNE in fr',
      'ben@nord.example from ETNIC in nl',
      'ben@nord.example from SGNE in nl',
      'cora@nord.example from ETNIC in de',
      'cora@nord.example from SGNE in de',
      'jo@adm.example from ETNIC in fr, nl',
    ])
    const report = world.readers.letters.find(({ to }) => to === 'an@nord.example') ?? assert.fail('no report')
    const { text = '' } = await PostalMime.parse(report.mime)
    assert.match(text, /ben@nord\.example[\s\S]*cora@nord\.example/)
    assert.doesNotMatch(text, /anna@/)
  })

  test('is kept as it was sent, to the byte, but for the way to its reader’s own page', async () => {
    const rows = await all(world.store.notices.list({ partition: keyPart('w') }))
    assert.equal(rows.length, 8)
    for (const row of rows) {
      const sent = world.readers.letters.find(({ messageId }) => messageId === row.messageId)
      const kept = await sentBytes(world.store, row)
      if (row.address !== several) assert.deepEqual(kept, sent?.mime)
      else {
        const [is, was] = [await PostalMime.parse(kept ?? ''), await PostalMime.parse(sent?.mime ?? '')]
        assert.equal(is.text, was.text?.replace(/(?<=\/api\/coordinate\/)[\w-]{32}/g, '…'))
        assert.notEqual(is.text, was.text)
      }
    }
  })

  test('takes its way at the pace of the playbook', async () => {
    const rows = await all(world.store.notices.list({ partition: keyPart('w') }))
    const times = rows
      .flatMap(({ channel, attempted }) => (channel === 'smtp' && attempted !== undefined ? [attempted] : []))
      .sort((a, b) => a - b)
    assert.equal(times.length, 5)
    for (const [i, at] of times.entries()) assert.ok(i === 0 || at - (times[i - 1] ?? 0) >= 900, `${times}`)
  })
})

test('a letter too large for one row is kept in several and comes back whole', async () => {
  const store = memoryStore()
  const row = { wave: 'w', messageId: '<1@x.example>' } as Parameters<typeof sentBytes>[1]
  const other = { wave: 'w', messageId: '<1@x.example>2' } as typeof row
  const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 2_654_435_761) >>> 13))
  const { keepSent } = await import('../../shared/notices/kept.ts')
  await keepSent(store, other, Buffer.from('other'), 0)
  await keepSent(store, row, noise, 0)
  assert.ok((await all(store.noticeBodies.list({ partition: 'w' }))).length > 2)
  assert.deepEqual(await sentBytes(store, row), noise)
  await keepSent(store, row, Buffer.from('shorter'), 0)
  assert.deepEqual(await sentBytes(store, row), Buffer.from('shorter'))
  assert.deepEqual(await sentBytes(store, other), Buffer.from('other'))
})

test('places in line are a pace apart, whoever asks, and a mailbox knows no line', async () => {
  const store = memoryStore()
  const asked = await Promise.all([1, 2, 3, 4].map(() => placeInLine(store, 'smtp', 20, 1_000)))
  assert.deepEqual(
    asked.sort((a, b) => a - b),
    [1_000, 4_000, 7_000, 10_000],
  )
  assert.equal(await placeInLine(store, 'smtp', 20, 60_000), 60_000)
  assert.equal(await placeInLine(store, 'append', 20, 0), 0)
})

test('where each way can tell what arrived, a process that dies before or after any effect on a notice leaves nobody told twice and nobody out', {
  timeout: 120_000,
}, async () => {
  const { calls } = await undisturbed(scene)
  const wanted = (await seen(await played())).sort()
  for (const when of ['before', 'after'] as const)
    for (const [i, name] of calls.entries()) {
      if (!/^(smtp|append|notices|noticeBodies|paces)\./.test(name) || !isEffect(name)) continue
      // Death before an effect is death after the one before it, save for the sending itself.
      if (when === 'before' && !/^(smtp|append)\.send$/.test(name)) continue
      const world = new World(scene())
      await world.run({ process: (n, pass) => new MortalGate(n === 0 ? { at: i + 1, when } : undefined, pass) })
      assert.deepEqual((await seen(world)).sort(), wanted, `${when} ${name}`)
    }
})

async function played(): Promise<World> {
  const world = new World(scene())
  await world.run()
  return world
}

test('by graph a letter is looked for in the reader’s new mailbox, and nowhere before that is there', async () => {
  const asked: string[] = []
  const openTarget = async () =>
    ({ holds: async (_: string, messageId: string) => asked.push(messageId) > 0, close: async () => {} }) as unknown as Target
  const graph = {} as Graph
  const secret = async () => ''
  const settings = parsePlaybook(playbook.replace('perMinute: 60', 'graph: { sender: sgne@adm.example }'), undefined, 'series')
  const way = (isThere: boolean) =>
    channelFor('graph', { graph, playbook: settings, secret, openTarget, isThere, openOldInbox: undefined, now: () => 0 })
  assert.deepEqual([await way(false).arrived('<1>'), await way(true).arrived('<2>'), asked], [false, true, ['<2>']])
})
