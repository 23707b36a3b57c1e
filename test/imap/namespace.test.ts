import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mapFolders } from '../../shared/copy/folders.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { scripted } from './scripted.ts'

/** What a server says of its namespaces, the folders that it lists, and those that are the mailbox’s own. */
const servers: Record<string, [string, [string, string][], string[]]> = {
  Courier: [
    '(("INBOX." ".")) NIL (("#shared." ".")("shared." "."))',
    [
      ['.', 'INBOX'],
      ['.', 'INBOX.Sent'],
      ['.', 'shared'],
      ['.', 'shared.town.all'],
      ['.', '#shared.x'],
    ],
    ['INBOX', 'INBOX.Sent'],
  ],
  Cyrus: [
    '(("INBOX." ".")) (("user." ".")) (("" "."))',
    [
      ['.', 'INBOX'],
      ['.', 'Inbox.Sent'],
      ['.', 'user.bob'],
      ['.', 'user.bob.Sent'],
      ['.', 'town'],
      ['.', 'town.minutes'],
    ],
    ['INBOX', 'Inbox.Sent'],
  ],
  'Cyrus with altnamespace': [
    '(("" "/")) (("Other Users/" "/")) (("Shared Folders/" "/"))',
    [
      ['/', 'INBOX'],
      ['/', 'Sent'],
      ['/', 'Shared'],
      ['/', 'Other Users'],
      ['/', 'Other Users/bob/Sent'],
      ['/', 'Shared Folders/x'],
    ],
    ['INBOX', 'Sent', 'Shared'],
  ],
  'Dovecot, its own in two places': [
    '(("" "/")("Archives/" "/" "X-PARAM" ("a" "b"))) (("&AMk-t&AOk-/" "/")) NIL',
    [
      ['/', 'INBOX'],
      ['/', 'Archives/2020'],
      ['/', '&AMk-t&AOk-/bob'],
      ['/', '&AMk-t&AOk-'],
    ],
    ['INBOX', 'Archives/2020'],
  ],
  'one that tells names as literals': [
    '(({0}\r\n "/")) NIL (({7}\r\nPublic/ "/"))',
    [
      ['/', 'INBOX'],
      ['/', 'Public/all'],
      ['/', 'Publications'],
    ],
    ['INBOX', 'Publications'],
  ],
  'one that tells of no personal namespace': [
    'NIL NIL (("" "/"))',
    [
      ['/', 'INBOX'],
      ['/', 'Sent'],
    ],
    ['INBOX', 'Sent'],
  ],
  'one whose own and shared prefix are the same': [
    '(("" "/")) NIL (("" "/"))',
    [
      ['/', 'INBOX'],
      ['/', 'a'],
    ],
    ['INBOX', 'a'],
  ],
}

describe('what belongs to others, or to all, is not copied into each mailbox', () => {
  for (const [what, [told, listed, own]] of Object.entries(servers))
    test(what, async () => {
      const server = await scripted((line, say) => {
        const [tag, verb] = line.split(' ')
        if (verb === 'NAMESPACE') say(`* NAMESPACE ${told}\r\n`)
        if (verb === 'LIST')
          for (const [delimiter, name] of listed)
            say(`* LIST (${/sent$/i.test(name) ? '\\Sent' : ''}) "${delimiter}" "${name}"\r\n`)
        say(`${tag} OK done\r\n`)
      }, 'IMAP4rev1 NAMESPACE SPECIAL-USE')
      const source = openImapSource(server.endpoint, 'anna@town.example')
      try {
        const folders = await source.folders()
        const traits = { delimiter: '/', prefix: '', forbidden: '/', rebuilds: false, tellsUids: true }
        assert.deepEqual(
          mapFolders(folders, [], traits).map(({ path }) => path),
          own,
        )
        const sent = folders.filter(({ role }) => role === '\\Sent').map(({ path }) => path)
        assert.deepEqual(
          sent,
          own.filter(path => /sent$/i.test(path)),
        )
      } finally {
        await source.close()
        server.close()
      }
    })
})
