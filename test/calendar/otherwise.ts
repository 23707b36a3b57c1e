/** What a blow may cost, ms: the silence after which a row is taken up again, and what is tried again after weather. */
const lateMs = 60_000

/** A line of the diary. */
type Line = { at: number; line: string }

/** How a calendar was played. */
export type Played = {
  names: string[][]
  diary: Line[]
  letters: string[]
  /** Notices whose sending by SMTP was struck between the server’s yes and the record of it. */
  mayRepeat: string[]
  /** Orders of people that were cut off, and given again. */
  repeated: number
  rest: unknown
}

/** What is otherwise than in the calm play, in words; empty where all is as it was. */
export function otherwise(calm: Played, found: Played, blows: number): string[] {
  const wrong: string[] = []
  const repeats = without(found.letters, calm.letters)
  const silent = without(calm.letters, found.letters)
  if (silent.length > 0) wrong.push(`never told: ${silent}`)
  if (String(repeats.sort()) !== String(found.mayRepeat)) wrong.push(`told again: ${repeats}; may be: ${found.mayRepeat}`)
  if (JSON.stringify(found.rest) !== JSON.stringify(calm.rest)) wrong.push(JSON.stringify(found.rest))
  const lines = (diary: Line[]) => diary.map(({ line }) => line)
  const more = without(lines(found.diary), lines(calm.diary))
  // Who gives an order again, because it was cut off, has given it twice, and the audit says so.
  if (more.length > found.repeated || more.some(line => !line.includes('"kind":"action"')))
    wrong.push(`more in the diary: ${more}`)
  const less = without(lines(calm.diary), lines(found.diary))
  if (less.length > 0) wrong.push(`less in the diary: ${less}`)
  for (const { at, line } of calm.diary) {
    const there = found.diary.filter(one => one.line === line).map(one => one.at)
    const minute = Math.floor(at / 60_000) * 60_000
    if (!there.some(time => time >= minute && time <= at + lateMs * blows))
      wrong.push(`not at ${new Date(at).toISOString()}: ${line}`)
  }
  return wrong
}

/** One list without what another has, each as often. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other]
  return list.filter(one => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
