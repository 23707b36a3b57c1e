import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Graph, segment } from '../graph/client.ts'

const notYet = ['MailboxNotEnabledForRESTAPI', 'ResourceNotFound', 'ErrorInvalidUser']

/** Whether Exchange Online has opened an account's mailbox to Graph; IMAP may follow a little later. */
export async function mailboxOpen(graph: Graph, userId: string, address: string): Promise<boolean> {
  const ask = { during: `looking for the mailbox of ${address}`, permission: 'MailboxSettings.Read' }
  try {
    await graph.get(`users/${segment(userId)}/mailboxSettings`, z.object({}), ask)
    return true
  } catch (error) {
    if (error instanceof Failure && notYet.includes(error.code)) return false
    throw error
  }
}
