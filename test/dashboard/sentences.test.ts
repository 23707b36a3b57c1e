import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayWarnings } from '../../shared/calendar/warnings.ts'
import { coordinatorWords } from '../../shared/coordinators/words.ts'
import * as causesDe from '../../shared/dashboard/browser/causes-de.ts'
import * as causesFr from '../../shared/dashboard/browser/causes-fr.ts'
import * as causesNl from '../../shared/dashboard/browser/causes-nl.ts'
import { formats } from '../../shared/dashboard/browser/formats.ts'
import * as hintsDe from '../../shared/dashboard/browser/hints-de.ts'
import * as hintsFr from '../../shared/dashboard/browser/hints-fr.ts'
import * as hintsNl from '../../shared/dashboard/browser/hints-nl.ts'
import { tellIn } from '../../shared/dashboard/browser/languages.ts'
import * as waitsDe from '../../shared/dashboard/browser/waits-de.ts'
import * as waitsFr from '../../shared/dashboard/browser/waits-fr.ts'
import * as waitsNl from '../../shared/dashboard/browser/waits-nl.ts'
import * as warningsDe from '../../shared/dashboard/browser/warnings-de.ts'
import * as warningsFr from '../../shared/dashboard/browser/warnings-fr.ts'
import * as warningsNl from '../../shared/dashboard/browser/warnings-nl.ts'
import { lastHint } from '../../shared/errors.ts'
import { meaningOf } from '../../shared/imap/codes.ts'
import { steps } from '../../shared/playbooks/calendar.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { smallest } from '../playbooks/examples.ts'
import { hole, textsSaid } from './said.ts'

const texts = textsSaid()
const inFrench = { ...causesFr, ...waitsFr, ...hintsFr, ...warningsFr }
const others = {
  nl: { ...causesNl, ...waitsNl, ...hintsNl, ...warningsNl },
  de: { ...causesDe, ...waitsDe, ...hintsDe, ...warningsDe },
}
const known = Object.values(inFrench).flatMap(Object.keys)

const placeholder = /\{\w+\}/g
const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** A text and what is said of it when it is tried no more, sentence by sentence. */
const sentencesOf = (text: string) =>
  [text, lastHint({ verdict: 'transient', hint: text })]
    .flatMap(one => one.split(/\n\n|(?<=\.)\s+(?=\p{L})/u))
    .map(one => one.trim().replace(/^and /, '').replace(/;$/, '.'))

test('every sentence that a page translates is still said by the program', () => {
  const said = [...new Set(texts.flatMap(({ text }) => [text, ...sentencesOf(text)]))].map(sentence => ({
    fixed: sentence.replaceAll(hole, '').length,
    regex: new RegExp(`^${sentence.split(hole).map(escaped).join('.*')}$`, 's'),
  }))
  const isSaid = (words: string) => {
    const own = words.replaceAll(placeholder, '').length
    return said.some(({ fixed, regex }) => fixed >= 0.5 * own && regex.test(words))
  }
  assert.deepEqual(
    [...known, ...Object.keys(coordinatorWords.fr.details)].filter(words => !isSaid(words)),
    [],
  )
  assert.equal(isSaid('signing in to {server} by night as {login}'), false)
})

test('every language has the same sentences, and in each only what the server’s has to put in', () => {
  for (const [language, kinds] of Object.entries(others))
    for (const [kind, sentences] of Object.entries(kinds))
      assert.deepEqual(Object.keys(sentences), Object.keys(inFrench[kind as keyof typeof inFrench]), `${language} ${kind}`)
  assert.deepEqual(
    known.filter((words, i) => known.indexOf(words) !== i),
    [],
  )
  const details = Object.values(coordinatorWords).map(words => words.details)
  for (const one of details) assert.deepEqual(Object.keys(one), Object.keys(coordinatorWords.fr.details))
  for (const kinds of [inFrench, others.nl, others.de, details])
    for (const [words, to] of Object.values(kinds).flatMap(sentences => Object.entries(sentences)))
      for (const [name] of to.matchAll(placeholder)) assert.ok(words.includes(name), `${to}: ${name}`)
})

const at = formats('fr-BE', () => Date.UTC(2026, 10, 3))
const tells = Object.fromEntries(
  await Promise.all(['fr', 'nl', 'de', 'en'].map(async language => [language, await tellIn(language, at)] as const)),
)
const told = (words: string, language = 'fr') =>
  (tells[language]?.(words) ?? []).map(({ text, english }) => (english ? `[${text}]` : text)).join('')
const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, ' ')

/** Whose hints an operator meets who is no specialist: these are all translated. */
const spoken = /^(?:imap|dav|accounts|steps)\/|^(?:secrets|sessions|work|machine)\.ts$/

