import { Failure } from '../errors.ts'
import type { Graph } from '../graph/client.ts'
import type { Channel } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Target } from '../targets/target.ts'
import type { NoticeChannel } from './channel.ts'
import { graphMail } from './graph-mail.ts'

/** What the ways need: Graph to send, a session with the reader’s new mailbox to put in or to look. */
export type ChannelParts = { graph: Graph; playbook: Playbook; openTarget: () => Promise<Target>; now: () => number }

/** The way to a reader that the playbook names. */
export function channelFor(channel: Channel, { graph, playbook, openTarget, now }: ChannelParts): NoticeChannel {
  const inInbox = <T>(work: (target: Target) => Promise<T>) => withTarget(openTarget, work)
  const arrived = (messageId: string) =>
    inInbox(async target => {
      await target.open('INBOX')
      return target.holds(messageId)
    })
  const sender = playbook.channels.graph?.sender
  if (channel === 'graph' && sender) return { arrived, send: (_, mime) => graphMail(graph)({ sender, mime }) }
  if (channel !== 'append') throw unknown(channel)
  return { arrived, send: (_, mime) => inInbox(target => put(target, mime, now())) }
}

async function put(target: Target, raw: Buffer, internalDate: number): Promise<void> {
  async function* one() {
    yield { uid: 1, raw, flags: [], internalDate }
  }
  for await (const result of target.append('INBOX', one())) {
    if (result.done) continue
    const hint = 'Look at the target mailbox’s limits, then release the notice.'
    throw new Failure({
      verdict: 'permanent',
      during: 'putting a notice into the new mailbox',
      code: result.code,
      text: result.text,
      hint,
    })
  }
}

async function withTarget<T>(open: () => Promise<Target>, work: (target: Target) => Promise<T>): Promise<T> {
  const target = await open()
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}

function unknown(channel: Channel): Failure {
  const hint = 'Use `append` or `graph` as the notice’s channel in the playbook, then release the notice.'
  return new Failure({
    verdict: 'permanent',
    during: 'sending a notice',
    code: 'NO-CHANNEL',
    text: `${channel} is not available`,
    hint,
  })
}
