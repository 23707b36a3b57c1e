/** How numbers and times are written in a language. Times are in the reader’s own zone, which the page names. */
export type Formats = ReturnType<typeof formats>

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function formats(language: string, now: () => number) {
  const number = new Intl.NumberFormat(language)
  const one = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const whole = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const minute = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dated = inWords(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const withYear = inWords(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const calendarDay = inWords(language, { dateStyle: 'full', timeZone: 'UTC' })
  const sized = (unit: string, digits: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits })
  const isToday = (at: number) => new Date(at).toDateString() === new Date(now()).toDateString()
  return {
    count: (n: number) => number.format(n),
    rate: (n: number) => (n >= 100 ? number.format(Math.round(n)) : one.format(n)),
    /** Rounded down, so that 100 % means all. */
    percent: (part: number) => whole.format(Math.floor(part * 100) / 100),
    bytes: (n: number) => {
      const power = Math.min(Math.max(1, Math.floor(Math.log10(Math.max(n, 1)) / 3)), units.length)
      const size = n / 1000 ** power
      return sized(units[power - 1] ?? 'kilobyte', size >= 100 ? 0 : 1).format(size)
    },
    clock: (at: number) => clock.format(at),
    /** The hour alone today, with the day otherwise. */
    at: (iso: string) => {
      const at = Date.parse(iso)
      if (isToday(at)) return minute.format(at)
      return Math.abs(at - now()) < 180 * 86_400_000 ? dated(at) : withYear(at)
    },
    /** A date of long ago, as messages have. */
    date: (iso: string) => withYear(Date.parse(iso)),
    /** A calendar day, YYYY-MM-DD. */
    day: (day: string) => calendarDay(Date.parse(`${day}T00:00:00Z`)),
    /** How long, in the two largest units. */
    span: (ms: number) => spanOf(ms, language),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** A date in words: the first of a month is an ordinal in French. */
function inWords(language: string, options: Intl.DateTimeFormatOptions): (at: number) => string {
  const format = new Intl.DateTimeFormat(language, options)
  const first = language.startsWith('fr') ? '1er' : '1'
  const said = ({ type, value }: Intl.DateTimeFormatPart) => (type === 'day' && value === '1' ? first : value)
  return at => format.formatToParts(at).map(said).join('')
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

function spanOf(ms: number, language: string): string {
  const first = steps.findIndex(([, size]) => ms >= size)
  if (first < 0) return inUnit(0, 'second', language)
  const [unit, size] = steps[first] ?? steps[3]
  const next = steps[first + 1]
  const head = inUnit(Math.floor(ms / size), unit, language)
  const rest = next && unit !== 'minute' ? Math.floor((ms % size) / next[1]) : 0
  return next && rest > 0 ? `${head} ${inUnit(rest, next[0], language)}` : head
}

function inUnit(n: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(n)
}
