import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mailboxName, pathOf, textOf } from '../../shared/imap/syntax.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { type Script, scripted } from './scripted.ts'

const bytes = (text: string) => Buffer.from(text).toString('latin1')

/** What servers write after `* LIST ()`, the name by which each lets the folder be opened, and its levels as people read them. */
const told: [string, string, string[]][] = [
  ['"/" "&AMk-t&AOk- &- hiver"', '&AMk-t&AOk- &- hiver', ['Été & hiver']],
  ['"/" "Tom & Jerry/2024"', 'Tom & Jerry/2024', ['Tom & Jerry', '2024']],
  ['"/" &BBAEMQQyACYEMwQ0BDU-', '&BBAEMQQyACYEMwQ0BDU-', ['Абв&где']],
  ['"/" "&AOk-&AOk-"', '&AOk-&AOk-', ['éé']],
  ['"/" INBOX/Da\tOggetto\tRicevuto', 'INBOX/Da\tOggetto\tRicevuto', ['INBOX', 'Da\tOggetto\tRicevuto']],
  ['"/" Posta in uscita', 'Posta in uscita', ['Posta in uscita']],
  ['"/" Posta in uscita ("CHILDINFO" ("SUBSCRIBED"))', 'Posta in uscita', ['Posta in uscita']],
  [`"/" "${bytes('Été')}"`, bytes('Été'), ['Été']],
  ['"/" "Envoy\xe9s/\xc9t\xe9 & hiver"', 'Envoy\xe9s/\xc9t\xe9 & hiver', ['Envoyés', 'Été & hiver']],
  ['"/" "/Kerio/Old"', '/Kerio/Old', ['Kerio', 'Old']],
  ['"" "flat.name"', 'flat.name', ['flat.name']],
  ['NIL {5}\r\na"b\\c', 'a"b\\c', ['a"b\\c']],
]

describe('a folder is opened by the name that the server gave it', () => {
  for (const [line, name, segments] of told)
    test(JSON.stringify(line), async () => {
      const opened: string[] = []
      const script: Script = (said, say) => {
        const [tag, verb] = said.split(' ')
        if (verb === 'LIST' && said.endsWith('"*"')) say(Buffer.from(`* LIST () ${line}\r\n`, 'latin1'))
        if (verb === 'EXAMINE') {
          opened.push((/"((?:[^"\\]|\\.)*)"/.exec(said)?.[1] ?? '').replaceAll(/\\(.)/g, '$1'))
          say('* 0 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n')
        }
        say(`${tag} OK done\r\n`)
      }
      const server = await scripted(Object.assign(script, { opens: true }))
      const source = openImapSource(server.endpoint, 'anna@town.example')
      try {
        const folders = await source.folders()
        assert.deepEqual(
          folders.map(folder => folder.segments),
          [segments],
        )
        for await (const _ of source.list(folders.map(({ path }) => ({ path, fromUid: 1 }))));
        assert.deepEqual(opened, [name])
      } finally {
        await source.close()
        server.close()
      }
    })
})

test('whatever a name is, it is written as it was read; one that is well written is read as text', () => {
  for (const name of [
    '&',
    '&-',
    '&&-',
    '-&',
    '&AOk',
    '&A-',
    '&2AA-',
    '&7yY-',
    '&AG8-',
    'a&Jjo-b',
    'Envoy\xe9s',
    '\xff&\x80',
    '"\\',
    '',
    '\x7f',
    bytes('é&-'),
  ]) {
    for (const utf8 of [false, true]) {
      assert.equal(mailboxName(pathOf(name, utf8), utf8), `"${name.replaceAll(/["\\]/g, c => `\\${c}`)}"`)
      assert.ok(pathOf(name, utf8).isWellFormed())
    }
  }
  for (const name of ['a\r\nR9 DELETE INBOX', '&&7w0-', '&7w3vCg-', '& \0'])
    for (const utf8 of [false, true])
      for (const path of [pathOf(name, utf8), textOf(pathOf(name, utf8))])
        assert.doesNotMatch(mailboxName(path, utf8), /[\r\n\0]/)
  assert.equal(pathOf('a&Jjo-b &- &AOk-'), 'a☺b & é')
  assert.equal(pathOf(bytes('a☺b & é'), true), 'a☺b & é')
  // What cannot be told as text beside what can.
  assert.equal(mailboxName(`${pathOf('Envoy\xe9s')}/Été & hiver`), '"Envoy\xe9s/&AMk-t&AOk- &- hiver"')
})
