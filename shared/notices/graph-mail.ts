import { type Graph, segment } from '../graph/client.ts'

/** One message as it is to be sent: the whole MIME, its recipients in To, Cc and Bcc. */
export type MailToSend = { sender: string; mime: Buffer }

/**
 * Sends through the sender's mailbox (Graph `sendMail`, 202: accepted, not yet delivered); a copy stays in its Sent Items. Not
 * repeatable: after a transient Failure the mail may have gone, so a stable Message-ID is the only protection against a second.
 */
export type SendMail = (mail: MailToSend) => Promise<void>

/** `sendMail` over Graph; needs Mail.Send, better as an Exchange role scoped to the sender than as a consent. */
export function graphMail(graph: Graph): SendMail {
  return ({ sender, mime }) =>
    graph.postText(`users/${segment(sender)}/sendMail`, mime.toString('base64'), {
      during: `sending a mail as ${sender}`,
      permission: 'Mail.Send',
    })
}
