import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { flagsFor, sameFlags } from '../../shared/copy/flags.ts'
import { keepsFlag } from '../fakes/mailbox.ts'

const exchange = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$MDNSent']

describe('the flags of a copy', () => {
  const cases: [what: string, flags: string[], permanent: string[] | undefined, kept: string[], dropped: string[]][] = [
    [
      'system flags are kept',
      ['\\Seen', '\\Answered', '\\Flagged', '\\Draft'],
      undefined,
      ['\\Answered', '\\Draft', '\\Flagged', '\\Seen'],
      [],
    ],
    ['in the case that RFC 9051 writes', ['\\SEEN', '\\flagged'], undefined, ['\\Flagged', '\\Seen'], []],
    ['\\Recent is the server’s own', ['\\Recent', '\\Seen'], undefined, ['\\Seen'], []],
    ['\\Deleted is never carried', ['\\Deleted', '\\deleted'], undefined, [], []],
    ['keywords are kept where the target takes any', ['$Label1', 'Projet'], ['\\Seen', '\\*'], ['$Label1', 'Projet'], []],
    ['keywords are lost where it takes none', ['$Label1', '\\Seen'], exchange, ['\\Seen'], ['$Label1']],
    ['except those that it names', ['$mdnsent', 'x'], exchange, ['$mdnsent'], ['x']],
    ['unknown system flags count as lost', ['\\Junk', '\\Seen'], undefined, ['\\Seen'], ['\\Junk']],
    ['a system flag that the target does not keep is lost', ['\\Draft'], ['\\Seen'], [], ['\\Draft']],
    [
      'what is no atom is never sent, since a server might take what follows for commands',
      ['été', 'a]', 'a b', '(x', 'a"', 'a*', 'ok.too~'],
      ['\\Seen', '\\*'],
      ['ok.too~'],
      ['(x', 'a b', 'a"', 'a*', 'a]', 'été'],
    ],
    ['the same flag twice is one', ['\\Seen', '\\SEEN'], undefined, ['\\Seen'], []],
    ['none is none', [], exchange, [], []],
  ]
  for (const [what, flags, permanent, kept, dropped] of cases) {
    test(what, () =>
      assert.deepEqual(
        flagsFor(flags, flag => keepsFlag(permanent, flag)),
        { flags: kept, dropped },
      ),
    )
  }

  test('are a function of the set, not of its order', () => {
    const flags = ['b', '\\Seen', 'a', '\\Flagged']
    const all = () => true
    assert.deepEqual(flagsFor(flags, all), flagsFor(flags.toReversed(), all))
  })
})

describe('flags are the same', () => {
  const cases: [string[], string[], boolean][] = [
    [[], [], true],
    [['\\Seen'], ['\\seen'], true],
    [['\\Seen', '\\Flagged'], ['\\Flagged', '\\Seen'], true],
    [['\\Seen'], ['\\Seen', '\\Recent'], true],
    [['\\Seen'], ['\\Seen', '\\Deleted'], true],
    [['\\Seen', '\\Seen'], ['\\Seen'], true],
    [['\\Seen'], [], false],
    [['$Label1'], ['$Label2'], false],
  ]
  for (const [a, b, wanted] of cases) {
    test(`${a.join(' ') || 'none'} and ${b.join(' ') || 'none'}: ${wanted}`, () => {
      assert.equal(sameFlags(a, b), wanted)
      assert.equal(sameFlags(b, a), wanted)
    })
  }
})
