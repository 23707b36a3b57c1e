import { stripVTControlCharacters } from 'node:util'
import { type MailboxSeen, type Moment, settled, stepOf } from './seen.ts'
import { bar, clock, cut, dim, grouped, paint, sized } from './words.ts'

/** What one picture is drawn of. `room`: lines there are for mailboxes. */
export type Picture = {
  moment: Moment
  startedAt: number
  pace: { messages: number; bytes: number }
  width: number
  room: number
}

/** A picture of the wave: domains, mailboxes, the sum; a line each. */
export function draw({ moment, startedAt, pace, width, room }: Picture): string[] {
  const { wave, mailboxes } = moment
  const name = Math.min(Math.max(...mailboxes.map(({ address }) => address.length), 12), 36)
  const shown = chosen(mailboxes, room)
  const rest = mailboxes.length - shown.length
  const share = wave.messages.found === 0 ? 0 : settled(wave.messages) / wave.messages.found
  const rate = pace.messages >= 1 ? `${grouped(pace.messages)} msg/s  ${(pace.bytes / 1e6).toFixed(1)} MB/s` : ''
  return [
    '',
    ...domainLines(moment),
    '',
    ...shown.map(mailbox => mailboxLine(mailbox, name, width)),
    ...(rest > 0 ? [dim(`  and ${grouped(rest)} more`)] : []),
    '',
    `  ${bar(share, 24)}  ${grouped(settled(wave.messages))} of ${grouped(wave.messages.found)} messages  ${dim(rate)}`,
    `  ${clock(moment.at - startedAt)}  ${paint('bold', stepOf(moment))}`,
    '',
  ]
}

/** What is new since the moment before, as plain lines. */
export function changes(before: Moment | undefined, { moment, startedAt, pace }: Picture): string[] {
  const time = clock(moment.at - startedAt)
  const lines: string[] = []
  if (before === undefined || stepOf(before) !== stepOf(moment)) lines.push(stepOf(moment))
  for (const one of moment.wave.domains) {
    const was = before?.wave.domains.find(({ domain }) => domain === one.domain)
    const answers = mxWords(moment, one.domain)
    if (was?.state !== one.state || (before && mxWords(before, one.domain) !== answers))
      lines.push(`${one.domain}: ${one.state}; MX ${answers}`)
  }
  for (const one of moment.mailboxes) {
    const was = before?.mailboxes.find(({ address }) => address === one.address)
    if (was?.state === one.state && was.error?.code === one.error?.code) continue
    const { messages, bytes, error } = one
    const done = messages.found > 0 ? `, ${grouped(settled(messages))} of ${grouped(messages.found)}, ${sized(bytes.copied)}` : ''
    lines.push(`${one.address}: ${one.state}${done}${error ? `; ${error.code}: ${error.message}` : ''}`)
  }
  const rate = pace.messages >= 1 ? dim(`  (${grouped(pace.messages)} msg/s, ${(pace.bytes / 1e6).toFixed(1)} MB/s)`) : ''
  return lines.map((line, i) => `  ${time}  ${line}${i === 0 ? rate : ''}`)
}

function domainLines(moment: Moment): string[] {
  const name = Math.max(...moment.wave.domains.map(({ domain }) => domain.length))
  return moment.wave.domains.map(({ domain, state, error }) => {
    const trouble = error ? paint('red', `  ${error.code}: ${error.message}`) : ''
    return `  ${domain.padEnd(name)}  ${colouredState(state, 12)} ${dim('MX')} ${mxWords(moment, domain)}${trouble}`
  })
}

function mailboxLine({ address, state, messages, bytes, error, waitsFor }: MailboxSeen, name: number, width: number): string {
  const share = messages.found === 0 ? 0 : settled(messages) / messages.found
  const count = messages.found === 0 ? '' : `${grouped(settled(messages))}/${grouped(messages.found)}`
  const cells = Math.min(Math.max(width - name - 42, 8), 24)
  const line = `  ${cut(address, name).padEnd(name)}  ${colouredState(state, 12)} ${bar(share, cells)} ${count.padStart(11)}  ${(bytes.copied ? sized(bytes.copied) : '').padStart(8)}`
  const left = width - stripVTControlCharacters(line).length - 3
  if (error) return `${line}  ${paint('red', cut(`${error.code}: ${error.message}`, Math.max(left, 12)))}`
  return waitsFor && left > 20 && messages.found === 0 ? `${line}  ${dim(cut(waitsFor, left))}` : line
}

function colouredState(state: string, width: number): string {
  const text = state.padEnd(width)
  if (state === 'completed' || state === 'switched') return paint('green', text)
  if (state === 'held' || state === 'cancelled') return paint('red', text)
  return state === 'planned' ? dim(text) : paint('yellow', text)
}

/** Those with trouble or work first, in their order, when there is no room for all. */
function chosen(mailboxes: readonly MailboxSeen[], room: number): MailboxSeen[] {
  if (mailboxes.length <= room) return [...mailboxes]
  const rank = ({ state, error }: MailboxSeen) =>
    error || state === 'held' ? 0 : state === 'completed' ? 3 : state === 'planned' ? 2 : 1
  return mailboxes.toSorted((a, b) => rank(a) - rank(b)).slice(0, room)
}

/** What the name servers answer: once where they agree, else one by one. */
function mxWords({ mx }: Moment, domain: string): string {
  const answers = mx.get(domain) ?? []
  const [first] = answers
  if (!first) return dim('no answer')
  const said = answers.map(({ server, exchangers }) => ({ server, hosts: exchangers.join(' ') || 'none' }))
  const one = new Set(said.map(({ hosts }) => hosts)).size === 1
  if (one) return `${said[0]?.hosts} ${dim(`(${said.map(({ server }) => server).join(', ')})`)}`
  return said.map(({ server, hosts }) => `${hosts} ${dim(`(${server})`)}`).join(', ')
}
