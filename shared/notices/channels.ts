import { Failure } from '../errors.ts'
import type { Graph } from '../graph/client.ts'
import type { Channel } from '../playbooks/notice.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Target } from '../targets/target.ts'
import type { NoticeChannel } from './channel.ts'
import { graphMail } from './graph-mail.ts'
import { smtpMail } from './smtp-mail.ts'

/** What the ways need: Graph to send, a session with the reader’s new mailbox to put in or to look. */
export type ChannelParts = {
  graph: Graph
  playbook: Playbook
  secret: (name: string) => Promise<string>
  /** The reader’s new mailbox; undefined where he has none in the wave. */
  openTarget: (() => Promise<Target>) | undefined
  /** Is that mailbox there yet? Before that nobody can be asked what arrived. */
  isThere?: boolean
  /** The old mailbox, opened for the one thing that is ever written there: a last notice. */
  openOldInbox: (() => Promise<Target>) | undefined
  now: () => number
}

/** The way to a reader that the playbook names. */
export function channelFor(
  channel: Channel,
  { graph, playbook, secret, openTarget, isThere, openOldInbox, now }: ChannelParts,
): NoticeChannel {
  const inbox = (open: () => Promise<Target>): NoticeChannel => ({
    arrived: messageId => withTarget(open, target => target.holds('INBOX', messageId)),
    send: (_, mime) => withTarget(open, target => put(target, mime, now())),
  })
  const arrived = openTarget && isThere ? inbox(openTarget).arrived : async () => false
  const { graph: online, smtp, bounces } = playbook.channels
  if (channel === 'append' && openTarget) return inbox(openTarget)
  if (channel === 'source-append' && openOldInbox) return inbox(openOldInbox)
  if (channel === 'graph' && online) return { arrived, send: (_, mime) => graphMail(graph)({ sender: online.sender, mime }) }
  if (channel === 'smtp' && smtp) return { arrived: async () => false, send: smtpMail(smtp, secret, bounces?.address) }
  throw unknown(channel)
}

async function put(target: Target, raw: Buffer, internalDate: number): Promise<void> {
  async function* one() {
    yield { path: 'INBOX', uid: 1, raw, flags: [], internalDate }
  }
  for await (const result of target.append(one())) {
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
  const hint =
    'Fill in `channels` in the playbook for this channel; append and source-append reach only owners of a mailbox of the wave. Then release the notice.'
  return new Failure({
    verdict: 'permanent',
    during: 'sending a notice',
    code: 'NO-CHANNEL',
    text: `${channel} is not available`,
    hint,
  })
}
