import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Entry } from '../../shared/copy/ledger.ts'
import type { Kind } from '../../shared/landing/finding.ts'
import type { Counted } from '../../shared/landing/seen.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { Engine } from '../copy/engine.ts'
import { anna, passed, servers } from '../copy/odd-servers.ts'
import { lookedInto, scored } from './foreseen.ts'

const corpus = process.env.RELEVE_CORPUS ? join(process.env.RELEVE_CORPUS, 'public') : ''
const names = corpus && existsSync(corpus) ? readdirSync(corpus).filter(name => name.endsWith('.eml')) : []
const skip = names.length === 0 && 'RELEVE_CORPUS names no folder with messages'
const most = 100_000
const dir = mkdtempSync(join(tmpdir(), 'corpus-'))
after(() => rmSync(dir, { recursive: true, force: true }))

/** Each as an IMAP server shows it, with CRLF, and as it lies there where that is otherwise; a keyword on one of twenty. */
function filled(): { engine: Engine; nameOf: Map<number, string> } {
  const engine = new Engine()
  const nameOf = new Map<number, string>()
  for (const [i, name] of names.entries()) {
    const raw = readFileSync(join(corpus, name))
    const shown = Buffer.from(raw.toString('latin1').replace(/(?<!\r)\n/g, '\r\n'), 'latin1')
    for (const one of shown.equals(raw) ? [raw] : [shown, raw])
      nameOf.set(engine.source.deliver('INBOX', one, i % 20 === 0 ? ['\\Seen', '$label1'] : ['\\Seen']), name)
  }
  return { engine, nameOf }
}

/** What the ledger cannot have a word of: where nobody sees what became of it, it is foreseen and not proved. */
const unproved: Readonly<Record<string, readonly Kind[]>> = { Dovecot: [], Exchange: ['eight-bit-header', 'line-ends'] }

const targets = {
  Dovecot: () => servers.Dovecot(join(dir, 'dovecot')),
  Exchange: () => servers.Exchange(join(dir, 'exchange'), { maxMessageBytes: most }),
}

for (const [what, start] of Object.entries(targets))
  test(`${names.length} messages of the corpus: what is refused or changed at ${what} was said before, and nothing else`, {
    skip,
  }, async t => {
    const { engine, nameOf } = filled()
    const server = await start()
    const target = await openImapTarget(server.endpoint, anna)
    try {
      const seen = await lookedInto(engine, target, what === 'Exchange' ? most : undefined)
      await passed(engine, server, 4)
      const entries = await engine.entries()
      assert.equal(entries.length, nameOf.size)
      const scores = await scored(engine, seen)
      t.diagnostic(JSON.stringify(scores))
      const off = disagreeing(seen, entries, unproved[what] ?? [])
      assert.deepEqual(
        off.map(([uid, why]) => `${nameOf.get(uid)} ${why}`),
        [],
      )
      for (const [kind, score] of Object.entries(scores)) assert.deepEqual([kind, score.misses, score.surprises], [kind, 0, 0])
    } finally {
      await target.close()
      await server.stop()
    }
  })

/** UIDs that were refused or changed and had not been foreseen, or were foreseen and are there as they were. */
function disagreeing({ uids }: Counted, entries: readonly Entry[], unproved: readonly Kind[]): [uid: number, why: string][] {
  const said = Object.entries(uids) as [Kind, number[]][]
  return entries.flatMap(({ uid, outcome, note = '' }): [number, string][] => {
    const foreseen = said.filter(([kind, of]) => of.includes(uid) && !unproved.includes(kind)).map(([kind]) => kind)
    const happened = outcome !== 'copied' && outcome !== 'adopted'
    return happened === foreseen.length > 0 ? [] : [[uid, `${foreseen.join(' ')} -> ${outcome} ${note}`]]
  })
}
