import { type Body, type Message, passing } from '../source/source.ts'
import type { Pace } from './pace.ts'

/** Messages no faster than the pace; a large one is held back piece by piece. */
export async function* paced(messages: AsyncIterable<Message>, pace: Pace): AsyncIterable<Message> {
  for await (const message of messages) {
    const { raw } = message
    await pace(Buffer.isBuffer(raw) ? raw.length : 0)
    yield Buffer.isBuffer(raw) ? message : { ...message, raw: { ...passing(raw), chunks: () => slowly(raw, pace) } }
  }
}

async function* slowly(raw: Body, pace: Pace): AsyncIterable<Buffer> {
  for await (const chunk of raw.chunks()) {
    await pace(chunk.length, 0)
    yield chunk
  }
}
