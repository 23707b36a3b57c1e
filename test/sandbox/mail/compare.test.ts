import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareMailboxes, describe } from './compare.ts'
import type { MailboxSnapshot, SeenMessage } from './snapshot.ts'

const message = (sha256: string, flags = '\\Seen', day = 1): SeenMessage => ({
  uid: 1,
  flags: flags.split(' '),
  internalDate: `2020-01-0${day}T00:00:00.000Z`,
  size: 10,
  sha256,
})
const inbox = (...messages: SeenMessage[]): MailboxSnapshot => new Map([['INBOX', messages]])
const a = message('a')
const b = message('b')

test('copies are compared with their originals as multisets', () => {
  for (const [what, original, copy, expected] of [
    ['equal, in another order', inbox(a, b), inbox(b, a), []],
    ['equal twins', inbox(a, a), inbox(a, a), []],
    ['one lost', inbox(a, b), inbox(a), ['INBOX: 1 lost']],
    ['one twin lost', inbox(a, a), inbox(a), ['INBOX: 1 lost']],
    ['one twice', inbox(a), inbox(a, a), ['INBOX: 1 duplicated']],
    ['other bytes', inbox(a), inbox(b), ['INBOX: 1 altered']],
    ['other flags', inbox(a, b), inbox(message('a', '\\Flagged'), b), ['INBOX: 1 flags']],
    ['other date', inbox(a, b), inbox(message('a', '\\Seen', 2), b), ['INBOX: 1 dates']],
    ['other flags and date', inbox(a), inbox(message('a', '\\Flagged', 2)), ['INBOX: 1 flags, 1 dates']],
    ['twins whose flags are swapped', inbox(a, message('a', '\\Flagged')), inbox(message('a', '\\Flagged'), a), []],
    ['from nowhere', inbox(a), inbox(a, message('c', '\\Seen', 3)), ['INBOX: 1 stray']],
    ['one lost, another twice', inbox(a, message('b', '\\Seen', 2)), inbox(a, a), ['INBOX: 1 lost, 1 duplicated']],
    ['no folder', inbox(a), new Map(), ['INBOX: 1 no folder, 1 lost']],
    ['mail in a folder of its own', inbox(a), new Map([...inbox(a), ['Other', [b]]]), ['Other: 1 stray']],
  ] as const)
    assert.deepEqual(describe(compareMailboxes(original, copy)), expected, what)
})

test('folders and flags may be called otherwise in the copy', () => {
  const original = new Map([['Corbeille', [message('a', '\\Seen $label1')]]])
  const copy = new Map([['Éléments supprimés', [a]]])
  const rules = {
    folderMap: { Corbeille: 'Éléments supprimés' },
    flags: (flags: readonly string[]) => flags.filter(flag => !flag.startsWith('$')),
  }
  assert.deepEqual(compareMailboxes(original, copy, rules), [])
  assert.deepEqual(describe(compareMailboxes(original, copy, { folderMap: rules.folderMap })), ['Corbeille: 1 flags'])
})
