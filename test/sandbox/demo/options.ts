import { parseArgs } from 'node:util'

/** What the demo is asked to do. */
export type DemoOptions = {
  mailboxes: number
  messages: number
  corpus?: string
  keep: boolean
  spoil: boolean
  /** Playbooks whose whole calendars are rehearsed, side by side: their names, or files. */
  playbooks: string[]
  day?: string
}

export const usage = `Moves a whole wave of mailboxes on this machine, and proves that they arrived.

  npm run demo -- [options]

  --mailboxes N   how many mailboxes move (6)
  --messages M    how many messages each has (250)
  --corpus DIR    moves the .eml files of a folder instead of invented mail; nothing of them is printed
  --keep          leaves everything running afterwards, and says how to look around
  --playbook P    rehearses the whole calendar of a playbook (secours, or a file) on a moved clock and prints the diary;
                  said again, another beside it
  --day D         its day D, YYYY-MM-DD (one of its dates or windows, else 2025-04-07)
  --spoil         removes one message at the new server before the comparison, to see it fail
`

/** Reads the command line; throws an Error whose message is for the person who typed it. `help`: only the usage is wanted. */
export function readOptions(args: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mailboxes: { type: 'string', default: '6' },
      messages: { type: 'string', default: '250' },
      corpus: { type: 'string' },
      keep: { type: 'boolean', default: false },
      spoil: { type: 'boolean', default: false },
      playbook: { type: 'string', multiple: true, default: [] },
      day: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const { corpus, keep, spoil, playbook: playbooks, day } = values
  return {
    mailboxes: count('--mailboxes', values.mailboxes, 2000),
    messages: count('--messages', values.messages, 1_000_000),
    ...(corpus === undefined ? {} : { corpus }),
    keep,
    spoil,
    playbooks,
    ...(day === undefined ? {} : { day }),
  }
}

function count(name: string, text: string, most: number): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new Error(`${name}: expected a whole number from 1 to ${most} (got ${text}).`)
}
