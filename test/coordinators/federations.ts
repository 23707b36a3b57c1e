import { renewLinks } from '../../shared/commands/coordinate.ts'
import type { App } from '../../shared/ports.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter } from '../fakes/town.ts'
import type { Scene, World } from '../fakes/world.ts'
import { playbook as aid, house, people } from '../inventory/house.ts'

/** Two federations, each with a coordinator; the date is confirmed by the coordinators and the operator, and can be chosen. */
export const playbook = `${aid.replace('  - { at: "D-1', '  - { at: "D-5 09:00", step: confirm }\n  - { at: "D-1')}languages: [fr]
approvals: { confirm: [operator, coordinator] }
slots: { dates: [2027-04-07, 2027-05-19, 2027-06-16], entities: 2 }
notices:
  - { notice: workbook, template: inventory, audience: coordinator, issuer: it, channel: smtp }
issuers: { it: { name: IT, address: it@aid.example } }
people: { operator: [odile@it.example], coordinator: [head@it.example] }
channels: { smtp: { host: smtp.aid.example, user: it, secret: SMTP } }
contact: { name: Help, address: help@it.example }
entities:
  aid:
    title: { fr: Fédération de l’aide, en: The aid federation }
    domains: [aid.example]
    people: { coordinator: [jo@aid.example], technical-manager: [tech@aid.example] }
  sea: { title: Fédération de la mer, domains: [sea.example], people: { coordinator: [max@sea.example] } }
`

/** The same where no dates are offered: another day has to be asked for. Some days are closed, and anna’s class has a window. */
export const undated = `${playbook.replace(/^slots: .*\n/m, '')}blackouts: [{ from: 2027-05-01, to: 2027-05-09, why: comptage }]
windows: { po: { from: 2027-04-01, to: 2027-06-30, addresses: ["anna@*"] } }
`

/** A house like that of the inventory under this playbook; `sea`: the other federation is in the same wave. */
export function federation({
  sea = false,
  ...more
}: Partial<Scene> & { sea?: boolean } = {}): Promise<{ world: World; app: App }> {
  if (!sea) return house({ playbook, ...more })
  const addresses = [...people, 'gull@sea.example']
  const sources = new Map<string, MemoryMailbox>(addresses.map(address => [address, new MemoryMailbox()]))
  for (const [address, mailbox] of sources) mailbox.deliver('INBOX', letter(`to ${address}`), ['\\Seen'], 0)
  const wave = { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes: addresses.map(address => ({ address })) }
  return house({ playbook, sources, wave, ...more })
}

/** A new link to somebody’s page, as its token; every link of before is dead. */
export async function tokenOf(app: App, to = 'jo@aid.example', wave = 'aid'): Promise<string> {
  const { links } = await renewLinks(app, wave, { why: 'a test looks at the page', to }, 'operator')
  return links[0]?.url.split('/').at(-1) ?? ''
}
