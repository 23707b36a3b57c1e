/// <reference lib="dom" />
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

/** The variety of a language for numbers and dates: the browser’s own where it has one. */
export function varietyOf(language: string): string {
  return navigator.languages.find(tag => tag.toLowerCase().startsWith(`${language}-`)) ?? varieties[language] ?? language
}

const varieties: Readonly<Record<string, string>> = { en: 'en-GB', fr: 'fr-BE', nl: 'nl-BE', de: 'de-DE' }

export function keepLanguage(language: string): void {
  localStorage.setItem('releve.language', language)
}
