import assert from 'node:assert/strict'
import { QueueClient } from '@azure/storage-queue'
import type { Chance } from '../../../fakes/chance.ts'
import { type Load, pick, refusal, unanswered, upTo } from './load.ts'

type Message = { text: string; receipt: string; received: number; visible: boolean }
/** The operation that had no answer. A receive may have taken up to `most` of what was visible. */
type Doubt =
  | { verb: 'none' }
  | { verb: 'send'; text: string }
  | { verb: 'change'; id: string }
  | { verb: 'receive'; most: number }

const hourSeconds = 3600

/** A client that tries once, so that an operation without answer is known as such. */
export const queueClient = (connection: string, queue: string): QueueClient =>
  new QueueClient(connection, queue, { retryOptions: { maxTries: 1 } })

/** Works in one queue of its own: sends (some to be seen later), receives, renews with and without new text, deletes; some with a spent receipt. */
export function queueLoad(queue: string, random: Chance): Load {
  const messages: Map<string, Message> = new Map()
  let doubt: Doubt = { verb: 'none' }
  let serial = 0

  const work: Load['work'] = async (connection, running, acknowledged) => {
    const client = queueClient(connection, queue)
    while (running()) {
      try {
        await next(client)
        doubt = { verb: 'none' }
        acknowledged()
      } catch (error) {
        if (unanswered(error)) return
      }
    }
  }

  const next = (client: QueueClient): Promise<void> => {
    const leased = [...messages].filter(([, message]) => !message.visible)
    const roll = random()
    if (leased.length > 60) return remove(client, ...pick(random, leased))
    if (leased.length === 0 || roll < 0.35) return send(client)
    if (roll < 0.6) return receive(client)
    const [id, message] = pick(random, leased)
    if (roll < 0.75) return remove(client, id, message)
    return roll < 0.95 ? change(client, id, message) : refuse(client, id)
  }

  const send = async (client: QueueClient) => {
    const text = `${queue}-${++serial}-${'ü<&'.repeat(upTo(random, 300))}`
    const visible = random() < 0.7
    doubt = { verb: 'send', text }
    const sent = await client.sendMessage(Buffer.from(text).toString('base64'), visible ? {} : { visibilityTimeout: hourSeconds })
    messages.set(sent.messageId, { text, receipt: sent.popReceipt, received: 0, visible })
  }

  const receive = async (client: QueueClient) => {
    const most = 1 + upTo(random, 8)
    doubt = { verb: 'receive', most }
    await take(client, most)
  }

  /** Receives, and holds the answer against the model. */
  const take = async (client: QueueClient, most: number, unknownText?: string): Promise<number> => {
    const answer = await client.receiveMessages({ numberOfMessages: most, visibilityTimeout: hourSeconds })
    for (const { messageId, messageText, popReceipt, dequeueCount } of answer.receivedMessageItems) {
      const text = Buffer.from(messageText, 'base64').toString()
      const known = messages.get(messageId) ?? (text === unknownText ? { text, received: 0, visible: true } : undefined)
      assert.ok(known, `${messageId} was deleted, or never sent`)
      assert.ok(known.visible, `${messageId} is leased or not yet due`)
      assert.deepEqual([text, dequeueCount], [known.text, known.received + 1])
      messages.set(messageId, { text, receipt: popReceipt, received: dequeueCount, visible: false })
    }
    return answer.receivedMessageItems.length
  }

  const change = async (client: QueueClient, id: string, message: Message) => {
    doubt = { verb: 'change', id }
    const visible = random() < 0.3
    const text = random() < 0.5 ? message.text : `${message.text}!`
    const body = text === message.text ? undefined : Buffer.from(text).toString('base64')
    const { popReceipt = '' } = await client.updateMessage(id, message.receipt, body, visible ? 0 : hourSeconds)
    messages.set(id, { ...message, text, visible, receipt: popReceipt })
  }

  const remove = async (client: QueueClient, id: string, message: Message) => {
    doubt = { verb: 'change', id }
    await client.deleteMessage(id, message.receipt)
    messages.delete(id)
  }

  const refuse = async (client: QueueClient, id: string) => {
    await client.deleteMessage(id, 'c3BlbnQ=').then(
      () => assert.fail('a spent receipt was accepted'),
      error => (refusal(error) === undefined ? unanswered(error) : assert.equal(refusal(error), 400)),
    )
  }

  /** Makes every leased message visible by its receipt, then receives everything. */
  const check: Load['check'] = async connection => {
    const client = queueClient(connection, queue)
    const hidden = [...messages].filter(([, message]) => !message.visible)
    const touched = doubt.verb === 'change' ? doubt.id : undefined
    const peeked = (await client.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(item => item.messageId)
    for (const [id] of hidden) assert.ok(id === touched || !peeked.includes(id), `${id} is seen before its time`)
    for (const [id, message] of hidden) {
      try {
        const { popReceipt = '' } = await client.updateMessage(id, message.receipt, undefined, 0)
        messages.set(id, { ...message, visible: true, receipt: popReceipt })
      } catch (error) {
        // The change without answer was made: its receipt is unknown to us, so the message stays out of the model.
        assert.ok(id === touched && refusal(error) !== undefined, `the receipt of ${id} did not survive: ${String(error)}`)
        messages.delete(id)
      }
    }
    const unsure = doubt.verb === 'send' ? doubt.text : undefined
    while ((await take(client, 32, unsure)) > 0);
    const missing = [...messages].filter(([, message]) => message.visible)
    assert.ok(missing.length <= (doubt.verb === 'receive' ? doubt.most : 0), `lost from ${queue}: ${missing.map(([id]) => id)}`)
    for (const [id] of missing) messages.delete(id)
    doubt = { verb: 'none' }
  }

  return { work, check }
}
