import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { measure } from '../../shared/imap/measure.ts'
import { between, chance, oneOf } from '../fakes/chance.ts'
import { type Script, scripted } from './scripted.ts'
import { type Folder, someMail, varied } from './varied.ts'

const bytes = (text: string) => Buffer.from(text).toString('latin1')
const names = ['INBOX', 'Sent', 'Tom & Jerry', bytes('Été'), '&AMk-t&AOk-', 'a "quoted" one', 'back\\slash', '{5}']
const capabilities = ['IMAP4rev1', 'IMAP4rev1 NAMESPACE LIST-EXTENDED QUOTA', 'IMAP4rev1 STATUS=SIZE']

describe('the inventory counts what every folder holds, in whatever words the server names it', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 15; seed++)
    test(`seed ${seed}`, { timeout: 20_000 }, async () => {
      const random = chance(seed)
      const folders = names.map((name, i): Folder => {
        const messages = someMail(random, between(random, 0, 6))
        return { name, uidValidity: i + 1, uidNext: (messages.at(-1)?.uid ?? 0) + 1, messages }
      })
      const server = await scripted(varied(random, folders), oneOf(random, capabilities))
      try {
        const found = await measure(server.endpoint, 'anna@town.example')
        const all = folders.flatMap(({ messages }) => messages)
        assert.equal(found.folders, folders.length)
        assert.equal(found.messages, all.length)
        assert.equal(
          found.sizeBytes,
          all.reduce((sum, { raw }) => sum + raw.length, 0),
        )
      } finally {
        server.close()
      }
    })
})

test('a folder that the server does not let us open is named', async () => {
  const script: Script = (line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'LIST') say('* LIST () "/" INBOX\r\n* LIST () "/" "&AMk-t&AOk-"\r\n')
    if (verb === 'STATUS') say(`* STATUS ${line.split(' ')[2]} (MESSAGES 1 UNSEEN 0)\r\n`)
    say(line.includes('EXAMINE "&AMk') ? `${tag} NO [NOPERM] no right\r\n` : `${tag} OK done\r\n`)
  }
  const server = await scripted(Object.assign(script, { opens: true }))
  try {
    await assert.rejects(measure(server.endpoint, 'anna@town.example'), { code: 'NOPERM', message: /opening “Été”/ })
  } finally {
    server.close()
  }
})
