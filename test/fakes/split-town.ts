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
