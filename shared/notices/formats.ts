import type { Language } from '../intake/words.ts'
import type { Counted } from './common.ts'

const locales: Readonly<Record<Language, string>> = { fr: 'fr-FR', nl: 'nl-BE', de: 'de-BE', en: 'en-GB' }

const dates = kept((locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options))
const numbers = kept((locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options))
const plurals = kept(locale => new Intl.PluralRules(locale))

/** No line is broken here: between a number and what it counts. */
const space = '\u00A0'

/** `lundi 7 avril 2025`: an instant's day in a zone, with weekday and year; no line is broken between day, month and year. */
export function dayText(instant: number, timeZone: string, language: Language): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone } as const
  const parts = dates(locales[language], options).formatToParts(instant)
  const day = parts.findIndex(({ type }) => type === 'day')
  return parts
    .map(({ type, value }, i) => {
      // The first of a month is an ordinal in French.
      if (type === 'day') return language === 'fr' && value === '1' ? '1er' : value
      return i > day ? value.replaceAll(' ', space) : value
    })
    .join('')
}

/** `16 h 30`, `16.30 uur`, `16.30 Uhr`, `16:30`: the time of day in a zone, of 24 hours. */
function timeText(instant: number, timeZone: string, language: Language): string {
  const parts = dates('en-GB', { hour: 'numeric', minute: '2-digit', timeZone }).formatToParts(instant)
  const part = (name: string) => parts.find(({ type }) => type === name)?.value ?? ''
  const [hour, minute] = [String(Number(part('hour'))), part('minute')]
  const whole = minute === '00'
  switch (language) {
    case 'fr':
      return `${hour}${space}h${whole ? '' : `${space}${minute}`}`
    case 'nl':
      return `${hour}${whole ? '' : `.${minute}`}${space}uur`
    case 'de':
      return `${hour}${whole ? '' : `.${minute}`}${space}Uhr`
    case 'en':
      return `${hour.padStart(2, '0')}:${minute}`
  }
}

/** An instant with weekday, day, month, year, time of day and the zone's name in words: nobody has to guess which clock is meant. */
export function instantText(instant: number, timeZone: string, language: Language): string {
  const between = { fr: ' à ', nl: ' om ', de: ' um ', en: ' at ' }[language]
  const [day, time] = [dayText(instant, timeZone, language), timeText(instant, timeZone, language)]
  return `${day}${between}${time} (${zoneText(instant, timeZone, language)})`
}

/** `heure d’été d’Europe centrale`: what the zone's clock is called at an instant. */
function zoneText(instant: number, timeZone: string, language: Language): string {
  const options = { hour: 'numeric', timeZone, timeZoneName: 'long' } as const
  const parts = dates(locales[language], options).formatToParts(instant)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** `12 345`, `12.345`, `12,345`. */
export function countText(count: number, language: Language): string {
  return numbers(locales[language]).format(count)
}

/** A colon as it stands behind a word: in French with a space before it at which no line is broken. */
export function colon(language: Language): string {
  return language === 'fr' ? `${space}:` : ':'
}

/** `1 message`, `0 message`, `2 messages`: how many of something, in the number that the language takes. */
export function countedText(count: number, { one, other }: Counted, language: Language): string {
  const single = plurals(locales[language]).select(count) === 'one'
  return `${countText(count, language)}${space}${single ? one : other}`
}

/**
 * French as it is set: no line is broken before a sign of two parts, inside guillemets or in `8 h`, thin spaces before `;`, `!` and `?`. Any other
 * language as it stands.
 */
export function typeset(text: string, language: Language): string {
  if (language !== 'fr') return text
  return text
    .replaceAll(/ (?=[;!?](?![\p{L}\p{N}=]))/gu, '\u202F')
    .replaceAll(/ (?=[:»])/g, space)
    .replaceAll('« ', `«${space}`)
    .replaceAll(/(?<=\d) (?=h(?![\p{L}\p{N}]))/gu, space)
}

/** `8,24 €`, `€ 8,24`: an amount in euros. */
export function moneyText(euros: number, language: Language): string {
  return numbers(locales[language], { style: 'currency', currency: 'EUR' }).format(euros)
}

/** `2,5 Go`, `2.5 GB`: bytes in the largest unit that leaves a whole part, by powers of 1024 as mail servers count. */
export function sizeText(sizeBytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const power = Math.min(Math.floor(Math.log2(Math.max(sizeBytes, 1)) / 10), units.length - 1)
  const value = sizeBytes / 1024 ** power
  const options = { style: 'unit', unit: units[power] ?? 'byte', maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return numbers(locales[language], options).format(value)
}

/** Formats are kept: to make one takes a hundred times as long as to use it. */
function kept<O, T>(make: (locale: string, options?: O) => T): (locale: string, options?: O) => T {
  const made = new Map<string, T>()
  return (locale, options) => {
    const name = JSON.stringify([locale, options])
    const format = made.get(name) ?? make(locale, options)
    made.set(name, format)
    return format
  }
}
