import { type Fault, Refusal } from '../errors.ts'
import type { WantedMailbox } from '../intake/mailbox.ts'
import type { WaveRequest } from '../intake/wave.ts'
import { entityOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'

/**
 * Throws a Refusal (403) with every mailbox that is not his to bring who acts for some entities only. Whose an address is its domain says, since the
 * `entity` beside it is what he writes himself; so for the logins, or another’s mailbox would be read through one of his.
 */
export function mustBeHis({ entities }: Pick<App, 'entities'>, playbook: Playbook, { mailboxes }: WaveRequest): void {
  if (!entities) return
  const isHis = (address: string) => {
    const entity = plain.test(address) ? entityOf(playbook, { address, wanted: {} }) : undefined
    return entity !== undefined && entities.includes(entity)
  }
  const details = mailboxes.flatMap((mailbox, i) => faultsOf(mailbox, `mailboxes[${i}]`, isHis, entities))
  if (details.length === 0) return
  const message = `you act for ${entities.join(', ')} only; an operator who acts for all can send the rest. Nothing was stored`
  throw new Refusal(403, 'not-yours', message, details)
}

/** An address in which no server finds the name of another login, as behind the `*` of a master user. */
const plain = /^[\w.+-]+@[\w.-]+$/

function faultsOf(
  mailbox: WantedMailbox,
  path: string,
  isHis: (address: string) => boolean,
  entities: readonly string[],
): Fault[] {
  const { address, entity, aliasOf, source, target } = mailbox
  const faults: Fault[] = []
  const tell = (at: string, message: string) => void faults.push({ path: `${path}.${at}`, message })
  if (!isHis(address)) tell('address', `${address} is in no domain of your entities (entities.….domains of the playbook)`)
  if (entity !== undefined && !entities.includes(entity)) tell('entity', `expected one of yours: ${entities.join(', ')}`)
  if (aliasOf !== undefined && !isHis(aliasOf)) tell('aliasOf', `${aliasOf} is in no domain of your entities`)
  for (const [side, said] of Object.entries({ source, target })) {
    if (said?.user !== undefined && !isHis(said.user))
      tell(`${side}.user`, 'expected an address in a domain of your entities: whose mailbox another login opens cannot be told')
    if (said?.secret !== undefined) tell(`${side}.secret`, 'expected none: which secret opens a mailbox the playbook says')
  }
  return faults
}
