import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Graph, segment } from '../graph/client.ts'

const notYet = ['MailboxNotEnabledForRESTAPI', 'ResourceNotFound', 'ErrorInvalidUser']

const shape = z.object({ userPurpose: z.string().nullish() })

/** An account's mailbox once Exchange Online has opened it to Graph (IMAP may follow a little later), else undefined. */
export async function openMailbox(graph: Graph, userId: string, address: string): Promise<z.output<typeof shape> | undefined> {
  const ask = { during: `looking for the mailbox of ${address}`, permission: 'MailboxSettings.Read' }
  try {
    return await graph.get(`users/${segment(userId)}/mailboxSettings`, shape, ask)
  } catch (error) {
    if (error instanceof Failure && notYet.includes(error.code)) return undefined
    throw error
  }
}
