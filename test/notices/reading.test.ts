import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { coordinatorWords } from '../../shared/coordinators/words.ts'
import { type Language, languages } from '../../shared/intake/words.ts'
import { acknowledgeWords } from '../../shared/notices/acknowledge-words.ts'
import type { Block, Rich } from '../../shared/notices/block.ts'
import { type Facts, type Placeholder, placeholders } from '../../shared/notices/facts.ts'
import { typeset } from '../../shared/notices/formats.ts'
import { factsOf } from '../../shared/notices/gather.ts'
import { readWords } from '../../shared/notices/markup.ts'
import { Unknown } from '../../shared/notices/say.ts'
import { templates } from '../../shared/notices/templates.ts'
import { partsOf } from '../../shared/notices/write.ts'
import { letterWords } from '../../shared/passwords/letter-words.ts'
import { pageWords } from '../../shared/passwords/page-words.ts'
import type { Audience } from '../../shared/playbooks/notice.ts'
import { type Playbook, parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'
import { audiencesOf, exampleFacts, playbook as rich } from './examples.ts'

/** What no reader may find, by language; `all`: in any. Texts are looked at span by span. */
const faults: Readonly<Record<Language | 'all', readonly (readonly [string, RegExp])[]>> = {
  all: [
    ['two spaces', /[ \u00A0\u202F]{2}/],
    ['a space before a sign that has none', / (?:[,)\]”]|\.(?!\p{L}))/u],
    ['a sign without its word', /(?:^|[ (])[,.;:](?:\s|$)|[,;:]\s*[,.;:]|\.\.(?!\.)|\(\s*\)/],
    ['a day that a line may part from its month or year', /\d(?:er|\.)?(?: \p{L}+\s|\s\p{L}+ )\d{4}/u],
    ['brackets in brackets', /\([^()]*\(/],
    ['one of many', /(?<![\d.,\u202F])1\s(?:messages|berichten|Nachrichten|boîtes|mailboxen|Postfächer|mailboxes)\b/],
    ['a service that not every target is', /(?:Microsoft|Office).365/],
    ['nothing of something', /(?<![\d.,\u202F])0\s(?:octet|bytes?|o)\b/],
  ],
  fr: [
    ['a space at which the line may break', / [;:!?»]|« /],
    ['no space before a sign of two parts', /[\p{L}\p{N})»][;!?](?=\s|$)|[\p{L})»]:(?=\s|$)/u],
    ['a straight apostrophe or quotation mark', /\p{L}['"]/u],
    ['tu', /(?<!\p{L})(?:tu|ton|tes|toi)(?!\p{L})/iu],
    ['another language', /(?<!\p{L})(?:uw|het|een|Ihr|Ihre|und|your|the|with)(?!\p{L})/u],
  ],
  nl: [
    ['a space before a sign that has none', /[ \u00A0][;:!?]/],
    ['a straight apostrophe or quotation mark', /\p{L}['"]/u],
    ['je', /(?<!\p{L})(?:je|jij|jouw|jullie)(?!\p{L})/iu],
    ['another language', /(?<!\p{L})(?:votre|vous|les|Ihr|Ihre|und|your|the|with)(?!\p{L})/u],
  ],
  de: [
    ['a space before a sign that has none', /[ \u00A0][;:!?]/],
    ['a straight apostrophe or quotation mark', /\p{L}['"]/u],
    ['another word for Kennwort', /passw[oö]rt/iu],
    ['du', /(?<!\p{L})(?:du|dein|deine|dir|dich|euch)(?!\p{L})/iu],
    ['things spoken of as if they were the reader', /(?:Nachrichten|Adressen|Postfächer)[^.:]*: Sie (?:können|werden|sind)\b/],
    ['another language', /(?<!\p{L})(?:votre|vous|les|uw|het|een|your|the|with)(?!\p{L})/u],
  ],
  en: [
    ['a space before a sign that has none', /[ \u00A0][;:!?]/],
    ['a straight apostrophe or quotation mark', /\p{L}['"]/u],
    ['another language', /(?<!\p{L})(?:votre|vous|les|uw|het|een|Ihr|Ihre|und)(?!\p{L})/u],
  ],
}

/** Everybody knows little: no day, no gates, no licence, nobody to ask, no link, one empty mailbox. */
const poor = parsePlaybook(
  town()
    .playbook.replace(/^(?:links|desks|contact|tutorials|programs|licences):[^\n]*\n(?:[ -][^\n]*\n)*/gm, '')
    .replace(/^playbook: .*/m, 'playbook: poor'),
  undefined,
  'poor',
)

function poorFacts(audience: Audience): Facts {
  const about = [mailboxRow({ address: 'anna@town.example', copied: 1 })]
  return factsOf({ playbook: poor, wave: waveRow({ playbook: 'poor' }), audience, about, issuer: 'ICT' })
}

/** What a template cannot do without: it is about that. */
const about: Readonly<Partial<Record<string, readonly Placeholder[]>>> = {
  'access-cut': ['at.freeze'],
  'acknowledgement-reminder': ['link.acknowledge'],
  acknowledgement: ['link.acknowledge'],
  'answers-overdue': ['at.answers-due', 'day'],
  'answers-reminder': ['at.answers-due', 'day'],
  'confirm-date': ['day'],
  'day-before': ['day'],
  inventory: ['at.answers-due', 'day'],
  'password-unopened': ['link.password'],
  planned: ['day'],
  procedures: ['day'],
  rescheduled: ['day'],
  'unit-announcement': ['day'],
  'your-day': ['day'],
}

describe('every notice reads as somebody would write it', () => {
  for (const name of Object.keys(templates))
    for (const audience of audiencesOf(name)) {
      test(`${name} to ${audience}, where everything is known`, () => {
        const inclusive: Playbook = { ...rich, wording: 'inclusive' }
        for (const book of [rich, inclusive]) assert.deepEqual(faultsIn(book, name, audience, exampleFacts(audience, book)), [])
      })
      test(`${name} to ${audience}, where hardly anything is known: sentences are left out whole`, () => {
        const facts = poorFacts(audience)
        const said = new Set<Placeholder>()
        for (;;)
          try {
            assert.deepEqual(faultsIn(poor, name, audience, facts), [])
            break
          } catch (error) {
            if (!(error instanceof Unknown) || said.has(error.placeholder)) throw error
            said.add(error.placeholder)
            const known = exampleFacts(audience).known[error.placeholder]
            assert.ok(known, error.placeholder)
            facts.known[error.placeholder] = known
          }
        assert.deepEqual([...said].sort(), [...(about[name] ?? [])].sort())
      })
    }
})

test('withdrawn, where a domain moves without its mailbox', () => {
  for (const audience of audiencesOf('withdrawn')) {
    const facts = exampleFacts(audience)
    facts.is['goes-on-without'] = true
    assert.deepEqual(faultsIn(rich, 'withdrawn', audience, facts), [])
  }
})

test('those that speak of calendars, or of a mailbox, where somebody else brings them, and where it is shared', () => {
  const speak = Object.entries(templates).filter(([, { en }]) => /calendars-elsewhere|[?!]shared/.test(en))
  assert.ok(speak.length > 5)
  for (const [name] of speak)
    for (const audience of audiencesOf(name)) {
      const facts = exampleFacts(audience)
      Object.assign(facts.is, { shared: audience === 'owner', 'calendars-left': false, 'calendars-elsewhere': true })
      assert.deepEqual(faultsIn(rich, name, audience, facts), [])
    }
})

test('no template asks for what nobody ever tells', () => {
  const asked = Object.values(templates).flatMap(template =>
    readWords(template.fr).blocks.flatMap((block): readonly { asked: readonly { name: string }[] }[] =>
      'lines' in block ? block.lines : 'line' in block ? [block.line] : [block],
    ),
  )
  const { is } = exampleFacts('owner')
  const names = asked.flatMap(line => line.asked.map(({ name }) => name))
  assert.deepEqual(
    names.filter(name => !(placeholders as readonly string[]).includes(name) && !(name in is)),
    [],
  )
})

describe('every page and letter reads as somebody would write it', () => {
  const written = { pageWords, letterWords, acknowledgeWords, coordinatorWords }
  for (const [name, words] of Object.entries(written))
    for (const language of languages)
      test(`${name} in ${language}`, () => {
        const texts = textsOf(words[language]).map(text => typeset(text, language))
        assert.ok(texts.length > 5)
        assert.deepEqual(
          texts.flatMap(text => faultsOf(text, language)),
          [],
        )
      })
})

/** Every text of some words, whatever they are told said as `…`. */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') return textsOf(words(...Array(words.length).fill('…')))
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : []
}

function faultsOf(text: string, language: Language): string[] {
  const found = [...faults.all, ...faults[language]].filter(([, sign]) => sign.test(text))
  return found.map(([what]) => `${language}: ${what}: ${text}`)
}

function faultsIn(of: Playbook, template: string, audience: Audience, facts: Facts): string[] {
  const [issuer = ''] = Object.keys(of.issuers)
  const notice = { notice: template, template, audience, issuer, channel: 'graph' as const, attach: [] }
  return languages.flatMap(language => {
    const [part] = partsOf(of, notice, facts, [language])
    if (!part) return ['nothing is said']
    const { subject, blocks, foot } = part.words
    const spans = [[{ text: subject }], ...blocks.flatMap(richOf), ...foot]
    const bare = spans.flat().filter(({ text, href }) => href !== undefined && /^https?:/.test(text))
    return [
      ...bare.map(({ text }) => `${language}: a link that says no more than its address: ${text}`),
      ...spans.flatMap(rich => {
        // What is said in English on purpose is no fault, and addresses are no words.
        const text = rich
          .map(one => (one.language ? '…' : one.text))
          .join('')
          .replaceAll(/\S+@\S+|https?:\S+/g, '…')
        return faultsOf(text, language)
      }),
    ]
  })
}

function richOf(block: Block): Rich[] {
  switch (block.kind) {
    case 'list':
    case 'steps':
      return [...block.items]
    case 'facts':
      return block.rows.flatMap(({ label, value }) => [label, value])
    case 'button':
      return [[{ text: block.label, href: block.href }]]
    default:
      return [block.text]
  }
}
