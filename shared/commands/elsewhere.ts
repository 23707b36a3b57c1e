import { type Fault, Refusal } from '../errors.ts'
import type { WaveRequest } from '../intake/wave.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { elsewhere, isLive } from '../steps/take-up.ts'

/** Throws a Refusal (409) with every mailbox of a request that another wave still has, since both would copy it. */
export async function mustBeNowhereElse(app: App, playbook: Playbook, { wave, mailboxes }: WaveRequest): Promise<void> {
  const same = await elsewhere(app, playbook, wave, mailboxes)
  const live = new Map(same.flatMap(({ other, row }) => (isLive(other, row) ? [[row.address, row] as const] : [])))
  const faults = mailboxes.flatMap(({ address }, i): Fault[] => {
    const row = live.get(address)
    if (!row) return []
    const message = `${address} is in wave “${row.wave}” (${row.state}) and would be copied twice: leave it out here, or cancel it there first`
    return [{ path: `mailboxes[${i}].address`, message }]
  })
  if (faults.length > 0)
    throw new Refusal(409, 'in-another-wave', 'mailboxes of it are in another wave; nothing was stored', faults)
}
