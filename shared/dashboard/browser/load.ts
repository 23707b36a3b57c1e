import type { Exception, Mailbox, MailboxRow, Wave, WaveRow } from '../answers.ts'
import type { Api } from './api.ts'
import type { Model } from './model.ts'
import type { Route } from './route.ts'

export type Loaded = Pick<Model, 'waves' | 'wave' | 'mailboxes' | 'mailbox' | 'exceptions'>

/** Everything that a route shows. Throws as the API does. */
export async function load({ get }: Api, route: Route, known: Loaded, signal: AbortSignal): Promise<Loaded> {
  if (route.view === 'waves') {
    const { waves } = await get<{ waves: WaveRow[] }>('waves', signal)
    return { waves }
  }
  const path = `waves/${encodeURIComponent(route.wave)}`
  if (route.view === 'exceptions') {
    const wave = await get<Wave>(path, signal)
    // They are read from the whole ledger, which is long: only when there are others than before.
    const same = known.exceptions && known.wave?.messages.excepted === wave.messages.excepted
    if (same) return { wave }
    const { exceptions } = await get<{ exceptions: Exception[] }>(`${path}/exceptions`, signal)
    return { wave, exceptions }
  }
  const one = route.mailbox === undefined ? undefined : `${path}/mailboxes/${encodeURIComponent(route.mailbox)}`
  // Behind the panel of one mailbox the list stays as it was: that of a large wave is long.
  const behind = one !== undefined && known.wave?.wave === route.wave ? known : {}
  const [wave, { mailboxes }, mailbox] = await Promise.all([
    get<Wave>(path, signal),
    behind.mailboxes ? behind : get<{ mailboxes: MailboxRow[] }>(`${path}/mailboxes`, signal),
    one === undefined ? undefined : get<Mailbox>(one, signal),
  ])
  return { wave, mailboxes, mailbox }
}
