import type { Accounts } from '../accounts/accounts.ts'
import { Failure } from '../errors.ts'
import { isMailbox } from '../intake/mailbox.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow } from '../store/schema.ts'

/**
 * Where a playbook says that addresses do not change: that the mailbox at the target bears the address as its primary one, and that its person signs
 * in as before. Asked before anything is copied and again after all was. Throws a permanent Failure that says what differs. On an Exchange
 * server nobody can be asked; there the sign-in under the address itself is what is known.
 */
export async function mustBeUnchanged(
  accounts: Accounts,
  { addresses, target }: Pick<Playbook, 'addresses' | 'target'>,
  { address, wanted }: MailboxRow,
): Promise<void> {
  if (addresses !== 'unchanged' || !isMailbox(wanted)) return
  const signIn = wanted.target?.user ?? address
  if (target.kind === 'exchange-server') {
    if (!same(signIn, address)) throw changed(address, `people would sign in as ${signIn}`)
    return
  }
  if (!accounts.identity) throw unread(address)
  const found = await accounts.identity(signIn, address)
  if (!found) throw changed(address, 'no account has this address')
  if (!found.primary || !same(found.primary, address)) throw changed(address, `its primary address is ${found.primary ?? 'none'}`)
  // Nobody signs in to a shared mailbox.
  if (wanted.kind === 'user' && !same(found.signIn, signIn)) throw changed(address, `its person signs in as ${found.signIn}`)
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function changed(address: string, text: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during: `looking whether ${address} is unchanged`,
    code: 'ADDRESS-CHANGED',
    text,
    hint:
      `The playbook promises that addresses do not change. Make ${address} the primary SMTP address and the sign-in name of this mailbox at the target ` +
      '(Exchange admin centre, Email addresses; Entra admin centre, User principal name), then release. If it is to change: addresses: free.',
  })
}

function unread(address: string): Failure {
  return new Failure({
    verdict: 'permanent',
    during: `looking whether ${address} is unchanged`,
    code: 'ADDRESS-UNREAD',
    hint: 'The directory cannot be asked: set AZURE_CLIENT_ID and grant User.Read.All, then release; or take “addresses: unchanged” out of the playbook.',
  })
}
