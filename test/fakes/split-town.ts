import { betweenServers, town } from './town.ts'
import type { Scene } from './world.ts'

/** The town’s mailboxes in a domain that stays where it is: each mailbox’s new mail is led over by itself, which letters of ours prove. */
export function splitTown({
  calendar,
  where = 'deliverTo: "{local}@tenant.mail.example"',
  postFolder,
}: {
  calendar?: string
  where?: string
  postFolder?: string
} = {}): Scene {
  const { wave, ...scene } = town({}, { happens: [] })
  const probe = 'probe: { host: 127.0.0.1, port: 25, tls: none, from: check@outside.example }'
  const playbook = betweenServers(
    'town',
    `routing: { kind: recipient, ${where ? `${where}, ` : ''}${probe} }
lateMail: { for: PT1H }
calendar:
${calendar ?? ''}
  - { on: copied, notice: done }
notices:
  - { notice: done, template: done, audience: owner, issuer: ict, languages: [fr, nl], channel: append }
issuers:
  ict: { name: ICT, address: ict@town.example }
`,
  )
  const day = calendar === undefined ? {} : { day: '2026-03-02', start: Date.UTC(2026, 1, 27) }
  const { start, ...dated } = { start: undefined, ...day }
  return {
    ...scene,
    playbook,
    wave: { ...wave, ...dated },
    ...(start === undefined ? {} : { start }),
    ...(postFolder === undefined ? {} : { postFolder }),
  }
}

/** The same with its cutover on 2 March at 08:00, and an operator who hears of what is held. */
export function heardTown(operator: string): Scene {
  const scene = splitTown({ calendar: '  - { on: held, notice: trouble }\n  - { at: "D 08:00", step: cutover }' })
  const playbook = scene.playbook
    .replace(
      'notices:\n',
      'notices:\n  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: smtp }\n',
    )
    .concat(`people: { operator: [${operator}] }\nchannels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }\n`)
  return { ...scene, playbook, turns: 60_000 }
}
