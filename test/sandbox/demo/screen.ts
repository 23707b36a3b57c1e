import { stripVTControlCharacters } from 'node:util'
import type { Moment } from './seen.ts'
import { changes, draw, type Picture } from './view.ts'

/** Where the demo shows itself. */
export type Screen = {
  /** A line that stays. */
  say(line?: string): void
  /** The wave as it stands now: drawn in place on a terminal, else what has changed. */
  show(picture: Omit<Picture, 'width' | 'room'>): void
  /** Leaves the picture standing and gives the cursor back. */
  end(): void
}

const [hideCursor, showCursor] = ['\u001b[?25l', '\u001b[?25h']

/** A screen on this stream. */
export function screenOn(out: NodeJS.WriteStream): Screen {
  let before: Moment | undefined
  let drawn = 0
  const wipe = () => {
    const text = drawn > 0 ? `\u001b[${drawn}A\u001b[J` : ''
    drawn = 0
    return text
  }
  return {
    say(line = '') {
      out.write(`${wipe()}${line}\n`)
    },
    show(given) {
      const picture = { ...given, width: out.columns ?? 100, room: Math.max((out.rows ?? 40) - 12, 3) }
      if (!out.isTTY) {
        for (const line of changes(before, picture)) out.write(`${line}\n`)
        before = given.moment
        return
      }
      const lines = draw(picture)
      const text = `${hideCursor}${wipe()}${lines.join('\n')}\n`
      out.write(text)
      // A line that is longer than the terminal is wide takes several rows.
      drawn = lines.reduce(
        (rows, line) => rows + Math.max(1, Math.ceil(stripVTControlCharacters(line).length / picture.width)),
        0,
      )
    },
    end() {
      drawn = 0
      if (out.isTTY) out.write(showCursor)
    },
  }
}
