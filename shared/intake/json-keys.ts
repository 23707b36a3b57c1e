import type { Fault } from '../errors.ts'
import { pathText } from './faults.ts'

/** An object or a list that is being read: the keys seen in it (none in a list), and where in it one is. */
type Level = { keys: Set<string> | undefined; at: string | number }

const most = 100

/** The keys that stand twice in one object of a JSON text, which is known to be one: a parser would keep the last and say nothing. The first hundred. */
export function keysTwice(text: string): Fault[] {
  const found: Fault[] = []
  const levels: Level[] = []
  const marks = /["{}[\],]/g
  for (let mark = marks.exec(text); mark && found.length < most; mark = marks.exec(text)) {
    const level = levels.at(-1)
    if (mark[0] === '{') levels.push({ keys: new Set(), at: '' })
    else if (mark[0] === '[') levels.push({ keys: undefined, at: 0 })
    else if (mark[0] === '}' || mark[0] === ']') levels.pop()
    else if (mark[0] === ',' && typeof level?.at === 'number') level.at++
    else if (mark[0] === '"') {
      marks.lastIndex = endOf(text, mark.index)
      if (!level?.keys || !isKey(text, marks.lastIndex)) continue
      level.at = String(JSON.parse(text.slice(mark.index, marks.lastIndex)))
      if (level.keys.has(level.at))
        found.push({ path: pathText(levels.map(({ at }) => at)), message: 'stands here twice: keep one' })
      level.keys.add(level.at)
    }
  }
  return found
}

/** Where a string ends that begins at `from`: behind the first quote that no backslash escapes. By hand, since an expression would need a stack as long as the string. */
function endOf(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); ; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
}

function isKey(text: string, end: number): boolean {
  const colon = /\s*:/y
  colon.lastIndex = end
  return colon.test(text)
}
