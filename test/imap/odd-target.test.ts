import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { digestOf } from '../../shared/copy/match.ts'
import { Failure } from '../../shared/errors.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { Engine } from '../copy/engine.ts'
import { between, chance, oneOf } from '../fakes/chance.ts'
import { letters, OddTarget } from './odd-target.ts'

const capabilities = [
  'IMAP4rev1',
  'IMAP4rev1 UIDPLUS',
  'IMAP4rev1 UIDPLUS LITERAL+',
  'IMAP4rev1 UIDPLUS LITERAL-',
  'IMAP4rev1 UIDPLUS LITERAL+ MULTIAPPEND',
  'IMAP4rev1 LITERAL+ MULTIAPPEND',
]

describe('whatever a target does, each message is there once or has a named outcome', { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 30; seed++)
    test(`seed ${seed}`, { timeout: 20_000 }, async () => {
      const random = chance(seed)
      const server = new OddTarget(random, oneOf(random, capabilities))
      const endpoint = await server.start()
      const engine = new Engine()
      const sent = letters(random, between(random, 5, 60))
      for (const { raw, flags, internalDate } of sent) engine.source.deliver('INBOX', raw, flags, internalDate)
      const limits = { messages: 10, bytes: 1_000_000 }
      const pass = async (careful: boolean) => {
        const target = await openImapTarget(endpoint, 'anna')
        await engine.pass({ target, limits, careful }).finally(() => target.close())
      }
      try {
        for (let tries = 1; ; tries++) {
          server.wild = tries < 40
          const error = await pass(tries > 1).catch((error: unknown) => error)
          if (error === undefined) break
          assert.ok(error instanceof Failure && tries < 60, `${error}`)
        }
        server.wild = false
        await pass(false)
        const target = await openImapTarget(endpoint, 'anna')
        const { differences, removed } = await engine.compare(false, target).finally(() => target.close())
        assert.deepEqual([differences, removed], [[], 0], server.log.join('\n'))
        const outcomes = (await engine.entries()).map(({ outcome }) => outcome.replace('adopted', 'copied'))
        const isRefused = ({ raw }: { raw: Buffer }) => raw.includes('REFUSE')
        for (const [i, one] of sent.entries())
          assert.match(outcomes[i] ?? '', isRefused(one) ? /^(refused|altered)$/ : /^copied$/, server.log.join('\n'))
        const seen = ({ raw, flags, internalDate }: (typeof sent)[number]) =>
          `${digestOf(raw)} ${[...flags].sort()} ${internalDate}`
        const wanted = sent.filter(one => !isRefused(one))
        const altered = outcomes.filter(outcome => outcome === 'altered').length
        assert.equal(server.messages.length, wanted.length + altered)
        const known = new Set(sent.map(({ raw }) => digestOf(raw)))
        const copies = server.messages.filter(({ raw }) => known.has(digestOf(raw)))
        assert.deepEqual(copies.map(seen).sort(), wanted.map(seen).sort())
      } finally {
        server.close()
      }
    })
})
