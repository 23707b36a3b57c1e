import PostalMime from 'postal-mime'
import { graphHands, graphMailbox } from '../graph/mailbox.ts'
import { targetContract } from './target.ts'

for (const writer of ['graph-json', 'graph-import-mime'] as const)
  targetContract(`Microsoft Graph, ${writer}`, async () => {
    const mailbox = await graphMailbox()
    const kept = writer === 'graph-json' ? { essence } : {}
    return { ...kept, target: mailbox.open(writer), hands: graphHands(mailbox.mail), close: mailbox.close }
  })

/** What a message that is rebuilt of JSON keeps: who, when, what about, its text and what was attached. */
async function essence(raw: Buffer): Promise<string> {
  const { subject = '', from, text = '', html, attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'base64' })
  const files = attachments.map(({ filename, mimeType, content }) => [filename, mimeType, content])
  return JSON.stringify([subject, from?.address, (html ?? text).replaceAll('\r\n', '\n').trimEnd(), files])
}
