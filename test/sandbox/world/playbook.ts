/** What the playbook of a world depends on: where its parts listen, as `host:port` or a port. */
export type PlaybookFacts = {
  name: string
  sourcePort: number
  targetPort: number
  nameservers: readonly [primary: string, ...others: string[]]
  sender: string
  lateSeconds: number
  ttlSeconds: number
}

/** The playbook of the world: Exchange Online, accounts through Graph, MX through DNS UPDATE, a notice in two languages. */
export function playbookText(facts: PlaybookFacts): string {
  const [primary] = facts.nameservers
  return `playbook: ${facts.name}
timeZone: Europe/Paris
source:                          # the old server; it is only read
  imap: { host: 127.0.0.1, port: ${facts.sourcePort}, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: SOURCE_PASSWORD } }
target:
  kind: exchange-online
  accounts: graph                # users and licences are made through Microsoft Graph
  licence: STANDARDPACK
  usageLocation: FR
  imap: { host: 127.0.0.1, port: ${facts.targetPort}, tls: none, auth: { kind: oauth2 } }
routing:                         # the MX is changed by DNS UPDATE; every name server listed must then answer it
  kind: rfc2136
  server: ${primary}
  key: { name: releve, algorithm: hmac-sha256, secret: DNS_KEY }
  ttl: ${facts.ttlSeconds}                         # seconds; in a real move 300
  nameservers: [${facts.nameservers.map(server => `"${server}"`).join(', ')}]
lateMail: { for: PT${facts.lateSeconds}S }          # in a real move 72 hours
calendar:
  - { on: copied, notice: done }
notices:
  - { notice: done, template: done, audience: owner, issuer: transition, languages: [fr, nl], channel: graph }
issuers:
  transition: { name: Équipe de transition, address: ${facts.sender} }
channels:
  graph: { sender: ${facts.sender} }
contact: { name: Assistance, address: ${facts.sender}, phone: "+33 1 99 00 12 34" }
`
}
