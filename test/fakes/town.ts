import { rrset } from '../../shared/dns/records.ts'
import { type Manners, MemoryMailbox } from './mailbox.ts'
import type { Happening, Scene, World } from './world.ts'

/** A playbook that switches by DNS UPDATE, follows late mail for two minutes and says when it is done. */
const playbook = betweenServers(
  'town',
  `routing:
  ttl: 60
  kind: rfc2136
  server: 127.0.0.1:53
  key: { name: releve.town.example., secret: TSIG }
  mx: [{ preference: 0, exchange: mx.new.example }]
lateMail: { for: PT2M }
calendar:
  - { on: copied, notice: done }
notices:
  - { notice: done, template: done, audience: owner, issuer: ict, languages: [fr, nl], channel: append }
issuers:
  ict: { name: ICT, address: ict@town.example }
copy: { chunkMessages: 4 }
`,
)

const oldMx = rrset('town.example', 'MX', 90, ['10 mx.old.example'])

/** One RFC 5322 message. `id` null: it has no Message-ID. */
export function letter(subject: string, id: string | null = subject, body = `About ${subject}.`): Buffer {
  const headers = [
    'From: a@other.example',
    'To: anna@town.example',
    `Subject: ${subject}`,
    'Date: Mon, 5 Jan 2026 08:00:00 +0000',
    ...(id === null ? [] : [`Message-ID: <${id.replaceAll(' ', '-')}@other.example>`]),
  ]
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}\r\n`)
}

/**
 * Two mailboxes with what makes copying hard: ten identical twins across a chunk’s border, messages without Message-ID, one Message-ID with
 * other bytes, flags and keywords, nested folders, roles under other names, an empty folder.
 */
export function town(manners: Partial<Manners> = {}, more: Partial<Scene> = {}): Scene {
  const date = (n: number) => Date.UTC(2024, 2, 1) + n * 86_400_000
  const anna = new MemoryMailbox({ delimiter: '.' })
    .make('Envoyés', { role: '\\Sent' })
    .make('Projets')
    .make('Projets.2024')
    .make('Vide')
  for (let n = 0; n < 10; n++) anna.deliver('INBOX', letter('twin'), n % 2 ? ['\\Seen'] : [], date(n % 3))
  anna.deliver('INBOX', letter('no id', null), ['\\Seen', '\\Flagged'], date(4))
  anna.deliver('INBOX', letter('no id', null, 'Another one.'), [], date(4))
  anna.deliver('INBOX', letter('one id', 'one id', 'First.'), ['\\Answered', '$Label1'], date(5))
  anna.deliver('INBOX', letter('one id', 'one id', 'Second.'), ['\\Draft'], date(6))
  anna.deliver('INBOX', letter('deleted'), ['\\Deleted', '\\Seen'], date(7))
  anna.deliver('Envoyés', letter('sent'), ['\\Seen'], date(8))
  anna.deliver('Projets.2024', letter('nested'), ['Junk', 'Projet'], date(9))
  anna.deliver('Projets.2024', letter('twin'), [], date(9))
  const bob = new MemoryMailbox({ delimiter: '.' })
  for (let n = 0; n < 5; n++) bob.deliver('INBOX', letter(`bob ${n}`), ['\\Seen'], date(n))
  const target = () => new MemoryMailbox(manners).make('Sent Items', { role: '\\Sent' })
  const addresses = ['anna@town.example', 'bob@town.example'] as const
  return {
    playbook,
    wave: { wave: 'town', playbook: 'town', mailboxes: addresses.map(address => ({ address })) },
    sources: new Map([
      [addresses[0], anna],
      [addresses[1], bob],
    ]),
    targets: new Map(addresses.map(address => [address, target()])),
    zone: { name: 'town.example', records: [oldMx] },
    happens: [lateLetter],
    ...more,
  }
}

/** A letter that reaches the old server after the switch. */
const lateLetter: Happening = {
  when: switched,
  does: ({ sources, clock }) => void sources.get('anna@town.example')?.deliver('INBOX', letter('late'), [], clock.now()),
}

/** Has the MX been changed? */
export function switched({ zone }: World): boolean {
  return zone.read('town.example', 'MX')?.data[0] === '0 mx.new.example'
}

/** The text of a playbook from one server to another, both with a master user; `more`: its routing and all that follows. */
export function betweenServers(name: string, more: string, timeZone = 'Europe/Brussels'): string {
  const imap = (port: number, secret: string) =>
    `{ host: 127.0.0.1, port: ${port}, tls: none, auth: { kind: master-user, user: m, separator: "*", secret: ${secret} } }`
  return `playbook: ${name}
timeZone: ${timeZone}
source:
  imap: ${imap(11143, 'OLD')}
target:
  kind: exchange-server
  imap: ${imap(12143, 'NEW')}
${more}`
}
