import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import PostalMime from 'postal-mime'
import { languages } from '../../shared/intake/words.ts'
import { dayText, instantText, moneyText, sizeText } from '../../shared/notices/formats.ts'
import { faultsOf, readWords, type Source } from '../../shared/notices/markup.ts'
import { compose } from '../../shared/notices/mime.ts'
import { say } from '../../shared/notices/say.ts'
import { templates } from '../../shared/notices/templates.ts'
import { audiencesOf, exampleFacts, exampleLetter } from './examples.ts'

const zone = 'Europe/Brussels'
const space = '\u00A0'

describe('dates have weekday, year, 24 hours and the zone in words', () => {
  const rows = [
    // The night of 30${space}March${space}2025 the clocks change: 16:00 before is UTC+1, after it UTC+2.
    { at: Date.UTC(2025, 2, 29, 15), fr: `samedi 29${space}mars${space}2025 à 16${space}h (heure normale d’Europe centrale)` },
    { at: Date.UTC(2025, 2, 30, 14), fr: `dimanche 30${space}mars${space}2025 à 16${space}h (heure d’été d’Europe centrale)` },
    {
      at: Date.UTC(2025, 3, 1, 6, 5),
      fr: `mardi 1er${space}avril${space}2025 à 8${space}h${space}05 (heure d’été d’Europe centrale)`,
    },
    { at: Date.UTC(2025, 3, 6, 14), nl: `zondag 6${space}april${space}2025 om 16${space}uur (Midden-Europese zomertijd)` },
    {
      at: Date.UTC(2025, 3, 6, 14, 30),
      de: `Sonntag, 6.${space}April${space}2025 um 16.30${space}Uhr (Mitteleuropäische Sommerzeit)`,
    },
    { at: Date.UTC(2025, 9, 26, 7), en: `Sunday, 26${space}October${space}2025 at 08:00 (Central European Standard Time)` },
  ]
  for (const { at, ...said } of rows)
    for (const language of languages)
      if (language in said)
        test(`${language}: ${Object.values(said)[0]}`, () => {
          assert.equal(instantText(at, zone, language), said[language as keyof typeof said])
        })
  test('a day alone', () =>
    assert.equal(dayText(Date.UTC(2025, 0, 1, 11), zone, 'fr'), `mercredi 1er${space}janvier${space}2025`))
})

test('money and sizes are written as each language writes them', () => {
  assert.deepEqual(
    languages.map(one => moneyText(8.24, one).replace(/\s/u, ' ')),
    ['8,24 €', '€ 8,24', '8,24 €', '€8.24'],
  )
  assert.deepEqual(
    languages.map(one => sizeText(2.5 * 2 ** 30, one).replace(/\s/u, ' ')),
    ['2,5 Go', '2,5 GB', '2,5 GB', '2.5 GB'],
  )
})

describe('every template', () => {
  for (const [name, template] of Object.entries(templates)) {
    test(`${name} has no fault and the same blocks, conditions and placeholders in every language`, () => {
      const shapes = languages.map(language => {
        assert.deepEqual(faultsOf(template[language]), [], language)
        return readWords(template[language]).blocks.map(shapeOf)
      })
      for (const shape of shapes) assert.deepEqual(shape, shapes[0])
    })
    for (const audience of audiencesOf(name))
      test(`${name} can be said to ${audience}, in text and HTML alike, nothing left unfilled`, async () => {
        for (const language of languages) {
          const read = await PostalMime.parse(await compose(exampleLetter(name, [language], audience)))
          const body = read.html?.replace(/^[\s\S]*<body/, '<body') ?? ''
          assert.doesNotMatch(`${read.subject}${read.text}${body}`, /[{}]|undefined|\[object|\*\*/)
          const inHtml = wordsOf(body.replaceAll(/<\/?(?:wbr|span)\b[^>]*>/g, '').replaceAll(/<[^>]+>/g, ' '))
          const inText = wordsOf(read.text ?? '')
          assert.deepEqual(
            [...inHtml].filter(word => !inText.has(word)),
            [],
            `${language}: only in HTML`,
          )
        }
      })
  }
})

test('inclusive wording is a choice, and only of French', () => {
  const text = 'Êtes-vous {prêt·e|prêt} ?\n\nx'
  const facts = exampleFacts('owner')
  assert.equal(say(text, facts, 'fr', 'inclusive').subject, 'Êtes-vous prêt·e ?')
  assert.equal(say(text, facts, 'fr', 'plain').subject, 'Êtes-vous prêt ?')
  for (const template of Object.values(templates))
    for (const language of ['nl', 'de', 'en'] as const) assert.doesNotMatch(template[language], /\{[^{}]*\|/)
})

test('what is filled in is never read as markup', () => {
  const facts = exampleFacts('owner')
  facts.known.address = { text: '**a**[b](https://evil.example){wave}' }
  const { blocks } = say('x\n\nTo {address}', facts, 'en', 'plain')
  assert.deepEqual(blocks, [{ kind: 'paragraph', text: [{ text: 'To **a**[b](https://evil.example){wave}' }] }])
})

/** What must be the same in every language of a block. */
function shapeOf(block: Source): unknown {
  const lines = 'lines' in block ? block.lines : 'line' in block ? [block.line] : []
  const marks = lines.map(({ asked, text }) => {
    const filled = [...text.matchAll(/\{([a-z.-]+)\}|\]\(([^)]+)\)/g)].map(([, a, b]) => a ?? b).sort()
    return { asked, filled: [...new Set(filled)] }
  })
  return { kind: block.kind, marks, ...(block.kind === 'insert' ? { name: block.name, asked: block.asked } : {}) }
}

function wordsOf(text: string): Set<string> {
  const plain = text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
  return new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])
}
