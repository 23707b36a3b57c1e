import { createTransport } from 'nodemailer'

/** What to deliver, and where: the message goes through the server's own delivery, which adds its trace headers. */
export type Delivery = { lmtpPort: number; host?: string; from: string; to: string | readonly string[]; raw: Buffer | string }

/** Delivers over LMTP (RFC 2033) as a mail gateway would; resolves once every recipient has it, throws the server's words for one who has not. */
export async function deliver({ lmtpPort, host = '127.0.0.1', from, to, raw }: Delivery): Promise<void> {
  const transport = createTransport({ host, port: lmtpPort, lmtp: true, secure: false, ignoreTLS: true, name: 'gateway.example' })
  try {
    const recipients = typeof to === 'string' ? [to] : [...to]
    const { rejected } = await transport.sendMail({ envelope: { from, to: recipients }, raw })
    if (rejected.length > 0) throw new Error(`The server does not take mail for ${rejected.join(', ')}.`)
  } finally {
    transport.close()
  }
}
