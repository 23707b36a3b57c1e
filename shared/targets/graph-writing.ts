import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Graph, segment } from '../graph/client.ts'
import type { Body } from '../source/source.ts'
import { answeredProperties, deliveredProperties, flagged } from './graph-flags.ts'
import { permission } from './graph-folders.ts'
import { attached, inlineBytes, instant, madeOf, type Part } from './graph-message.ts'
import { numberProperty, unfinishedProperty, writtenNumber } from './graph-numbers.ts'
import type { Slots } from './graph-slots.ts'
import type { Outgoing } from './target.ts'

/** What a writer needs of its session. */
export type Writing = { graph: Graph; mailbox: string; slots: Slots }

/** What became of one message: Graph’s id of it, or why it was refused. */
export type Written = { graphId: string } | { code: string; text: string }

/** Puts one message into a folder under a number of ours. Throws a Failure for weather and for what a person must mend. */
export type Write = (writing: Writing, folderId: string, message: Outgoing, number: number) => Promise<Written>

const created = z.object({ id: z.string() })

/** Longest range of an upload session, bytes: Outlook takes less than 4 MB, in multiples of 320 KiB. */
const rangeBytes = 10 * 327_680

/** By JSON: rebuilt of its parts. The number is set together with the message; where parts follow, once they all are there. */
export const writeJson: Write = async ({ graph, mailbox, slots }, folderId, { raw, flags, internalDate }, number) => {
  const made = await madeOf(await bytesOf(raw))
  if ('code' in made) return made
  const { message, large } = made
  const during = `writing a message to ${mailbox}`
  const ask = { during, permission }
  const base = `users/${segment(mailbox)}`
  const written = writtenNumber(folderId, number)
  const mark = large.length > 0 ? unfinishedProperty : numberProperty
  const properties = [
    ...(message.singleValueExtendedProperties as object[]),
    ...deliveredProperties(flags.includes('\\Draft'), receivedAt(internalDate)),
    ...answeredProperties(flags),
    { id: mark, value: written },
  ]
  const body = { ...message, ...flagged(flags), singleValueExtendedProperties: properties }
  const path = `${base}/mailFolders/${segment(folderId)}/messages`
  return refusedOr(async () => {
    const { id } = await slots(() => graph.post(path, body, created, ask))
    for (const part of large) await attach(graph, slots, `${base}/messages/${segment(id)}`, part, ask)
    const done = { singleValueExtendedProperties: [{ id: numberProperty, value: written }] }
    if (large.length > 0) await slots(() => graph.patch(`${base}/messages/${segment(id)}`, done, ask))
    return { graphId: id }
  })
}

/** By importMime (beta): its bytes as they are. Flags, date and number follow; without them it is found again as one that bears no number. */
export const writeMime: Write = async ({ graph, mailbox, slots }, folderId, { raw, flags, internalDate }, number) => {
  const ask = { during: `importing a message to ${mailbox}`, permission: 'Mail-Advanced.ReadWrite.All' }
  const base = `users/${segment(mailbox)}`
  const base64 = (await bytesOf(raw)).toString('base64')
  return refusedOr(async () => {
    const { id } = await slots(() => graph.postMime(`${base}/mailFolders/${segment(folderId)}/importMime`, base64, created, ask))
    await slots(() =>
      graph.patch(
        `${base}/messages/${segment(id)}`,
        settled(flags, writtenNumber(folderId, number), receivedAt(internalDate)),
        ask,
      ),
    )
    return { graphId: id }
  })
}

/** What a message is told once it is there: its flags, and the number by which it is ours. */
export function settled(flags: readonly string[], written: string, received?: string): object {
  const properties = [...answeredProperties(flags), { id: numberProperty, value: written }]
  return { ...flagged(flags), singleValueExtendedProperties: [...deliveredProperties(true, received), ...properties] }
}

async function attach(graph: Graph, slots: Slots, message: string, part: Part, ask: { during: string; permission: string }) {
  if (part.bytes.length < inlineBytes) {
    await slots(() => graph.post(`${message}/attachments`, attached(part), created, ask))
    return
  }
  const { name, contentType, isInline, contentId, bytes } = part
  const AttachmentItem = {
    attachmentType: 'file',
    name,
    contentType,
    isInline,
    size: bytes.length,
    ...(contentId ? { contentId } : {}),
  }
  const session = z.object({ uploadUrl: z.string() })
  const opened = await slots(() => graph.post(`${message}/attachments/createUploadSession`, { AttachmentItem }, session, ask))
  for (let at = 0; at < bytes.length; at += rangeBytes)
    await slots(() => graph.putRange(opened.uploadUrl, bytes.subarray(at, at + rangeBytes), at, bytes.length, ask))
}

/** Codes by which Graph refuses one message and not the mailbox. */
const aboutMessage =
  /^(ErrorInvalid|ErrorMimeContent|ErrorPropertyUpdate|ErrorMessageSizeExceeded|ErrorSchemaValidation|ErrorInternetMessage|RequestEntityTooLarge|RequestBodyRead|UnableToDeserialize|BadRequest|HTTP 413)/

/** The result, or the refusal of this one message as a value. */
async function refusedOr(work: () => Promise<Written>): Promise<Written> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Failure) || error.verdict !== 'permanent' || !aboutMessage.test(error.code)) throw error
    const tooBig = /^(RequestEntityTooLarge|ErrorMessageSizeExceeded|HTTP 413)/.test(error.code)
    return { code: tooBig ? 'TOOBIG' : error.code, text: error.message }
  }
}

function receivedAt(internalDate: number): string | undefined {
  return Number.isNaN(internalDate) ? undefined : instant(internalDate)
}

async function bytesOf(raw: Buffer | Body): Promise<Buffer> {
  if (Buffer.isBuffer(raw)) return raw
  const pieces: Buffer[] = []
  for await (const piece of raw.chunks()) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}
