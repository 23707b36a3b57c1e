import { Failure } from '../errors.ts'
import type { SmtpEndpoint } from '../playbooks/imap.ts'

/**
 * Hands notices to a mail server (RFC 6409). Whether an interrupted hand-over succeeded cannot be asked, so after a crash in that moment a
 * notice may be said twice. `returnPath`: the address that learns of what cannot be delivered; absent: the one in From.
 */
export function smtpMail(
  endpoint: SmtpEndpoint,
  secret: (name: string) => Promise<string>,
  returnPath?: string,
): (to: string, mime: Buffer) => Promise<void> {
  const { host, port, tls, user } = endpoint
  return async (to, mime) => {
    const pass = user && endpoint.secret ? await secret(endpoint.secret) : undefined
    const { createTransport } = await import('nodemailer')
    const transport = createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(user && pass ? { auth: { user, pass } } : {}),
      connectionTimeout: 20_000,
    })
    const from = returnPath ?? /^From:.*<([^>]+)>/im.exec(mime.toString('latin1', 0, 4096))?.[1] ?? ''
    try {
      await transport.sendMail({ envelope: { from, to: [to] }, raw: mime })
    } catch (error) {
      throw refusedBy(`${host}:${port}`, to, error)
    } finally {
      transport.close()
    }
  }
}

/** RFC 5321 4.2.1: 4yz is weather, 5yz is final; no answer at all is weather. */
function refusedBy(server: string, to: string, error: unknown): Failure {
  const {
    responseCode,
    code = 'UNKNOWN',
    response,
    message,
  } = error as { responseCode?: number; code?: string; response?: string; message?: string }
  const final = responseCode === undefined ? code === 'EAUTH' : responseCode >= 500
  return new Failure({
    verdict: final ? 'permanent' : 'transient',
    during: `sending to ${to} through ${server}`,
    code: responseCode ? String(responseCode) : code,
    text: response ?? message,
    hint: final
      ? 'Look at what the mail server says: sign-in, sender or recipient; then release the notice.'
      : 'It is tried again by itself.',
  })
}
