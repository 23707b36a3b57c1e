/** The smallest playbook of the contract, to the letter. */
export const smallest = `playbook: lift
timeZone: Europe/Paris
source:
  imap: { host: 127.0.0.1, port: 11143, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: SOURCE_PASSWORD } }
target:
  kind: exchange-server          # or exchange-online
  accounts: existing             # or graph, script
  imap: { host: 127.0.0.1, port: 12143, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: TARGET_PASSWORD } }
routing: { kind: none }          # none | manual | rfc2136 | azure-dns | ovh | gandi | cloudflare | powerdns | recipient
lateMail: { for: PT0S }          # how long late mail at the old server is followed; default 72 h
calendar: []                     # empty: every step starts as soon as it may
notices: []
`

/** A playbook with something of everything. */
export const full = `playbook: town
timeZone: Europe/Brussels
source:
  imap:
    host: imap.town.example
    auth: { kind: authzid, user: admin, secret: OLD_ADMIN }
  limits:
    hours: [{ from: "19:00", to: "07:00", days: [mon, tue, wed, thu] }, { from: "19:00", to: "00:00", days: [fri] }]
    messagesPerSecond: 200
    bytesPerSecond: 5000000
target:
  kind: exchange-online
  accounts: graph
  licence: SPE_E3
  usageLocation: BE
routing:
  kind: rfc2136
  server: ns1.town.example:53
  key: { name: releve.town.example., algorithm: hmac-sha512, secret: TSIG_KEY }
  nameservers: ["ns1.town.example", "[2001:db8::1]:5353", "192.0.2.1:53"]
  mx: [{ preference: 0, exchange: town-example.mx.example }]
calendar:
  - { at: "D-14 09:00", step: inventory }
  - { at: "D-1 16:00", step: freeze }
  - { at: "D-1 16:15", step: cutover }
  - { at: D 08:00, step: open }
  - { at: D 08:00, notice: welcome }
  - { on: copied, notice: done }
  - { on: held, notice: trouble }
notices:
  - { notice: welcome, template: procedures, audience: owner, issuer: ict, languages: [fr, nl], channel: append }
  - { notice: done, template: done, audience: coordinator, issuer: ict, languages: [fr], channel: graph }
  - { notice: trouble, template: operator-held, audience: operator, issuer: desk, languages: [en], channel: smtp }
issuers:
  ict: { name: Service informatique, address: ict@town.example, replyTo: desk@town.example }
  desk: { name: Helpdesk, address: desk@town.example }
channels:
  graph: { sender: ict@town.example }
  smtp: { host: smtp.town.example, user: releve, secret: SMTP_PASSWORD }
people: { coordinator: [jo@town.example], operator: [night@town.example] }
contact: { name: Helpdesk, phone: +32 2 555 00 00, link: "https://help.town.example/mail" }
copy:
  chunkMessages: 100
  folders: { exclude: [Spam], map: { "Éléments envoyés": Sent Items } }
  trash: leave
connections: { source: 20, target: 40, perMailbox: 2 }
`
