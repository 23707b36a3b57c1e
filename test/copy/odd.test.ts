import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Entry, Outcome } from '../../shared/copy/ledger.ts'
import { digestOf } from '../../shared/copy/match.ts'
import { retrieve } from '../../shared/repair/envelope.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import type { Target } from '../../shared/targets/target.ts'
import { oddMail, sixtyMegabytes } from '../fixtures/odd.ts'
import { lookedInto, scored } from '../landing/foreseen.ts'
import { assertSoundBytesStay } from '../repair/properties.ts'
import { Engine } from './engine.ts'
import { oddEndings } from './odd-endings.ts'
import { anna, passed, servers } from './odd-servers.ts'

const arrived = Date.UTC(2025, 3, 7, 12)
const closed: readonly Outcome[] = ['copied', 'adopted', 'altered', 'too-large', 'refused', 'unreadable', 'deleted']
const rungs = /\b(flags|date|line-ends|nul|long-lines|eight-bit-headers|unparsable-header|separator|content-type|enveloped): /
const said = /the target cannot hold|the target gives out other bytes/

/**
 * Where the look ahead errs, `[misses, surprises]`: a Cyrus, which no look tells from a Dovecot, takes CR CR LF refuses headers that are none,
 * and keeps a date in the future, but not the first second of 1970. */
const unforeseen: Readonly<Record<string, object>> = { Cyrus: { 'line-ends': [2, 0], date: [1, 1], other: [0, 7] } }

const extras = ['marked as deleted', 'bad keywords', '60 MB']

/** The odd mailbox: every fixture, one of 60 MB, one marked as deleted, one with keywords that no server can like. */
async function filled(huge: boolean): Promise<Engine> {
  const engine = new Engine({}, { largeBytes: 2_000_000 })
  for (const { raw, flags = [], internalDate = arrived } of oddMail) engine.source.deliver('INBOX', raw(), flags, internalDate)
  engine.source.deliver('INBOX', Buffer.from('Subject: deleted\r\n\r\nText\r\n'), ['\\Deleted'], arrived)
  const bad = ['\\Seen', 'NonJunk', '$MDNSent', 'été', '\\Unheard', 'x'.repeat(300)]
  engine.source.deliver('INBOX', Buffer.from('Subject: bad keywords\r\n\r\nText\r\n'), bad, arrived)
  if (!huge) return engine
  const pieces: Buffer[] = []
  for await (const piece of sixtyMegabytes.chunks()) pieces.push(piece)
  engine.source.deliver('INBOX', Buffer.concat(pieces), ['\\Seen'], arrived)
  return engine
}

const dir = mkdtempSync(join(tmpdir(), 'odd-'))
after(() => rmSync(dir, { recursive: true, force: true }))

for (const [what, start] of Object.entries(servers)) {
  describe(`odd mail on its way to ${what}`, { timeout: 120_000 }, async () => {
    test('each message ends as it was, or in a named outcome with what was changed', async () => {
      const server = await start(join(dir, what.replaceAll(' ', '-')))
      const engine = await filled(what !== 'Cyrus' && what !== 'Dovecot without MULTIAPPEND')
      const target = await openImapTarget(server.endpoint, anna)
      try {
        const seen = await lookedInto(engine, target)
        await passed(engine, server, what === 'Exchange' ? 4 : 0)
        const entries = await engine.entries()
        const sources = engine.source.folder('INBOX').messages
        assert.deepEqual(
          entries.map(({ uid }) => uid),
          sources.map(({ uid }) => uid),
        )
        const counts = new Map(closed.map(outcome => [outcome, entries.filter(entry => entry.outcome === outcome).length]))
        assert.equal(
          [...counts.values()].reduce((a, b) => a + b, 0),
          sources.length,
          JSON.stringify([...counts]),
        )
        assert.deepEqual((await engine.compare(false, target)).differences, [])
        const there = await read(target, entries)
        for (const [i, entry] of entries.entries()) {
          const { raw } = sources[i] ?? assert.fail()
          assertNamed(nameOf(i), entry, raw, there.get(entry.target ?? 0), target.traits.rebuilds)
        }
        const named = entries.flatMap((entry, i) =>
          ['copied', 'adopted'].includes(entry.outcome) ? [] : [[nameOf(i), label(entry)]],
        )
        assert.deepEqual(Object.fromEntries(named), oddEndings[what.split(' ')[0] ?? ''])
        const off = Object.entries(await scored(engine, seen)).filter(([, { misses, surprises }]) => misses + surprises > 0)
        assert.deepEqual(
          Object.fromEntries(off.map(([kind, score]) => [kind, [score.misses, score.surprises]])),
          unforeseen[what] ?? {},
        )
      } finally {
        await target.close()
        await server.stop()
      }
    })
  })
}

/** What the target gives out now, by UID. */
async function read(target: Target, entries: readonly Entry[]): Promise<Map<number, Buffer>> {
  const [opened] = await target.open(['INBOX'])
  const found = new Map<number, Buffer>()
  const uids = entries.flatMap(({ target: at }) => (at ? [at] : [])).sort((a, b) => a - b)
  for await (const { uid, raw } of target.messages([{ path: 'INBOX', uidValidity: opened?.uidValidity ?? '', uids }])) {
    const pieces: Buffer[] = []
    if (Buffer.isBuffer(raw)) pieces.push(raw)
    else for await (const piece of raw.chunks()) pieces.push(Buffer.from(piece))
    found.set(uid, Buffer.concat(pieces))
  }
  return found
}

function nameOf(i: number): string {
  return oddMail[i]?.name ?? extras[i - oddMail.length] ?? ''
}

/** How a message ended, in short. */
function label({ outcome, note = '' }: Entry): string {
  if (outcome !== 'altered') return outcome
  return rungs.exec(note)?.[1] ?? (note.includes('other bytes') ? 'other bytes' : 'flags that it cannot hold')
}

function assertNamed(
  name: string,
  { outcome, note = '', digest }: Entry,
  raw: Buffer,
  there: Buffer | undefined,
  rebuilds: boolean,
): void {
  const whole = outcome === 'copied' || outcome === 'adopted'
  const lands = whole || outcome === 'altered'
  assert.equal(there !== undefined, lands, `${name}: ${outcome}`)
  if (whole && !rebuilds) assert.equal(digestOf(there ?? Buffer.alloc(0)), digest, name)
  if (!whole) assert.ok(note !== '' || outcome === 'deleted', `${name}: ${outcome} without a word`)
  if (outcome !== 'altered' || !there) return
  const rung = rungs.exec(note)?.[1]
  assert.ok(rung !== undefined || said.test(note), `${name}: ${note}`)
  if (rung === 'enveloped') assert.ok(retrieve(there)?.equals(raw), `${name}: the original is not in its envelope`)
  else if (rung !== undefined && !said.test(note))
    assertSoundBytesStay(raw, there, { takesNul: false, takes8BitHeaders: false, takesKeywords: false })
}
