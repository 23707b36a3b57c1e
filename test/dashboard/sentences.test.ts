import assert from 'node:assert/strict'
import { test } from 'node:test'
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
import { lastHint } from '../../shared/errors.ts'
import { meaningOf } from '../../shared/imap/codes.ts'
import { hole, textsSaid } from './said.ts'

const texts = textsSaid()
const inFrench = { ...causesFr, ...waitsFr, ...hintsFr }
const others = { nl: { ...causesNl, ...waitsNl, ...hintsNl }, de: { ...causesDe, ...waitsDe, ...hintsDe } }
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
    ['constructor', '[constructor]'],
    ['a@town.example: is __proto__', '[a@town.example: is __proto__]'],
  ]
  for (const [words, wanted] of rows) assert.equal(plain(told(words)), plain(wanted))
})
