import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openImapSource } from '../../shared/source/imap.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import type { Outgoing } from '../../shared/targets/target.ts'
import { scripted } from './scripted.ts'

const path = 'Été & hiver/“2024”'
const utf8 = Buffer.from(path).toString('latin1')
const utf7 = '&AMk-t&AOk- &- hiver/&IBw-2024&IB0-'

/** What a server offers, how it writes names, and what it must be told first. */
const servers: [string, string, string[]][] = [
  ['IMAP4rev1 UIDPLUS LITERAL+', utf7, []],
  ['IMAP4rev1 IMAP4rev2 UIDPLUS LITERAL+ UTF8=ACCEPT ENABLE', utf7, []],
  ['IMAP4rev2 LITERAL+', utf8, []],
  ['IMAP4rev1 UIDPLUS LITERAL+ ENABLE UTF8=ONLY', utf8, ['ENABLE UTF8=ACCEPT']],
]

describe('a folder’s name is written and read as the server has it', () => {
  for (const [capability, name, first] of servers)
    test(capability, async () => {
      const asked: string[] = []
      const server = await scripted(
        Object.assign(
          (line: string, say: (data: Buffer) => void) => {
            const [tag = '', verb = ''] = line.split(' ')
            if (/^R\d+ /.test(line)) asked.push(line.slice(tag.length + 1))
            const answer = (text: string) => say(Buffer.from(text, 'latin1'))
            if (verb === 'NAMESPACE') answer('* NAMESPACE (("" "/")) NIL NIL\r\n')
            if (verb === 'LIST') answer(line.includes('*') ? `* LIST () "/" "${name}"\r\n` : '* LIST (\\Noselect) "/" ""\r\n')
            if (/^(SELECT|EXAMINE)$/.test(verb)) answer('* 0 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n')
            if (verb === 'STATUS') answer(`* STATUS "${name}" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1)\r\n`)
            if (/^R\d+ /.test(line)) answer(`${tag} OK done\r\n`)
          },
          { opens: true },
        ),
        capability,
      )
      const target = await openImapTarget(server.endpoint, 'anna@town.example')
      const source = openImapSource(server.endpoint, 'anna@town.example')
      try {
        await target.create([{ path }])
        await target.standing([path])
        await target.open([path])
        async function* one(): AsyncIterable<Outgoing> {
          yield { path, uid: 1, raw: Buffer.from('Subject: a\r\n\r\n'), flags: [], internalDate: 0 }
        }
        for await (const { done } of target.append(one())) assert.ok(done)
        assert.deepEqual(
          (await source.folders()).map(one => [one.path, one.segments]),
          [[path, ['Été & hiver', '“2024”']]],
        )
        for await (const _ of source.list([{ path, fromUid: 1 }]));
        const named = asked.flatMap(
          line => /^(CREATE|SUBSCRIBE|STATUS|SELECT|EXAMINE|APPEND) "(.*?)"/.exec(line)?.slice(1, 3) ?? [],
        )
        const verbs = ['CREATE', 'SUBSCRIBE', 'STATUS', 'SELECT', 'APPEND', 'EXAMINE']
        assert.deepEqual(
          named,
          verbs.flatMap(verb => [verb, name]),
        )
        assert.deepEqual(asked.slice(0, first.length), first)
      } finally {
        await Promise.all([target.close(), source.close()])
        server.close()
      }
    })
})
