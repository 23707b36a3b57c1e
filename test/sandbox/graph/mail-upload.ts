import { randomUUID } from 'node:crypto'
import { type Answer, Problem } from './answers.ts'
import type { Attachment, Message } from './mail-store.ts'
import type { Asked } from './routes.ts'

type Session = { message: Message; file: Omit<Attachment, 'bytes'>; size: number; pieces: Buffer[]; got: number }

/** Upload sessions for attachments of 3 to 150 MB; the URL bears its own permission. */
export type Uploads = {
  open(asked: Asked, message: Message): Answer
  put(token: string, headers: Record<string, string | string[] | undefined>, body: Buffer): Answer
}

export function uploads(): Uploads {
  const sessions = new Map<string, Session>()
  return {
    open(asked, message) {
      const { AttachmentItem: item } = (asked.json() ?? {}) as { AttachmentItem?: Record<string, unknown> }
      const size = Number(item?.size)
      if (item?.attachmentType !== 'file' || typeof item.name !== 'string' || !Number.isInteger(size))
        throw new Problem(400, 'ErrorInvalidParameter', 'AttachmentItem needs attachmentType, name and size.')
      if (size < 3_000_000 || size > 150 * 1024 * 1024)
        throw new Problem(400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize', 'An upload session is for 3 to 150 MB.')
      const file = {
        id: randomUUID(),
        name: item.name,
        contentType: String(item.contentType ?? 'application/octet-stream'),
        isInline: item.isInline === true,
        ...(typeof item.contentId === 'string' ? { contentId: item.contentId } : {}),
      }
      const token = randomUUID()
      sessions.set(token, { message, file, size, pieces: [], got: 0 })
      return { status: 201, body: { uploadUrl: `${asked.base}/upload/${token}`, nextExpectedRanges: ['0'] } }
    },
    put(token, headers, body) {
      const session = sessions.get(token)
      if (!session) throw new Problem(404, 'ErrorItemNotFound', 'The upload session was not found.')
      if (headers.authorization !== undefined)
        throw new Problem(401, 'InvalidAuthenticationToken', 'An upload session takes no Authorization header.')
      const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(headers['content-range'] ?? '')) ?? []
      const fits = Number(from) === session.got && Number(to) - Number(from) + 1 === body.length && Number(size) === session.size
      if (!fits) throw new Problem(416, 'InvalidContentRange', `Expected the range that begins at ${session.got}.`)
      if (body.length >= 4 * 1024 * 1024) throw new Problem(413, 'RequestEntityTooLarge', 'A range is at most 4 MB.')
      session.pieces.push(body)
      session.got += body.length
      if (session.got < session.size) return { status: 200, body: { nextExpectedRanges: [String(session.got)] } }
      sessions.delete(token)
      session.message.attachments.push({ ...session.file, bytes: Buffer.concat(session.pieces) })
      return { status: 201, headers: { location: `/Attachments('${session.file.id}')` } }
    },
  }
}
