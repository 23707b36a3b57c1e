import assert from 'node:assert/strict'
import { test } from 'node:test'
import { measure } from '../../shared/imap/measure.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { type Script, scripted } from './scripted.ts'

/** A server of IMAP4rev2 alone: it searches by ESEARCH, and names nothing of what its protocol has. */
const server = (asked: string[]): Script =>
  Object.assign(
    (line: string, say: (text: string) => void) => {
      const [tag = '', verb, sub] = line.split(' ')
      asked.push(line.slice(tag.length + 1))
      if (verb === 'NAMESPACE') say('* NAMESPACE (("" "/")) NIL NIL\r\n')
      if (verb === 'LIST') say('* LIST () "/" INBOX\r\n* STATUS INBOX (MESSAGES 2 UIDNEXT 9 UIDVALIDITY 1)\r\n')
      if (verb === 'STATUS') say('* STATUS INBOX (MESSAGES 2 UNSEEN 1 SIZE 7)\r\n')
      if (verb === 'SELECT' || verb === 'EXAMINE') say('* 2 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n')
      if (sub === 'SEARCH') say(`* ESEARCH (TAG "${tag}") UID${line.includes('<none@') ? '' : ' ALL 4:5,8'}\r\n`)
      if (sub === 'FETCH') say('* 2 FETCH (UID 8 INTERNALDATE "07-Apr-2025 14:00:00 +0000" RFC822.SIZE 3)\r\n')
      say(`${tag} OK done\r\n`)
    },
    { opens: true },
  )

test('a server of IMAP4rev2 alone is heard, and all that its protocol has is used', async () => {
  const asked: string[] = []
  const { endpoint, close } = await scripted(server(asked), 'IMAP4rev2')
  const target = await openImapTarget(endpoint, 'anna@town.example')
  try {
    assert.equal(target.traits.tellsUids, true)
    const [inbox] = await target.folders()
    assert.equal(inbox?.status?.uidNext, 9)
    assert.deepEqual([await target.holds('INBOX', '<a@b>'), await target.holds('INBOX', '<none@b>')], [true, false])
    assert.equal(await target.removeOurs({ path: 'INBOX', uidValidity: '1' }, [8]), true)
    assert.equal(asked.at(-1), 'UID EXPUNGE 8')
    const { messages, sizeBytes, lastReadAt } = await measure(endpoint, 'anna@town.example')
    assert.deepEqual([messages, sizeBytes, lastReadAt], [2, 7, Date.UTC(2025, 3, 7, 14)])
    assert.ok(asked.includes('UID FETCH 8 (UID INTERNALDATE RFC822.SIZE)'), 'the last that was read')
  } finally {
    await target.close()
    close()
  }
})
