import { gatesOf } from '../../shared/commands/enqueue.ts'
import type { Language } from '../../shared/intake/words.ts'
import { factsOf } from '../../shared/notices/gather.ts'
import type { Letter } from '../../shared/notices/mime.ts'
import { templateOf } from '../../shared/notices/templates.ts'
import { dressOf, partsOf, speaksTo } from '../../shared/notices/write.ts'
import type { Audience } from '../../shared/playbooks/notice.ts'
import { type Playbook, parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'

/** A playbook that gives notices everything they may ask for. */
export const speaking = `playbook: speaking
timeZone: Europe/Brussels
source:
  imap: { host: 127.0.0.1, port: 11143, tls: none, auth: { kind: master-user, user: m, separator: "*", secret: OLD } }
target:
  kind: exchange-online
  accounts: graph
  usageLocation: BE
routing: { kind: manual }
languages: [fr, nl, de, en]
branding:
  name: { fr: Ville de Namur, nl: Stad Namen, de: Stadt Namur, en: City of Namur }
  colour: "#0b3d66"
  footer: { fr: Projet Messagerie 2025, nl: Mailproject 2025, de: E-Mail-Projekt 2025, en: Mail project 2025 }
classification: { fr: INTERNE, nl: INTERN, de: INTERN, en: INTERNAL }
desks:
  procedure:
    about: { fr: Pour la procédure, nl: Voor de procedure, de: Zum Ablauf, en: About the procedure }
    name: Projet Messagerie
    address: projet@namur.example
    phone: +32 81 55 00 00
    hours: { fr: de 8 h à 17 h, nl: van 8 tot 17 uur, de: von 8 bis 17 Uhr, en: 8:00 to 17:00 }
  technical:
    about: { fr: Pour un souci technique, nl: Voor een technisch probleem, de: Bei technischen Fragen, en: For a technical problem }
    address: helpdesk@namur.example
links:
  webmail: https://outlook.office.com/mail
  help: https://aide.namur.example/messagerie
  training: https://formation.namur.example
  rules: https://aide.namur.example/regles
  booking: https://aide.namur.example/dates
  answers: https://aide.namur.example/classeur
  bundle: https://aide.namur.example/mots-de-passe
  status: https://aide.namur.example/etat
tutorials:
  - { title: { fr: Premiers pas dans le webmail, nl: Eerste stappen in webmail, de: Erste Schritte im Webmail, en: First steps in webmail }, url: "https://aide.namur.example/t1" }
  - { title: Outlook, url: "https://aide.namur.example/t2" }
programs:
  exchange: outlook.office365.com
  incoming: { host: outlook.office365.com, port: 993, security: tls }
  outgoing: { host: smtp.office365.com, port: 587, security: starttls }
calendar:
  - { at: "D-14 09:00", step: inventory }
  - { at: "D-7 17:00", step: answers-due }
  - { at: "D-5 12:00", step: confirm }
  - { at: "D-3 08:00", step: prestage }
  - { at: "D-1 16:00", step: freeze }
  - { at: "D-1 16:10", step: provision }
  - { at: "D-1 18:00", step: cutover }
  - { at: "D 08:00", step: open }
  - { at: "D+14 09:00", step: close }
issuers:
  it: { name: Service informatique de Namur, address: it@namur.example, replyTo: helpdesk@namur.example }
people:
  coordinator: [jo@namur.example]
  technical-manager: [tech@namur.example]
  operator: [nuit@namur.example]
  trustee: [garde@namur.example]
channels: { graph: { sender: it@namur.example } }
`

/** Day D of the examples: after the change of clocks of 30 March, its inventory before it. */
export const day = '2025-04-07'

export const playbook: Playbook = parsePlaybook(speaking, undefined, 'speaking')

/** Whom a template speaks to: each kind of reader that reads it differently. */
export function audiencesOf(template: string): Audience[] {
  const asks = templateOf(template)?.en.includes('?trustee')
  return (['owner', 'coordinator', 'trustee'] as const).filter(
    audience => speaksTo(template, audience) && (audience !== 'trustee' || asks),
  )
}

const rows = [
  mailboxRow({
    address: 'anna.dubois@namur.example',
    state: 'completed',
    copied: 12_345,
    excepted: 2,
    foundBytes: 2.5 * 2 ** 30,
    switchedAt: Date.UTC(2025, 3, 6, 16),
  }),
  mailboxRow({
    address: 'secretariat.general@namur.example',
    state: 'held',
    copied: 80,
    foundBytes: 80 * 2 ** 20,
    error: {
      code: 'AUTHENTICATIONFAILED',
      message: 'signing in to imap.namur.example as secretariat.general: AUTHENTICATIONFAILED',
      hint: 'Check the master user’s password, then release the mailbox.',
      at: 0,
    },
  }),
  mailboxRow({
    address: 'ecole.fondamentale.de.la.communaute.francaise@adm.namur.example',
    state: 'completed',
    copied: 4_321,
    foundBytes: 900 * 2 ** 20,
  }),
]

/** Every fact that a notice may say, as it would be for this reader. */
export function exampleFacts(audience: Audience, of: Playbook = playbook) {
  const wave = waveRow({
    wave: 'namur-1',
    playbook: of.playbook,
    day,
    gates: gatesOf(of, day),
    state: 'finishing',
    verdict: 'complete-with-exceptions',
  })
  const about = audience === 'owner' ? rows.slice(0, 1) : rows
  const more = {
    entity: { text: 'Namur' },
    quota: { sizeBytes: 50 * 2 ** 30 },
    licence: { text: 'E1' },
    cost: { euros: 8.24 },
    surcharge: { euros: 2.74 },
    'open-answers': { count: 2 },
    'not-led': { count: 3 },
    'not-led-back': { text: 'anna@ville.example' },
    'held-domains': { text: 'namur.example' },
    elsewhere: { text: 'namur.example (namur-2: 2)' },
    verdict: { text: { fr: 'complète', nl: 'volledig', de: 'vollständig', en: 'complete' } },
    'password-until': { instant: Date.UTC(2025, 3, 21, 6) },
    'link.password': { href: 'https://releve.namur.example/api/once/abc' },
    'link.acknowledge': { href: 'https://releve.namur.example/api/acknowledge/abc' },
    ...(audience === 'coordinator' ? { 'link.page': { href: 'https://releve.namur.example/api/coordinate/abc' } } : {}),
  }
  return factsOf({ playbook: of, wave, audience, about, issuer: 'Service informatique de Namur', more })
}

/** A letter of a template, in some languages. */
export function exampleLetter(
  template: string,
  languages: readonly Language[],
  audience: Audience,
  of: Playbook = playbook,
): Letter {
  if (!templateOf(template)) throw new Error(`no template ${template}`)
  const notice = { notice: template, template, audience, issuer: 'it', channel: 'graph' as const, attach: [] }
  return {
    from: { name: 'Service informatique de Namur', address: 'it@namur.example' },
    to: audience === 'owner' ? 'anna.dubois@namur.example' : 'jo@namur.example',
    messageId: '<0123456789abcdef@namur.example>',
    date: Date.UTC(2025, 2, 24, 8),
    staysBehind: false,
    parts: partsOf(of, notice, exampleFacts(audience, of), languages),
    dress: dressOf(of),
    attachments: [],
  }
}
