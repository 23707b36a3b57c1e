import type { Failure } from '../errors.ts'
import type { Endpoint } from './session.ts'
import { quoted } from './syntax.ts'
import type { Tagged, Wire } from './wire.ts'

/** Signs in by XOAUTH2, SASL PLAIN (RFC 4616) or LOGIN, whichever fits login and server, and learns what the server then offers. */
export async function signIn(
  wire: Wire,
  { user, pass = '', authzid = '', accessToken }: Awaited<ReturnType<Endpoint['login']>>,
): Promise<void> {
  if (wire.capabilities.size === 0) await wire.must('CAPABILITY')
  // A greeting need not name all ways to sign in.
  else if (authzid !== '' && !wire.has('AUTH=PLAIN')) await wire.must('CAPABILITY')
  const before = wire.capabilities
  if (accessToken !== undefined) await authenticate(wire, 'XOAUTH2', `user=${user}\u0001auth=Bearer ${accessToken}\u0001\u0001`)
  else if (wire.has('AUTH=PLAIN')) await authenticate(wire, 'PLAIN', `${authzid}\0${user}\0${pass}`)
  else {
    const cannot = whyNot(wire, user, pass, authzid)
    if (cannot) throw wire.refused({ status: 'NO', ...cannot })
    const tagged = await wire.run(`LOGIN ${quoted(user)} ${quoted(pass)}`)
    if (tagged.status !== 'OK') throw denied(wire, tagged)
  }
  if (wire.capabilities === before) await wire.must('CAPABILITY')
  // That server takes no command before it (RFC 9755 6); one that has IMAP4rev1 as well goes by it until it is told otherwise.
  if (wire.has('UTF8=ONLY')) await wire.must('ENABLE UTF8=ACCEPT')
  wire.utf8 = wire.has('UTF8=ONLY') || (wire.has('IMAP4REV2') && !wire.has('IMAP4REV1'))
}

/** Why LOGIN must not be sent. LOGIN tells for nobody else: an administrator’s own mailbox would be taken for the owner’s. */
function whyNot(wire: Wire, user: string, pass: string, authzid: string): { code: string; text: string } | undefined {
  if (authzid !== '')
    return { code: 'NO_AUTHZID', text: 'the server does not offer AUTH=PLAIN, by which an administrator acts for others' }
  if (wire.has('LOGINDISABLED')) return { code: 'PRIVACYREQUIRED', text: 'the server forbids LOGIN here (LOGINDISABLED)' }
  if (/[\r\n\0]/.test(user + pass)) return { code: 'SECRET', text: 'the login or its secret holds a line end or NUL' }
  return undefined
}

async function authenticate(wire: Wire, mechanism: string, response: string): Promise<void> {
  const initial = Buffer.from(response).toString('base64')
  const ir = wire.has('SASL-IR')
  let sent = ir
  // After a refusal XOAUTH2 sends a challenge with the reason, to be answered by an empty line.
  const { tag, tagged } = wire.expect(undefined, () => {
    wire.write(sent ? '\r\n' : `${initial}\r\n`)
    sent = true
  })
  wire.write(`${tag} AUTHENTICATE ${mechanism}${ir ? ` ${initial}` : ''}\r\n`)
  const answer = await tagged
  if (answer.status !== 'OK') throw denied(wire, answer)
}

function denied(wire: Wire, tagged: Tagged): Failure {
  const weather = /unavailable|try again|temporar/i.test(tagged.text)
  return wire.refused({ ...tagged, code: tagged.code.split(' ')[0] || (weather ? 'UNAVAILABLE' : 'AUTHENTICATIONFAILED') })
}
