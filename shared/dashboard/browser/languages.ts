/// <reference lib="dom" />
import type { Formats } from './formats.ts'
import { type Sentences, type Tell, teller } from './sentences.ts'
import { de } from './texts-de.ts'
import { en, type Texts } from './texts-en.ts'
import { fr } from './texts-fr.ts'
import { nl } from './texts-nl.ts'

/** The languages of the page. */
export const languages: Readonly<Record<string, Texts>> = { en, fr: typeset(fr) as Texts, nl, de }

/** French texts as they are set: no line is broken before a sign of two parts or inside guillemets. */
function typeset(value: unknown): unknown {
  if (typeof value === 'function') return (...given: unknown[]) => typeset(value(...given))
  if (typeof value === 'string')
    return value
      .replaceAll(/ (?=[;!?](?!\p{L}))/gu, '\u202F')
      .replaceAll(/ (?=[:»])/g, '\u00A0')
      .replaceAll('« ', '«\u00A0')
  if (Array.isArray(value)) return value.map(typeset)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeset(one)]))
}

/** The language chosen earlier on this machine, else the first of the browser’s that the page has, else English. */
export function languageAtFirst(): string {
  const wanted = [localStorage.getItem('releve.language') ?? '', ...navigator.languages]
  return wanted.map(tag => tag.slice(0, 2).toLowerCase()).find(tag => tag in languages) ?? 'en'
}

/** The texts of a language, English where the page does not have it. */
export function textsOf(language: string): Texts {
  return languages[language] ?? en
}

/** The server’s sentences are fetched when their language is wanted, so that nobody waits for those of another. */
const sentencesIn: Readonly<Record<string, () => Promise<readonly object[]>>> = {
  fr: () => Promise.all([import('./causes-fr.ts'), import('./waits-fr.ts'), import('./hints-fr.ts'), import('./warnings-fr.ts')]),
  nl: () => Promise.all([import('./causes-nl.ts'), import('./waits-nl.ts'), import('./hints-nl.ts'), import('./warnings-nl.ts')]),
  de: () => Promise.all([import('./causes-de.ts'), import('./waits-de.ts'), import('./hints-de.ts'), import('./warnings-de.ts')]),
}

/** How the server’s words are told in a language. Where its sentences cannot be had they stay as the server said them. */
export async function tellIn(language: string, { at, day }: Pick<Formats, 'at' | 'day'>): Promise<Tell> {
  const modules = (await sentencesIn[language]?.().catch(() => [])) ?? []
  const sentences: Sentences = Object.assign({}, ...modules.flatMap(Object.values))
  const { colon, waveStates, mailboxStates, domainStates, folderStates } = textsOf(language)
  const states = { waveState: waveStates, mailboxState: mailboxStates, domainState: domainStates, folderState: folderStates }
  return teller(language === 'fr' ? (typeset(sentences) as Sentences) : sentences, { states, at, day, colon })
}

/** The variety of a language for numbers and dates: the browser’s own where it has one. */
export function varietyOf(language: string): string {
  return navigator.languages.find(tag => tag.toLowerCase().startsWith(`${language}-`)) ?? varieties[language] ?? language
}

const varieties: Readonly<Record<string, string>> = { en: 'en-GB', fr: 'fr-BE', nl: 'nl-BE', de: 'de-DE' }

export function keepLanguage(language: string): void {
  localStorage.setItem('releve.language', language)
}