test('every hint about servers, accounts and mailboxes is told in every language', () => {
  const hints = texts
    .filter(
      ({ path, text }) => spoken.test(path) && /^\p{Lu}.*\s.*\s.*\.$/u.test(text) && !/[{<\n]|[A-Z]{3} /.test(text.slice(0, 9)),
    )
    .filter(({ text }) => !text.includes(`${hole} `) || text.split(hole).join('').length > 20)
    .map(({ text }) => text.replaceAll(hole, 'X1'))
  assert.ok(hints.length > 60, String(hints.length))
  for (const language of ['fr', 'nl', 'de'])
    assert.deepEqual(
      hints.flatMap(hint => [hint, lastHint({ verdict: 'transient', hint })]).filter(hint => told(hint, language).includes('[')),
      [],
      language,
    )
})

/** Where it is said what is to be thought of about a wave, and what it leaves to do. */
const warned =
  /^(?:calendar\/(?:warnings|shared-domains)|notices\/warnings|commands\/(?:status|to-do)|inventory\/(?:standing-out|calendars-ahead|tenant-warnings|room-ahead)|dns\/(?:beside-mx|resolve|sender))\.ts$/

/** What can stand in a sentence: a number or a word, a state, a day. */
const fillings = ['1', 'held', '2026-11-03']
const filled = (text: string): string[] =>
  text.includes(hole) ? fillings.flatMap(one => filled(text.replace(hole, one))) : [text]

test('every warning, and all that a wave leaves to do, is told in every language', () => {
  const whole = texts.filter(({ path, text }) => warned.test(path) && /^[^\s;,]+(?: \S+){3}/.test(text))
  const said = [...new Set(whole.map(({ text }) => text))]
  assert.ok(said.length > 40, String(said.length))
  const isTold = (text: string, language: string) =>
    filled(text).some(words => tells[language]?.(words).every(one => !one.english || fillings.includes(one.text)))
  for (const language of ['fr', 'nl', 'de'])
    assert.deepEqual(
      said.filter(text => !isTold(text, language)),
      [],
      language,
    )
  assert.equal(isTold('nobody has said this before', 'fr'), false)
})

test('what is to be thought of about a day is told with its steps, days and instants', () => {
  const calendar = `calendar:
  - { at: "D-2 09:00", step: inventory }
  - { at: "D-2 10:00", step: answers-due }
  - { at: "D-1 10:00", step: confirm }
  - { at: "D-1 12:00", step: freeze }
  - { at: "D 02:30", step: cutover }
  - { at: "D+1 09:00", step: open }
blackouts: [{ from: 2027-03-29, to: 2027-03-29, why: "budget" }]
holidays: [BE]
`
  const playbook = parsePlaybook(smallest.replace(/calendar: \[\].*\n/, calendar), undefined, 'lift')
  const said = ['2027-03-28', '2027-10-31', '2027-05-01'].flatMap(day => dayWarnings(playbook, day))
  for (const kind of [/skips an hour/, /comes twice/, /a Sunday/, /a Saturday/, /a public holiday/, /in a black-out/])
    assert.ok(
      said.some(one => kind.test(one)),
      String(kind),
    )
  for (const language of ['fr', 'nl', 'de'])
    assert.deepEqual(
      [...said, ...steps].filter(one => told(one, language).includes('[')),
      [],
      language,
    )
})

test('a failure is told with its code; what the other side said of it stays as it is', () => {
  const words = 'signing in to imap.old.example:993 as anna@town.example: AUTHENTICATIONFAILED (Bad password.)'
  assert.deepEqual(
    ['fr', 'nl', 'de', 'en'].map(language => plain(told(words, language))),
    [
      'connexion à imap.old.example:993 en tant que anna@town.example : AUTHENTICATIONFAILED ([Bad password.])',
      'aanmelden bij imap.old.example:993 als anna@town.example: AUTHENTICATIONFAILED ([Bad password.])',
      'Anmeldung bei imap.old.example:993 als anna@town.example: AUTHENTICATIONFAILED ([Bad password.])',
      `[${words}]`,
    ],
  )
  assert.equal(
    plain(
      told('looking for the mailbox of a@town.example: NoExchangePlan (a@town.example has no licence with an Exchange plan)'),
    ),
    'recherche de la boîte de a@town.example : NoExchangePlan (a@town.example n’a pas de licence avec un plan Exchange)',
  )
})

test('what stands in a sentence is told in turn: failures, states, lists, instants', () => {
  const rows: [string, string][] = [
    ['a@town.example: held: reading secret P: NO-SECRET', 'a@town.example : suspendue ; lecture du secret P : NO-SECRET'],
    ['a@town.example: “Été: 1” is copying', 'a@town.example : « Été: 1 », En copie'],
    ['its domains: a.example is held, b.example is ready', 'ses domaines : a.example (Suspendu), b.example (Prêt)'],
    [
      'the approval of its cutover by coordinator and jo@town.example (POST …/approve)',
      'l’approbation de sa bascule par : coordination, jo@town.example',
    ],
    [
      'somebody’s word: the hour of its cutover, 2026-11-03T16:00+01:00[Europe/Paris], was missed; POST …/approve with "step": "cutover" begins it now, …/reschedule moves its day',
      `la décision de quelqu’un : l’heure de sa bascule, ${at.at('2026-11-03T15:00Z')}, est passée. « Approuver » la lance maintenant, « Changer de jour » la reporte`,
    ],
    [
      'somebody’s word: the hour of its cutover, 2026-11-03T16:00+01:00[Europe/Paris], was missed by some (a.example is held); POST …/approve with "step": "cutover" switches each as soon as it is ready',
      `la décision de quelqu’un : certains ont manqué l’heure de la bascule, ${at.at('2026-11-03T15:00Z')} : a.example (Suspendu). « Approuver » les bascule, chacun dès qu’il est prêt`,
    ],
    [
      `${lastHint(meaningOf('ECONNREFUSED'))}`,
      'Après des heures d’essais, il n’y en aura plus d’autre : cherchez pourquoi, aussi dans le journal du serveur, puis réessayez. Aucun service ne répond à cette adresse. Vérifiez le serveur et le port dans le scénario, et le pare-feu.',
    ],
    ['Nothing listens there. Call Bob.', 'Aucun service ne répond à cette adresse. [Call Bob.]'],
    ['40 bytes, the target takes 30', '40 octets ; la cible en accepte 30'],
    ['a.example is upset', '[a.example is upset]'],
    [
      'speaking with h.example:993 as anna: opening “Été: 1”: ETIMEDOUT (no answer in time)',
      'échange avec h.example:993 en tant que anna, ouverture de « Été: 1 » : ETIMEDOUT (pas de réponse à temps)',
    ],
    ['UID 5: INTERNALDATE is undefined, expected none', 'UID 5 : date d’arrivée undefined, attendue : none'],
    [
      'the wave is ready: nothing of it was switched, so there is nothing to put back; cancel it instead',
      'état de la vague : Prête pour la bascule. Rien n’en a été basculé, il n’y a donc rien à remettre ; annulez-la plutôt',
    ],
    [
      'cutover (D-1 02:30, 2027-03-27T03:30+01:00[Europe/Brussels]) falls on a public holiday (Été, BE): somebody must be there',
      `bascule (D-1 02:30, ${at.at('2027-03-27T02:30Z')}) tombe un jour férié (Été, BE) : quelqu’un doit être présent`,
    ],
    [
      'jo@a.example asks for 2026-11-17 instead of 2026-11-03 (an election): POST …/approve with "step": "postpone", by another person, grants it; …/reschedule says otherwise (with the present day: it stays)',
      'jo@a.example demande le mardi 17 novembre 2026 au lieu du mardi 3 novembre 2026 (an election) : POST …/approve avec "step": "postpone", par une autre personne, l’accorde ; « Changer de jour » décide autrement (avec le jour actuel : il reste)',
    ],
    ['confirm waits for coordinator, jo@town.example', 'étape « confirmation », en attente de : coordination, jo@town.example'],
    ['notice-soon waits for a@town.example', 'étape « notice-soon », en attente de : a@town.example'],
    [
      'mailboxes that stand out (GET …/inventory): mail that nobody reads, so that notices there are not read either: a@x.example, b@x.example and 4 more; could not be opened: c@x.example',
      'boîtes qui sortent de l’ordinaire (GET …/inventory) : courrier que personne ne lit, les avis qu’on y envoie non plus : a@x.example, b@x.example, 4 autres ; impossibles à ouvrir : c@x.example',
    ],
    [
      'the delegation of a.example could not be read, so servers that only its parent names were not asked: asking 192.0.2.1 for example NS: REFUSED. 192.0.2.1 does not answer for example: see its log, or name another server.',
      'la délégation de a.example n’a pas pu être lue, donc les serveurs que seul son parent nomme n’ont pas été interrogés : question à 192.0.2.1 sur example NS : REFUSED. 192.0.2.1 ne répond pas pour example : regardez son journal, ou nommez un autre serveur.',
    ],
    ['constructor', '[constructor]'],
    ['a@town.example: is __proto__', '[a@town.example: is __proto__]'],
  ]
  for (const [words, wanted] of rows) assert.equal(plain(told(words)), plain(wanted))
})
