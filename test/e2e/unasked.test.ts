import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, test } from 'node:test'
import { messages } from '../../shared/imap/bodies.ts'
import { Wire } from '../../shared/imap/wire.ts'
import { openImapSource } from '../../shared/source/imap.ts'

/** What a scripted server answers to a command; `TAG` stands for its tag. Undefined: OK. */
type Script = (command: string, tag: string) => string | undefined

let server: Server | undefined

afterEach(() => server?.close())

/** An IMAP server that knows one folder and answers the rest by script. */
async function scripted(script: Script) {
  const serving = createServer(socket => {
    socket.on('error', () => {})
    socket.write('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS LITERAL+] ready\r\n')
    let rest = ''
    socket.on('data', data => {
      rest += data.toString('latin1')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        const [tag = '', command = ''] = [line.split(' ')[0], line.slice(line.indexOf(' ') + 1)]
        socket.write(answer(script, tag, command).replaceAll('TAG', tag))
      }
    })
  }).listen(0, '127.0.0.1')
  server = serving
  await once(serving, 'listening')
  const { port } = serving.address() as AddressInfo
  return { host: '127.0.0.1', port, tls: 'none' as const, login: async () => ({ user: 'anna', pass: 'secret' }) }
}

function answer(script: Script, tag: string, command: string): string {
  if (/^(AUTHENTICATE|LOGIN)/i.test(command)) return 'TAG OK [CAPABILITY IMAP4rev1 UIDPLUS LITERAL+] in\r\n'
  if (/^(SELECT|EXAMINE)/i.test(command)) return '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 4] ok\r\nTAG OK done\r\n'
  if (/^NAMESPACE/i.test(command)) return '* NAMESPACE (("" "/")) NIL NIL\r\nTAG OK done\r\n'
  if (/^LIST/i.test(command)) return '* LIST () "/" INBOX\r\nTAG OK done\r\n'
  if (/^LOGOUT/i.test(command)) return '* BYE\r\nTAG OK bye\r\n'
  return script(command, tag) ?? 'TAG OK done\r\n'
}

const head = (uid: number) => `UID ${uid} FLAGS () INTERNALDATE "01-Oct-2026 08:00:00 +0000" RFC822.SIZE 4`
const body = (uid: number) => `* ${uid} FETCH (${head(uid)} BODY[] {4}\r\nab\r\n)\r\n`
const news = '* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n* 1 FETCH (FLAGS (\\Flagged) UID 1)\r\n'

test('news of flags in the midst of a fetch is neither a message nor a head', async () => {
  const source = await openImapSource(
    await scripted(command => {
      if (!/^UID FETCH/i.test(command)) return undefined
      return /BODY/i.test(command)
        ? `${body(1)}${news}${body(2)}${body(3)}${news}TAG OK done\r\n`
        : `* 1 FETCH (${head(1)})\r\n${news}* 2 FETCH (${head(2)})\r\n* 3 FETCH (${head(3)})\r\nTAG OK done\r\n`
    }),
    'anna',
  )
  const heads: string[] = []
  for await (const listing of source.list([{ path: 'INBOX', fromUid: 1 }]))
    for (const { uid, sizeBytes } of listing.heads) heads.push(`${uid} ${sizeBytes}`)
  assert.deepEqual(heads, ['1 4', '2 4', '3 4'])
  const bodies: string[] = []
  for await (const { uid, raw } of source.messages([{ path: 'INBOX', uids: [1, 2, 3] }])) bodies.push(`${uid} ${raw}`)
  assert.deepEqual(bodies, ['1 ab\r\n', '2 ab\r\n', '3 ab\r\n'])
  await source.close()
})

test('data for a FETCH that comes before the answer of the NOOP ahead of it goes to the FETCH', async () => {
  let owed = ''
  const endpoint = await scripted((command, tag) => {
    if (/^NOOP/i.test(command)) {
      owed = `${tag} OK late\r\n`
      return ''
    }
    return /^UID FETCH/i.test(command) ? `${body(1)}${body(2)}${owed}${body(3)}TAG OK done\r\n` : undefined
  })
  const wire = await Wire.open(endpoint, 'anna')
  const noop = wire.run('NOOP')
  const uids: number[] = []
  for await (const { uid } of messages(wire, 'EXAMINE', [{ path: 'INBOX', uids: [1, 2, 3] }])) uids.push(uid)
  assert.deepEqual(uids, [1, 2, 3])
  assert.equal((await noop).text, 'late')
  await wire.logout()
})
